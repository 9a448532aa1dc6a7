"""What somebody types into a search, as what is looked for and what must not be there. Pure.

``talks`` finds every form of the word, ``diplom*`` what begins so, ``"ready to talk"`` these words one after the
other, and ``-`` before any of them leaves out what holds it. ``ceasefire``, ``cease-fire`` and ``cease fire`` find each
other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conflict_site.base.text import tokens
from conflict_site.base.words import APOSTROPHE, RUN, in_lower_case, words

MAX_WORDS = 12
SHORTEST, LONGEST = 3, 24  # letters of a part that may be written apart, and of a word that has such parts
QUOTES = dict.fromkeys(map(ord, "“”„«»"), '"')
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<run>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class AnyForm:
    """A word in any of its forms, or two that are it when they are written as one: "cease fire", "cease-fire"."""

    forms: tuple[str, ...]
    apart: tuple[tuple[str, str], ...] = ()


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


@dataclass(frozen=True, slots=True)
class _Typed:
    """One term as it was typed; of a plain word also its letters, and whether a hyphen ties it to the word before."""

    term: Term
    unwanted: bool
    word: str = ""
    tied: bool = False


def parse(typed: str) -> Query:
    """The query that a text means: its first twelve terms. No text is refused; signs that say nothing are ignored.

    Words that follow each other are also looked for as one, and long words as two.
    """
    found = [term for match in TERM.finditer(typed.translate(QUOTES)) for term in _terms(match)][:MAX_WORDS]
    sides = zip([None, *found], found, [*found[1:], None], strict=False)
    terms = [(_whole(before, term, after), term.unwanted) for before, term, after in sides]
    wanted, unwanted = (tuple(term for term, left_out in terms if left_out is which) for which in (False, True))
    return Query(wanted, unwanted)


def plain_words(typed: str) -> list[tuple[int, int]]:
    """Where each word begins and ends that is looked for in any of its forms, or within a phrase."""
    text = typed.translate(QUOTES | APOSTROPHE)  # each sign by one other, so that places stay
    looked_for = [match for match in TERM.finditer(text) if not match["minus"]]
    found = [word for match in looked_for for word in RUN.finditer(text, *match.span())]
    return [word.span() for word in found[:MAX_WORDS] if text[word.end() : word.end() + 1] != "*"]


def _terms(match: re.Match[str]) -> Iterator[_Typed]:
    unwanted = bool(match["minus"])
    if match["run"] is None:
        yield from (_Typed(term, unwanted) for term in _phrase(match["phrase"]))
    else:
        yield from _run(match["run"], unwanted)


def _whole(before: _Typed | None, typed: _Typed, after: _Typed | None) -> Term:
    """The term with what it makes with its neighbours when they are written as one."""
    if not isinstance(typed.term, AnyForm):
        return typed.term
    joined = [before.word + typed.word] if before and _are_one(before, typed) else []
    joined += [typed.word + after.word] if after and _are_one(typed, after) else []
    forms = {form for text in joined for word in words(text) for form in word.forms}
    return AnyForm(tuple(sorted(forms.union(typed.term.forms))), typed.term.apart)


def _are_one(one: _Typed, two: _Typed) -> bool:
    """Whether two terms in a row may be one word: plain words both, and not short ones if a space parts them."""
    if one.unwanted is not two.unwanted or not (one.word.isalpha() and two.word.isalpha()):
        return False
    return two.tied or min(len(one.word), len(two.word)) >= SHORTEST


def beginnings(typed: str) -> str:
    """The search for words that begin with those typed, for suggestions while somebody types."""
    return " ".join(f"{word}*" for word in tokens(typed))


def _phrase(text: str) -> Iterator[Term]:
    spellings = tokens(text)[:MAX_WORDS]
    if spellings:
        yield Phrase(tuple(spellings))


def _run(run: str, unwanted: bool) -> Iterator[_Typed]:
    """The terms of what was typed without a space: mostly one, two of "Russia-Ukraine"."""
    found = [(text, word) for text in RUN.findall(in_lower_case(run)) for word in words(text)]
    for number, (text, word) in enumerate(found):
        if run.endswith("*") and number == len(found) - 1:
            yield _Typed(Beginning(word.spelling), unwanted)
        else:
            term = AnyForm(tuple(sorted(word.forms)), _apart(word.spelling))
            yield _Typed(term, unwanted, text, tied=number > 0)


def _apart(word: str) -> tuple[tuple[str, str], ...]:
    """The pairs of words that a word may be when it is written as two."""
    if len(word) > LONGEST or not word.isalpha():
        return ()
    return tuple((word[:at], word[at:]) for at in range(SHORTEST, len(word) - SHORTEST + 1))
