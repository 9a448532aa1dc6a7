"""What two records that are one have, and how all that leads to one of them is led to the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from actors.models import Actor, ActorName
from claims.editorial.journal import Journal
from claims.evidence import anchor
from claims.models import (
    AttributionStep,
    Citation,
    CitationCheck,
    Claim,
    ClaimWords,
    Issue,
    OldSlug,
    Snapshot,
    Source,
    Stance,
)
from conflict_site.base.text import fold

MOST_ANSWERS = 8
# The kept claim has its own chain of voices; words and mentions are derived anew.
UNMOVED = (AttributionStep, ClaimWords, Claim.mentions.through)
ANCHORED = ("status", "snapshot_id", "start", "end", "exact")


@dataclass(frozen=True, slots=True)
class Link:
    """A column, of rows of some table, that leads to records."""

    model: type[models.Model]
    field: Any

    @property
    def label(self) -> str:
        """The rows, and what the record is to them where that says more: "claims, as speaker"."""
        list_of: Any = self.model._meta.auto_created
        if list_of:
            return f"{list_of._meta.verbose_name_plural}, among their {self.model._meta.db_table.rpartition('_')[2]}"
        rows, role = self.model._meta.verbose_name_plural, self.field.verbose_name
        return str(rows) if role == self.field.related_model._meta.verbose_name else f"{rows}, as {role}"

    @property
    def named(self) -> list[str]:
        """The columns of a row by which it may be named."""
        return [field.name for field in self.model._meta.fields if field.many_to_one]

    def shown(self, row: Any) -> models.Model:
        """What a row is to a person: the one whose list it is of, or itself."""
        owner: Any = self.model._meta.auto_created
        fields = [field for field in self.model._meta.fields if owner and field.related_model is owner]
        return getattr(row, fields[0].name) if fields else row

    def rows(self, record: models.Model) -> models.QuerySet[Any]:
        """The rows that lead to a record."""
        found: models.QuerySet[Any] = self.model._base_manager.filter(**{self.field.name: record})
        return found.order_by("pk")


def links(model: type[models.Model]) -> Iterator[Link]:
    """Every column that leads to the records of a model, those of lists too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in UNMOVED:
            yield Link(relation.related_model, relation.field)


def move_all(kept: Any, merged: Any, journal: Journal) -> None:
    """Lead to ``kept`` whatever leads to ``merged``; what ``kept`` has already is dropped.

    Raises ValidationError where an issue would have too many answers.
    """
    if isinstance(merged, Actor):
        _keep_name(kept, merged, journal)
    if isinstance(merged, Issue):
        _move_answers(kept, merged, journal)
    if isinstance(merged, Claim):
        for step in merged.steps.all():
            journal.drop(step)
    if isinstance(merged, Source):
        _leave_double_texts(kept, merged, journal)
    for link in links(type(merged)):
        rows = link.rows(merged).select_for_update()
        if isinstance(merged, Source) and link.model is Snapshot:
            rows = rows.exclude(sha256__in=kept.snapshots.values("sha256"))
        journal.move(rows, **{link.field.attname: kept.pk})
    _lead_on(kept, merged, journal)
    if isinstance(kept, Source):
        _look_again(kept, journal)


def _keep_name(kept: Actor, merged: Actor, journal: Journal) -> None:
    """The name of one is a spelling of the other's."""
    names = {kept.name, *kept.names.values_list("name", flat=True), *merged.names.values_list("name", flat=True)}
    if merged.name not in names:
        journal.add(ActorName(actor=kept, name=merged.name))


def _move_answers(kept: Issue, merged: Issue, journal: Journal) -> None:
    """Answers of the same words or id are one; the others follow, numbered on."""
    held = list(kept.stances.all())
    for answer in merged.stances.all():
        same = next((one for one in held if one.slug == answer.slug or fold(one.label) == fold(answer.label)), None)
        if same:
            for link in links(Stance):
                journal.move(link.rows(answer).select_for_update(), **{link.field.attname: same.pk})
            journal.drop(answer)
        else:
            free = [number for number in range(1, MOST_ANSWERS + 1) if number not in {one.order for one in held}]
            if not free:
                raise ValidationError(f"Together they have more than {MOST_ANSWERS} answers.")
            journal.change(answer, issue_id=kept.pk, order=free[0])
            held.append(answer)


def _leave_double_texts(kept: Source, merged: Source, journal: Journal) -> None:
    """A text that both hold is held once: what was found in the other's is found in the same place of this one's."""
    texts = dict(kept.snapshots.values_list("sha256", "pk"))
    for double in merged.snapshots.filter(sha256__in=texts).only("sha256"):
        for link in links(Snapshot):
            journal.move(link.rows(double).select_for_update(), **{link.field.attname: texts[double.sha256]})


def _lead_on(kept: Any, merged: Any, journal: Journal) -> None:
    """The addresses that led to one lead to the other."""
    kind = ContentType.objects.get_for_model(merged)
    for old in OldSlug.objects.filter(content_type=kind, object_id=merged.pk):
        journal.change(old, object_id=kept.pk)


def _look_again(kept: Source, journal: Journal) -> None:
    """Look for passages in texts that their source did not hold before."""
    cited, checks = Citation.objects.filter(source=kept), CitationCheck.objects.filter(citation__source=kept)
    before = {row.pk: {name: getattr(row, name) for name in ANCHORED} for row in cited.all()}
    known = {check.pk: check for check in checks.all()}
    anchor(cited.all())
    now = {check.pk: check for check in checks.all()}
    for key, check in known.items():
        if key not in now:
            journal.dropped(check)
    for row in cited.all():
        journal.changed(row, before[row.pk])
    for key, check in now.items():
        if key not in known:
            journal.added(check)
