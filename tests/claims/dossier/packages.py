"""Data packages for tests: a small one that is right, and ways to change it."""

import csv
import json
from pathlib import Path
from typing import Any

OPENING = Path(__file__).resolve().parents[3] / "data" / "opening"

# ruff: noqa: E501 (a row of a table is one line)
SMALL = {
    "actors": """\
id,name,kind,description,other_names,wikidata
ann-lee,Ann Lee,person,minister of North,Anna Lee;Анна Ли,Q1
bob-ray,Bob Ray,person,minister of South,,
north,North,state,a state,,
south,South,state,a state,,
herald,The Herald,media,a newspaper,,
""",
    "affiliations": """\
person,organisation,role,start,end
ann-lee,north,minister,2020-01-01,
""",
    "issues": """\
id,title,question,scope_note
talks,Talks,Should they talk?,whether to talk
border,Border,Where should the border be?,the border
""",
    "stances": """\
issue,id,label,order
talks,ready,Ready to talk,1
talks,not-ready,Not ready to talk,2
""",
    "sources": """\
id,kind,title,publisher,author,url,archive_url,language,published,rights,text_is_public
herald-1,article,Ministers on talks,herald,,https://herald.example/1,,en,2024-01-16,short quotations only,false
herald-2,article,More on talks,herald,,https://herald.example/2,,en,2024-02,short quotations only,true
""",
    "events": """\
id,title,kind,date,date_text,place,description,participants,source
meeting,Meeting of ministers,meeting,2024-01-15,Monday,Northtown,The two met,ann-lee;bob-ray,herald-1
""",
    "claims": """\
id,speaker,as_stated,on_behalf_of,act,form,content,said,said_text,about,occasion,addressees,issues,events
lee-ready,ann-lee,Ms Lee,north,offers,verbatim,North is ready to talk,2024-01-15,Monday,,meeting,bob-ray;south,talks;border,meeting
ray-not-ready,bob-ray,Mr Ray,south,refuses,paraphrase,"South will not talk, for now",[2024-01-15..2024-01-20],,2024~,,,talks,
""",
    "attributions": """\
claim,order,actor,as_stated,cue,identification
ray-not-ready,1,ann-lee,Ms Lee,told,named
""",
    "citations": """\
claim,source,exact,prefix,suffix,locator,lang
lee-ready,herald-1,we are ready to talk at any time,Ms Lee said that,,par 2,en
lee-ready,herald-2,"North, she said, is ready",,,par 1,en
ray-not-ready,herald-2,the time has not come for any talks,,,par 3,en
""",
    "relations": """\
from,to,kind,basis,note
ray-not-ready,lee-ready,responds_to,curator,an answer to the offer
""",
    "positions": """\
id,actor,issue,stance,summary
lee-talks,ann-lee,talks,ready,In January 2024 Lee said that North was ready
""",
    "evidence": """\
position,claim,role
lee-talks,lee-ready,shows
lee-talks,ray-not-ready,qualifies
""",
}
TEXT = "Talks, said the minister.\n\nNorth, she said, is\nready. But the time has not come for any talks.\n"


def a_descriptor(tables: dict[str, str], texts: dict[str, str], **given: Any) -> dict[str, Any]:
    """The descriptor of these tables and texts, with the names of their columns only."""
    resources: list[dict[str, Any]] = [
        {"name": name, "path": f"{name}.csv", "schema": {"fields": [{"name": column} for column in header(text)]}}
        for name, text in tables.items()
    ]
    resources += [{"name": f"text-{number}", "path": path} for number, path in enumerate(texts)]
    return {"name": "small", "version": "1.0", "resources": resources, **given}


def header(text: str) -> list[str]:
    return next(csv.reader([text.partition("\n")[0]]))


def a_package(
    folder: Path, tables: dict[str, Any] | None = None, texts: dict[str, str] | None = None, **given: Any
) -> Path:
    """The small package in a folder, with some tables in the place of its own (None leaves one out).

    A table may be bytes, when the descriptor keeps the columns of the small package's own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {name: text for name, text in {**SMALL, **(tables or {})}.items() if text is not None}
    readable = {name: SMALL[name] if isinstance(text, bytes) else text for name, text in files.items()}
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    for path, text in (texts or {}).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(text.encode())
    descriptor = a_descriptor(readable, texts or {}, **given)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def small(table: str, *changes: tuple[str, str]) -> dict[str, str]:
    """A table of the small package with some words in the place of others."""
    text = SMALL[table]
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {table}"
        text = text.replace(old, new)
    return {table: text}


def plus(table: str, *lines: str) -> dict[str, str]:
    """A table of the small package with more lines."""
    return {table: SMALL[table] + "".join(f"{line}\n" for line in lines)}


def checked(*cells: tuple[str, str]) -> dict[str, str]:
    """The citations of the small package with the day and the hash of the text in which each was found."""
    lines = SMALL["citations"].splitlines()
    added = [("checked", "checked_sha256"), *cells]
    return {"citations": "".join(f"{line},{day},{sha256}\n" for line, (day, sha256) in zip(lines, added, strict=True))}


def with_column(table: str, name: str, *cells: str) -> dict[str, str]:
    """A table of the small package with one more column."""
    lines = SMALL[table].splitlines()
    return {table: "".join(f"{line},{cell}\n" for line, cell in zip(lines, [name, *cells], strict=True))}
