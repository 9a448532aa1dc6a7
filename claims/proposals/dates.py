"""When the words of a document were said. Pure."""

import re

from conflict_site.base import edtf, typed_dates

HEAD = 400  # code points of a text in which it may say its own day
NEAR_DAYS = 7  # between that day and the one on which the document came out
MONTHS = "|".join(sorted((name for name in typed_dates.MONTH if len(name) > 2), key=len, reverse=True))
DAYS = (
    re.compile(rf"\b(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}\b", re.IGNORECASE),
    re.compile(rf"\b\d{{1,2}} (?:{MONTHS})\.?,? \d{{4}}\b", re.IGNORECASE),
    re.compile(r"\b\d{4}-\d{2}-\d{2}(?=T|\b)"),
)


def own_day(text: str, published: str) -> tuple[str, str]:
    """The day of its own that a text begins with, as EDTF and as written, if it is near that of publication.

    Two empty strings where it has none, or says nothing else than its source.
    """
    for pattern in DAYS:
        for match in pattern.finditer(text[:HEAD]):
            day = _read(match[0])
            if day and day != published and _near(day, published):
                return day, match[0]
    return "", ""


def _read(written: str) -> str:
    try:
        first, last = typed_dates.read(written)
    except edtf.InvalidDate:
        return ""
    return first if first == last else ""


def _near(day: str, published: str) -> bool:
    if not published:
        return True
    said, out = edtf.parse(day).earliest, edtf.parse(published)
    if not (said and out.earliest):
        return False
    return abs((out.earliest - said).days) <= NEAR_DAYS
