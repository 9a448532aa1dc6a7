"""Changes to public records on their way: proposed by one person, tried out, approved by another."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from claims.changes import kinds
from claims.changes.following import follow_up
from claims.changes.revisions import difference, keyed, values
from claims.changes.writing import Values, with_keys, write
from claims.models import Change, Position, Revision, RevisionState, permitted, public

STALE = "The record has changed since this was proposed. Open it, put together what should stand, and save it again."
UNSHOWN_NOTE = "Its evidence was changed, and no published claim shows it any more."


def open_of(thing: Any) -> Revision | None:
    """The change to a record that is on its way, if there is one."""
    found = Revision.objects.about(thing).open().select_related("proposed_by", "edited_by", "reviewed_by")
    return found.first()


def seen(thing: Any, revision: Revision | None) -> str:
    """What a form was opened on: the version of the record, and of the change that is on its way."""
    return f"{thing.version}-{revision.pk}-{revision.version}" if revision else str(thing.version)


@contextmanager
def tried(thing: Any, revision: Revision | None) -> Iterator[None]:
    """Within the block the record is as the revision would make it, and may be changed; afterwards nothing has been.

    Nothing in the block may read the columns of published claims in memory: they would keep what was tried.
    """
    with transaction.atomic():
        with permitted(thing, reason="Tried out, and taken back."):
            if revision:
                row = type(thing)._default_manager.get(pk=thing.pk)  # the one given stays as it is stored
                write(row, revision.after, try_out=True)
                follow_up(row, difference(revision.before, revision.after)["after"])
            yield
        transaction.set_rollback(True)


def propose(thing: Any, after: Values, *, by: Any, kind: str = "", note: str) -> Revision | None:
    """Keep these values of ``keyed`` as the change to a locked record that waits for a reviewer.

    None where they are what readers see already: then nothing waits any more. ``kind`` is proposed from what differs
    where none is given. Raises ValidationError for a kind that it is not.
    """
    before, revision = keyed(thing), open_of(thing)
    after = with_keys(thing, after, before)
    if after == before:
        if revision:
            withdraw(revision)
        return None
    if why := kinds.refused(kind, before, after):
        raise ValidationError(why)
    kind = kind or kinds.proposed(before, after)
    given = {"base_version": thing.version, "before": before, "after": after, "kind": kind, "public_note": note}
    if revision is None:
        return Revision.objects.create(thing=thing, proposed_by=by, edited_by=by, **given)
    for name, value in given.items():
        setattr(revision, name, value)
    revision.state, revision.version = RevisionState.PENDING, revision.version + 1
    revision.edited_by, revision.edited_at = by, timezone.now()
    revision.save()
    return revision


def withdraw(revision: Revision) -> None:
    """Give an open revision up."""
    revision.state = RevisionState.WITHDRAWN
    revision.save()


def send_back(revision: Revision, by: Any, *, note: str) -> None:
    """Return a pending revision to its author with a note. Raises ValidationError without one."""
    if revision.state != RevisionState.PENDING:
        raise ValidationError(f"This is no longer to be reviewed: {revision.get_state_display().lower()}.")
    if not note.strip():
        raise ValidationError("Say what should be changed.")
    revision.state, revision.review_note = RevisionState.SENT_BACK, note.strip()
    revision.reviewed_by, revision.reviewed_at = by, timezone.now()
    revision.save()


@transaction.atomic
def approve(revision: Revision, by: Any, *, kind: str, note: str, forced_reason: str = "") -> list[Position]:
    """Let a change go public, under the kind and the note that the reviewer confirms.

    Returns the position, if no published claim shows it any more: it is withdrawn. Raises ValidationError where one
    person would do it alone without a reason, for a kind that it is not, where the record has changed since, and
    where it lacks what publication demands.
    """
    thing = lock(revision)
    _check(revision, thing, by, kind, note, forced_reason)
    revision.state, revision.kind, revision.public_note = RevisionState.APPROVED, kind, note.strip()
    revision.reviewed_by, revision.reviewed_at = by, timezone.now()
    revision.forced, revision.forced_reason = bool(forced_reason), forced_reason
    revision.save()
    before = values(thing)
    with permitted(thing, reason=f"Revision {revision.pk}"):
        write(thing, revision.after)
        follow_up(thing, difference(revision.before, revision.after)["after"])
        thing.version += 1
        thing.save()
    alone = f" Published without a second person: {forced_reason}" if forced_reason else ""
    changed = difference(before, values(thing))
    Change.objects.record(thing, kind, by=revision.edited_by, public_note=revision.public_note + alone, **changed)
    if isinstance(thing, Position):
        return [thing] if thing.withdraw_unless_shown(by, note=UNSHOWN_NOTE) else []
    if hasattr(thing, "check_complete"):
        thing.check_complete()
    return []


def lock(revision: Revision) -> Any:
    """The record that a revision is about, and the revision itself, read again and locked in this order."""
    manager: Any = revision.content_type.model_class()._default_manager  # type: ignore[union-attr]
    thing = manager.select_for_update(of=("self",)).get(pk=revision.object_id)
    revision.refresh_from_db(from_queryset=Revision.objects.select_for_update(of=("self",)))
    return thing


def is_stale(revision: Revision, thing: Any) -> bool:
    """Whether the record is no longer what the author of an open revision saw."""
    return bool(keyed(thing) != revision.before)


def _check(revision: Revision, thing: Any, by: Any, kind: str, note: str, forced_reason: str) -> None:
    if not revision.is_open or (revision.state == RevisionState.SENT_BACK and not forced_reason):
        raise ValidationError(f"This is no longer to be reviewed: {revision.get_state_display().lower()}.")
    if not forced_reason and (by is None or revision.is_own(by)):
        raise ValidationError("A second person approves what one has proposed; alone it takes a reason.")
    if not public.shows(thing):
        raise ValidationError("Readers no longer see this record. Edit it directly.")
    if is_stale(revision, thing):
        raise ValidationError(STALE)
    if not note.strip():
        raise ValidationError("Say what was changed, and why. Readers see this.")
    if why := kinds.refused(kind, revision.before, revision.after):
        raise ValidationError(why)
