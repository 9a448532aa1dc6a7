"""A source taken down, or shown again, with all that follows from it."""

from typing import Any

from django.db import transaction

from claims.models import Claim, Source
from claims.search import index


@transaction.atomic
def take_down(source: Source, by: Any = None, *, reason: str) -> None:
    """Hide a source's text and passages from everybody but auditors; claims are no longer found by hidden words.

    Raises ValidationError without a reason, and where it has been taken down before.
    """
    source.take_down(by, reason=reason)
    index.derive(Claim.objects.cited_to(source))


@transaction.atomic
def restore(source: Source, by: Any = None, *, reason: str) -> None:
    """Show a source's text and passages again. Raises ValidationError as ``take_down`` does.

    Whom its passages alone name comes back once two people have changed something of the claim.
    """
    source.restore(by, reason=reason)
    index.derive(Claim.objects.cited_to(source))
