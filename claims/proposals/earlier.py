"""What the record already has from a source, and of a speaker: the claims that a new one may be like."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from claims.models import AttributionStep, Claim, Source

MOST = 200  # claims of a source that are read; the newest
OF_A_SPEAKER = 30
COLUMNS = ("pk", "speaker", "as_stated", "on_behalf_of", "form", "said_edtf", "said_text", "occasion", "has_steps")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A claim on file, as far as a new one may be like it."""

    key: int
    speaker: int
    as_stated: str
    on_behalf_of: int | None
    form: str
    said_edtf: str
    said_text: str
    occasion: str
    has_steps: bool

    @property
    def is_reported(self) -> bool:
        """Whether its document tells it of somebody, and has not the words themselves."""
        return self.has_steps or (self.form != "verbatim" and bool(self.as_stated))


def of_source(source: Source, without: int | None = None) -> list[Earlier]:
    """The claims that rest on a source, newest first; one may be left out."""
    return _read(Claim.objects.cited_to(source).exclude(pk=without).order_by("-pk"), MOST)


def stated_as(label: str, source: Source, without: int | None = None) -> int | None:
    """Who was meant by a label in the publisher's other documents: by the nearest of them in time."""
    claims = Claim.objects.filter(as_stated=label, citations__source__publisher=source.publisher_id).exclude(pk=without)
    rows = claims.values_list("speaker", "citations__source__published_earliest")[:MOST]
    day = source.published.earliest if source.published else None
    dated = [(abs((published - day).days), speaker) for speaker, published in rows if published and day]
    return min(dated)[1] if dated else None


def spoken_for(speaker: int, without: int | None = None) -> tuple[bool, int | None]:
    """Whether a speaker's claims are on file, and for whom the newest of them were mostly made."""
    rows = Claim.objects.filter(speaker=speaker).exclude(pk=without).order_by("-pk")
    found = Counter(rows.values_list("on_behalf_of", flat=True)[:OF_A_SPEAKER])
    return (True, found.most_common(1)[0][0]) if found else (False, None)


def like(claims: Sequence[Earlier], *, reported: bool, speaker: int | None) -> Earlier | None:
    """The newest of these claims that was told in the same way: of the same speaker, else of anybody."""
    alike = [claim for claim in claims if claim.is_reported == reported]
    own = [claim for claim in alike if claim.speaker == speaker]
    return next(iter(own or alike), None)


def _read(claims: QuerySet[Claim], most: int) -> list[Earlier]:
    steps = Exists(AttributionStep.objects.filter(claim=OuterRef("pk")))
    return [Earlier(*row) for row in claims.annotate(has_steps=steps).values_list(*COLUMNS)[:most]]
