"""The words of a passage as they stand, with what lies between them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conflict_site.base.spelling import UNSEEN
from conflict_site.base.text import APOSTROPHES, HIDDEN, tokens
from conflict_site.base.words import in_lower_case

RUN = re.compile(rf"[^\W_]+(?:[{''.join(map(chr, APOSTROPHES))}\u0300-\u036f{UNSEEN}]+[^\W_]+)*")
POSSESSIVE = re.compile(r"['’ʼ`´](?:s|S)$")
OPENS_A_SENTENCE = re.compile(r"[.!?…:;][\"'“”„«»‘’)\]\s]*$|[“„«\"(\[*•]|\n")
SHORT = 3  # letters of a word that a full stop may abbreviate


@dataclass(frozen=True, slots=True)
class Token:
    """A word: as it is written, folded, and without a possessive "’s"; ``gap`` is what stands before it."""

    written: str
    folded: str
    key: str
    gap: str
    opens: bool

    @property
    def lowered(self) -> str:
        """The word in lower case, as a dictionary writes it."""
        return in_lower_case(self.written)

    @property
    def is_capital(self) -> bool:
        return self.written[0].isupper()

    @property
    def is_shouted(self) -> bool:
        """Whether all of its letters, of two or more, are capitals."""
        return len(self.written) > 1 and self.written.isupper()

    @property
    def is_possessive(self) -> bool:
        return self.key != self.folded

    @property
    def is_initial(self) -> bool:
        return len(self.written) == 1 and self.is_capital

    @property
    def is_near(self) -> bool:
        """Whether nothing but white space parts it from the word before."""
        return bool(self.gap) and self.gap.isspace() and "\n\n" not in self.gap

    @property
    def is_joined(self) -> bool:
        """Whether a hyphen joins it to the word before."""
        return self.gap in ("-", "\u2010", "\u2011", "–")


def passage_words(text: str) -> list[Token]:
    """The words of a passage in their order."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    end, before = 0, ""
    for match in RUN.finditer(text):
        written, gap = HIDDEN.sub("", match[0]), HIDDEN.sub("", text[end : match.start()])
        end = match.end()
        stem, folds = _folds(written)
        for number, (folded, key) in enumerate(folds):
            yield Token(stem, folded, key, "" if number else gap, _opens(gap, before) and not number)
        before = written


@lru_cache(maxsize=20_000)
def _folds(written: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A word without a possessive "’s"; and each part of it that folding leaves, with its key."""
    stem, parts = POSSESSIVE.sub("", written), tokens(written)
    is_plain = stem == written or len(parts) > 1
    return stem, tuple((part, part if is_plain else "".join(tokens(stem))) for part in parts)


def _opens(gap: str, before: str) -> bool:
    """Whether a word begins a sentence. A full stop after one letter, or after "Mr", ends none."""
    if not before:
        return True
    if gap.startswith(".") and (len(before) == 1 or (len(before) <= SHORT and before[0].isupper())):
        gap = gap[1:]
    return bool(OPENS_A_SENTENCE.search(gap))
