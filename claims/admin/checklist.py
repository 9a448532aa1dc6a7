"""What a reviewer compares before anything goes public: a short list to tick, and the passages in their places."""

from dataclasses import dataclass
from typing import Any

from django import forms

from claims.evidence import in_context
from claims.models import Citation, Claim, Event, Position

CHECKS: dict[type, dict[str, str]] = {
    Claim: {
        "words": "The quoted words are the document’s, and say what the content says",
        "speaker": "The speaker is who spoke, and the voices in between are right",
        "conditions": "No condition, denial or “if” of the statement is lost",
        "neutral": "Content and notes are neutral",
        "date": "The date is the day on which it was said",
    },
    Event: {
        "words": "The sources say so, and nobody disputes it",
        "neutral": "Title and description are neutral",
        "date": "Date and place are right",
    },
    Position: {
        "words": "The evidence shows this answer, and no other",
        "conditions": "The summary keeps its conditions, and says who said it",
        "neutral": "The summary is neutral",
    },
}
OTHERS = {
    "words": "I have compared it with where it is from",
    "neutral": "The wording is neutral",
}


class CheckedForm(forms.Form):
    """A form that goes through only where each point of the list for a kind of record is ticked."""

    def add_checks(self, model: type) -> None:
        """Add the points to the form's fields."""
        for name, words in CHECKS.get(model, OTHERS).items():
            self.fields[f"checked_{name}"] = forms.BooleanField(
                label=words, error_messages={"required": "Tick this once you have checked it."}
            )

    @property
    def others(self) -> list[Any]:
        """The other fields that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("checked_")]

    @property
    def checks(self) -> list[Any]:
        """The points, to be printed together."""
        return [field for field in self.visible_fields() if field.name.startswith("checked_")]


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage with the words around it in the text that is held, or as they were noted."""

    source: str
    locator: str
    status: str
    before: str
    exact: str
    after: str


def placed(claim: Claim, user: Any) -> list[Placed]:
    """The passages of a claim in their places; none of a source that is taken down, but for auditors."""
    found = Citation.objects.filter(claim=claim).select_related("source", "snapshot").order_by("pk")
    if not user.has_perm("claims.audit_source"):
        found = found.filter(source__taken_down_at=None)
    return [_placed(citation) for citation in found]


def _placed(citation: Citation) -> Placed:
    before, after = in_context.framed(citation)
    if citation.snapshot and citation.start is not None and citation.end is not None:
        before, after = in_context.around(citation.snapshot.text, citation.start, citation.end)
    status = citation.get_status_display()
    return Placed(citation.source.title, citation.locator, status, before, citation.exact, after)
