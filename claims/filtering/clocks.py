"""The three clocks: when a claim was said, when its earliest citing source was published, when it was recorded here."""

from datetime import date

from claims.models import Claim
from conflict_site.base.edtf import FuzzyDate

CLOCKS = {"said": "Said", "published": "Published", "recorded": "Recorded"}


def published_on(claim: Claim) -> FuzzyDate | None:
    """When the words came out: the date of the earliest source that a claim cites, None where no source has one."""
    dated = [citation.source.published for citation in claim.citations.all()]
    known = [day for day in dated if day and day.earliest]
    return min(known, key=lambda day: (day.earliest, day.latest or date.max), default=None)
