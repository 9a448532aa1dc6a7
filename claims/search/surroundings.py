"""What stands around a name in a passage, and whether it speaks for the name. Pure."""

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from claims.search.names import Name
from claims.search.passage_words import Token, passage_words
from claims.search.telling_words import (
    AFTER_ANOTHER_NAME,
    BEFORE_ANOTHER_PLACE,
    COMMON,
    GIVEN,
    NATIONALITIES,
    NOT_PARTICIPLES,
    OF_A_PAIR,
    OF_A_PLACE,
    OFFICES,
    SELDOM_NAMES,
    TITLES,
)
from conflict_site.base.names import JUNIOR, NUMERAL
from conflict_site.base.words import is_common_noun, is_cyrillic, is_given_name

LONGEST_ACRONYM = 4
PATRONYMIC = re.compile(r".+(ovich|evich|yevich|ovna|evna|ович|евич|йович|овна|евна|івна|ївна)")
HEADLINE, MOSTLY = 5, 0.8  # words, and the share of them


class Verdict(Enum):
    """What the surroundings say of a surname."""

    TITLED = "a title or a first name before it shows whose it is"
    ALONE = "nothing speaks against it"
    NO_NAME = "no name, or part of another name"
    ANOTHER = "another person of that surname"


@dataclass
class Passage:
    """The words of a passage; ``held`` are those of the names of bodies, states and groups found in it, ``begun`` those
    with which persons' full names begin; ``surnames`` are the words that name somebody on file alone."""

    words: list[Token]
    held: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)
    surnames: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, surnames: frozenset[str]) -> "Passage":
        return cls(passage_words(text), surnames=surnames)

    @cached_property
    def is_shouted(self) -> bool:
        """Whether all of it is written in capitals."""
        return len(self.words) > 2 and all(word.written.isupper() for word in self.words)

    @cached_property
    def is_headline(self) -> bool:
        """Whether most words begin with a capital, which then says nothing."""
        long = [word for word in self.words if len(word.written) > 3]
        return len(long) >= HEADLINE and sum(word.is_capital for word in long) > MOSTLY * len(long)

    def before(self, at: int) -> Token | None:
        """The word before a place."""
        return self.words[at - 1] if at > 0 else None

    def after(self, at: int) -> Token | None:
        """The word after a place."""
        return self.words[at + 1] if at + 1 < len(self.words) else None


def of_surname(passage: Passage, first: int, last: int, name: Name) -> Verdict:
    """What the surroundings say of a surname, or of a person's only name, that stands at these places."""
    word = passage.words[last]
    if not _is_written_as_a_name(passage, word, name):
        return Verdict.NO_NAME
    if _is_junior(passage.after(last)):
        return Verdict.ANOTHER
    if _is_titled(passage, first):
        return Verdict.TITLED
    if first == last and (word.key in SELDOM_NAMES or (word.opens and _is_common(word))):
        return Verdict.NO_NAME
    found = _by_what_stands_before(passage, first, name)
    if found is Verdict.ALONE and not _may_end_there(passage, last, name):
        return Verdict.NO_NAME
    return found


def of_full_name(passage: Passage, last: int, name: Name) -> bool:
    """Whether a person's full name ends there: no "Jr." follows, nor a second surname."""
    after = passage.after(last)
    if _is_junior(after) and not is_numbered(name):
        return False
    return not (after and after.is_joined and after.is_capital) or _is_pair(passage, last)


def of_body(passage: Passage, first: int, last: int, name: Name) -> bool:
    """Whether the name of a state or body stands there for itself, not within the name of something else."""
    word, before = passage.words[last], passage.before(first)
    if first < last or passage.is_headline:
        return True
    if word.opens and word.key in COMMON - SELDOM_NAMES:  # places and parliaments are bodies before they are persons
        return False
    if before and word.is_near and before.is_capital and before.folded in BEFORE_ANOTHER_PLACE:
        return False
    if first > 1 and before and before.folded == "of" and passage.words[first - 2].key in OF_A_PLACE:
        return False
    return _may_end_there(passage, last, name)


def of_single_body(passage: Passage, first: int) -> bool:
    """Whether no other word makes a single word ("Congress", "Bloomberg") another body or a person."""
    before, word = passage.before(first), passage.words[first]
    if before is None or not word.is_near or word.opens or not before.is_capital or passage.is_headline:
        return True
    return before.is_possessive or before.is_shouted or _says_no_first_name(passage, first - 1)


def is_numbered(name: Name) -> bool:
    """Whether a name ends with a numeral or "Jr." itself."""
    return bool(NUMERAL.fullmatch(name.written[-1])) or name.words[-1] in JUNIOR


