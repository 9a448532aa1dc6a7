"""A passage that a curator reads in a source's text, with what is on file around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.evidence import Span
from claims.models import Source
from claims.proposals import earlier
from claims.proposals.earlier import Earlier
from claims.proposals.labels import HEAD, titled
from claims.proposals.passage import Passage
from claims.search import Named, Names, named_in, names_near

# The kinds of source that are somebody's own words, as against those that tell of others.
OWN_WORDS = ("transcript", "statement", "address", "interview", "press_briefing", "post")
HEADINGS = 5


@dataclass(frozen=True)
class Reading:
    """A passage of a source's text; the claim with the key ``without`` is taken as if it were not on file."""

    source: Source
    passage: Passage
    without: int | None = None

    @classmethod
    def of(cls, source: Source, text: str, span: Span, without: int | None = None) -> "Reading":
        """The reading of a run of a text."""
        return cls(source, Passage(text, span), without)

    @cached_property
    def earlier(self) -> list[Earlier]:
        """The claims on file from the same source, newest first."""
        return earlier.of_source(self.source, self.without)

    @cached_property
    def is_own_words(self) -> bool:
        """Whether the passage stands in somebody's own words: a turn, or a text of theirs."""
        return bool(self.passage.turn) or self.source.kind in OWN_WORDS

    def named(self, text: str) -> Sequence[Named]:
        """Whom a text near the passage names, in its order."""
        return named_in(text, self._names, self._known)

    @cached_property
    def _known(self) -> set[int]:
        """Whom the document names in full, or who spoke in it by the record: of a surname that others share, these."""
        named = (one.actor for text in self._near for one in named_in(text, self._names))
        return {*named, *(claim.speaker for claim in self.earlier)}

    @cached_property
    def _names(self) -> Names:
        return names_near(self._near)

    @cached_property
    def _near(self) -> list[str]:
        passage, turn = self.passage, self.passage.turn
        about = (self.source.title, self.source.author, titled(turn.label) if turn else "", passage.text[:HEAD])
        return [*about, *passage.headings[:HEADINGS], passage.turn_so_far, passage.exact, passage.after]
