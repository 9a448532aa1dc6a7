"""What is derived from a record, written again after an edit: passages' places, mentions, words claims are found by."""

from collections.abc import Collection
from typing import Any

from actors.models import Actor
from claims.evidence import anchor
from claims.models import Citation, Claim, Issue, Source
from claims.search import index, speaking_of

NAMES = {"name", "sort_name", "kind", "names"}  # of an actor; they decide by which words claims are found


def follow_up(thing: Any, changed: Collection[str]) -> None:
    """Renew what follows from these values of a record, by their names in ``revisions.values``."""
    if isinstance(thing, Claim):
        anchor(Citation.objects.filter(claim=thing))
        index.derive([thing])
    elif isinstance(thing, Actor) and NAMES & {*changed}:
        index.derive(speaking_of(thing))
    elif isinstance(thing, Source) and "title" in changed:
        index.derive(Claim.objects.cited_to(thing))
    elif isinstance(thing, Issue) and "title" in changed:
        index.derive(Claim.objects.on_issue(thing))
