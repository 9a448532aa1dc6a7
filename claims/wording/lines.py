"""A claim as lists, files and feeds print it: one dataclass, whoever prints it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from actors.models import Actor, Kind
from claims.models import Citation, Claim, Form, Source, SourceKind
from claims.wording import attribution
from claims.wording.places import mark_url, place
from conflict_site.base.addresses import address
from conflict_site.base.edtf import FuzzyDate

FORMS = dict(Form.choices)
KINDS = {kind: label.lower() for kind, label in SourceKind.choices}
UNNAMED = ("anonymous", "implicit")  # of a step: the source does not name who it is


@dataclass(frozen=True, slots=True)
class Link:
    """A label with the address it leads to."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Voice:
    """An actor who speaks, passes on or publishes. Two are the same where their keys are."""

    key: int
    slug: str = field(compare=False)
    name: str = field(compare=False)
    name_in_text: str = field(compare=False)
    sort_key: str = field(compare=False)
    kind: str = field(compare=False)
    wikidata_id: str = field(compare=False, default="")

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """The voice of an actor."""
        return cls(actor.pk, actor.slug, actor.name, actor.name_in_text, actor.sort_key, actor.kind, actor.wikidata_id)

    @property
    def sentence_name(self) -> str:
        """The name as it reads inside a sentence: "the White House"."""
        return self.name_in_text or self.name

    @property
    def is_unnamed(self) -> bool:
        """Whether it stands for somebody whom no source names."""
        return self.kind == Kind.UNNAMED


@dataclass(frozen=True, slots=True)
class Document:
    """A source that carries claims. Two are the same where their keys are."""

    key: int
    slug: str = field(compare=False)
    title: str = field(compare=False)
    kind: str = field(compare=False)
    url: str = field(compare=False)
    archive_url: str = field(compare=False)
    published: FuzzyDate | None = field(compare=False)
    is_taken_down: bool = field(compare=False)
    publisher: Voice = field(compare=False)

    @classmethod
    def of(cls, source: Source) -> Self:
        """The document of a source that has its publisher at hand."""
        described = (source.title, source.kind, source.url, source.archive_url, source.published)
        return cls(source.pk, source.slug, *described, source.is_taken_down, Voice.of(source.publisher))

    def get_absolute_url(self) -> str:
        return address("claims:source", self.slug)

    @property
    def cited_as(self) -> str:
        """The document as a reference names it: title, publisher, date."""
        dated = f", {self.published.words()}" if self.published else ""
        return f"{self.title.removesuffix('.')} ({self.publisher.name}{dated})"

    @property
    def is_own(self) -> bool:
        """Whether it is a text of the site itself, which is no evidence for what it reports."""
        return self.kind == SourceKind.BRIEFING

    @property
    def label(self) -> str:
        """A short name for lists: publisher and kind."""
        return f"{self.publisher.name}, {KINDS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Step:
    """A voice between the document and the speaker."""

    actor: Voice
    identification: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document carries a claim. What readers may be given of its words, ``quotation`` says."""

    source: Document
    exact: str
    translation: str
    language: str
    locator: str
    status: str


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue that a claim is filed under."""

    slug: str
    title: str


