"""The claims that follow an actor's names."""

from django.db.models import Q, QuerySet

from actors.models import Actor
from claims.models import Claim
from claims.search import index
from conflict_site.base.text import tokens


def speaking_of(actor: Actor) -> QuerySet[Claim]:
    """The claims that an actor makes, or that name it or may do so: they hold the words of one of its names."""
    names = [actor.name, actor.sort_name.split(",")[0], *actor.names.values_list("name", flat=True)]
    found = Q(speaker=actor) | Q(mentions=actor)
    for name in names:
        found |= Q(pk__in=index.matching(" ".join(tokens(name))).values("pk"))
    return Claim.objects.filter(found).distinct()
