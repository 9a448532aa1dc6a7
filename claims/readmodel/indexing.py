"""Makes the index of words from texts: each word gets a number as it comes, then all are sorted, piece by piece."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from claims.readmodel.bits import Array
from claims.readmodel.wordindex import Postings, Vocabulary, WordIndex, starts
from claims.search import BREAK

AT_A_TIME = 4_000_000  # words that are sorted at once
LOW = (1 << 32) - 1

type Text = tuple[int, str, str]  # a row, the words of its text in their order, and all their forms
type Pieces = Iterator[tuple[Array, Array]]


class _Words:
    """The words of texts by number, one text behind the other."""

    def __init__(self, numbers: "defaultdict[str, int]") -> None:
        self._number_of, self._words, self._counts = numbers.__getitem__, array("i"), array("i")

    def add(self, text: str) -> None:
        before = len(self._words)
        self._words.extend(map(self._number_of, text.split()))
        self._counts.append(len(self._words) - before)

    @property
    def words(self) -> Array:
        return np.frombuffer(self._words, np.int32) if self._words else np.zeros(0, np.int32)

    @property
    def counts(self) -> Array:
        return np.array(self._counts, np.int32)

    @property
    def texts(self) -> Array:
        """Of each word, the number of its text."""
        return np.repeat(np.arange(len(self._counts), dtype=np.int32), self.counts)


def index_of(texts: Iterable[Text], size: int) -> WordIndex:
    """The index of texts, one for each of so many rows at most. What parts texts in the words is none of them."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    parting = numbers[BREAK]
    spelt, formed, rows, lengths = _Words(numbers), _Words(numbers), array("i"), np.zeros(size, np.int32)
    for row, text, forms in texts:
        spelt.add(text)
        formed.add(forms)
        rows.append(row)
        lengths[row] = len(forms)
    vocabulary, codes = _sorted(numbers)
    numbers.clear()
    row_of_text = np.array(rows, np.int32)
    counts = np.bincount(codes[spelt.words], minlength=len(vocabulary))
    counts[codes[parting]] = 0
    places = np.empty(counts.sum(), np.int32)
    by_spelling = ((of_words, row_of_text[of_texts]) for of_words, of_texts in _placed(spelt, codes, parting, places))
    by_form = ((of_words, row_of_text[of_texts]) for of_words, of_texts in _grouped(codes[formed.words], formed.texts))
    return WordIndex(
        size,
        vocabulary,
        Postings.of(by_spelling, len(vocabulary), size),
        Postings.of(by_form, len(vocabulary), size),
        places,
        starts(counts),
        starts(spelt.counts + 1)[:-1].astype(np.int32),
        row_of_text,
        lengths,
    )


def _placed(spelt: _Words, codes: Array, parting: int, places: Array) -> Pieces:
    """The code and the text of each word of each text, once; ``places`` is filled with those of all words, by code."""
    is_word = spelt.words != parting
    of_words = np.flatnonzero(is_word).astype(np.int32) + spelt.texts[is_word]
    text_at, end = np.repeat(np.arange(len(spelt.counts), dtype=np.int32), spelt.counts + 1), 0
    for of_piece, placed in _grouped(codes[spelt.words[is_word]], of_words):
        places[end : end + len(placed)] = placed
        end += len(placed)
        texts = text_at[placed]
        is_first = (np.diff(of_piece, prepend=-1) != 0) | (np.diff(texts, prepend=-1) != 0)
        yield of_piece[is_first], texts[is_first]


def _sorted(numbers: "defaultdict[str, int]") -> tuple[Vocabulary, Array]:
    """All words, and by number the code of each."""
    words = sorted(numbers)
    codes = np.empty(len(words), np.int32)
    codes[[numbers[word] for word in words]] = np.arange(len(words))
    return Vocabulary.of(words), codes


def _grouped(codes: Array, numbers: Array) -> Pieces:
    """Pairs of code and number, sorted; all of a code are in one piece."""
    counts = np.bincount(codes)
    piece_of_code = (np.cumsum(counts) - counts) // AT_A_TIME
    for piece in np.unique(piece_of_code):
        first, end = np.searchsorted(piece_of_code, (piece, piece + 1))
        at = np.flatnonzero((codes >= first) & (codes < end))
        pairs = np.sort(codes[at].astype(np.int64) << 32 | numbers[at])
        yield (pairs >> 32).astype(np.int32), (pairs & LOW).astype(np.int32)
