"""The order of rows in a part, of which those without a day stand first and come last."""

import numpy as np
import pytest

from claims.readmodel.clocks import FIRST_DAY, LAST_DAY, Clock
from claims.readmodel.coding import Coding
from claims.readmodel.orders import Ordered
from claims.readmodel.packing import NO_DAY
from claims.readmodel.part import Part
from claims.readmodel.selection import Found, Selection
from claims.readmodel.snapshot import Snapshot, Standing

UNDATED, DATED = 1000, 5


@pytest.fixture(scope="module")
def published():
    """Claims with the keys 1 to 1,000 without a day, and five of which each was said a day later."""
    days = np.array([NO_DAY] * UNDATED + list(range(DATED)), np.int32)
    nothing, keys = np.zeros(len(days), np.int64), np.arange(1, len(days) + 1)
    part = Part(None, Coding.of(keys), nothing, nothing, {"said": Clock.of(days, days)}, {})
    return Found.of(Snapshot(None, (Standing.of(part),)))


def test_the_oldest_begin_with_the_first_day_and_end_with_those_that_have_none(published):
    ordered = Ordered(Selection(published, "said", []), "oldest", "said")
    assert ordered.page(None, 3) == [(0, 1001), (1, 1002), (2, 1003)]
    assert ordered.page((2, 1003), 3) == [(3, 1004), (4, 1005), (LAST_DAY, 1)]
    assert ordered.page((LAST_DAY, 1), 2) == [(LAST_DAY, 2), (LAST_DAY, 3)]
    assert ordered.everything().tolist() == [*range(1001, 1006), *range(1, 1001)]


def test_the_newest_begin_with_the_last_day(published):
    ordered = Ordered(Selection(published, "said", []), "newest", "said")
    assert ordered.page(None, 2) == [(4, 1005), (3, 1004)]
    assert ordered.page((0, 1001), 2) == [(FIRST_DAY, 1000), (FIRST_DAY, 999)]
