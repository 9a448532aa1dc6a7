"""Questions about actors, as chainable verbs. Knows nothing of claims."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from conflict_site.base.names import START
from conflict_site.base.text import fold

if TYPE_CHECKING:
    from actors.models import Actor
else:
    Actor = Any


class ActorQuerySet(models.QuerySet["Actor"]):
    """Actors, by name in any spelling, by kind, in the order of a directory."""

    def named(self, words: str) -> Self:
        """Actors one of whose names holds every word typed, in any spelling, script, case or accent on file."""
        found = self
        for word in fold(words).split():
            other = self.model.names.rel.related_model._default_manager.filter(
                actor=OuterRef("pk"), folded__contains=word
            )
            found = found.filter(Q(folded__contains=word) | Exists(other))
        return found

    def named_within(self, words: Sequence[str]) -> Self:
        """Actors one of whose names, or whose surname, may stand within these folded words, by their first ones."""
        runs = {" ".join(words[at : at + size]) for at in range(len(words)) for size in range(1, START + 1)} - {""}
        others = self.model.names.rel.related_model._default_manager
        by_name = others.filter(Q(name_start__in=runs) | Q(last_word__in=runs, actor__kind="person"))
        own = Q(name_start__in=runs) | Q(surname_start__in=runs)
        return self.filter(own | Q(pk__in=by_name.values("actor")))

    def of_kind(self, *kinds: str) -> Self:
        """Actors of any of these kinds."""
        return self.filter(kind__in=kinds)

    def in_order(self) -> Self:
        """Alphabetical by the name that a directory sorts by."""
        return self.order_by("sort_key", "slug")


class AffiliationQuerySet(models.QuerySet[Any]):
    """Roles, by the time at which they were held."""

    def held_between(self, first: Any, last: Any) -> Self:
        """Roles that may have been held on some day of a period; open or unknown ends always may."""
        return self.filter(
            Q(start_earliest__isnull=True) | Q(start_earliest__lte=last),
            Q(end_latest__isnull=True) | Q(end_latest__gte=first),
        )
