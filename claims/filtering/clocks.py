"""The three clocks: when a claim was said, when its earliest citing source was published, when it was recorded here."""

from claims.models import Claim
from claims.wording import earliest_of
from conflict_site.base.edtf import FuzzyDate

CLOCKS = {"said": "Said", "published": "Published", "recorded": "Recorded here"}


def published_on(claim: Claim) -> FuzzyDate | None:
    """When the words came out: the date of the earliest source that a claim cites, None where no source has one."""
    return earliest_of(citation.source.published for citation in claim.citations.all())
