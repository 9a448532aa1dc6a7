"""Whose words a sentence reports: the subject of the verb that governs a passage. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.evidence import locating
from claims.proposals.passage import Passage
from claims.proposals.turns import NO_TITLE, SMALL
from claims.proposals.verbs import CUE
from claims.search import Named

FIRST = re.compile(r"\b(?:I|we|I’m|me|my|our|я|ми|мы|мені|мне)\b", re.IGNORECASE)
THIRD = re.compile(r"\b(?:he|she|they|he’s|she’s|він|вона|вони|он|она|они)\b", re.IGNORECASE)
WRITING = re.compile(r"\b(?:letter|message|statement|post|document)\b", re.IGNORECASE)
GOVERNS = re.compile(  # what may stand between a verb and a passage that it governs
    r"(?:[^.!?]{0,60}\b(?:that|що|что)\b[^.!?]{0,50})?\s*[,:–—]?\s*[“\"«„]?\s*"
)
THAT = re.compile(r"(?<!ing)\s+that\b")  # after a finite verb
JOINED = re.compile(
    r"(?:\b(?:and|but|also|і|та|але|и|но)|,)\s*(?:he |she |they |it )?(?:is |was |has |have |had |also )*$",
    re.IGNORECASE,
)
OPENING_WORDS = 60  # code points of a passage in which its own reporting verb may stand

type Names = Callable[[str], Sequence[Named]]


@dataclass(frozen=True, slots=True)
class Reported:
    """Words that somebody reports: the verb, and their speaker by key with the words that name the speaker."""

    cue: str
    speaker: int
    as_stated: str


def reported(passage: Passage, names: Names, *, strictly: bool) -> Reported | None:
    """Whose words a passage reports; None where its own document or turn speaks.

    ``strictly`` is for somebody's own speech, in which only a verb that leads directly to the passage reports others.
    """
    clause = passage.before + passage.exact[:OPENING_WORDS]
    cue = _cue(passage, clause, strictly=strictly)
    if cue is None:
        return None
    head = clause[: cue.start()]
    named = names(head)
    if _is_own(head, named):
        return None
    pronoun = _pronoun(head)
    if strictly and pronoun and not _is_one(pronoun):
        return None
    subject = _subject(head, named) or _mentioned_before(passage, head, names)
    return Reported(cue[0], subject.actor, _stated(head, subject)) if subject else None


def _cue(passage: Passage, clause: str, *, strictly: bool) -> re.Match[str] | None:
    found = list(CUE.finditer(clause))
    if not strictly:
        return found[-1] if found else None
    size = len(passage.before)
    leading = [one for one in found if one.end() <= size and GOVERNS.fullmatch(passage.before, one.end())]
    if leading:
        return leading[-1]
    opening = [one for one in found if one.start() >= size and THAT.match(clause, one.end())]
    return opening[0] if opening and not passage.before.strip(" –—-") else None


def _is_own(head: str, named: Sequence[Named]) -> bool:
    """Whether the verb's subject is the speaker of the whole: "I", "we"."""
    own = max((match.end() for match in FIRST.finditer(head)), default=-1)
    others = [one.start for one in named] + [match.start() for match in THIRD.finditer(head)]
    return own > max(others, default=-1) and own >= 0


def _subject(head: str, named: Sequence[Named]) -> Named | None:
    """The name that the verb follows; of a verb joined to another one by "and", the sentence's first name."""
    pronoun = _pronoun(head)
    if pronoun and (not named or pronoun.start() > named[-1].start):
        meant = [one for one in named if one.is_person == _is_one(pronoun)]
        return meant[0] if meant else None
    if not named:
        return None
    return named[0] if JOINED.search(head) else named[-1]


def _mentioned_before(passage: Passage, head: str, names: Names) -> Named | None:
    """Whom a pronoun, or a verb without a subject, means: the first named in the nearest sentence before."""
    pronoun = _pronoun(head)
    if head.strip() and not (pronoun or WRITING.search(head)):
        return None
    earlier = passage.turn_so_far[: len(passage.turn_so_far) - len(passage.before)]
    for sentence in reversed(locating.sentences(earlier)):
        found = [one for one in names(sentence) if pronoun is None or one.is_person == _is_one(pronoun)]
        if found:
            return found[0]
    return None


def _pronoun(head: str) -> re.Match[str] | None:
    """The last pronoun that stands for somebody else."""
    return next(iter([*THIRD.finditer(head)][::-1]), None)


def _is_one(pronoun: re.Match[str]) -> bool:
    return pronoun[0].casefold() not in ("they", "вони", "они")


def _stated(head: str, subject: Named) -> str:
    """The words that name the subject, with a title before them, "President Biden", or the pronoun that means it."""
    if subject.written not in head:
        pronoun = _pronoun(head)
        return pronoun[0] if pronoun else subject.written
    before = re.search(r"(?:\b[A-Z][\w’'.-]* )*$", head[: subject.start])
    titles = [word for word in (before[0] if before else "").split() if word.casefold() not in NO_TITLE | SMALL]
    return " ".join([*titles, subject.written])
