"""What is doubtful in a claim as it is typed, or as it is stored."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Self

from django.db.models import Model

from actors.models import Actor, Kind
from claims.helps.actors import of_names
from claims.helps.content import in_capitals, lint, words_in
from claims.helps.near_claims import Passage, citing_the_same, near_claims
from claims.helps.sources import of_source
from claims.models import Claim, Doubt, JudgingWord, Source, lost_passages
from claims.wording import ClaimLine
from conflict_site.base.edtf import FuzzyDate, InvalidDate
from conflict_site.base.names import sorted_surname

SHORTEST, LONGEST = 4, 25  # words of a passage


@dataclass(frozen=True, slots=True)
class Typed:
    """A claim's own columns as they are typed; ``pk`` of the row they belong to, None of a new one."""

    pk: int | None
    speaker: Actor
    content: str
    said: FuzzyDate | None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """What a claim's columns hold; no date where a form has put something else there."""
        try:
            said = claim.said
        except InvalidDate:
            said = None
        return cls(claim.pk, claim.speaker, claim.content, said)


def of_claim(typed: Typed) -> list[Doubt]:
    """The doubts about a claim's content, and the claims on file that it may be once more."""
    loud = in_capitals(typed.content)
    known = _names_in_capitals(loud) if loud else ()
    judging = dict(JudgingWord.objects.values_list("word", "instead")) if typed.content.strip() else {}
    found = [*lint(typed.content, names=_spoken(typed.speaker), judging=judging, capitals=known)]
    near = near_claims(typed.speaker, typed.said, typed.content, but=typed.pk)
    return [*(_resting_on(typed.content, doubt) for doubt in found), *_on_file("content", near)]


def of_passages(typed: Typed, passages: Sequence[Passage]) -> list[list[Doubt]]:
    """The doubts about each of the passages that a claim rests on."""
    same = citing_the_same(typed.speaker, typed.said, passages, but=typed.pk)
    return [
        [*_length(one), *_order_in_time(typed.said, one.source), *_on_file("exact", others)]
        for one, others in zip(passages, same, strict=True)
    ]


@singledispatch
def stored(row: Model) -> list[Doubt]:
    """The doubts about a row as it is stored."""
    return []


@stored.register
def _(row: Claim) -> list[Doubt]:
    typed = Typed.of(row)
    cited = row.citations.filter(source__taken_down_at=None).select_related("source")
    passages = [Passage(citation.source, citation.exact) for citation in cited]
    rest = (doubt for doubts in of_passages(typed, passages) for doubt in doubts)
    return [*of_claim(typed), *rest, *lost_passages(row)]


@stored.register
def _(row: Source) -> list[Doubt]:
    return of_source(row)


@stored.register
def _(row: Actor) -> list[Doubt]:
    return of_names(row, [row.name, *row.names.values_list("name", flat=True)])


def _resting_on(text: str, doubt: Doubt) -> Doubt:
    """The doubt, to be overruled for this text alone."""
    return Doubt(doubt.field, doubt.code, doubt.words, about=f"{doubt.words}\n{text}")


def _length(passage: Passage) -> Iterator[Doubt]:
    number = words_in(passage.exact)
    if not SHORTEST <= number <= LONGEST:
        said = f"{number} word{'s' if number != 1 else ''}; a passage has {SHORTEST} to {LONGEST}."
        yield Doubt("exact", "length", said, about=passage.exact)


def _order_in_time(said: FuzzyDate | None, source: Source) -> Iterator[Doubt]:
    published = source.published
    if said and said.earliest and published and published.latest and published.latest < said.earliest:
        words = f"It came out on {published.words()}, before the words were said on {said.words()}."
        yield Doubt("source", "said_after", words, about=f"{source.slug} {published.edtf} {said.edtf}")


def _on_file(field: str, claims: Iterable[Claim]) -> Iterator[Doubt]:
    for claim in claims:
        said = f"Perhaps on file already: {ClaimLine.of(claim).sentence} ({claim.get_state_display().lower()})"
        yield Doubt(field, "duplicate", said, about=f"claim {claim.pk}", record=claim)


def _spoken(actor: Actor) -> list[str]:
    """The names that a content about its own speaker would hold: a person's surname, any other actor's name."""
    names = [actor.name, *actor.names.values_list("name", flat=True)]
    return [*names, " ".join(sorted_surname(actor.sort_name))] if actor.kind == Kind.PERSON else names


def _names_in_capitals(words: Collection[str]) -> set[str]:
    """Those of these words that stand so in a name on file."""
    return {word for word in words if Actor.objects.named(word).exists()}
