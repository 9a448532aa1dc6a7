"""How far the record reaches: counts of what is public, so that a reader can judge its balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from claims.models import public
from claims.readmodel.clocks import NEVER, day
from claims.readmodel.packing import NO_DAY
from claims.readmodel.selection import Found


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a table of coverage."""

    label: str
    count: int
    slug: str = ""


def counts(published: Found) -> dict[str, Any]:
    """How many claims, speakers and sources are public, and the first and the last day on which one was said."""
    said, codes = published.snapshot.clocks["said"], np.flatnonzero(published.of_clock("said"))
    first, last = said.first[codes], said.last[codes]
    return {
        "claims": published.size,
        "speakers": int(np.count_nonzero(published.tally("speaker"))),
        "first": _day(first[first != NO_DAY].min(initial=NEVER)),
        "last": _day(last.max(initial=NO_DAY)),
        "sources": len({*published.keys_of("source"), *public.sources_of_events()}),
    }


def _day(number: int) -> date | None:
    return None if number == NEVER else day(int(number))


def tables(published: Found) -> list[tuple[str, list[Share], str]]:
    """Public claims by speaker, issue, publisher, language of the passages and year, most first.

    Each with its title and the parameter of the claims browser that a share's slug fits.
    """
    named = [(name, shares(published, name), name) for name in ("speaker", "issue", "publisher", "language")]
    return [*named, ("year", _years(published), "said_from")]


def shares(published: Found, name: str) -> list[Share]:
    """Public claims by the values of a column that have a name, most first, then by name."""
    terms, counts = published.snapshot.terms_of(name), published.tally(name)
    codes = [code for code in np.flatnonzero(counts).tolist() if terms.labels[code]]
    return _in_order(Share(terms.labels[code], int(counts[code]), terms.values[code]) for code in codes)


def _years(published: Found) -> list[Share]:
    """By year, as the claims browser counts: a known day where it is, a range at its middle."""
    years: Counter[str] = Counter()
    for year, _, _, count in published.snapshot.clocks["said"].months(published.of_clock("said")):
        years[str(year)] += count
    return _in_order(Share(year, count, year) for year, count in years.items())


def _in_order(shares: Iterable[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: (-share.count, share.label))
