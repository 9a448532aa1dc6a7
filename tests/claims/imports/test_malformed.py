"""Two hundred files that are not what they say: each is refused with file, line and column, and nothing is changed."""

# ruff: noqa: E501 (what is odd stands in one line)

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator

import pytest

from actors.models import Actor
from claims.dossier import PackageError
from claims.imports import bring_in
from claims.models import Claim, ImportedRow, Issue, LoadedRow, NameAnswer, Source
from tests.claims.dossier.packages import SMALL, a_package
from tests.claims.imports.files import HEADER, READY, a_csv, a_review, an_xlsx, as_json
from tests.factories import a_user, an_actor

pytestmark = pytest.mark.django_db
PLACED = re.compile(r"[^,]+, line [0-9]+, column [^:]+: .+|.*there is no such file.*|… and [0-9]+ more\.")
MODELS = (Actor, Source, Claim, Issue, LoadedRow, ImportedRow, NameAnswer)

type File = tuple[str, bytes]


def tables() -> Iterator[tuple[str, bytes]]:
    """CSV files that can't be read, or hold what can't be taken."""
    good = a_csv(READY).decode()
    yield "nothing", b""
    yield "white space", b" \n \n"
    yield "UTF-16", good.encode("utf-16")
    yield "UTF-16 without a mark", good.encode("utf-16-le")
    yield "UTF-32", good.encode("utf-32")
    yield "Latin-1", good.replace("talk", "tälk").encode("latin-1")
    yield "half a letter", good.encode() + b"\xd0"
    yield "a surrogate", good.encode() + b"\xed\xa0\x80"
    yield "NUL", good.replace("ready", "rea\0dy").encode()
    yield "a header alone", good.splitlines()[0].encode()
    yield "no names of columns", b",,,\nA,B,C,D\n"
    yield "a column twice", good.replace("Date", "Text", 1).encode()
    yield "a hundred and one columns", ",".join(f"c{n}" for n in range(101)).encode() + b"\n1\n"
    yield "a cell too many", good.replace("/1", "/1,more").encode()
    yield "an open quotation mark", good.replace("Ann Lee", '"Ann Lee').encode()
    yield "text after a quotation mark", good.replace("Ann Lee", '"Ann" Lee').encode()
    yield "a cell of ten megabytes", good.replace("we are", "x" * 10_000_000).encode()
    yield "a cell of half a megabyte", good.replace("we are", "x" * 500_000).encode()
    yield "more than twenty megabytes", b"x" * 20_000_001
    yield "too many rows", good.encode() + b"a,b,c,d\n" * 50_001
    yield "only semicolons", good.replace(",", "|").encode()
    yield "HTML", b"<!doctype html><title>x</title><p>Not found</p>"
    yield "a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    yield "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    for name in HEADER:
        yield (
            f"without {name}",
            a_csv(
                [cell for cell, one in zip(READY, HEADER, strict=True) if one != name],
                header=[one for one in HEADER if one != name],
            )
            if name != "Date"
            else b"a\nb\n",
        )
    for at, cells in enumerate(ODD_ROWS):
        yield f"row {at}: {' | '.join(cells)[:40]}", a_csv(cells)


ODD_ROWS = [
    [READY[0], when, *READY[2:]]
    for when in (
        "2024-13-01", "2024-02-30", "31.02.2024", "00.00.0000", "03/04/2024", "tomorrow", "45321", "2024-1-1", "24-01-15",
        "winter 2024", "15 Brumaire 2024", "2024-01-15/2023", "[2024..2023]", "../..", "99999-01-01", "-1", "1e9", "NaN",
        "٢٠٢٤-٠١-١٥", "2024-01-15; DROP TABLE", "=TODAY()", "15 January", "January", "2024?",
    )
] + [
    [*READY[:3], url]
    for url in (
        "", "javascript:alert(1)", "ftp://herald.example/1", "file:///etc/passwd", "//herald.example/1", "herald", "http://",
        "https://", "https://user:pw@herald.example/1", "https://herald.example:99999/", "http://[::1", "https://.example",
        "https://herald..example", "data:text/html,x", "mailto:a@herald.example", "https://herald.example/" + "x" * 500,
        "https://her ald.example/1", "see above", "=HYPERLINK(\"x\")", "https://herald.example/a b", "\\\\server\\share",
    )
] + [
    [speaker, *READY[1:]]
    for speaker in (
        "", "Nobody", "???", "-", "Ann", "A. B.", "Lee and Ray", "x" * 301, "Ann Lee; Bob Ray", "=Ann", "a senior official",
        "Мінська група", "12345", "Ann\u200bL", "THE PRESIDENT", "Q", "(applause)",
    )
] + [
    [*READY[:2], words, READY[3]] for words in ("", "x" * 1001)
]  # fmt: skip


