"""The rows of the large tables for a block of claims, with what the site derives from the claims' words.

What ``claims.search.index.derive`` would write for each claim is put together here from the words that the generator
itself has laid down; a test compares the two.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from bench import draws, world
from bench.draws import Block
from claims.models import AttributionStep, Citation, Claim, ClaimWords
from claims.search import BREAK
from conflict_site.base import edtf
from conflict_site.base.words import words

CONTENT = 14  # of a claim's words; the others are quoted


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns that its rows give, and the values that all rows have in the others."""

    model: type[models.Model]
    given: tuple[str, ...]
    always: dict[str, Any]

    @property
    def columns(self) -> list[str]:
        """All columns that are written."""
        return [*self.given, *self.always]


def table(model: type[models.Model], *given: str, **always: Any) -> Table:
    """A table whose rows give these columns; those not named hold the defaults of the model."""
    fields: list[Any] = [
        field for field in model._meta.concrete_fields if field.column not in given and not field.primary_key
    ]
    defaults = {field.column: field.get_default() for field in fields}
    return Table(model, given, defaults | always)


TABLES = {
    "claim": table(
        Claim,
        *("id", "slug", "state", "published_at", "withdrawn_at", "created_at", "speaker_id", "on_behalf_of_id"),
        *("act", "form", "content", "said_edtf", "said_earliest", "said_latest"),
        as_stated="the speaker",
        occasion="press conference",
        forced=True,
        forced_reason="invented for a measurement",
    ),
    "words": table(ClaimWords, "claim_id", "text", "forms"),
    "step": table(AttributionStep, "claim_id", "actor_id", "order", "identification", cue="said"),
    "citation": table(Citation, "claim_id", "source_id", "exact", "locator", language="en"),
    "issue": table(Claim.issues.through, "claim_id", "issue_id"),
    "event": table(Claim.events.through, "claim_id", "event_id"),
    "mention": table(Claim.mentions.through, "claim_id", "actor_id"),
    "addressee": table(Claim.addressees.through, "claim_id", "actor_id"),
}

type Row = tuple[Any, ...]
type Spelt = tuple[str, frozenset[str]]  # the spellings of a text's words in order, and all their forms


class Writer:
    """Writes the rows of claims; knows the names and tokens of the rows of the small tables."""

    def __init__(self, made: world.World) -> None:
        self.slugs = [actor.slug[:40] for actor in made.actors]
        self.names = [actor.name for actor in made.actors]
        self.can_be_mentioned = [actor.kind != "unnamed" for actor in made.actors]
        self.of_actor = [[spelt(actor.name)] for actor in made.actors]
        for other in made.names:
            self.of_actor[other.actor_id - 1].append(spelt(other.name))
        self.of_issue = [spelt(issue.title) for issue in made.issues]
        self.of_source = [spelt(source.title) for source in made.sources]
        self.of_all = [spelt("the speaker"), spelt("press conference")]

    def rows(self, block: Block) -> dict[str, list[Row]]:
        """The rows of a block by table."""
        found: dict[str, list[Row]] = {name: [] for name in TABLES}
        for place in range(block.size):
            for name, row in self._claim(block, place):
                found[name].append(row)
        return found

    def _claim(self, block: Block, place: int) -> Iterator[tuple[str, Row]]:
        pk, speaker, laid = block.first + place, block.speaker[place], block.words[place]
        mentioned = self._mentioned(block, place)
        content, quoted = laid[:CONTENT] + laid[draws.WORDS :], laid[CONTENT : draws.WORDS]
        text = " ".join([*content, *([self.names[mentioned]] if mentioned >= 0 else [])])
        said, earliest, latest = _said(block, place)
        on_behalf_of = block.on_behalf_of[place] + 1 or None
        yield (
            "claim",
            (
                *(
                    pk,
                    f"{self.slugs[speaker]}-{block.day[place]}-{pk}",
                    *_state(block, place),
                    speaker + 1,
                    on_behalf_of,
                ),
                *(block.act[place], block.form[place], text, said, earliest, latest),
            ),
        )
        texts = self._texts(block, place, mentioned, (*map(spelt, content),), joined(map(spelt, quoted)))
        yield "words", (pk, *found_by(texts))
        for order, actor in enumerate(block.voices[place], 1):
            yield "step", (pk, actor + 1, order, block.identification[place])
        for number, source in enumerate(block.sources[place]):
            yield "citation", (pk, source + 1, " ".join(quoted), f"par {pk % 90 + number}")
        for issue in block.issues[place]:
            yield "issue", (pk, issue + 1)
        for name, rank in (
            ("event", block.event[place]),
            ("mention", mentioned if mentioned != speaker else -1),
            ("addressee", block.addressee[place]),
        ):
            if rank >= 0:
                yield name, (pk, rank + 1)

    def _mentioned(self, block: Block, place: int) -> int:
        """The rank of the actor whom the content names, -1 for nobody."""
        rank = block.mentioned[place]
        return rank if rank >= 0 and self.can_be_mentioned[rank] else -1

    def _texts(
        self, block: Block, place: int, mentioned: int, content: Sequence[Spelt], quoted: Spelt
    ) -> Iterator[Spelt]:
        """What a claim is found by, in the order of ``claims.search.index``."""
        speaker = block.speaker[place]
        named = self.of_actor[mentioned] if mentioned >= 0 else []
        yield joined([*content, *named[:1]])
        yield from self.of_all
        yield spelt(" ".join(sorted({day[:4] for day in _said(block, place)[1:] if day})))
        yield from self.of_actor[speaker]
        yield from named if mentioned != speaker else []
        yield from (self.of_issue[issue] for issue in sorted(block.issues[place]))
        for source in block.sources[place]:
            yield quoted
            yield self.of_source[source]


@cache
def spelt(text: str) -> Spelt:
    """A text that stands in many claims, as the site writes it down."""
    found = list(words(text))
    return " ".join(word.spelling for word in found), frozenset(form for word in found for form in word.forms)


def joined(texts: Iterable[Spelt]) -> Spelt:
    """Texts that are one text of several words."""
    parts = list(texts)
    return " ".join(spelling for spelling, _ in parts), frozenset().union(*(forms for _, forms in parts))


def found_by(texts: Iterable[Spelt]) -> tuple[str, str]:
    """The spellings and the forms of a claim's texts, as its row of words holds them."""
    parts = list(texts)
    forms = frozenset().union(*(forms for _, forms in parts))
    return f" {BREAK} ".join(spelling for spelling, _ in parts), " ".join(sorted(forms))


def _said(block: Block, place: int) -> tuple[str, str, str | None]:
    """When it was said: the expression, the first and the last day."""
    day, last, dating = block.day[place], block.last_day[place], block.dating[place]
    if dating == "day":
        return day, day, day
    if dating == "month":
        return day[:7], f"{day[:7]}-01", edtf.bounds(day[:7])[1].isoformat()
    return (f"[{day}..{last}]", day, last) if dating == "range" else (f"{day[:7]}/..", f"{day[:7]}-01", None)


def _state(block: Block, place: int) -> tuple[str, str | None, str | None, str]:
    """The state, when it was published and withdrawn, and when it was recorded."""
    state, moment = block.state[place], f"{block.recorded[place]} 12:00:00"
    return state, moment if state == "published" else None, moment if state == "withdrawn" else None, moment
