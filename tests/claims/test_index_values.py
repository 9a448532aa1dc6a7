"""The values of rows, in more than one word of a mask: counted in every way, they are what they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.readmodel import bits, values
from claims.readmodel.bits import Subset
from claims.readmodel.values import Values

SIZE, CODES = 200, 7
rows = st.integers(0, SIZE - 1)
some_pairs = st.sets(st.tuples(rows, st.integers(0, CODES - 1)), max_size=300).map(list)
some_rows = st.one_of(st.sets(rows, max_size=20), st.builds(lambda a, b: set(range(a, b)), rows, rows))


def columns(pairs):
    return (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))


def naive(pairs, chosen, number):
    return [sum(code == wanted for row, code in pairs if row in chosen) for wanted in range(number)]


SETTINGS = {
    "masks": {"LEAST": 1, "COMMON": SIZE},
    "masks and columns": {"LEAST": 40, "DENSE": SIZE},
    "columns": {"LEAST": SIZE + 1, "DENSE": SIZE},
    "columns and pairs": {"LEAST": SIZE + 1, "DENSE": 2},
    "pairs": {"LEAST": SIZE + 1, "DENSE": 0},
}


@pytest.mark.parametrize("few", [1, SIZE + 1], ids=["few rows", "many rows"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@given(pairs=some_pairs, chosen=some_rows, wanted=st.sets(st.integers(0, CODES - 1)))
def test_values_are_counted_and_found_as_a_look_at_each_pair_finds_them(settings, few, pairs, chosen, wanted):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**settings, "FEW": few}.items():
            patch.setattr(values, name, value)
        held = Values.of(*columns(pairs), SIZE)
        positions = np.array(sorted(chosen), np.intp)
        counts = naive(pairs, chosen, held.number)
        for subset in (Subset(SIZE, positions=positions), Subset(SIZE, mask=bits.at(positions, SIZE))):
            assert held.tally(subset).tolist() == counts
            assert held.highest(subset, np.arange(SIZE), -1).tolist() == [
                max((row for row, code in pairs if row in chosen and code == each), default=-1)
                for each in range(held.number)
            ]
        assert held.totals.tolist() == naive(pairs, range(SIZE), held.number)
        found = held.having(np.array(sorted(wanted), np.intp), SIZE)
        assert np.flatnonzero(bits.unpacked(found, SIZE)).tolist() == sorted({r for r, c in pairs if c in wanted})


@given(chosen=some_rows)
def test_rows_are_taken_from_a_mask_and_from_all(chosen):
    mask = bits.at(np.array(sorted(chosen), np.intp), SIZE)
    others = Subset(SIZE, mask=bits.beyond(mask, SIZE))
    positions = np.array(sorted(chosen)[::2], np.intp)
    left = Subset(SIZE, mask=bits.without(mask, positions))
    assert left.positions.tolist() == [row for row in sorted(chosen) if row not in positions.tolist()]
    assert others.positions.tolist() == [row for row in range(SIZE) if row not in chosen]
    assert bits.size(others.mask) == SIZE - len(chosen)
