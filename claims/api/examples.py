"""Requests as somebody would type them, each of which works on the site that shows it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from urllib.parse import urlencode

from claims.api.document import HTML, JSON
from claims.formats import xlsx_file

CSV, ATOM, LINKED, SVG = "text/csv", "application/atom+xml", "application/ld+json", "image/svg+xml"
XLSX = xlsx_file.MEDIA


@dataclass(frozen=True, slots=True)
class Example:
    """A request as curl makes it, what it is for, and the content type of what comes."""

    title: str
    command: str
    media: str


def examples(samples: Mapping[str, str], absolute: Callable[[str], str]) -> list[Example]:
    """The examples whose things are on file: ``samples`` are slugs by what they name.

    ``absolute`` makes an address of this site whole.
    """
    found = [*_lists(), *_files(samples), *_things(samples)]
    return [Example(title, f"curl {options}{quote(absolute(path))}", media) for title, options, path, media in found]


def _lists() -> Iterator[tuple[str, str, str, str]]:
    yield "The newest claims, with the counts of every facet", "", "/claims.json", JSON
    yield (
        "Claims that were certainly said in 2022 or 2023",
        "",
        _claims("json", said_from="2022", said_to="2023", match="certain"),
        JSON,
    )
    yield "Persons, by name", "", "/actors.json?kind=person", JSON
    yield "Issues, with what was on file of each up to a day", "", "/issues.json?as_of=2024-06-30", JSON
    yield "Sources, a page at a time", "", "/sources.json?page=1", JSON
    yield "Events of one year", "", "/events.json?date_from=2024&date_to=2024", JSON
    yield "Claims that were withdrawn, for whoever keeps a copy", "", "/changes.json?kind=withdrawal", JSON
    yield (
        "Only what has changed: nothing comes the second time",
        "--etag-save tag --etag-compare tag ",
        ("/events.json"),
        JSON,
    )


def _files(samples: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    if "actor" not in samples:
        return
    speaker = samples["actor"]
    yield "All claims of a speaker as a table", "-o claims.csv ", _claims("csv", speaker=speaker), CSV
    yield (
        "Their citations, a row for each",
        "-o citations.csv ",
        f"/claims-citations.csv?{urlencode({'speaker': speaker})}",
        CSV,
    )
    yield "The claims as a workbook", "-o claims.xlsx ", _claims("xlsx", speaker=speaker), XLSX
    yield "The same as schema.org data", "-o claims.jsonld ", _claims("jsonld", speaker=speaker), LINKED
    yield "What the columns of a table hold", "", "/claims.csv-metadata.json", "application/csvm+json"
    yield "A feed of claims in which an actor has any role", "", _claims("atom", actor=speaker), ATOM
    yield (
        "Claims and events on one line of time, laned by issue",
        "",
        f"/timeline.json?{urlencode({'speaker': speaker, 'lanes': 'issue'})}",
        JSON,
    )


def _things(samples: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    addresses = [
        ("claim", "One claim, with its passages and relations", "/claims/{}.json", JSON),
        ("claim", "Its passages as web annotations", "/claims/{}.jsonld", LINKED),
        ("claim", "A reference to it for a reference manager", "/claims/{}.bib", "application/x-bibtex"),
        ("claim", "The same in RIS", "/claims/{}.ris", "application/x-research-info-systems"),
        ("claim", "The same as CSL-JSON", "/claims/{}.csl.json", "application/vnd.citationstyles.csl+json"),
        ("claim", "The claim for a frame on another site", "/claims/{}/embed/", HTML),
        ("claim", "Its attribution sentence as a picture", "/claims/{}.png", "image/png"),
        ("claim", "The same as SVG", "/claims/{}.svg", SVG),
        ("actor", "One actor as of the end of 2024", "/actors/{}.json?as_of=2024", JSON),
        ("actor", "The positions of an actor as a table", "/actors/{}.csv", CSV),
        ("issue", "One issue, with every position on it", "/issues/{}.json", JSON),
        ("issue", "The same as a table", "/issues/{}.csv", CSV),
        ("source", "One source, with its passages", "/sources/{}.json", JSON),
        ("event", "One event, with what was said at it", "/events/{}.json", JSON),
    ]
    for thing, title, path, media in addresses:
        if thing in samples:
            yield title, "", path.format(samples[thing]), media
    if "actor" in samples and "issue" in samples:
        yield "How one actor moved on one issue", "", f"/issues/{samples['issue']}/{samples['actor']}.json", JSON
    if "other" in samples:
        yield "Two actors compared", "", f"/compare/{samples['actor']}/{samples['other']}.json", JSON


def _claims(ending: str, **asked: str) -> str:
    return f"/claims.{ending}?{urlencode(asked)}"
