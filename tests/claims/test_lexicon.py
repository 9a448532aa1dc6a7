"""Words that may be meant by one that is not on file."""

import random
import string

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from claims.search.lexicon import Lexicon
from conflict_site.base.sounds import sound

WORDS = Lexicon({"ceasefire": 9, "ceasefires": 1, "sanctions": 4, "lavrov": 3, "лавров": 3, "zelenskyy": 7, "of": 99})


def nearest(word):
    return [near.word for near in sorted(WORDS.near(word), key=lambda near: near.rank)]


def test_the_nearest_by_sound_and_spelling_come_first():
    assert nearest("ceasfire") == ["ceasefire"]
    assert nearest("lavrof") == ["lavrov", "лавров"]
    assert nearest("лавроф") == ["лавров", "lavrov"]
    assert nearest("selenskyj") == ["zelenskyy"]


def test_what_is_far_from_all_brings_nothing():
    assert nearest("universe") == []
    assert nearest("of") == []
    assert nearest("ox") == []
    assert nearest("x" * 41) == []
    assert nearest("ceasefire") == ["ceasefires"]


def test_an_empty_lexicon_has_nothing_near():
    assert Lexicon({}).near("ceasefire") == []


@given(st.text(alphabet="abcdeйїжя", min_size=3, max_size=9))
def test_the_mask_of_letters_loses_nothing(typed):
    """Words that a comparison one by one would find are found."""
    random.seed(0)
    letters = string.ascii_lowercase[:6] + "йїжя"
    others = {"".join(random.choices(letters, k=random.randint(3, 9))) for _ in range(60)} - {typed}
    found = {near.word: near.by_sound for near in Lexicon(dict.fromkeys(others, 1)).near(typed)}
    edits = 0 if len(sound(typed)) < 3 else 1 if len(sound(typed)) < 6 else 2
    distances = {other: OSA.distance(sound(typed), sound(other)) for other in others}
    assert found == {other: distance for other, distance in distances.items() if distance <= edits}
