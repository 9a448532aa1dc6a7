"""A claim as a list prints it: plain values, made once in Python, so that templates and outputs only write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from claims.models import Citation, Claim, Form
from claims.wording import attribution
from claims.wording.quotation import exact_words
from conflict_site.base.addresses import address
from conflict_site.base.edtf import FuzzyDate

FORMS = dict(Form.choices)


class Voice(Protocol):
    """Who speaks, passes on or publishes, as sentences name them: an actor, or what is kept of one."""

    @property
    def sentence_name(self) -> str: ...
    @property
    def is_unnamed(self) -> bool: ...


class Step(Protocol):
    """A voice between the document and the speaker."""

    @property
    def actor(self) -> Any: ...  # a Voice
    @property
    def identification(self) -> str: ...


class Passage(Protocol):
    """Where a document carries a claim: a citation, or what is kept of one."""

    @property
    def source(self) -> Any: ...
    @property
    def exact(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def language(self) -> str: ...


class Stated(Protocol):
    """What was said, by whom and when: a claim, or what is kept of one."""

    @property
    def slug(self) -> str: ...
    @property
    def speaker(self) -> Any: ...  # a Voice
    @property
    def as_stated(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def said(self) -> Any: ...  # a FuzzyDate


@dataclass(frozen=True, slots=True)
class Link:
    """A label with the address it leads to."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim, ready to print. ``parts`` is its attribution sentence; ``quote`` the passage it rests on."""

    slug: str
    url: str
    parts: list[attribution.Part]
    sentence: str
    when: str
    when_short: str
    is_day: bool
    earliest: str
    latest: str
    act: str
    form: str
    form_label: str
    unnamed: bool
    issues: list[Link]
    source_label: str
    source_url: str
    locator: str
    quote: str
    quote_lang: str
    more_sources: int


def entries(claims: Iterable[Claim]) -> list[Entry]:
    """Entries for claims that were fetched with ``for_list()``; no further query."""
    return [entry(claim) for claim in claims]


def entry(claim: Claim) -> Entry:
    """The entry of one claim that was fetched with ``for_list()``."""
    issues = [Link(issue.title, issue.get_absolute_url()) for issue in claim.issues.all()]
    return written(claim, list(claim.steps.all()), list(claim.citations.all()), issues)


def written(claim: Stated, steps: Sequence[Step], cited: Sequence[Passage], issues: list[Link]) -> Entry:
    """The entry of a claim, its voices outermost first, and its citations, first recorded first."""
    parts = _sentence(claim, steps, cited)
    said: FuzzyDate = claim.said
    first = cited[0] if cited else None
    return Entry(
        slug=claim.slug,
        url=address("claims:detail", claim.slug),
        parts=parts,
        sentence=attribution.text(parts),
        when=said.words(),
        when_short=said.short(),
        is_day=said.is_day,
        earliest=said.earliest.isoformat() if said.earliest else "",
        latest=said.latest.isoformat() if said.latest else "",
        act=claim.act,
        form=claim.form,
        form_label=FORMS[claim.form],
        unnamed=_has_unnamed_voice(claim, steps),
        issues=issues,
        source_label=first.source.label if first else "",
        source_url=_mark(first.source.slug, claim.slug) if first else "",
        locator=first.locator if first else "",
        quote=exact_words(first) if first else "",
        quote_lang=first.language if first else "",
        more_sources=len({passage.source for passage in cited}) - 1 if first else 0,
    )


def sentence_of(claim: Claim) -> list[attribution.Part]:
    """The attribution sentence of a claim, by its first citation's document."""
    return _sentence(claim, list(claim.steps.all()), list(claim.citations.all()))


def document_of(claim: Claim) -> str:
    """The name of the document that tells, or "" where it speaks for itself.

    That is so where its publisher is the speaker or the first voice of the chain, and where the document names
    nobody as the speaker: then the words are its own.
    """
    return _document(claim, list(claim.steps.all()), list(claim.citations.all()))


def document_name(publisher: Voice, speaker: Voice, voices: Sequence[Voice], names_speaker: bool) -> str:
    """The same, by its parts: ``voices`` pass the words on; ``names_speaker``: the document names one."""
    own = publisher in ([*voices, speaker][0], speaker) or not (names_speaker or voices)
    return "" if own else publisher.sentence_name


def passage_url(citation: Citation) -> str:
    """Where a citation's passage is to be read: on its source's page, at the mark of its claim."""
    return _mark(citation.source.slug, citation.claim.slug)


def _sentence(claim: Stated, steps: Sequence[Step], cited: Sequence[Passage]) -> list[attribution.Part]:
    return attribution.sentence(
        speaker=claim.speaker.sentence_name,
        act=claim.act,
        form=claim.form,
        content=claim.content,
        steps=[step.actor.sentence_name for step in steps],
        document=_document(claim, steps, cited),
    )


def _document(claim: Stated, steps: Sequence[Step], cited: Sequence[Passage]) -> str:
    voices = [step.actor for step in steps]
    return document_name(cited[0].source.publisher, claim.speaker, voices, bool(claim.as_stated)) if cited else ""


def _has_unnamed_voice(claim: Stated, steps: Sequence[Step]) -> bool:
    """Whether somebody in the chain is not named by the source."""
    return claim.speaker.is_unnamed or any(
        step.actor.is_unnamed or step.identification in ("anonymous", "implicit") for step in steps
    )


def _mark(source: str, claim: str) -> str:
    """The parameter finds the page of a source that is read in pages."""
    return f"{address('claims:source', source)}?claim={claim}#claim-{claim}"
