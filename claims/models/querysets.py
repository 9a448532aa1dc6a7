"""Questions about claims, events and positions, as chainable verbs. Views never see the schema.

Every public path starts from ``published()``.
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Max, Min, Prefetch, Q

PUBLISHED, WITHDRAWN = "published", "withdrawn"  # of State, which the models define a floor above


def possibly_within(field: str, first: date | None, last: date | None) -> Q:
    """Rows whose fuzzy date may fall into a period: the two intervals overlap. None is an open end."""
    start = Q() if first is None else Q(**{f"{field}_latest__gte": first}) | Q(**{f"{field}_latest": None})
    end = Q() if last is None else Q(**{f"{field}_earliest__lte": last}) | Q(**{f"{field}_earliest": None})
    return Q(**{f"{field}_edtf__gt": ""}) & start & end


class EditorialQuerySet(models.QuerySet[Any]):
    """Rows that go from draft to publication."""

    def published(self) -> Self:
        """What readers see."""
        return self.filter(state=PUBLISHED)

    def ever_published(self) -> Self:
        """What readers see, or saw until it was withdrawn."""
        return self.filter(state__in=(PUBLISHED, WITHDRAWN))


class ClaimQuerySet(EditorialQuerySet):
    """Claims, by who said them, when, about what, and what a page needs of them."""

    def on_issue(self, issue: Any) -> Self:
        """Claims filed under this issue."""
        return self.filter(pk__in=self.model.issues.through.objects.filter(issue=issue).values("claim"))

    def cited_to(self, source: Any) -> Self:
        """Claims that rest on a passage of this source."""
        return self.filter(pk__in=self.model.citations.rel.related_model.objects.filter(source=source).values("claim"))

    def newest_first(self) -> Self:
        """By the first day on which it may have been said, latest first."""
        return self.order_by("-said_earliest", "-id")

    def for_list(self) -> Self:
        """With what an entry of a list prints: a fixed number of queries, however many rows."""
        steps = self.model.steps.rel.related_model.objects.select_related("actor").order_by("order")
        citations = self.model.citations.rel.related_model.objects.select_related("source__publisher").order_by("id")
        return self.select_related("speaker", "on_behalf_of").prefetch_related(
            Prefetch("steps", queryset=steps), Prefetch("citations", queryset=citations), "issues"
        )

    def for_page(self) -> Self:
        """With all that a claim's own page, or its full JSON record, prints."""
        return self.for_list().prefetch_related("addressees", "events", "speaker__affiliations__organisation")


class PositionQuerySet(EditorialQuerySet):
    """Positions, with the period that their evidence gives them."""

    def published(self) -> Self:
        """Published positions that a published claim shows; ``begins``, ``ends`` and ``shown_by`` are set."""
        return super().published().with_period().filter(shown_by__gt=0)

    def with_period(self) -> Self:
        """With the first and the last day said of the published claims that show it, and their number."""
        shown = Q(evidence__role="shows", evidence__claim__state=PUBLISHED)
        return self.annotate(
            begins=Min("evidence__claim__said_earliest", filter=shown),
            ends=Max("evidence__claim__said_latest", filter=shown),
            shown_by=models.Count("evidence__claim", filter=shown, distinct=True),
        )

    def in_time(self) -> Self:
        """With actor, issue and stance at hand; by issue, then by the time at which they were held."""
        return self.select_related("actor", "stance__issue").order_by(F("stance__issue__order"), "begins", "ends", "id")
