"""The dates of the data package: parsed, bounded, put into words; the `edtf` package is the oracle for bounds."""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import given
from hypothesis import strategies as st

from conflict_site.base.edtf import FuzzyDate, InvalidDate, bounds, day, parse, short_day

OPENING = Path(__file__).parents[2] / "data" / "opening"
DATE_COLUMNS = ("said", "about", "date", "published", "start", "end")

# The pattern the data package gives its date columns, here with the open beginning.
D = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
PATTERN = re.compile(rf"({D}~?|{D}~?/({D}~?|\.\.)|\.\./{D}~?|\[{D}\.\.{D}\])", re.ASCII)

LENGTHS = st.sampled_from([len("2024"), len("2024-01"), len("2024-01-15")])


@st.composite
def plain_dates(draw: st.DrawFn) -> str:
    return draw(st.dates()).isoformat()[: draw(LENGTHS)]


@st.composite
def single_dates(draw: st.DrawFn) -> str:
    return draw(plain_dates()) + draw(st.sampled_from(["", "~"]))


@st.composite
def intervals(draw: st.DrawFn) -> str:
    start, end = sorted([draw(single_dates()), draw(single_dates())], key=lambda written: bounds(written.strip("~")))
    return f"{start}/{end}"


@st.composite
def ranges(draw: st.DrawFn) -> str:
    start, end = sorted([draw(plain_dates()), draw(plain_dates())], key=bounds)
    return f"[{start}..{end}]"


def open_intervals() -> st.SearchStrategy[str]:
    return st.builds(str.format, st.sampled_from(["{}/..", "../{}"]), single_dates())


def valid_dates() -> st.SearchStrategy[str]:
    return st.one_of(single_dates(), intervals(), ranges(), open_intervals())


def has_ends_of_one_precision(edtf: str) -> bool:
    start, end = edtf.strip("[]").split("..")
    return len(start) == len(end)


def oracle_bounds(edtf: str) -> tuple[date, date]:
    read = parse_edtf(edtf)
    return date(*read.lower_strict()[:3]), date(*read.upper_strict()[:3])


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2024-01-15", date(2024, 1, 15), date(2024, 1, 15)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("2025-03-18/2025-04-17", date(2025, 3, 18), date(2025, 4, 17)),
        ("2023/2023-06", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-06/2023", date(2023, 6, 1), date(2023, 12, 31)),
        ("2024-01-15/2024-01-15", date(2024, 1, 15), date(2024, 1, 15)),
        ("[2023-11-22..2024-01]", date(2023, 11, 22), date(2024, 1, 31)),
        ("2022-02-24/..", date(2022, 2, 24), None),
        ("../2024-07", None, date(2024, 7, 31)),
    ],
)
def test_it_bounds_a_date_by_its_first_and_last_day(edtf: str, earliest: date | None, latest: date | None) -> None:
    assert parse(edtf) == FuzzyDate(edtf, "", earliest, latest)


@pytest.mark.parametrize("edtf", ["2024-01-15", "2024-01", "2024", "2023-12/2024-02", "2024/..", "../2024-01"])
def test_it_does_not_widen_the_bounds_of_an_approximate_date(edtf: str) -> None:
    approximate = re.sub(rf"({D})", r"\1~", edtf)

    exact, about = parse(edtf), parse(approximate)

    assert about.edtf == approximate
    assert (about.earliest, about.latest) == (exact.earliest, exact.latest)


def test_it_keeps_the_words_of_the_source() -> None:
    said = parse("2024-01~", "mid-January 2024")

    assert said == FuzzyDate("2024-01~", "mid-January 2024", date(2024, 1, 1), date(2024, 1, 31))
    assert said != parse("2024-01~")


