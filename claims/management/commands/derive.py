"""``manage.py derive``: write again the words that claims are found by, and whom they mention.

Before that, passages that were not found in the texts on file are looked for again: a newer release may know them.
"""

from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from claims.evidence import anchor
from claims.models import Citation, CitationStatus, Claim, ClaimWords
from claims.search import derive

BATCH = 500
SOURCES_AT_ONCE = 50  # with all their texts in memory


class Command(BaseCommand):
    """Each batch is saved by itself: it can be interrupted, and goes on with what is missing."""

    help = "Writes the words that claims are found by, for claims that lack them. Needed once after some updates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="for all claims, also those that have them")

    def handle(self, *args: Any, **options: Any) -> None:
        claims = Claim.objects.order_by("pk")
        lacking = claims if options["all"] else claims.exclude(pk__in=derived())
        keys = list(lacking.values_list("pk", flat=True))
        if keys:
            look_again()
        with tqdm(total=len(keys), unit="claim", disable=None) as bar:
            for batch in batched(keys, BATCH):
                derive(Claim.objects.filter(pk__in=batch))
                bar.update(len(batch))
        self.stdout.write(f"{len(keys):,} claims derived.")


def look_again() -> None:
    """Look again for the passages of the sources that have some which stood nowhere, or in several places."""
    lost = Citation.objects.filter(status__in=[CitationStatus.NOT_FOUND, CitationStatus.AMBIGUOUS])
    for sources in batched(lost.order_by("source").values_list("source", flat=True).distinct(), SOURCES_AT_ONCE):
        anchor(Citation.objects.filter(source__in=sources))


def derived() -> Any:
    """The keys of the claims whose words are written in full."""
    return ClaimWords.objects.exclude(forms="").values("claim")
