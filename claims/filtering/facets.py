"""How many claims a filter finds, by facet and by date. Each facet, and the range of dates, ignores its own choice.

Everything that counts is behind the functions of this module. They answer from the read model; a filter
takes the newest one at its first question, and all its answers are from that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.urls import reverse

from claims.charts import Month
from claims.filtering.cursors import Cursor
from claims.filtering.dimensions import DIMENSIONS
from claims.filtering.filter import Choice, ClaimFilter
from claims.readmodel import Array, Ordered, Terms, key_of

FACETS = ("issue", "speaker", "kind", "act", "form", "publisher", "event", "source")
DIRECTORIES = {
    "issue": "claims:issue-list",
    "speaker": "actors:list",
    "publisher": "actors:list",
    "source": "claims:source-list",
    "event": "claims:event-list",
}
HEAD = 8
MORE = 30
WAYS = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and what choosing it would find."""

    value: str
    label: str
    count: int
    chosen: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its most frequent rows and all chosen ones, some more, and where the rest is listed."""

    name: str
    title: str
    rows: list[FacetValue]
    more: list[FacetValue]
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of an empty answer: a condition, the address without it, and what is found there."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Places:
    """The claims of a page by key, how many there are before it, and the cursor of the next page, or None."""

    keys: list[int]
    before: int
    after: Cursor | None


def counts(claim_filter: ClaimFilter) -> tuple[int, int]:
    """How many claims there are, and how many of them the filter finds."""
    selection = claim_filter.selection
    return selection.all.size, selection.found().size


def places(claim_filter: ClaimFilter, size: int) -> Places:
    """The claims of the page that the filter asks for, in its order."""
    ordered = Ordered(claim_filter.selection, claim_filter.chosen_sort, claim_filter.chosen_clock)
    cursor = claim_filter.cursor
    after = (ordered.number(cursor.key), cursor.pk) if cursor else None
    places = ordered.page(after, size + 1)
    key, pk = places[size - 1] if len(places) > size else (0, 0)
    before = ordered.found.size - ordered.remaining(after)
    return Places([pk for _, pk in places[:size]], before, Cursor(ordered.value(key), pk) if pk else None)


def keys(claim_filter: ClaimFilter) -> Array:
    """The keys of all claims that the filter finds, in its order, whatever page it asks for."""
    return Ordered(claim_filter.selection, claim_filter.chosen_sort, claim_filter.chosen_clock).everything()


def facets(claim_filter: ClaimFilter) -> list[Facet]:
    """Every facet with its counts."""
    return [_facet(claim_filter, name) for name in FACETS]


def tally(claim_filter: ClaimFilter) -> dict[str, list[FacetValue]]:
    """By facet, every value that a claim has under the filter's other conditions, most frequent first."""
    found = {name: _counted(claim_filter, name) for name in FACETS}
    return {
        name: _rows(claim_filter, name, counted, counted.first(len(counted.counts))) for name, counted in found.items()
    }


def dates(claim_filter: ClaimFilter) -> list[tuple[date | None, date | None, int]]:
    """First and last days by the filter's clock, with the number of claims that share them."""
    selection = claim_filter.selection
    return list(selection.found(claim_filter.chosen("said")).dates(selection.clock))


def months(claim_filter: ClaimFilter) -> list[Month]:
    """The same by month: a known day counts where it is, a range at its middle."""
    selection = claim_filter.selection
    counted = selection.found(claim_filter.chosen("said")).of_clock(selection.clock)
    return [Month(*month) for month in selection.snapshot.clocks[selection.clock].months(counted)]


def ways_out(claim_filter: ClaimFilter) -> list[Way]:
    """For each condition, what the filter would find without it; only what finds something."""
    ways = [
        Way(_said(choice), claim_filter.url(without=[choice]), claim_filter.selection.found([choice]).size)
        for choice in claim_filter.choices[:WAYS]
    ]
    return [way for way in ways if way.count]


def _said(choice: Choice) -> str:
    return f"not {choice.label}" if choice.excluded else choice.label


@dataclass(frozen=True, slots=True)
class _Counted:
    """A facet's terms, its counts by code, and by code what sorts them: most frequent first, then by name."""

    terms: Terms
    counts: Array
    ranks: Array  # greater is earlier; what is not counted is not above 0

    def in_order(self, codes: Array) -> list[int]:
        """These codes, the earliest first."""
        ordered: list[int] = codes[np.argsort(-self.ranks[codes])].tolist()
        return ordered

    def first(self, most: int) -> list[int]:
        """The earliest counted codes, at most so many of them."""
        codes = np.flatnonzero(self.counts)
        if len(codes) > most:
            codes = codes[np.argpartition(-self.ranks[codes], most)[:most]]
        return self.in_order(codes)


def _counted(claim_filter: ClaimFilter, name: str) -> _Counted:
    selection = claim_filter.selection
    counts = selection.found(claim_filter.chosen(name)).tally(name)
    terms = selection.snapshot.terms_of(name)
    return _Counted(terms, counts, counts * len(counts) - terms.places)


def _rows(claim_filter: ClaimFilter, name: str, counted: _Counted, codes: Iterable[int]) -> list[FacetValue]:
    chosen = {choice.value for choice in claim_filter.chosen(name) if not choice.excluded}
    excluded = {choice.value for choice in claim_filter.chosen(name) if choice.excluded}
    values, labels = counted.terms.values, counted.terms.labels
    return [
        FacetValue(
            values[code], labels[code], int(counted.counts[code]), values[code] in chosen, values[code] in excluded
        )
        for code in codes
    ]


def _facet(claim_filter: ClaimFilter, name: str) -> Facet:
    counted = _counted(claim_filter, name)
    chosen = _codes_of(counted.terms, claim_filter.chosen(name), name)
    first = counted.first(HEAD + len(chosen) + MORE)
    head = {*first[:HEAD], *chosen.tolist()}  # chosen ones are seen, even where they find nothing
    rest = [code for code in first if code not in head]
    unlisted = np.count_nonzero(counted.counts) - np.count_nonzero(counted.counts[list(head)]) > MORE
    return Facet(
        name,
        DIMENSIONS[name].title,
        _rows(claim_filter, name, counted, counted.in_order(np.array(sorted(head), np.intp))),
        _rows(claim_filter, name, counted, rest[:MORE]),
        reverse(DIRECTORIES[name]) if unlisted and name in DIRECTORIES else "",
    )


def _codes_of(terms: Terms, chosen: Sequence[Choice], name: str) -> Array:
    keys = np.array([key_of(DIMENSIONS[name].table or name, choice.key) for choice in chosen], np.int64)
    codes, known = terms.coding.codes(keys)
    return codes[known]