def reviews() -> Iterator[tuple[str, bytes]]:
    """JSON files that can't be read, or hold what can't be taken."""
    good = as_json(a_review()).decode()
    yield "nothing", b""
    for text in (
        "{",
        "[",
        "}",
        "null",
        "true",
        "1",
        '"a"',
        "[]",
        "{}",
        "[[[[]]]]",
        "{'a': 1}",
        "{a: 1}",
        '{"a": 1,}',
        "[1 2]",
    ):
        yield text, text.encode()
    yield "NaN", good.replace("2\n", "NaN\n").replace('"ratingValue": 2', '"ratingValue": NaN').encode()
    yield "infinity", good.replace('"ratingValue": 2', '"ratingValue": -Infinity').encode()
    yield "a number without end", good.replace('"ratingValue": 2', '"ratingValue": ' + "9" * 5000).encode()
    yield "lists without end", b"[" * 100_000
    yield "lists without end that are closed", b"[" * 100_000 + b"]" * 100_000
    yield "objects without end", b'{"a":' * 100_000
    yield "a graph in graphs", b'{"@graph":[' * 20_000 + b"]}" * 20_000
    yield "UTF-16", good.encode("utf-16")
    yield "a broken letter", good.encode() + b"\xff"
    yield "NUL", good.replace("Lee", "L\0ee").encode()
    yield "NUL, escaped", good.replace("Ann Lee", "Ann \\u0000Lee").encode()
    yield "half a pair", good.replace("Ann Lee", "Ann \\ud83d Lee").encode()
    yield "half a pair in the words", good.replace("North was", "North \\ud83d was").encode()
    yield "a cut end", good[:-40].encode()
    yield "two objects in a row", (good + good).encode()
    yield "lines of which one is broken", b'{"@type": "ClaimReview"}\n{"@type": }\n'
    yield "another type", as_json(a_review(**{"@type": "NewsArticle"}))
    yield "no type", as_json({key: value for key, value in a_review().items() if key != "@type"})
    yield "a type that is a number", as_json(a_review(**{"@type": 5}))
    yield "things in a list", b'[1, "a", null, {}, []]'
    yield "a graph of other things", b'{"@graph": [{"@type": "Person"}]}'
    for name in ("url", "claimReviewed", "itemReviewed", "author", "reviewRating"):
        for value in (None, "", [], {}, 7, True, [[]], [None], {"a": {"b": []}}):
            if not (value == 7 and name in ("claimReviewed",)):
                yield f"{name} is {value}", as_json(a_review(**{name: value}))
    for day in ("soon", "2024-99-99", "9" * 2000, "=1"):
        yield f"a date of {day[:9]}", as_json(a_review(datePublished=day))
    yield "a claim without end", as_json(a_review(claimReviewed="x" * 5001))


def zipped(files: dict[str, bytes], **given: object) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def patched(data: bytes, offset: int, form: str, value: int) -> bytes:
    """An archive with a number of its first entry in the central directory, and of its local header, forged."""
    at = data.index(b"PK\x01\x02")
    forged = bytearray(data)
    struct.pack_into(form, forged, at + offset, value)
    if offset in (16, 24):
        struct.pack_into(form, forged, offset - 2, value)
    return bytes(forged)


