"""The steps from draft to publication and back, as a curator is offered them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from claims.admin.checklist import CheckedForm
from claims.models import State
from conflict_site.base import edtf

STALE = "Somebody has changed this since you opened the page. Go back, read it again, and decide then."


@dataclass(frozen=True, slots=True)
class Move:
    """One step: whom it takes, from which states to which, what it asks (``question``, ``longest``), how it is made.

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
    leads_to: State | None = None

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
    leads_to=State.IN_REVIEW,
)
PUBLISH = Move(
    "publish",
    "Publish",
    "publish",
    (State.IN_REVIEW,),
    "Readers see it at once. Compare it with its source first.",
    "published",
    lambda row, by, words: row.publish(by),
    leads_to=State.PUBLISHED,
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
    leads_to=State.PUBLISHED,
)
SEND_BACK = Move(
    "send-back",
    "Send back",
    "publish",
    (State.IN_REVIEW,),
    "It becomes a draft again, and your note stands on its page.",
    "sent back to its curator",
    lambda row, by, words: row.send_back(),
    question="What should be changed, for its curator",
    longest=1000,
    leads_to=State.DRAFT,
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
    leads_to=State.WITHDRAWN,
)
MOVES = {move.name: move for move in (SUBMIT, PUBLISH, PUBLISH_ALONE, SEND_BACK, WITHDRAW)}


def open_moves(user: Any, row: Any) -> list[Move]:
    """The steps that this user may do with this row now."""
    return [move for move in MOVES.values() if move.is_open_to(user, row)]


def last_done(row: Any) -> LogEntry | None:
    """The last thing that was done to a row at the desk."""
    return _done_to([row]).select_related("user").order_by("pk").last()


def sent_back(row: Any) -> LogEntry | None:
    """The entry that sent a draft back to its curator, with the note, if that was the last thing done to it."""
    last = last_done(row) if row.state == State.DRAFT else None
    return last if last and last.change_message.startswith(SEND_BACK.label) else None


def seen(row: Any) -> str:
    """What the reader of a row decides upon: its version and state, and what led there, as a state may come again."""
    last = last_done(row)
    return f"{row.version} {row.state} {last.pk if last else 0}"


def newest_done() -> int:
    """The number of the last thing that was done at the desk, to whatever row."""
    last = LogEntry.objects.order_by("pk").last()
    return last.pk if last else 0


def touched_since(rows: Iterable[Any], number: int | None) -> set[str]:
    """The keys, as text, of those rows to which something was done since; of all where nobody knows since when."""
    rows = list(rows)
    if number is None:
        return {str(row.pk) for row in rows}
    return {str(entry.object_id) for entry in _done_to(rows).filter(pk__gt=number)} if rows else set()


def done_before(row: Any, move: Move) -> str:
    """That a row already is where a step leads; by whom it was brought there and when, if that was the last thing."""
    steps = [other for other in MOVES.values() if other.leads_to == move.leads_to]
    last = last_done(row)
    if last and last.change_message.startswith(tuple(step.label for step in steps)):
        return told_before(row, steps[0].done, last.user, last.action_time)
    return f"“{row}” is {row.get_state_display().lower()} already; nothing has changed."


def told_before(thing: Any, done: str, by: Any, at: datetime) -> str:
    """Who has done it before, and when."""
    who = f" by {by}" if by else ""
    return f"“{thing}” was {done} on {edtf.day(at.date())}{who}; nothing has changed."


class SelectedForm(ActionForm):
    """What is to be done with the rows chosen in a list, and the last thing done at the desk when it was drawn."""

    seen = forms.IntegerField(label="", required=False, widget=forms.HiddenInput, initial=newest_done)


class MoveForm(CheckedForm):
    """What a step asks, and what its reader has seen of the row; the reviewer's list, where it makes a row public."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, move: Move, row: Any, data: Any = None) -> None:
        super().__init__(data, initial={"seen": seen(row)})
        self.row = row
        if move.question:
            area = forms.Textarea(attrs={"rows": 3, "cols": 60})
            self.fields["words"] = forms.CharField(label=move.question, max_length=move.longest, widget=area)
        if move.leads_to == State.PUBLISHED:
            self.add_checks(type(row))

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != seen(self.row):
            raise ValidationError(STALE)
        return self.cleaned_data["seen"]


def _done_to(rows: Iterable[Any]) -> QuerySet[LogEntry]:
    """What the desk's log has of these rows, which are of one model."""
    first, *others = rows
    about = ContentType.objects.get_for_model(first)
    return LogEntry.objects.filter(content_type=about, object_id__in=[str(row.pk) for row in (first, *others)])


def sentences(error: ValidationError) -> list[str]:
    """What an error says, each message with the field it is about."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        message if name == "__all__" else f"{name.replace('_', ' ')}: {message}"
        for name, found in error.message_dict.items()
        for message in found
    ]
