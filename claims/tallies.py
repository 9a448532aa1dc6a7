"""How many published claims each speaker has, or stand on each issue, and over which time: from the read model."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from claims.as_of import DAYS, Horizon
from claims.browser.index.clocks import day
from claims.browser.index.found import Selection
from claims.browser.index.freshness import current
from claims.sections import Tally


@dataclass(frozen=True, slots=True)
class Limit:
    """One of a horizon's limits, as a condition."""

    name: str
    key: date
    excluded: bool = False


def of_each(name: str, horizon: Horizon | None = None) -> dict[int, Tally]:
    """The tally of each "speaker" or "issue" by primary key, within a horizon; nothing for those without claims."""
    horizon = horizon or Horizon()
    limits = zip(DAYS, (horizon.said, horizon.known), strict=True)
    selection = Selection(current(), "said", [Limit(limit, to.last) for limit, to in limits if to])
    found, keys = selection.found(), selection.snapshot.terms_of(name).coding.keys
    counts, (first, last) = found.tally(name), found.period(name)
    return {
        int(keys[code]): Tally(int(counts[code]), day(int(first[code])), day(int(last[code])))
        for code in np.flatnonzero(counts)
    }
