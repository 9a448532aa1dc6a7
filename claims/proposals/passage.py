"""A passage that somebody has chosen in a text, with what stands around it. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property

from claims.evidence import Span, locating
from claims.proposals.turns import Turn, turn_at

REACH = 2_000  # code points on either side that are looked at; few paragraphs are longer
FAR = 10_000  # code points before a passage among which its heading is looked for
ENDS = re.compile(r"[.!?…:;,)”\"]\s*$")
OPENING, CLOSING = "“„«", "”»"


@dataclass(frozen=True)
class Passage:
    """A run of a text that a curator has chosen."""

    text: str
    span: Span

    @property
    def exact(self) -> str:
        """Its words as they stand in the text."""
        return self.text[self.span.start : self.span.end]

    @cached_property
    def turn(self) -> Turn | None:
        """Whose turn it is in a transcript; of a question with its answer, the answer's."""
        turn = turn_at(self.text, self.span.start)
        return turn_at(self.text, self.span.end - 1) if turn and turn.is_of_nobody else turn

    @cached_property
    def paragraph(self) -> str:
        """The words of its paragraph before it."""
        start = locating.paragraph_start(self.text, self.span.start)
        said = self.turn.said if self.turn else 0
        return self.text[max(start, said, self.span.start - REACH) : self.span.start]

    @property
    def lead(self) -> str:
        """The words of its paragraph before the quotation marks around it."""
        opened = max(self.paragraph.rfind(sign) for sign in (*OPENING, '"'))
        return self.paragraph[:opened] if opened >= 0 else self.paragraph

    @property
    def close(self) -> str:
        """The words of its paragraph after the quotation marks around it."""
        ends = [self.after.find(sign) for sign in (*CLOSING, '"') if sign in self.after]
        return self.after[min(ends) + 1 :] if ends else self.after

    @property
    def headings(self) -> list[str]:
        """The lines before its paragraph that are no sentences, the nearest first."""
        end = self.span.start - len(self.paragraph)
        lines = self.text[max(0, end - FAR) : end].splitlines()
        return [line for line in reversed(lines) if line.strip() and not ENDS.search(line)]

    @property
    def turn_so_far(self) -> str:
        """What was said in its turn before it, the nearest of it; of a text without turns, what stands before it."""
        return self.text[max(self.turn.said if self.turn else 0, self.span.start - REACH) : self.span.start]

    @cached_property
    def before(self) -> str:
        """The words of its sentence before it."""
        return locating.sentences(f"{self.paragraph}X")[-1][:-1]  # as if a sentence began there, where one ends

    @cached_property
    def after(self) -> str:
        """The words of its sentence after it, or those that follow up to the paragraph's end where it ends one."""
        end = self.text.find("\n", self.span.end)
        return self.text[self.span.end : end if end >= 0 else None][:REACH]

    @cached_property
    def is_quoted(self) -> bool:
        """Whether quotation marks are open around the whole of it."""
        opened = max((self.paragraph.rfind(sign) for sign in OPENING), default=-1)
        curly = opened > max(self.paragraph.rfind(sign) for sign in CLOSING)
        own = re.fullmatch(r"\s*[“„«\"][^“”„«»\"]*[”»\"]\W*", self.exact)
        return curly or self.paragraph.count('"') % 2 == 1 or bool(own)

    @property
    def holds_a_quote(self) -> bool:
        """Whether some of its words stand between quotation marks."""
        return bool(re.search(r"[“„«][^”»]+[”»]|\"[^\"]+\"", self.exact))
