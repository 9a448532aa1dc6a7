"""What was said at an event, on the day, and shortly before and after it: from the read model, as keys of claims."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from claims.readmodel import Condition, Having, Ordered, Selection, current
from claims.wording import ClaimLine

NEWEST = 25  # claims of one section
NEAREST = 4  # claims before the event, and after it
LONGEST = timedelta(days=7)  # an event that is spread over more has no "day"

type Period = tuple[date | None, date | None]


def at(event: Any) -> Selection:
    """The published claims made at, or about, the event."""
    return Selection(current(), "said", [Having("event", event.pk)])


def sections_of(event: Any, at: Selection) -> dict[str, list[int]]:
    """The keys of the first claims ``at`` the event, of others ``on_day``, and of those ``before`` and ``after``.

    The latter are the nearest claims by participants, or on issues that the event's own claims are on.
    """
    related = {"speaker": event.participants.values_list("pk", flat=True), "issue": at.found().keys_of("issue")}
    first, last = event.date.earliest, event.date.latest
    one_day = timedelta(days=1)
    is_short = last is not None and last - first <= LONGEST
    on_day = _others(at, event, (first, last))
    return {
        "at": _keys(Ordered(at, "oldest", "said").page(None, NEWEST)),
        "on_day": _keys(Ordered(on_day, "oldest", "said").page(None, NEWEST)) if is_short else [],
        "before": _nearest(at, event, (None, first - one_day), related, "newest"),
        "after": _nearest(at, event, (last + one_day, None), related, "oldest") if last else [],
    }


def in_order(lines: Iterable[ClaimLine]) -> list[ClaimLine]:
    """The lines in the order of time."""
    return sorted(lines, key=lambda line: (line.said.earliest, line.key))


def _others(at: Selection, event: Any, period: Period, more: Iterable[Condition] = ()) -> Selection:
    """Published claims that are not the event's own, and were certainly said within a period."""
    conditions = [Having("event", event.pk, excluded=True), Having("said", (*period, True)), *more]
    return Selection(at.all, "said", conditions)


def _nearest(at: Selection, event: Any, period: Period, related: Mapping[str, Iterable[int]], sort: str) -> list[int]:
    """The first ones that have any of these values: they are among the first of each name."""
    places = set()
    for name, keys in related.items():
        if having := [Having(name, key) for key in keys]:
            places |= {*Ordered(_others(at, event, period, having), sort, "said").page(None, NEAREST)}
    return _keys(sorted(places, reverse=sort == "newest")[:NEAREST])


def _keys(places: Sequence[tuple[int, int]]) -> list[int]:
    return [key for _, key in places]
