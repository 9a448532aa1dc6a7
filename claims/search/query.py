"""What somebody types into a search, as what is looked for and what must not be there. Pure.

``talks`` finds every form of the word, ``diplom*`` what begins so, ``"ready to talk"`` these words one after the
other, and ``-`` before any of them leaves out what holds it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conflict_site.base.text import tokens
from conflict_site.base.words import words

MAX_WORDS = 12
QUOTES = dict.fromkeys(map(ord, "“”„«»"), '"')
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<run>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class AnyForm:
    """A word in any of its forms."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A word that begins so."""

    letters: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they are spelt, one after the other."""

    spellings: tuple[str, ...]


type Term = AnyForm | Beginning | Phrase


@dataclass(frozen=True, slots=True)
class Query:
    """Everything of ``wanted`` must be there, nothing of ``unwanted``. Without either, nothing is asked."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


def parse(typed: str) -> Query:
    """The query that a text means: its first twelve terms. No text is refused; signs that say nothing are ignored."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in TERM.finditer(typed.translate(QUOTES)):
        terms = unwanted if match["minus"] else wanted
        for term in _phrase(match["phrase"]) if match["run"] is None else _run(match["run"]):
            if len(wanted) + len(unwanted) < MAX_WORDS:
                terms.append(term)
    return Query(tuple(wanted), tuple(unwanted))


def beginnings(typed: str) -> str:
    """The search for words that begin with those typed, for suggestions while somebody types."""
    return " ".join(f"{word}*" for word in tokens(typed))


def _phrase(text: str) -> Iterator[Term]:
    spellings = tokens(text)[:MAX_WORDS]
    if spellings:
        yield Phrase(tuple(spellings))


def _run(run: str) -> Iterator[Term]:
    """The terms of what was typed without a space: mostly one, two of "Russia-Ukraine"."""
    found = list(words(run))
    for number, word in enumerate(found, 1):
        if run.endswith("*") and number == len(found):
            yield Beginning(word.spelling)
        else:
            yield AnyForm(tuple(sorted(word.forms)))
