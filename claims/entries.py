"""A claim as a list prints it: plain values, made once in Python, so that templates and outputs only write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actors.models import Actor
from claims import attribution
from claims.models import Citation, Claim
from claims.proof.quoting import quotation
from conflict_site.addresses import address


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
    parts = sentence_of(claim)
    said = claim.said
    cited = claim.citations.all()
    first = cited[0] if cited else None
    return Entry(
        slug=claim.slug,
        url=claim.get_absolute_url(),
        parts=parts,
        sentence=attribution.text(parts),
        when=said.words(),
        when_short=said.short(),
        is_day=said.is_day,
        earliest=said.earliest.isoformat() if said.earliest else "",
        latest=said.latest.isoformat() if said.latest else "",
        act=claim.act,
        form=claim.form,
        form_label=claim.get_form_display(),
        unnamed=has_unnamed_voice(claim),
        issues=[Link(issue.title, issue.get_absolute_url()) for issue in claim.issues.all()],
        source_label=first.source.label if first else "",
        source_url=passage_url(first) if first else "",
        locator=first.locator if first else "",
        quote=quotation(first).exact if first else "",
        quote_lang=first.language if first else "",
        more_sources=len({citation.source_id for citation in cited} - {first.source_id}) if first else 0,
    )


def sentence_of(claim: Claim) -> list[attribution.Part]:
    """The attribution sentence of a claim, by its first citation's document."""
    return attribution.sentence(
        speaker=claim.speaker.sentence_name,
        act=claim.act,
        form=claim.form,
        content=claim.content,
        steps=[step.actor.sentence_name for step in claim.steps.all()],
        document=document_of(claim),
    )


def document_of(claim: Claim) -> str:
    """The name of the document that tells, or "" where it speaks for itself.

    That is so where its publisher is the speaker or the first voice of the chain, and where the document names
    nobody as the speaker: then the words are its own.
    """
    cited = claim.citations.all()
    voices = [step.actor for step in claim.steps.all()]
    return document_name(cited[0].source.publisher, claim.speaker, voices, bool(claim.as_stated)) if cited else ""


def document_name(publisher: Actor, speaker: Actor, voices: Sequence[Actor], names_speaker: bool) -> str:
    """The same, by its parts: ``voices`` pass the words on; ``names_speaker``: the document names one."""
    own = publisher in ([*voices, speaker][0], speaker) or not (names_speaker or voices)
    return "" if own else publisher.sentence_name


def has_unnamed_voice(claim: Claim) -> bool:
    """Whether somebody in the chain is not named by the source."""
    return claim.speaker.is_unnamed or any(
        step.actor.is_unnamed or step.identification in ("anonymous", "implicit") for step in claim.steps.all()
    )


def passage_url(citation: Citation) -> str:
    """Where a citation's passage is to be read: on its source's page, at the mark of its claim."""
    return f"{address('claims:source', citation.source.slug)}#claim-{citation.claim.slug}"