@pytest.mark.parametrize(
    ("edtf", "words", "short"),
    [
        ("2024-01-15", "15 January 2024", "15 Jan 2024"),
        ("2022-03", "March 2022", "Mar 2022"),
        ("2022", "2022", "2022"),
        ("0988-05-01", "1 May 988", "1 May 988"),
        ("2023~", "about 2023", "c. 2023"),
        ("2022-09~", "about September 2022", "c. Sep 2022"),
        ("2024-01-15~", "about 15 January 2024", "c. 15 Jan 2024"),
        ("2022-02-24/..", "since 24 February 2022", "24 Feb 2022 –"),
        ("../2024-07-05", "until 5 July 2024", "– 5 Jul 2024"),
        ("2022~/..", "since about 2022", "c. 2022 –"),
        ("../2024-07~", "until about July 2024", "– c. Jul 2024"),
    ],
)
def test_it_says_a_date_as_precisely_as_it_is_known(edtf: str, words: str, short: str) -> None:
    assert (parse(edtf).words(), parse(edtf).short()) == (words, short)


@pytest.mark.parametrize(
    ("edtf", "words", "short"),
    [
        ("2025-03-18/2025-04-17", "18 March to 17 April 2025", "18 Mar – 17 Apr 2025"),
        ("2023-11-03/2023-11-09", "3 to 9 November 2023", "3 – 9 Nov 2023"),
        ("2022-11-03/2023-11-03", "3 November 2022 to 3 November 2023", "3 Nov 2022 – 3 Nov 2023"),
        ("2023-06/2023-08", "June to August 2023", "Jun – Aug 2023"),
        ("2023-12/2024-02", "December 2023 to February 2024", "Dec 2023 – Feb 2024"),
        ("2022/2024", "2022 to 2024", "2022 – 2024"),
        (
            "[2023-11-22..2023-12-31]",
            "between 22 November and 31 December 2023, day not stated",
            "22 Nov – 31 Dec 2023",
        ),
        (
            "[2023-11-22..2024-01-15]",
            "between 22 November 2023 and 15 January 2024, day not stated",
            "22 Nov 2023 – 15 Jan 2024",
        ),
        ("[2023-11-03..2023-11-09]", "between 3 and 9 November 2023, day not stated", "3 – 9 Nov 2023"),
        ("[2022..2023]", "between 2022 and 2023, day not stated", "2022 – 2023"),
    ],
)
def test_it_says_the_month_and_year_that_both_ends_share_once(edtf: str, words: str, short: str) -> None:
    assert (parse(edtf).words(), parse(edtf).short()) == (words, short)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023-11/2023-11-22", "November 2023 to 22 November 2023"),
        ("2023/2023-06", "2023 to June 2023"),
        ("2023-11-03~/2023-11-09", "about 3 November 2023 to 9 November 2023"),
        ("2023-11-03/2023-11-09~", "3 November 2023 to about 9 November 2023"),
        ("2023~/2024~", "about 2023 to about 2024"),
    ],
)
def test_it_says_both_ends_in_full_when_they_differ_in_kind(edtf: str, words: str) -> None:
    assert parse(edtf).words() == words


@pytest.mark.parametrize("edtf", ["2024-01/2024-01", "[2024-01..2024-01]"])
def test_it_says_two_equal_ends_once(edtf: str) -> None:
    assert parse(edtf).words() == "January 2024"


def test_it_prints_as_its_words() -> None:
    assert str(parse("2022-03", "in March")) == "March 2022"


@pytest.mark.parametrize(
    ("edtf", "kinds"),
    [
        ("2024-01-15", {"is_day"}),
        ("2024-01-15~", {"approximate"}),
        ("2024-01", set()),
        ("2024~", {"approximate"}),
        ("2024-01/2024-02", set()),
        ("2024-01/2024-02~", {"approximate"}),
        ("2024/..", set()),
        ("../2024", set()),
        ("[2024-01-03..2024-01-09]", {"is_range"}),
        ("[2024-01-03..2024-01-03]", {"is_range", "is_day"}),
    ],
)
def test_it_tells_what_kind_of_date_it_is(edtf: str, kinds: set[str]) -> None:
    known = ("approximate", "is_range", "is_day")

    assert {kind for kind in known if getattr(parse(edtf), kind)} == kinds


