"""Two actors, sources, claims or issues become one, by two people; and are two again, where that was wrong."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import Actor
from claims.editorial.journal import Journal, undo
from claims.editorial.moving import links, move_all
from claims.models import (
    Change,
    ChangeKind,
    Claim,
    Issue,
    Merge,
    MergeState,
    OldSlug,
    Revision,
    Source,
    State,
    permitted,
    public,
)
from claims.search import index, speaking_of
from conflict_site.base.merged import slug_of_merged

MERGEABLE: tuple[type[models.Model], ...] = (Actor, Source, Claim, Issue)
SHOWN = 10  # rows of each kind in a preview


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows that would lead to another record: what they are, how many, and the first of them."""

    label: str
    number: int
    rows: Sequence[models.Model]


def preview(merged: models.Model) -> list[Moving]:
    """What leads to a record, and would lead to another one."""
    found = [(link, link.rows(merged)) for link in links(type(merged)) if link.field.name != "merged_into"]
    counted = [(link, rows.count(), rows.select_related(*link.named)[:SHOWN]) for link, rows in found]
    return [Moving(link.label, number, [*map(link.shown, rows)]) for link, number, rows in counted if number]


def check(kept: Any, merged: Any) -> None:
    """Raise ValidationError where these two can not become one."""
    if type(kept) is not type(merged) or not isinstance(kept, MERGEABLE) or kept.pk == merged.pk:
        raise ValidationError("Only two different records of the same kind can become one.")
    if isinstance(kept, Claim) and merged.state == State.PUBLISHED != kept.state:
        raise ValidationError("Readers see the one and not the other: merge the one they do not see into the other.")
    if isinstance(kept, Source) and (kept.is_taken_down or merged.is_taken_down):
        raise ValidationError("A source that was taken down can not be merged.")
    both: tuple[Any, Any] = (kept, merged)
    named = re.compile("|".join(map(_named, both)))
    for waiting in Revision.objects.open():
        about = waiting.content_type.model_class() is type(kept) and waiting.object_id in (kept.pk, merged.pk)
        if about or named.search(json.dumps([waiting.before, waiting.after])):
            raise ValidationError("A change that waits for review names one of them; have it decided first.")


def _named(record: Any) -> str:
    """The pattern of how changes that wait name a record: a claim by its key, others by their id; see ``keyed``."""
    return rf'"(to_)?claim": {record.pk}\b' if isinstance(record, Claim) else rf'"{re.escape(record.slug)}["/]'


@transaction.atomic
def propose(kept: Any, merged: Any, by: Any, *, note: str) -> Merge:
    """Propose that one record becomes part of another. Raises ValidationError where it can not."""
    check(kept, merged)
    kind = ContentType.objects.get_for_model(kept)
    told = {"name": str(merged)[:400], "note": note.strip(), "proposed_by": by}
    try:
        with transaction.atomic():
            return Merge.objects.create(content_type=kind, kept_id=kept.pk, merged_id=merged.pk, **told)
    except IntegrityError as error:
        raise ValidationError("Somebody has proposed already to merge this one.") from error


@transaction.atomic
def carry_out(merge: Merge, by: Any, *, forced_reason: str = "") -> None:
    """Let one record become part of another. Raises ValidationError for who proposed it, without a reason."""
    merge = _locked(merge, MergeState.PROPOSED)
    if by.pk == merge.proposed_by_id and not forced_reason:
        raise ValidationError("A second person agrees to what one has proposed; alone it takes a reason.")
    kept, merged = _both(merge)
    check(kept, merged)
    shown, journal, slug = public.shows(kept) or public.shows(merged), Journal(), merged.slug
    touched = _touched(merged)
    with permitted(reason=f"merge {merge.pk}"):
        move_all(kept, merged, journal)
        journal.change(merged, slug=slug_of_merged(merged), merged_into_id=kept.pk, **_no_longer_public(merged))
        if hasattr(kept, "version"):
            journal.change(kept, version=kept.version + 1)
        OldSlug.keep(kept, slug)
        index.derive(Claim.objects.filter(Q(pk__in=touched) | Q(pk__in=_touched(kept))))
    merge.state, merge.decided_by, merge.decided_at = MergeState.DONE, by, timezone.now()
    merge.forced_reason, merge.steps = forced_reason, journal.steps
    merge.save()
    if shown:
        _log(kept, by, f"“{merge.name}” is part of this entry now. {merge.note}", forced_reason)


@transaction.atomic
def refuse(merge: Merge, by: Any) -> None:
    """Leave two records two."""
    merge = _locked(merge, MergeState.PROPOSED)
    merge.state, merge.decided_by, merge.decided_at = MergeState.REFUSED, by, timezone.now()
    merge.save()


@transaction.atomic
def take_back(merge: Merge, by: Any, *, reason: str) -> None:
    """Make two of what was merged. Raises ValidationError where what the merge wrote was changed since."""
    merge = _locked(merge, MergeState.DONE)
    kept, merged = _both(merge)
    with permitted(reason=f"merge {merge.pk} undone"):
        undo(merge.steps)
        merged.refresh_from_db()
        kept.refresh_from_db()
        if hasattr(kept, "version"):
            type(kept).objects.filter(pk=kept.pk).update(version=kept.version + 2)  # no form that is open has seen it
        OldSlug.keep(merged, merged.slug)
        index.derive(Claim.objects.filter(Q(pk__in=_touched(kept)) | Q(pk__in=_touched(merged))))
    merge.state, merge.undone_by, merge.undone_at = MergeState.UNDONE, by, timezone.now()
    merge.undone_reason = reason
    merge.save()
    if public.shows(kept) or public.shows(merged):
        for one in (kept, merged):
            _log(one, by, f"“{merge.name}” is an entry of its own again. {reason}", "")


def _locked(merge: Merge, state: str) -> Merge:
    found = Merge.objects.select_for_update().get(pk=merge.pk)
    if found.state != state:
        raise ValidationError(f"This is {found.get_state_display().lower()}; the step is not possible.")
    return found


def _both(merge: Merge) -> tuple[Any, Any]:
    """The record that is kept and the one that is merged, locked."""
    model: Any = merge.content_type.model_class()
    keys = [merge.kept_id, merge.merged_id]
    rows = {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(rows) < 2 or rows[merge.kept_id].merged_into_id:
        raise ValidationError("One of them is not there any more.")
    return rows[merge.kept_id], rows[merge.merged_id]


def _no_longer_public(merged: Any) -> dict[str, Any]:
    """What else changes in a claim that readers saw."""
    if not (isinstance(merged, Claim) and merged.state == State.PUBLISHED):
        return {}
    return {"state": State.WITHDRAWN, "withdrawn_at": timezone.now(), "version": merged.version + 1}


def _log(record: models.Model, by: Any, note: str, forced_reason: str) -> None:
    alone = f" Decided by one person alone: {forced_reason}" if forced_reason else ""
    Change.objects.record(record, ChangeKind.CORRECTION, by=by, public_note=f"{note}{alone}".strip())


def _touched(record: Any) -> list[int]:
    """The claims whose words or mentions follow from a record, by key."""
    if isinstance(record, Claim):
        return [record.pk]
    found: models.QuerySet[Claim]
    if isinstance(record, Issue):
        found = Claim.objects.on_issue(record)
    else:
        found = Claim.objects.cited_to(record) if isinstance(record, Source) else speaking_of(record)
    return [*found.values_list("pk", flat=True)]
