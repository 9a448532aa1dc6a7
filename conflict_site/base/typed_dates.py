"""Dates as people type them, read as the day, month or year of ISO 8601 that they mean. Pure.

======================================  ===========================================================
``2024-01-15``, ``2024-01``, ``2024``   as they stand
``31.01.2024``, ``31/01/2024``          the day first; with slashes the month first where only that can be
``11/2023``, ``11.2023``                a month
``1 Nov 2023``, ``November 1st, 2023``  a day by the name of its month, in English, Ukrainian or Russian
``3 листопада 2023``, ``ноябрь 2023``   the same, in any case of the noun
``autumn 2023``, ``осінь 2023``         the months September to November; spring from March, summer from June
``winter 2023/24``                      December to February; with one year it may be either of two winters
======================================  ===========================================================
"""

import re

from conflict_site.base import edtf
from conflict_site.base.text import fold

type Span = tuple[str, str]  # the first and the last day, month or year; mostly the same one

_MONTHS = """
january jan січень січня січні січ январь января январе янв
february feb лютий лютого лютому лют февраль февраля феврале фев февр
march mar березень березня березні бер март марта марте мар
april apr квітень квітня квітні кві квіт апрель апреля апреле апр
may травень травня травні тра трав май мая мае
june jun червень червня червні чер черв июнь июня июне июн
july jul липень липня липні лип июль июля июле июл
august aug серпень серпня серпні сер серп август августа августе авг
september sep sept вересень вересня вересні вер верес сентябрь сентября сентябре сен сент
october oct жовтень жовтня жовтні жов жовт октябрь октября октябре окт
november nov листопад листопада листопаді лис лист ноябрь ноября ноябре ноя нояб
december dec грудень грудня грудні гру груд декабрь декабря декабре дек
"""
_SEASONS = """
spring весна весни весною навесні весны весной
summer літо літа влітку лето лета летом
autumn fall осінь осені восени осень осенью
winter зима зими взимку зимы зимой
"""
_FILLERS = frozenset(
    map(fold, ("of", "the", "y", "у", "в", "на", "во", "рік", "року", "році", "р", "год", "года", "году", "г"))
)


def _numbered(table: str, step: int, first: int) -> dict[str, int]:
    rows = enumerate(table.strip().splitlines())
    return {fold(word): first + step * row for row, words in rows for word in words.split()}


MONTH, SEASON = _numbered(_MONTHS, 1, 1), _numbered(_SEASONS, 3, 3)  # seasons by their first month
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|-?(?:го|е|є))(?![^\W\d_])")
_IN_WORDS = re.compile(r"[^\W_][\w\s.,'’/-]*")


class AmbiguousDate(edtf.InvalidDate):
    """The text is a date in two ways; the message names both."""


def read(typed: str) -> Span:
    """The first and the last day, month or year that a text means, as ISO 8601 writes them.

    Raises InvalidDate, with what to type, for anything else; AmbiguousDate where two dates may be meant.
    """
    written = typed.strip()
    first, last = _in_numbers(written) or _in_words(written) or (written, written)
    edtf.bounds(first)
    return first, last


def _in_numbers(written: str) -> Span | None:
    for pattern, meaning in _NUMBERS:
        if found := pattern.fullmatch(written):
            return meaning(*found.groups())
    return None


def _in_words(written: str) -> Span | None:
    """A date with the name of a month or season; None where no such name, or too much, is there."""
    if not _IN_WORDS.fullmatch(written) or re.search(r"(?![0-9])\d", written):
        return None
    parts = re.findall(r"[0-9]+|[^\W\d_]+", _ORDINAL.sub("", fold(written)))
    parts = [part for part in parts if part not in _FILLERS]
    names = [part for part in parts if not part.isdecimal()]
    numbers = [part for part in parts if part.isdecimal()]
    if len(names) != 1:
        return None
    return _of_month(names[0], numbers) if names[0] in MONTH else _of_season(names[0], numbers)


def _of_month(name: str, numbers: list[str]) -> Span | None:
    month = str(MONTH[name])
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return None
    return _day(years[0], month, days[0]) if days else _month(years[0], month)


def _of_season(name: str, numbers: list[str]) -> Span | None:
    month = SEASON.get(name)
    if month is None or not numbers or len(numbers[0]) != 4 or not "1000" <= numbers[0] < "9999":
        return None
    year = int(numbers[0])
    if month != 12:
        return (f"{year}-{month:02}", f"{year}-{month + 2:02}") if len(numbers) == 1 else None
    if len(numbers) == 1:
        raise _ambiguous(f"{name} {year}", _winter(year - 1), _winter(year))
    follows = len(numbers) == 2 and str(year + 1).endswith(numbers[1]) and len(numbers[1]) in (2, 4)
    return (f"{year}-12", f"{year + 1}-02") if follows else None


def _winter(year: int) -> str:
    return f"winter {year}/{(year + 1) % 100:02} (December {year} to February {year + 1})"


def _either_first(one: str, two: str, year: str) -> Span:
    """A day of which day and month may stand in either order, as different countries write it."""
    if int(one) > 12 or one.zfill(2) == two.zfill(2):
        return _day(year, two, one)
    if int(two) > 12:
        return _day(year, one, two)
    both = sorted(_day(year, *pair)[0] for pair in ((one, two), (two, one)))
    raise _ambiguous(f"{one}/{two}/{year}", *(f"{iso} ({_said(iso)})" for iso in both))


def _said(iso: str) -> str:
    return edtf.parse(iso).words()


def _ambiguous(written: str, one: str, other: str) -> AmbiguousDate:
    return AmbiguousDate(f"“{written}” may mean two dates. Write {one} or {other}.")


def _month(year: str, month: str) -> Span:
    return (f"{year}-{int(month):02}",) * 2


def _day(year: str, month: str, day: str) -> Span:
    return (f"{year}-{int(month):02}-{int(day):02}",) * 2


_NUMBERS = (
    (re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"), lambda day, month, year: _day(year, month, day)),
    (re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})"), _either_first),
    (re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})"), _day),
    (re.compile(r"([0-9]{1,2})[/.]([0-9]{4})"), lambda month, year: _month(year, month)),
    (re.compile(r"([0-9]{4})[/.]([0-9]{1,2})"), _month),
)