@dataclass(frozen=True)
class ClaimLine:
    """One claim: its chain outermost first, its passages first recorded first, and what of it is printed."""

    key: int
    slug: str
    speaker: Voice
    as_stated: str
    on_behalf_of: str
    act: str
    form: str
    content: str
    said: Any  # a FuzzyDate; claims on file have a first day, as a rule of the database
    occasion: str
    recorded: datetime
    published_at: datetime | None
    steps: tuple[Step, ...]
    passages: tuple[Passage, ...]
    topics: tuple[Topic, ...]

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """The line of a claim at hand, in any state, that was fetched with ``for_list()``; no further query."""
        return cls(
            key=claim.pk,
            slug=claim.slug,
            speaker=Voice.of(claim.speaker),
            as_stated=claim.as_stated,
            on_behalf_of=claim.on_behalf_of.name if claim.on_behalf_of else "",
            act=claim.act,
            form=claim.form,
            content=claim.content,
            said=claim.said,
            occasion=claim.occasion,
            recorded=claim.created_at,
            published_at=claim.published_at,
            steps=tuple(Step(Voice.of(step.actor), step.identification) for step in claim.steps.all()),
            passages=tuple(_passage_of(citation) for citation in claim.citations.all()),
            topics=tuple(Topic(issue.slug, issue.title) for issue in claim.issues.all()),
        )

    def marked(self, parts: list[attribution.Part], quote: str) -> Self:
        """The line with its sentence and quote printed in another way."""
        line = replace(self)
        vars(line).update(sentence=self.sentence, parts=parts, quote=quote)
        return line

    @cached_property
    def parts(self) -> list[attribution.Part]:
        """The attribution sentence in parts."""
        return attribution.sentence(
            speaker=self.speaker.sentence_name,
            act=self.act,
            form=self.form,
            content=self.content,
            steps=[step.actor.sentence_name for step in self.steps],
            document=self.document,
        )

    @property
    def around_speaker(self) -> tuple[Sequence[attribution.Part], attribution.Part, Sequence[attribution.Part]]:
        """What of the sentence comes before the speaker's name, the name, and what follows it."""
        return attribution.around_speaker(self.parts)

    @cached_property
    def sentence(self) -> str:
        """The attribution sentence."""
        return attribution.text(self.parts)

    @property
    def document(self) -> str:
        """The name of the document that tells, by its publisher; "" where it speaks for itself."""
        voices = [step.actor for step in self.steps]
        if not self.passages:
            return ""
        return attribution.document_name(self.passages[0].source.publisher, self.speaker, voices, bool(self.as_stated))

    @property
    def url(self) -> str:
        """The address of its page."""
        return address("claims:detail", self.slug)

    @property
    def speaker_url(self) -> str:
        """The address of the speaker's page."""
        return address("actors:detail", self.speaker.slug)

    @property
    def when(self) -> str:
        """When it was said, in a sentence's words."""
        return self.said.words()

    @property
    def when_short(self) -> str:
        """When it was said, for lists."""
        return self.said.short()

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.said.is_day

    @property
    def earliest(self) -> str:
        """The first day on which it may have been said (ISO 8601), "" where that is open."""
        return self.said.earliest.isoformat() if self.said.earliest else ""

    @property
    def latest(self) -> str:
        """The last such day."""
        return self.said.latest.isoformat() if self.said.latest else ""

    @property
    def form_label(self) -> str:
        """The wording in words: "Verbatim"."""
        return FORMS[self.form]

    @property
    def unnamed(self) -> bool:
        """Whether somebody in the chain is not named by the source."""
        return self.speaker.is_unnamed or any(
            step.actor.is_unnamed or step.identification in UNNAMED for step in self.steps
        )

    @property
    def issues(self) -> list[Link]:
        """The issues with their addresses."""
        return [Link(topic.title, address("claims:issue", topic.slug)) for topic in self.topics]

    @property
    def source_label(self) -> str:
        """The first document, in short."""
        return self.passages[0].source.label if self.passages else ""

    @property
    def source_url(self) -> str:
        """Where the first passage is to be read."""
        return mark_url(self.passages[0].source.slug, self.slug) if self.passages else ""

    @property
    def locator(self) -> str:
        """Where in its document the first passage stands, in words."""
        return place(self.passages[0].locator) if self.passages else ""

    @cached_property
    def quote(self) -> str:
        """The words of the first passage; "" where readers may not be given them."""
        first = self.passages[0] if self.passages else None
        return first.exact if first and not first.source.is_taken_down else ""

    @property
    def quote_lang(self) -> str:
        """The language of the first passage."""
        return self.passages[0].language if self.passages else ""

    @property
    def more_sources(self) -> int:
        """How many other documents carry it."""
        return len({passage.source for passage in self.passages}) - 1 if self.passages else 0

    @property
    def published(self) -> FuzzyDate | None:
        """When the words came out: the date of the earliest document that has one."""
        return earliest_of(passage.source.published for passage in self.passages)


def earliest_of(dates: Iterable[FuzzyDate | None]) -> FuzzyDate | None:
    """The earliest of these dates; None where none has a first day."""
    known = [day for day in dates if day and day.earliest]
    return min(known, key=lambda day: (day.earliest, day.latest or date.max), default=None)


def _passage_of(citation: Citation) -> Passage:
    words = (citation.exact, citation.translation, citation.language, citation.locator, citation.status)
    return Passage(Document.of(citation.source), *words)