@pytest.mark.parametrize(
    ("edtf", "fault"),
    [
        ("", "'' is not a date: nothing is written there"),
        (" 2024", "' 2024' is not a date: there is a space or a line break before or after it"),
        ("2024\n", r"'2024\n' is not a date: there is a space or a line break before or after it"),
        ("２０２４", "'２０２４' is not a date: it has digits other than 0 to 9"),
        ("٢٠٢٤-01", "'٢٠٢٤-01' is not a date: it has digits other than 0 to 9"),
        ("2024-1", "'2024-1' is not a date: months and days are written with two digits"),
        ("2024-01-5", "'2024-01-5' is not a date: months and days are written with two digits"),
        ("0000", "'0000' is not a date: there is no year 0000"),
        ("2023-13", "'2023-13' is not a date: there is no month 13"),
        ("2023-00-01", "'2023-00-01' is not a date: there is no month 00"),
        ("2023-02-30", "'2023-02-30' is not a date: February 2023 has no day 30"),
        ("2023-02-29", "'2023-02-29' is not a date: February 2023 has no day 29"),
        ("[2023..2023-04-31]", "'[2023..2023-04-31]' is not a date: April 2023 has no day 31"),
        ("2023-01-00/..", "'2023-01-00/..' is not a date: January 2023 has no day 00"),
        ("2025/2024", "'2025/2024' is not a date: it ends before it begins"),
        ("[2024-02-01..2024-01]", "'[2024-02-01..2024-01]' is not a date: it ends before it begins"),
        ("[2024~..2025]", "'[2024~..2025]' is not a date: a date within square brackets takes no ~"),
        ("../..", "'../..' is not a date: a period needs at least one end that is known"),
        ("..", "'..' is not a date: a period needs at least one end that is known"),
        ("mid-January 2024", "'mid-January 2024' is not a date: it has none of the forms that a date can have here"),
    ],
)
def test_it_says_in_plain_words_what_is_wrong(edtf: str, fault: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse(edtf)

    assert str(refused.value) == (
        f"{fault}. Write a date as 2024-01-15, 2024-01 or 2024, with ~ after it if it is approximate; "
        "a period as 2024-01-15/2024-03, 2024/.. or ../2024; "
        "something that happened once within a range as [2024-01-15..2024-03-31]."
    )


@pytest.mark.parametrize(
    "edtf",
    [
        "2024-01-15T10:00", "2024-06?", "2024-06%", "202X", "2024-21", "~2024", "2024~~", "-2024", "20240115",
        "15.01.2024", "2024 / 2025", "2024/", "/2024", "2024/2025/2026", "2024..2025", "[2024..]", "[..2024]",
        "[2024]", "[2024,2025]", "{2024..2025}", "[2024..2025]~", "[2024..2025", "2024/../2025", "2024-01-15\x00",
        "2024\n2025",
    ],
)  # fmt: skip
def test_it_refuses_the_rest_of_edtf_and_everything_else(edtf: str) -> None:
    with pytest.raises(InvalidDate):
        parse(edtf)


def test_it_quotes_only_the_beginning_of_a_long_text() -> None:
    with pytest.raises(InvalidDate, match=rf"^'{'a' * 40}' is not a date: "):
        parse("a" * 100_000)


def test_it_says_a_known_day() -> None:
    assert (day(date(2024, 1, 5)), short_day(date(2024, 1, 5))) == ("5 January 2024", "5 Jan 2024")


def test_it_names_every_month() -> None:
    names = [day(date(2024, month, 1)).split()[1] for month in range(1, 13)]

    assert names == [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-11", date(2023, 11, 1), date(2023, 11, 30)),
        ("2023-11-22", date(2023, 11, 22), date(2023, 11, 22)),
        (" 2023-11\n", date(2023, 11, 1), date(2023, 11, 30)),
    ],
)
def test_it_bounds_the_date_a_reader_typed(typed: str, first: date, last: date) -> None:
    assert bounds(typed) == (first, last)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("  ", "'' is not a date: nothing is written there"),
        ("2023-2", "'2023-2' is not a date: months and days are written with two digits"),
        ("2023-02-29", "'2023-02-29' is not a date: February 2023 has no day 29"),
        ("0000", "'0000' is not a date: there is no year 0000"),
        ("2023~", "'2023~' is not a date: it has none of the forms that a date can have here"),
        ("2023/2024", "'2023/2024' is not a date: it has none of the forms that a date can have here"),
    ],
)
def test_it_tells_a_reader_what_to_type(typed: str, fault: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        bounds(typed)

    forms = "Write a day as 2024-01-15 or 15 January 2024, a month as 2024-01 or January 2024, or a year as 2024."
    assert str(refused.value) == f"{fault}. {forms}"


@given(valid_dates())
def test_it_reads_every_date_of_the_subset_and_writes_it_back(edtf: str) -> None:
    read = parse(edtf)

    assert PATTERN.fullmatch(edtf)
    assert read.edtf == edtf
    assert parse(read.edtf) == read
    assert (read.earliest or date.min) <= (read.latest or date.max)
    assert read.words()
    assert read.short()


@given(plain_dates())
def test_it_bounds_what_a_reader_typed_like_the_same_date_in_the_data(edtf: str) -> None:
    read = parse(edtf)

    assert bounds(edtf) == (read.earliest, read.latest)


@given(st.one_of(single_dates(), intervals(), ranges().filter(has_ends_of_one_precision)))
def test_it_bounds_a_date_as_the_edtf_package_does(edtf: str) -> None:
    read = parse(edtf)

    assert (read.earliest, read.latest) == oracle_bounds(edtf)


@pytest.mark.parametrize("edtf", ["[2023..2023-12]", "[2023-11-22..2024]", "[2023-11..2023-12-15]"])
def test_unlike_the_edtf_package_it_reads_a_range_of_mixed_precision(edtf: str) -> None:
    with pytest.raises(EDTFParseException):
        parse_edtf(edtf)

    assert parse(edtf).edtf == edtf


@pytest.mark.parametrize("edtf", ["0000", "2023-02-29", "2025/2024", "[2025..2024]", "../..", " 2024", "2024?", "202X"])
def test_unlike_the_edtf_package_it_refuses(edtf: str) -> None:
    assert parse_edtf(edtf)

    with pytest.raises(InvalidDate):
        parse(edtf)


def test_unlike_the_edtf_package_it_has_one_pair_of_bounds_for_an_approximate_month() -> None:
    spread = parse_edtf("2024-01~")
    read = parse("2024-01~")

    assert (date(*spread.lower_fuzzy()[:3]), date(*spread.upper_fuzzy()[:3])) == (date(2022, 12, 1), date(2025, 2, 28))
    assert (read.earliest, read.latest) == (date(2024, 1, 1), date(2024, 1, 31))


def test_unlike_the_edtf_package_it_bounds_an_open_end_by_nothing() -> None:
    assert (parse_edtf("2024/..").upper_strict(), parse("2024/..").latest) == (float("inf"), None)
    assert (parse_edtf("../2024").lower_strict(), parse("../2024").earliest) == (float("-inf"), None)


@given(st.one_of(st.text(), st.text("0123456789-~/[]. "), st.from_regex(PATTERN, fullmatch=True)))
def test_it_reads_any_text_or_refuses_it_as_no_date(text: str) -> None:
    for reading in (parse, bounds):
        with suppress(InvalidDate):
            reading(text)


def dates_of_the_opening_dossier() -> Iterator[tuple[str, str]]:
    for table in sorted(set(OPENING.glob("*.csv")) - {OPENING / "site.csv"}):  # what the site is about is no date
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield from ((column, row[column]) for column in DATE_COLUMNS if row.get(column))


def test_it_reads_every_date_of_the_opening_dossier() -> None:
    dates = list(dates_of_the_opening_dossier())

    assert {column for column, _ in dates} == set(DATE_COLUMNS)
    assert [parse(edtf).edtf for _, edtf in dates] == [edtf for _, edtf in dates]
