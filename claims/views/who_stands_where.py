"""Who stands where, as the home page and the page of all issues show it: the form above the table, and the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from actors.models import Kind
from claims.charts import matrix
from claims.filtering import AsOfForm, Horizon, Listed, totals
from claims.models import Issue
from claims.positions import Evidence, actor_heads, days_on_file, evidence, statements
from claims.readmodel import Found

PLACE = "#stand"


@dataclass(frozen=True, slots=True)
class Offer:
    """A parameter with several values to choose from: its rows hold value, label, and whether it is chosen."""

    name: str
    title: str
    rows: list[tuple[str, str, bool]]
    errors: Sequence[str]

    @property
    def words(self) -> str:
        """What is chosen, in words."""
        return ", ".join(label for _, label, chosen in self.rows if chosen) or "all"


class StandingForm(AsOfForm):
    """The days, and which actors (by kind) and issues the table is to hold; all of them where none is chosen."""

    offered = ("kind", "issue")

    kind = Listed("Kind of actor", dict(Kind.choices))
    issue = Listed("Issue", {})

    def __init__(self, data: QueryDict, path: str, issues: Iterable[Issue]) -> None:
        super().__init__(data, path)
        self.fields["issue"].choices = {issue.slug: issue.title for issue in issues}  # type: ignore[attr-defined]

    def of_kinds(self, found: Iterable[Evidence]) -> list[Evidence]:
        """That of the evidence whose actors are of a kind asked for."""
        kinds = self.cleaned_data["kind"]
        return [item for item in found if not kinds or item.actor.kind in kinds]

    @property
    def offers(self) -> list[Offer]:
        """What there is to choose from."""
        return [self._offer(name) for name in self.offered]

    def _offer(self, name: str) -> Offer:
        field, chosen = self.fields[name], self.cleaned_data.get(name) or []
        choices: dict[str, str] = field.choices  # type: ignore[attr-defined]
        rows = [(value, label, value in chosen) for value, label in choices.items()]
        return Offer(name, str(field.label), rows, [str(error) for error in self.errors.get(name, [])])


def known(horizon: Horizon, published: Found) -> list[Evidence]:
    """The evidence that the site had by the day in question, whenever it was said.

    The table itself leaves out what was said later: it has to know of the next change.
    """
    by_then = Horizon(known=horizon.known)
    found: list[Evidence] = published.snapshot.for_page(("known", by_then), lambda: evidence.found(by_then.evidence()))
    return found


def table_context(
    form: AsOfForm, found: Sequence[Evidence], columns: Sequence[Issue], published: Found
) -> dict[str, Any]:
    """The table of this evidence on these issues, as of the form's day or today, and the ways to other days."""
    said = form.horizon.said
    as_of = said.last if said else timezone.now().date()
    wanted = {issue.pk for issue in columns}
    shown = [item for item in found if item.issue.pk in wanted]
    heads = actor_heads(shown, totals.numbers(published, "speaker"))
    slugs = [issue.slug for issue in columns]
    table = matrix(statements(shown), heads, slugs, as_of, days_on_file(shown, form.horizon, published))
    return {
        "matrix": table,
        "groups": table.groups,
        "columns": columns,
        "as_of": as_of,
        "before": _way(form, table.change_before),
        "after": _way(form, table.change_after),
        "asked": form.horizon.query,
    }


def _way(form: AsOfForm, day: date | None) -> tuple[date, str] | None:
    """A day with the address of the same table as of it."""
    return (day, form.url(as_of=day.isoformat()) + PLACE) if day else None
