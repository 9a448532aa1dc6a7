"""Uncertain dates: a strict subset of EDTF (ISO 8601-2), what it bounds, and how it reads in English.

=====================  ===========================================================
``2024-01-15``         a day; ``2024-01`` a month, ``2024`` a year
``2024~``              approximately then: said in words, the bounds stay as they are
``2024-01/2024-03~``   held throughout, from the one date to the other
``2024/..``, ``../b``  held throughout, one end open
``[2024-01..2024-03]`` once, somewhere within
=====================  ===========================================================
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_PLAIN = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_DATE = re.compile(rf"{_PLAIN}~?")
_TYPED = re.compile(_PLAIN)
_SHAPE = re.compile(rf"{_PLAIN}~?(?:/(?:{_PLAIN}~?|\.\.))?|\.\./{_PLAIN}~?|\[{_PLAIN}\.\.{_PLAIN}\]")

# The first that matches the whole text is what is wrong with it.
_FAULTS = (
    (r"\s*", "nothing is written there"),
    (r"\s.*|.*\s", "there is a space or a line break before or after it"),
    (r".*(?![0-9])\d.*", "it has digits other than 0 to 9"),
    (r"\[.*~.*\]", "a date within square brackets takes no ~"),
    (r"\.\.(/(\.\.)?)?|/\.\.", "a period needs at least one end that is known"),
    (r"[^-]*-[0-9](?![0-9]).*|.*-[0-9]", "months and days are written with two digits"),
    (r".*", "it has none of the forms that a date can have here"),
)
_FORMS = (
    "Write a date as 2024-01-15, 2024-01 or 2024, with ~ after it if it is approximate; "
    "a period as 2024-01-15/2024-03, 2024/.. or ../2024; "
    "something that happened once within a range as [2024-01-15..2024-03-31]."
)
_TYPED_FORMS = "Write a day as 2024-01-15 or 15 January 2024, a month as 2024-01 or January 2024, or a year as 2024."


class InvalidDate(ValueError):
    """The text is no date of the subset; the message says in plain words why, and how to write one."""


class _Style(NamedTuple):
    months: tuple[str, ...]
    about: str
    since: str
    until: str
    within: str
    throughout: str


# Month names are spelled out: strftime would follow the locale of the server.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONG = _Style(_MONTHS, "about {}", "since {}", "until {}", "between {} and {}, day not stated", "{} to {}")
_SHORT = _Style(tuple(name[:3] for name in _MONTHS), "c. {}", "{} –", "– {}", "{} – {}", "{} – {}")


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as far as it is known, with the days it lies between.

    `edtf` is the canonical expression, `text` the source's own words ("" when it has none);
    `earliest` and `latest` are the first and last possible day, None where the period is open.
    """

    edtf: str
    text: str
    earliest: date | None
    latest: date | None

    @property
    def approximate(self) -> bool:
        """Whether the date, or one end of the period, is marked as approximate."""
        return "~" in self.edtf

    @property
    def is_range(self) -> bool:
        """Whether it was once, somewhere within: `[a..b]`."""
        return self.edtf.startswith("[")

    @property
    def is_day(self) -> bool:
        """Whether it is one known day: neither approximate nor spread over several."""
        return self.earliest == self.latest and not self.approximate

    def words(self) -> str:
        """Return the date in a sentence's words, as precise as it is known: "March 2022", "about 2023"."""
        return _write(self.edtf, _LONG)

    def short(self) -> str:
        """Return the date for tables and charts: "Mar 2022", "c. 2023", "24 Feb 2022 –"."""
        return _write(self.edtf, _SHORT)

    __str__ = words


