"""The steps from draft to publication and back, as a curator is offered them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError

from claims.models import State

STALE = "Somebody has changed this since you opened the page. Go back, read it again, and decide then."


@dataclass(frozen=True, slots=True)
class Move:
    """One step: whom it takes, from which states, what it asks (``question``, with ``longest``), and how it is made.

    ``make`` may return other rows that were withdrawn with it.
    """

    name: str
    label: str
    permission: str
    states: tuple[State, ...]
    explanation: str
    done: str
    make: Callable[[Any, Any, str], Any]
    question: str = ""
    longest: int = 0

    def is_open_to(self, user: Any, row: Any) -> bool:
        """Whether this user may do it with this row now. What one has submitted, another publishes."""
        own = self.name == "publish" and row.submitted_by_id == user.pk
        return row.state in self.states and not own and self.is_allowed(user, row._meta)

    def check(self, row: Any) -> None:
        """Raise ValidationError where the row's state doesn't allow the step."""
        if row.state not in self.states:
            raise ValidationError(f"This is {row.get_state_display().lower()}; the step is not possible.")

    def is_allowed(self, user: Any, options: Any) -> bool:
        """Whether this user may do it with rows of this model at all."""
        return bool(user.has_perm(f"{options.app_label}.{get_permission_codename(self.permission, options)}"))


SUBMIT = Move(
    "submit",
    "Submit for review",
    "submit",
    (State.DRAFT,),
    "A second person will read it and publish it or send it back. An edit in the meantime makes it a draft again.",
    "submitted for review",
    lambda row, by, words: row.submit(by),
)
PUBLISH = Move(
    "publish",
    "Publish",
    "publish",
    (State.IN_REVIEW,),
    "Readers see it at once. Compare it with its source first.",
    "published",
    lambda row, by, words: row.publish(by),
)
PUBLISH_ALONE = Move(
    "publish-alone",
    "Publish alone, with a reason",
    "publish_alone",
    (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN),
    "Readers see it at once, and that no second person has reviewed it, with the reason you give.",
    "published without a second person",
    lambda row, by, words: row.publish(by, forced_reason=words),
    question="Reason, shown to readers in the log of changes",
    longest=300,
)
SEND_BACK = Move(
    "send-back",
    "Send back",
    "publish",
    (State.IN_REVIEW,),
    "It becomes a draft again.",
    "sent back to its curator",
    lambda row, by, words: row.send_back(),
)
WITHDRAW = Move(
    "withdraw",
    "Withdraw, with a public note",
    "withdraw",
    (State.PUBLISHED,),
    "Readers no longer see it. Its address stays and shows your note and the date.",
    "withdrawn",
    lambda row, by, words: row.withdraw(by, note=words),
    question="Note, shown to readers in its place",
    longest=1000,
)
MOVES = {move.name: move for move in (SUBMIT, PUBLISH, PUBLISH_ALONE, SEND_BACK, WITHDRAW)}


def open_moves(user: Any, row: Any) -> list[Move]:
    """The steps that this user may do with this row now."""
    return [move for move in MOVES.values() if move.is_open_to(user, row)]


class MoveForm(forms.Form):
    """What a step asks, and the version of the row that its reader has seen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, move: Move, row: Any, data: Any = None) -> None:
        super().__init__(data, initial={"seen_version": row.version})
        self.row = row
        if move.question:
            area = forms.Textarea(attrs={"rows": 3, "cols": 60})
            self.fields["words"] = forms.CharField(label=move.question, max_length=move.longest, widget=area)

    def clean_seen_version(self) -> int:
        if self.cleaned_data["seen_version"] != self.row.version:
            raise ValidationError(STALE)
        return self.row.version


def sentences(error: ValidationError) -> list[str]:
    """What an error says, each message with the field it is about."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        message if name == "__all__" else f"{name.replace('_', ' ')}: {message}"
        for name, found in error.message_dict.items()
        for message in found
    ]
