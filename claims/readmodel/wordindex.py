"""Which rows hold which words: what a search finds in a part, without a question to the database.

Of each word there are the rows whose text has it as it is spelt, the rows of which it is a form, and its places: all
texts stand one behind the other, a free place between them, so that words of a phrase have places that follow each
other. Words are sorted, so that those with one beginning stand together.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from claims.readmodel import bits, values
from claims.readmodel.bits import Array, Mask
from claims.search import AnyForm, Beginning, Phrase, Query, Term


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Different words, sorted, one behind the other."""

    letters: Array  # UTF-8
    starts: Array  # where each begins, and where the last one ends

    @classmethod
    def of(cls, words: Sequence[str]) -> "Vocabulary":
        """The vocabulary of these words, which are sorted."""
        encoded = [word.encode() for word in words]
        starts = np.cumsum([0, *map(len, encoded)], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def code(self, word: str) -> int | None:
        """The place of a word; None where it is not there."""
        code = self._first(word.encode())
        return code if code < len(self) and self._at(code) == word.encode() else None

    def beginning(self, letters: str) -> tuple[int, int]:
        """The places from the first word that begins so to behind the last."""
        return self._first(letters.encode()), self._first(letters.encode() + b"\xff")

    def words(self) -> list[str]:
        """All words."""
        whole = self.letters.tobytes()
        return [whole[start:end].decode() for start, end in pairwise(self.starts.tolist())]

    def _first(self, letters: bytes) -> int:
        return bisect_left(range(len(self)), letters, key=self._at)

    def _at(self, code: int) -> bytes:
        return self.letters[self.starts[code] : self.starts[code + 1]].tobytes()


@dataclass(frozen=True, slots=True)
class Postings:
    """The rows of each word; of common ones as a mask."""

    starts: Array  # by code, where its rows begin; and where the last ones end
    rows: Array
    common: Array
    masks: Mask

    @classmethod
    def of(cls, pieces: Iterable[tuple[Array, Array]], words: int, size: int) -> "Postings":
        """The postings of so many words in so many rows, from pairs of code and row: sorted by code, no pair twice."""
        many = max(values.LEAST, -(-size // values.COMMON))
        rare, rows = np.zeros(words, np.int64), [np.zeros(0, np.int32)]
        common, masks = [np.zeros(0, np.intp)], [np.zeros((0, -(-size // bits.WORD)), np.uint64)]
        for codes, their_rows in pieces:
            counts = np.bincount(codes, minlength=words)
            ends = np.cumsum(counts)
            common.append(np.flatnonzero(counts >= many))
            for code in common[-1]:
                masks.append(bits.at(their_rows[ends[code] - counts[code] : ends[code]], size)[np.newaxis])
            counts[common[-1]] = 0
            rows.append(their_rows[counts[codes] > 0].astype(np.int32))
            rare += counts
        return cls(starts(rare), np.concatenate(rows), np.concatenate(common), np.concatenate(masks))

    def having(self, first: int, end: int, size: int) -> Mask:
        """The rows, of so many, of the words from one code to before another."""
        found = bits.at(self.rows[self.starts[first] : self.starts[end]], size)
        start, stop = np.searchsorted(self.common, (first, end))
        for mask in self.masks[start:stop]:
            found |= mask
        return found


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words of so many rows."""

    size: int
    vocabulary: Vocabulary
    spelt: Postings
    formed: Postings
    places: Array  # by word, in order
    place_starts: Array  # by code, where its places begin; and where the last ones end
    text_starts: Array  # the first place of each text, in the order in which they were read
    row_of_text: Array
    lengths: Array  # by row, how many letters its forms have

    def holding(self, query: Query) -> Mask:
        """The rows that a search finds; none where it asks nothing."""
        if not (query.wanted or query.unwanted):
            return self._none
        found = bits.full(self.size)
        for term in query.wanted:
            found &= self._with(term)
        for term in query.unwanted:
            found &= ~self._with(term)
        return found

    def counted(self) -> dict[str, int]:
        """How often each word is there as it is spelt."""
        counts = np.diff(self.place_starts).tolist()
        return {word: count for word, count in zip(self.vocabulary.words(), counts, strict=True) if count}

    @property
    def _none(self) -> Mask:
        return np.zeros(-(-self.size // bits.WORD), np.uint64)

    def _with(self, term: Term) -> Mask:
        match term:
            case AnyForm(forms, apart):
                found = [*map(self._in_form, forms), *map(self._one_after_the_other, apart)]
                return np.bitwise_or.reduce(found)
            case Beginning(letters):
                return self.spelt.having(*self.vocabulary.beginning(letters), self.size)
            case Phrase(spellings):
                return self._one_after_the_other(spellings)

    def _in_form(self, form: str) -> Mask:
        code = self.vocabulary.code(form)
        return self._none if code is None else self.formed.having(code, code + 1, self.size)

    def _one_after_the_other(self, spellings: Sequence[str]) -> Mask:
        """The rows in whose texts these words follow each other: the rarest one's places, which the others stand by."""
        numbered = ((self._places(word), number) for number, word in enumerate(spellings))
        (places, number), *rest = sorted(numbered, key=lambda each: len(each[0]))
        found = places - number
        for others, number in rest:
            at = np.searchsorted(others, found + number)
            found = found[others.take(at, mode="clip") == found + number] if len(others) else others
        texts = np.searchsorted(self.text_starts, found, side="right") - 1
        return bits.at(self.row_of_text[texts], self.size)

    def _places(self, word: str) -> Array:
        code = self.vocabulary.code(word)
        return self.places[:0] if code is None else self.places[self.place_starts[code] : self.place_starts[code + 1]]


def starts(counts: Array) -> Array:
    """Where the numbers of each code begin, one behind the other, and where the last ones end."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
