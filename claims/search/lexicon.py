"""Words, and which of them are most like one that somebody typed: by sound, then by spelling. Knows no database.

Of some 200,000 words nearly all are ruled out by a mask of the letters they have, in which an edit changes two bits
at most; the few others are compared. All is packed, so that a word takes some thirty bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from conflict_site.base.sounds import sound, sounds
from conflict_site.base.words import is_cyrillic

type Array = NDArray[np.integer]

SHORTEST, LONGEST = 3, 40  # letters of words that are likened
CLOSE = {0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 1}  # edits by the length of a sound
FAR = 2  # edits of longer ones


@dataclass(frozen=True, slots=True)
class Near:
    """A word of a lexicon, with how far its sound and its spelling are from what was typed, the nearest first."""

    by_sound: int
    other_script: bool
    by_letter: int
    rareness: int  # minus how often it is there
    word: str

    @property
    def rank(self) -> tuple[int, bool, int, int, str]:
        """What sorts them."""
        return self.by_sound, self.other_script, self.by_letter, self.rareness, self.word


@dataclass(frozen=True, slots=True)
class _Packed:
    """Texts one behind the other, each with where it begins."""

    text: str
    starts: Array

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Packed":
        texts = list(texts)
        ends = np.cumsum([0, *(len(text) for text in texts)], dtype=np.uint32)
        return cls("".join(texts), ends)

    def at(self, places: Array) -> list[str]:
        """The texts at these places."""
        ends = self.starts[places + 1].tolist()
        return [self.text[start:end] for start, end in zip(self.starts[places].tolist(), ends, strict=True)]


class Lexicon:
    """Different folded words, with how often each is there."""

    def __init__(self, counted: Mapping[str, int]) -> None:
        words = sorted(word for word in counted if SHORTEST <= len(word) <= LONGEST and word.isalpha())
        heard = sounds(words) if words else []
        self._words, self._sounds = _Packed.of(words), _Packed.of(heard)
        self._counts = np.fromiter((counted[word] for word in words), np.uint32, len(words))
        self._lengths = np.diff(self._sounds.starts).astype(np.int16)
        self._letters = _letters(heard)

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        arrays = (self._words.starts, self._sounds.starts, self._counts, self._lengths, self._letters)
        return sum(array.nbytes for array in arrays) + 2 * len(self._words.text) + len(self._sounds.text)

    def near(self, word: str) -> list[Near]:
        """The words that may be meant by a folded one, in no order; not the word itself."""
        if not SHORTEST <= len(word) <= LONGEST or not len(self):
            return []
        heard = sound(word)
        edits = CLOSE.get(len(heard), FAR)
        likely = np.bitwise_count(self._letters ^ _letters([heard])[0]) <= 2 * edits
        places = np.flatnonzero(likely & (np.abs(self._lengths - len(heard)) <= edits))
        if not len(places):
            return []
        distances = process.cdist([heard], self._sounds.at(places), scorer=OSA.distance, score_cutoff=edits)[0]
        close = np.flatnonzero(distances <= edits)
        found = zip(distances[close].tolist(), places[close].tolist(), self._words.at(places[close]), strict=True)
        return [self._near(word, *each) for each in found if each[-1] != word]

    def _near(self, word: str, by_sound: int, place: int, other: str) -> Near:
        other_script = is_cyrillic(other) != is_cyrillic(word)
        return Near(by_sound, other_script, OSA.distance(word, other), -int(self._counts[place]), other)


def _letters(words: list[str]) -> NDArray[np.uint64]:
    """For each word, which letters it has: a bit for each, shared by letters whose numbers differ by 64."""
    if not words:
        return np.zeros(0, np.uint64)
    codes = np.frombuffer("".join(f"{word}\n" for word in words).encode("utf-32-le"), np.uint32)
    starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
    bits: NDArray[np.uint64] = np.left_shift(np.uint64(1), (codes % 64).astype(np.uint64))
    return np.bitwise_or.reduceat(bits, starts)