def archives(package: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """ZIP files that can't be read, or hold what can't be taken."""
    good = zipped(package)
    yield "nothing", b""
    yield "no archive", b"PK\x03\x04 not really"
    yield "a cut end", good[: len(good) // 2]
    yield "an empty archive", zipped({})
    yield "no descriptor", zipped({"a.csv": b"id\n"})
    yield "a bomb", zipped({"a.csv": b"\0" * 210_000_000})
    yield "many bombs", zipped({f"{n}.csv": b"0" * 30_000_000 for n in range(7)})
    yield "too many files", zipped({f"{n}.txt": b"" for n in range(5_001)})
    yield "a wrong checksum", patched(good, 16, "<I", 12345)
    yield "a forged size, too small", patched(good, 24, "<I", 10)
    yield "a forged size, too large", patched(good, 24, "<I", 150_000_000)
    yield "a forged size of four gigabytes", patched(good, 24, "<I", 4_000_000_000)
    yield "a password", patched(good, 8, "<H", 1)
    yield "an unknown packing", patched(good, 10, "<H", 99)
    for name in (
        "../a.csv",
        "/etc/a.csv",
        "x/../../a.csv",
        "..\\a.csv",
        "C:/a.csv",
        "a\nb.csv",
        "x" * 300,
    ):
        yield f"the name {name[:20]!r}", zipped({**package, name: b"x"})
    link = zipfile.ZipInfo("actors.csv")
    link.external_attr = 0o120777 << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("datapackage.json", package["datapackage.json"])
    yield "a symbolic link", data.getvalue()
    yield "a name with a NUL", good.replace(b"actors.csv", b"act\0rs.csv")
    yield "two names that differ by case", zipped({**package, "ACTORS.csv": b"x"})
    for table, old, new in ODD_CELLS:
        assert old in SMALL[table], (table, old)
        text = SMALL[table].replace(old, new, 1).encode("utf-8", "surrogateescape")
        yield f"{table}: {new[:30]!r} for {old!r}", zipped({**package, f"{table}.csv": text})
    for given in ("{", "[]", '{"name": "a"}', '{"name": "A B", "resources": []}', '{"name": "a", "resources": [5]}'):
        yield f"the descriptor {given}", zipped({**package, "datapackage.json": given.encode()})
    yield "a descriptor without end", zipped({**package, "datapackage.json": b"[" * 200_000})


ODD_CELLS = [
    ("actors", "Ann Lee", ""), ("actors", "person", "robot"), ("actors", "ann-lee", "ann lee"), ("actors", "Q1", "Q1x"),
    ("actors", "Ann Lee", "x" * 201), ("actors", "Ann", "An\0n"), ("actors", "Ann", "An\udcffn"), ("actors", "id,", "ID,"),
    ("affiliations", "ann-lee", "nobody"), ("affiliations", "north", "ann-lee"), ("affiliations", "2020-01-01", "2020-02-30"),
    ("issues", "talks", "border"), ("issues", "Talks,", ""), ("stances", "1\n", "9\n"), ("stances", "1\n", "2\n"),
    ("stances", "talks", "peace"), ("sources", "article", "scroll"), ("sources", "false", "no"), ("sources", "en,", "english,"),
    ("sources", "https", "ftp"), ("sources", "herald,", "times,"), ("events", "bob-ray", "bob"), ("events", "2024-01-15", ""),
    ("events", "herald-1", "herald-9"), ("claims", "ann-lee", "ann"), ("claims", "offers", "says"), ("claims", "talks", "peace"),
    ("claims", "2024-01-15", "2024-15-01"), ("claims", "verbatim", "exact"), ("claims", "bob-ray;south", "bob-ray;bob-ray"),
    ("attributions", "1,", "2,"), ("attributions", "named", "known"), ("citations", "herald-1", "herald-3"),
    ("citations", "we are ready to talk at any time", ""), ("citations", ",en", ",eng1"), ("citations", "lee-ready", "lee"),
    ("relations", "lee-ready", "ray-not-ready"), ("relations", "responds_to", "likes"), ("relations", "lee-ready", "lee-redy"),
    ("positions", "ann-lee", "ann"), ("positions", "ready", "unsure"), ("evidence", "shows", "proves"),
    ("evidence", "lee-ready", "lee-red"), ("evidence", "lee-talks", "ray-talks"), ("claims", "\n", ",more\n"),
]  # fmt: skip


def workbooks() -> Iterator[tuple[str, bytes]]:
    """XLSX files that can't be read, or hold what can't be taken."""
    good = an_xlsx(READY)
    book = parts(good)
    sheet = "xl/worksheets/sheet1.xml"
    yield "an old or an encrypted workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    yield "a cut end", good[:-200]
    yield "an archive of something else", zipped({"a.txt": b"x"})
    yield "no sheet", zipped({name: data for name, data in book.items() if name != sheet})
    yield "links to other workbooks", zipped({**book, "xl/externalLinks/externalLink1.xml": b"<x/>"})
    yield "macros", zipped({**book, "xl/vbaProject.bin": b"x"})
    yield "a sheet that is no XML", zipped({**book, sheet: b"not XML"})
    yield "a sheet that ends too soon", zipped({**book, sheet: book[sheet][:-100]})
    yield "entities", zipped({**book, sheet: b'<!DOCTYPE x [<!ENTITY a "b">]>' + book[sheet]})
    yield "entities in UTF-16", zipped({**book, sheet: '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16")})
    yield "entities from without", zipped({**book, "xl/workbook.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'})
    yield "a bomb", zipped({**book, sheet: b" " * 210_000_000})
    yield "a wrong checksum", patched(good, 16, "<I", 1)
    yield "a forged size", patched(good, 24, "<I", 5)
    yield "a password", patched(good, 8, "<H", 1)
    yield "a row far below", zipped({**book, sheet: book[sheet].replace(b'r="2"', b'r="1048576"')})
    yield "a cell far to the right", zipped({**book, sheet: book[sheet].replace(b'"D2"', b'"XFD2"')})
    yield (
        "a cell of an odd kind",
        zipped(
            {**book, sheet: book[sheet].replace(b't="s"', b't="s"><v>99999</v').replace(b't="inlineStr"', b't="d"')}
        ),
    )
    yield "an empty sheet", an_xlsx([], header=[""])
    yield "a header alone", an_xlsx([])
    yield "a column twice", an_xlsx(READY, header=["Speaker", "Text", "Text", "URL"])
    yield "a cell without end", an_xlsx([*READY[:2], "x" * 1500, READY[3]])
    yield "a date far away", an_xlsx([READY[0], 99999999, *READY[2:]])
    yield "a formula", an_xlsx(["=A1", *READY[1:]])
    yield "a number as a name", an_xlsx([5.5, *READY[1:]])


MAKERS: dict[str, tuple[str, Callable[[], Iterator[tuple[str, bytes]]]]] = {
    "tables": ("table.csv", tables),
    "workbooks": ("table.xlsx", workbooks),
    "reviews": ("reviews.json", reviews),
}


def refusal(name: str, data: bytes, by: object) -> list[str]:
    """What is told of a file that is refused, fault by fault; empty where it is taken."""
    try:
        report = bring_in(name, data, by=by)
    except PackageError as error:
        return str(error).splitlines()
    return (
        [] if report.written else [line for row in report.rows if row[1] == "refused" for line in row[5].splitlines()]
    )


def check(name: str, files: Iterator[tuple[str, bytes]]) -> int:
    """Bring in each file; return how many were refused, each with its place, nothing being changed."""
    by = a_user()
    an_actor("Ann Lee"), an_actor("Bob Ray"), an_actor("The Checkers", kind="media")
    before, refused, taken, unplaced = [model.objects.count() for model in MODELS], 0, [], []
    for what, data in files:
        told = refusal(name, data, by)
        refused += bool(told)
        taken += [] if told else [what]
        unplaced += [(what, line) for line in told if not PLACED.fullmatch(line)]
        assert [model.objects.count() for model in MODELS] == before, what
    assert (taken, unplaced) == ([], [])
    return refused


@pytest.mark.parametrize(("kind", "least"), [("tables", 85), ("workbooks", 20), ("reviews", 75)])
def test_it_is_refused_with_file_line_and_column_and_nothing_is_changed(kind, least):
    name, made = MAKERS[kind]
    assert check(name, made()) >= least


def test_so_is_a_data_package(tmp_path):
    folder = a_package(tmp_path / "small")
    package = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert check("package.zip", archives(package)) >= 75


@pytest.mark.parametrize("name", ["a.exe", "a.docx", "a", ".csv.gz", "a.xml"])
def test_what_is_none_of_the_known_kinds_is_refused(name):
    with pytest.raises(PackageError, match="it is none of the files that can be brought in: CSV or XLSX"):
        bring_in(name, b"x", by=None)


def test_a_file_that_is_right_is_taken(tmp_path):
    by = a_user()
    an_actor("Ann Lee"), an_actor("The Checkers", kind="media")
    assert refusal("table.csv", a_csv(READY), by) == refusal("table.xlsx", an_xlsx(READY), by) == []
    assert refusal("reviews.json", as_json(a_review()), by) == []
    assert json.loads(as_json(a_review()))["@type"] == "ClaimReview"
