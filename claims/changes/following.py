"""What is derived from a record, written again after an edit: passages' places, mentions, words claims are found by."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from actors.models import Actor
from claims.evidence import anchor
from claims.models import Citation, Claim, Issue, Source
from claims.search import index
from conflict_site.base.text import tokens

NAMES = {"name", "sort_name", "kind", "names"}  # of an actor; they decide by which words claims are found


def follow_up(thing: Any, changed: Collection[str]) -> None:
    """Renew what follows from these values of a record, by their names in ``revisions.values``."""
    if isinstance(thing, Claim):
        anchor(Citation.objects.filter(claim=thing))
        index.derive([thing])
    elif isinstance(thing, Actor) and NAMES & {*changed}:
        index.derive(_speaking_of(thing))
    elif isinstance(thing, Source) and "title" in changed:
        index.derive(Claim.objects.cited_to(thing))
    elif isinstance(thing, Issue) and "title" in changed:
        index.derive(Claim.objects.on_issue(thing))


def _speaking_of(actor: Actor) -> QuerySet[Claim]:
    """The claims that an actor makes, or that name it or may do so: they hold the words of one of its names."""
    names = [actor.name, actor.sort_name.split(",")[0], *actor.names.values_list("name", flat=True)]
    found = Q(speaker=actor) | Q(mentions=actor)
    for name in names:
        found |= Q(pk__in=index.matching(" ".join(tokens(name))).values("pk"))
    return Claim.objects.filter(found).distinct()
