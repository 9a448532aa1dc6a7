"""The filter of the timeline: that of the claims browser, and by what the claims are laned."""

from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from claims.charts import Period
from claims.filtering import ClaimFilter, Option

LANES = {"none": "All in one", "actor": "By speaker", "issue": "By issue"}


class TimelineFilter(ClaimFilter):
    """A filter of claims for a timeline. It has no pages, so that a place in a list is unknown to it."""

    lanes = Option("Lanes", LANES)

    def __init__(self, data: QueryDict, path: str = "") -> None:
        super().__init__(data, path or reverse("claims:timeline"))
        del self.fields["after"]

    @property
    def chosen_lanes(self) -> str:
        """By what claims are laned: one of ``LANES``. Only of a valid filter."""
        return str(self.cleaned_data["lanes"])

    @property
    def is_certain(self) -> bool:
        """Whether a claim must have been said within the dates whichever day it was."""
        return self.cleaned_data["match"] == "certain"

    def url(self, *, plus: Collection[tuple[str, str]] = (), path: str = "", **options: Any) -> str:
        """The address of this filter; of another list than a timeline (``path``) without the lanes."""
        mine = path in ("", self.path) or path.startswith(reverse("claims:timeline").rstrip("/"))
        laned = [("lanes", self.chosen_lanes)] if mine and self.chosen_lanes != "none" else []
        return super().url(plus=[*plus, *laned], path=path, **options)

    def url_of(self, period: Period | None, path: str = "") -> str:
        """The address with a period as its range of dates, as certain as it is now; None is all time."""
        first, last = period.typed if period else ("", "")
        dates = [("said_from", first), ("said_to", last)] if period else []
        match = [("match", "certain")] if period and self.is_certain else []
        return self.url(without=self.chosen("said"), plus=[*dates, *match], path=path)
