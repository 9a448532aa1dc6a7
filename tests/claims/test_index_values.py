"""The values of rows, in more than one word of a mask: counted in every way, they are what they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.readmodel import bits, values
from claims.readmodel.values import Values

SIZE, CODES = 200, 7
rows = st.integers(0, SIZE - 1)
some_pairs = st.sets(st.tuples(rows, st.integers(0, CODES - 1)), max_size=300).map(list)
some_rows = st.one_of(st.sets(rows, max_size=20), st.builds(lambda a, b: set(range(a, b)), rows, rows))


def columns(pairs):
    return (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))


def naive(pairs, chosen):
    return [sum(code == wanted for row, code in pairs if row in chosen) for wanted in range(CODES)]


@pytest.mark.parametrize("least", [1, 50, SIZE + 1], ids=["masks", "some of both", "pairs"])
@given(pairs=some_pairs, chosen=some_rows)
def test_every_tally_is_what_a_look_at_each_pair_finds(least, pairs, chosen):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "LEAST", least)
        held = Values.of(*columns(pairs), SIZE)
        positions = np.array(sorted(chosen), np.intp)
        mask = bits.at(positions, SIZE)
        wanted = naive(pairs, chosen)[: held.number]
        assert held.tally(mask, bits.unpacked(mask, SIZE), bits.span(mask)).tolist() == wanted
        assert held.tally_few(positions).tolist() == wanted


def test_the_span_of_a_mask_is_from_its_first_word_to_its_last():
    assert bits.span(bits.at(np.array([70, 140]), 300)) == slice(1, 3)
    assert bits.span(bits.at(np.array([0, 299]), 300)) == slice(0, 5)
    assert bits.span(bits.at(np.array([], np.intp), 300)) == slice(0, 0)