@lru_cache(maxsize=4096)  # a page writes the same dates again and again
def parse(edtf: str, text: str = "") -> FuzzyDate:
    """Return the date that `edtf` writes, keeping the source's own words in `text`.

    Raises InvalidDate for anything outside the subset, for days that do not exist and for
    periods and ranges that end before they begin (the earliest day lies after the latest).
    """
    try:
        start, end = _ends(edtf)
    except ValueError as fault:
        raise _refusal(edtf, fault, _FORMS) from None
    if start.first > end.last:
        raise _refusal(edtf, "it ends before it begins", _FORMS)
    earliest = None if edtf.startswith("../") else start.first
    latest = None if edtf.endswith("/..") else end.last
    return FuzzyDate(edtf, text, earliest, latest)


def bounds(typed: str) -> tuple[date, date]:
    """Return the first and last day of the day, month or year a reader typed; white space around it is ignored.

    Raises InvalidDate for anything else.
    """
    written = typed.strip()
    try:
        if not _TYPED.fullmatch(written):
            raise ValueError(_fault(written))
        read = _read(written)
    except ValueError as fault:
        raise _refusal(written, fault, _TYPED_FORMS) from None
    return read.first, read.last


def day(value: date) -> str:
    """Return a known day in words: "15 January 2024"."""
    return f"{value.day} {_LONG.months[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Return a known day for tables and charts: "15 Jan 2024"."""
    return f"{value.day} {_SHORT.months[value.month - 1]} {value.year}"


class _Date(NamedTuple):
    """One date of an expression: its first and last day, and how many of year, month and day it names."""

    first: date
    last: date
    named: int
    approximate: bool


def _ends(edtf: str) -> tuple[_Date, _Date]:
    """Return the first and last date that stand in `edtf`; the same one where it has only one."""
    if not _SHAPE.fullmatch(edtf):
        raise ValueError(_fault(edtf))
    dates = [_read(written) for written in _DATE.findall(edtf)]
    return dates[0], dates[-1]


@lru_cache(maxsize=4096)
def _read(written: str) -> _Date:
    numbers = [int(number) for number in written.removesuffix("~").split("-")]
    named = len(numbers)
    year, month, number = (*numbers, 1, 1)[:3]
    if year == 0:
        raise ValueError("there is no year 0000")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month:02}")
    days = monthrange(year, month)[1]
    if not 1 <= number <= days:
        raise ValueError(f"{_MONTHS[month - 1]} {year} has no day {number:02}")
    last = (date(year, 12, 31), date(year, month, days), date(year, month, number))[named - 1]
    return _Date(date(year, month, number), last, named, written.endswith("~"))


def _fault(written: str) -> str:
    return next(fault for pattern, fault in _FAULTS if re.fullmatch(pattern, written, re.DOTALL))


def _refusal(written: str, fault: object, forms: str) -> InvalidDate:
    # Quoted with its escapes and cut short: it may be anything, of any length.
    return InvalidDate(f"{written[:40]!r} is not a date: {fault}. {forms}")


@lru_cache(maxsize=4096)
def _write(edtf: str, style: _Style) -> str:
    start, end = _ends(edtf)
    if edtf.endswith("/.."):
        return style.since.format(_say(start, style))
    if edtf.startswith("../"):
        return style.until.format(_say(end, style))
    if start == end:
        return _say(end, style)
    joined = style.within if edtf.startswith("[") else style.throughout
    return joined.format(_say(start, style, _shared(start, end)), _say(end, style))


def _say(read: _Date, style: _Style, unsaid: int = 0) -> str:
    """Return one date in words, without its last `unsaid` ones."""
    said = [str(read.first.day), style.months[read.first.month - 1], str(read.first.year)][-read.named :]
    words = " ".join(said[: read.named - unsaid])
    return style.about.format(words) if read.approximate else words


def _shared(start: _Date, end: _Date) -> int:
    """Return how many words, year first, the two have in common and need only once: "3 to 9 November 2023"."""
    if start.named != end.named or start.approximate or end.approximate:
        return 0
    same_year = start.first.year == end.first.year
    return same_year + (same_year and start.first.month == end.first.month)