def _is_written_as_a_name(passage: Passage, word: Token, name: Name) -> bool:
    if not word.is_capital:
        return False
    if not word.is_shouted or name.written[-1].isupper():
        return True
    return len(word.written) > LONGEST_ACRONYM and word.key not in COMMON


def _is_junior(after: Token | None) -> bool:
    if after is None or after.gap.strip() not in ("", ","):
        return False
    is_numeral = bool(NUMERAL.fullmatch(after.written)) and after.written != "I"
    return is_numeral or (after.folded in JUNIOR and after.is_capital)


def _is_titled(passage: Passage, first: int) -> bool:
    before, gap = passage.before(first), passage.words[first].gap
    if before is None or not gap or gap.strip() not in ("", "."):
        return False
    if first > 1 and before.folded in OFFICES and passage.words[first - 2].folded in ("of", "for"):
        return True
    return before.folded in TITLES and not (before.is_capital and before.folded in GIVEN)


def _is_common(word: Token) -> bool:
    return is_common_noun(word.lowered) if is_cyrillic(word.key) else word.key in COMMON


def _by_what_stands_before(passage: Passage, first: int, name: Name) -> Verdict:
    before, word = passage.before(first), passage.words[first]
    if before is None:
        return Verdict.ALONE
    if "&" in word.gap:
        return Verdict.NO_NAME
    dotted = "." in word.gap
    if before.is_initial and word.gap.strip() in ("", ".") and (dotted or before.folded not in ("a", "i")):
        return _by_initials(passage, first, name)
    if word.is_joined:
        return Verdict.ALONE if not before.is_capital or _is_pair(passage, first - 1) else Verdict.NO_NAME
    if not word.is_near or word.opens or before.is_possessive or not before.is_capital:
        return Verdict.ALONE
    if before.key in name.given:
        return Verdict.TITLED
    if PATRONYMIC.fullmatch(before.folded) and first > 1:
        return Verdict.TITLED if passage.words[first - 2].key in name.given else Verdict.ANOTHER
    return Verdict.ALONE if _says_no_first_name(passage, first - 1) else Verdict.ANOTHER


def _by_initials(passage: Passage, first: int, name: Name) -> Verdict:
    """Of "Donald J. Trump" and "J. Biden": whether first name or initials are the person's."""
    at = first - 1
    while at > 0 and passage.words[at - 1].is_initial and passage.words[at].gap.strip() in ("", "."):
        at -= 1
    before = passage.before(at)
    if before and passage.words[at].is_near and before.is_capital and before.folded not in COMMON:
        return Verdict.TITLED if before.key in name.given else Verdict.ANOTHER
    fits = any(given.startswith(passage.words[at].folded) for given in name.given)
    return Verdict.TITLED if fits else Verdict.ANOTHER


def _says_no_first_name(passage: Passage, at: int) -> bool:
    """Whether a capitalised word before a surname is none of a person's names."""
    word = passage.words[at]
    if is_cyrillic(word.folded):
        return not is_given_name(word.lowered)
    if at in passage.held or (word.is_shouted and not passage.is_shouted):
        return True
    if passage.is_headline or passage.is_shouted:
        return word.folded not in GIVEN
    if word.folded in TITLES | NATIONALITIES:
        return True
    if not word.opens or word.folded in GIVEN:
        return False
    return word.folded in COMMON or (word.folded.endswith(("ing", "ed", "ly")) and word.folded not in NOT_PARTICIPLES)


def _may_end_there(passage: Passage, last: int, name: Name) -> bool:
    """Whether what follows is no second part of another name: "Biden Street", "the Washington Post", "Trump-Smith"."""
    after = passage.after(last)
    if after is None or not after.is_capital or after.opens:
        return True
    if "&" in after.gap:
        return False
    if after.is_joined:
        return _is_pair(passage, last)
    if not after.is_near or passage.words[last].is_possessive:
        return True
    if after.folded in AFTER_ANOTHER_NAME:
        return False
    known = (
        last + 1 in passage.held | passage.begun or after.key in name.given | passage.surnames | COMMON | NATIONALITIES
    )
    return known or after.is_shouted or passage.is_headline or passage.is_shouted or is_cyrillic(after.folded)


def _is_pair(passage: Passage, left: int) -> bool:
    """Whether a hyphen joins two parties, not the two halves of a name: "the Trump-Putin summit"."""
    right = left + 1
    after = passage.after(right)
    if after and after.folded in OF_A_PAIR:
        return True
    known = passage.surnames
    return all(at in passage.held or passage.words[at].key in known for at in (left, right))
