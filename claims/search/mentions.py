"""Whom a text mentions: names on file, where something shows that they are names there. Pure.

A name of several words, and an abbreviation in capitals, speak for themselves; of a person every word needs its
capital. A surname alone needs more: no other first name before it, no other name after it, and where it is a common
word ("Bush", "Мороз") a place other than the beginning of a sentence; a month, a modal verb, a rank or a place ("May",
"Will", "King", "Jordan") only counts with a title before it. Numerals and "Jr." are nobody's surname. What several
actors share is nobody's, unless another name of one of them stands in the same claim.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.search import surroundings
from claims.search.names import Name, Names, Sort
from claims.search.passage_words import Token
from claims.search.surroundings import Passage, Verdict
from claims.search.telling_words import COMMON

WITHIN = re.compile(r"\s+|\.\s*|\s*[-‐‑–/&]\s*|")  # what may part the words of a name
ARTICLES = ("the", "a", "an")

type Spans = dict[tuple[int, int], set[int]]  # the first and the last word of a name, and whose it may be


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is mentioned, by key; and names, as they are written, that several actors share, with their keys."""

    actors: frozenset[int]
    unclear: dict[str, frozenset[int]]


def mentions(texts: Iterable[str], names: Names) -> Mentions:
    """Whom the texts of one claim mention by these names."""
    seen = [_seen(Passage.of(text, names.alone), names) for text in texts]
    named: set[int] = set()
    other = {word for one in seen for word in one.others}
    unclear: dict[str, set[int]] = defaultdict(set)
    for written, word, actors, sure in (mention for one in seen for mention in one.found):
        if (sure or word not in other) and len(actors) == 1:
            named |= actors
        elif len(actors) > 1:
            unclear[written] |= actors
    open_ = {written: frozenset(actors) for written, actors in unclear.items() if not actors & named}
    return Mentions(frozenset(named), open_)


def seen_in(text: str, names: Names) -> list[tuple[str, frozenset[int]]]:
    """The names in one text, as they are written, with the keys of those whose they may be."""
    return [(written, frozenset(actors)) for written, _, actors, _ in _seen(Passage.of(text, names.alone), names).found]


@dataclass(slots=True)
class _Seen:
    """What one text holds: names as written and folded, with whose they may be and whether that is beyond doubt; and
    the surnames of other persons."""

    found: list[tuple[str, str, set[int], bool]]
    others: set[str]


def _seen(passage: Passage, names: Names) -> _Seen:
    hits = list(_hits(passage.words, names))
    long = _longest(_full(passage, hits))
    seen = _Seen([], set())
    for (first, last), actors in long.items():
        written = " ".join(word.written for word in passage.words[first : last + 1])
        seen.found.append((written, "", actors, True))
    covered = {at for first, last in long for at in range(first, last + 1)}
    _add_surnames(passage, [hit for hit in hits if hit[2].sort is Sort.LONE], covered, seen)
    return seen


def _hits(words: Sequence[Token], names: Names) -> Iterator[tuple[int, int, Name]]:
    """Every place where the words of a name stand, whatever they mean there: the first, the last, and the name."""
    for at, word in enumerate(words):
        for key in {word.folded, word.key}:
            for name in names.by_first.get(key, ()):
                if _fits(words[at : at + len(name.words)], name):
                    yield at, at + len(name.words) - 1, name


def _fits(words: Sequence[Token], name: Name) -> bool:
    if len(words) < len(name.words):
        return False
    *inner, last = zip(words, name.words, strict=True)
    if any(word.folded != wanted for word, wanted in inner) or last[1] not in (last[0].folded, last[0].key):
        return False
    return all(WITHIN.fullmatch(word.gap) for word in words[1:])


def _full(passage: Passage, hits: Sequence[tuple[int, int, Name]]) -> Spans:
    """The names that are more than a surname and stand for themselves."""
    found: Spans = defaultdict(set)
    for first, last, name in hits:
        if name.sort is Sort.FULL and _is_person(passage, first, last, name):
            found[first, last].add(name.actor)
            passage.begun.add(first)
    for first, last, name in hits:
        if name.sort not in (Sort.FULL, Sort.LONE) and _is_body(passage, first, last, name):
            found[first, last].add(name.actor)
            passage.held |= {*range(first, last + 1)}
    return found


def _longest(spans: Spans) -> Spans:
    """The names that are no part of a longer one."""
    return {
        (first, last): actors
        for (first, last), actors in spans.items()
        if not any(a <= first and last <= b and (a, b) != (first, last) for a, b in spans)
    }


def _is_body(passage: Passage, first: int, last: int, name: Name) -> bool:
    words = passage.words[first : last + 1]
    if name.sort is Sort.ABBREVIATION:
        same = all(word.written == wanted for word, wanted in zip(words, name.written, strict=True))
        return same and not (passage.is_shouted and first == last and words[0].folded in COMMON)
    telling = [at for at, word in enumerate(name.words) if word not in ARTICLES]
    if name.sort is Sort.GROUP and len(telling) > 1:
        return True
    capital = next((at for at in telling if name.written[at][0].isupper()), None)
    if capital is not None and not words[capital].is_capital:
        return False
    if len(telling) > 1:
        proper = sum(name.written[at][0].isupper() for at in telling) > 1
        return proper or not words[0].opens
    at = first + telling[0] if telling else last
    if name.sort is Sort.BODY and not surroundings.of_single_body(passage, at):
        return False
    return surroundings.of_body(passage, at, last, name)


def _is_person(passage: Passage, first: int, last: int, name: Name) -> bool:
    words = passage.words[first : last + 1]
    written = all(
        word.is_capital or word.is_joined or not wanted[0].isupper()
        for word, wanted in zip(words, name.written, strict=True)
    )
    return written and surroundings.of_full_name(passage, last, name)


def _add_surnames(passage: Passage, hits: Iterable[tuple[int, int, Name]], covered: set[int], seen: _Seen) -> None:
    """Add the surnames that stand there. Of a longer name they are part; of a word that is also a body's name only
    those that have a title."""
    verdicts: dict[tuple[int, int], dict[int, Verdict]] = defaultdict(dict)
    for first, last, name in hits:
        places = {*range(first, last + 1)}
        verdict = surroundings.of_surname(passage, first, last, name)
        if not covered & places or (verdict is Verdict.TITLED and places <= passage.held):
            verdicts[first, last][name.actor] = verdict
    for (first, last), by_actor in verdicts.items():
        _add_surname(passage.words[first : last + 1], by_actor, seen)


def _add_surname(words: Sequence[Token], verdicts: dict[int, Verdict], seen: _Seen) -> None:
    written, folded = " ".join(word.written for word in words), " ".join(word.key for word in words)
    for wanted in (Verdict.TITLED, Verdict.ALONE):
        actors = {actor for actor, verdict in verdicts.items() if verdict is wanted}
        if actors:
            seen.found.append((written, folded, actors, wanted is Verdict.TITLED))
            return
    if Verdict.ANOTHER in verdicts.values():
        seen.others.add(folded)
