"""The newest text of a source as the reading desk shows it: with all its passages marked by their state."""

from dataclasses import dataclass
from itertools import accumulate

from django.urls import reverse
from django.utils.text import Truncator

from claims.evidence import Note, Paragraph, Span, locating, reading
from claims.models import CheckOutcome, Citation, CitationCheck, Snapshot, Source, State
from claims.proposals import turns

LONGEST_CONTENT = 90
LOST = "lost"
FOUND_AGAIN = (CheckOutcome.UNCHANGED, CheckOutcome.MOVED)


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage on file: the state of its claim, or that it is lost in the text, with words and an address."""

    state: str
    state_label: str
    says: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, and where in it its sentences begin, in code points; the name before a turn is none of them."""

    paragraph: Paragraph
    sentences: list[int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut into paragraphs, the notes of the passages in it, and of those that are lost in it."""

    snapshot: Snapshot
    blocks: list[Block]
    placed: list[Note]
    lost: list[Note]


def newest(source: Source) -> Snapshot | None:
    """The newest text that is held of a source."""
    return Snapshot.objects.filter(source=source).order_by("-captured_at", "-id").first()


def marked(snapshot: Snapshot) -> Text:
    """A text with the passages of its source. Two queries, however many there are."""
    citations = Citation.objects.filter(source=snapshot.source_id).select_related("claim__speaker").order_by("pk")
    again = {check.citation_id: check for check in CitationCheck.objects.filter(snapshot=snapshot)}
    notes = [_note(citation, _span(citation, snapshot, again.get(citation.pk))) for citation in citations]
    placed = reading.numbered(reading.in_text_order(note for note in notes if note.span))
    lost = [note for note in notes if note.span is None]
    named = {turn.start: turn.said for turn in turns(snapshot.text)}
    blocks = [_block(one, named.get(one.start, one.start)) for one in reading.paragraphs(snapshot.text, placed)]
    return Text(snapshot, blocks, placed, lost)


def _block(paragraph: Paragraph, said: int) -> Block:
    words = "".join(run.text for run in paragraph.runs)
    start = said - paragraph.start
    start += len(words[start:]) - len(words[start:].lstrip())
    sizes = (len(sentence) for sentence in locating.sentences(words[start:]))
    return Block(paragraph, [*accumulate(sizes, initial=start)][:-1])


def _span(citation: Citation, snapshot: Snapshot, check: CitationCheck | None) -> Span | None:
    """Where a passage stands in this text: as it was verified there, or as it was found again."""
    again = check if check and check.outcome in FOUND_AGAIN else None
    held = citation if citation.snapshot_id == snapshot.pk else again
    return Span(held.start, held.end) if held and held.start is not None and held.end is not None else None


def _note(citation: Citation, span: Span | None) -> Note:
    claim = citation.claim
    state, label = (claim.state, State(claim.state).label) if span else (LOST, "Lost in this text")
    says = f"{claim.speaker.name}: {Truncator(claim.content or 'no content yet').chars(LONGEST_CONTENT)}"
    url = reverse("admin:claims_claim_change", args=[claim.pk])
    return Note(Mark(state, label, says, url), claim.slug, citation.exact, locator=citation.locator, span=span)
