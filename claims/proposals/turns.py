"""Who has the floor in a transcript: the names before the turns. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

LONGEST, MOST_WORDS = 110, 14
LINE = re.compile(
    r"^(?:(?P<asked>Q)[ \u00a0]{1,3}(?=\S)|[*_ ]*(?P<label>[^\W\d_][^:\n]{0,110}?)[*_ ]*:[*_]*(?=\s|$))", re.MULTILINE
)
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\([^)]*$")
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
NO_NAME = re.compile(r"[\d“”\"«»?!;]")
_SMALL = """
of the and to for in on at de la du da di von der den van bin al el ibn і й та з у в на и с
"""
_NO_TITLE = """
i we you he she it they this that these those is are was were be been has have had do did will would can could first
second third then finally here there should must may might say says said let my our your his her their not but so if as
what which who how why when я ми ви він вона воно вони це той та що як чи бо ось є був була були мы вы он она оно они
это то что как
"""
SMALL, NO_TITLE = frozenset(_SMALL.split()), frozenset(_NO_TITLE.split())  # in a label; in no label
ASKED = frozenset(
    {
        "q", "question", "questions", "remark", "reply", "answer", "a", "moderator", "audience", "reporter",
        "journalist", "interviewer", "питання", "запитання", "відповідь", "вопрос", "ответ", "реплика", "ведущий",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: the words that name the speaker, where they begin, and where the turn's own words do."""

    label: str
    start: int
    said: int

    @property
    def is_of_nobody(self) -> bool:
        """Whether the label says what is done, not who does it: "Question", "Q"."""
        return self.label.casefold().strip(".") in ASKED


@lru_cache(maxsize=8)
def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript in their order; none of a text that nobody's name parts."""
    found = [(match, _label(match)) for match in LINE.finditer(text)]
    often = Counter(label for _, label in found)
    return tuple(Turn(label, match.start(), match.end()) for match, label in found if _is_label(label, often[label]))


def turn_at(text: str, place: int) -> Turn | None:
    """The turn in which a place of the text lies; None before the first."""
    all_turns = turns(text)
    at = bisect_right(all_turns, place, key=lambda turn: turn.said) - 1
    return all_turns[at] if at >= 0 else None


def _label(match: re.Match[str]) -> str:
    return " ".join(ASIDE.sub(" ", match["label"] or match["asked"]).split()).strip(" *_.,")


def _is_label(label: str, times: int) -> bool:
    """Whether words before a colon name a speaker: they look like a name with its titles."""
    words = WORD.findall(label)
    if not words or len(label) > LONGEST or len(words) > MOST_WORDS or NO_NAME.search(label):
        return False
    if len(words) == 1:
        return words[0].isupper() or words[0].casefold() in ASKED or times > 1
    small = [word for word in words if word[0].islower()]
    if any(word.casefold() in NO_TITLE for word in words if not label.isupper()):
        return False
    return all(word in SMALL for word in small) or all(word[0].isupper() for word in (words[0], *words[-2:]))
