"""The public pages, for search engines (sitemaps.org), by Django's own framework."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property

from actors.models import Actor
from claims.models import Change, Claim, Event, Issue, State, public
from claims.positions import on_file
from claims.readmodel import Array, current
from conflict_site.base.addresses import address

PLAIN = ("start", "about", "privacy", "claims:api")  # pages that do not change with the record


EXACT = 20_000  # claims: beyond it moments take seconds to ask for, and days from the read model have to do


def newest(claims: str) -> Max:
    """When the newest of the published claims was published to which this path leads."""
    return Max(f"{claims}__published_at", filter=Q(**{f"{claims}__state": State.PUBLISHED}))


def newest_of_all() -> Any:
    """When a claim was published last; None where none was."""
    published = current()
    if published.size > EXACT:
        return max(published.published("speaker").values())
    return Claim.objects.published().aggregate(newest=Max("published_at"))["newest"]


class Dated(Sitemap):
    """Rows with the moment or day ``changed``: that of the newest claim on their pages.

    ``rows`` gives what has pages, ``claims`` is the path to its claims, ``column`` what the read model calls it.
    """

    rows: ClassVar[Callable[[], Any]]
    claims: str
    column: str

    def items(self) -> Any:
        return self.dated

    @cached_property
    def dated(self) -> Any:
        """The rows: read once, though the index asks how many there are, and then for the newest."""
        published, rows = current(), type(self).rows().order_by("pk")
        if published.size <= EXACT:
            return rows.annotate(changed=newest(self.claims))
        days, found = published.published(self.column), list(rows)
        for row in found:
            row.changed = days.get(row.pk)
        return found

    def lastmod(self, item: Any) -> Any:
        return item.changed


class Pages(Sitemap):
    """The pages that are always there."""

    def items(self) -> Any:
        return [
            "home", "start", "about", "privacy", "claims:list", "actors:list",
            "claims:issue-list", "claims:source-list", "claims:event-list", "claims:changes", "claims:timeline",
            "claims:compare", "claims:api",
        ]  # fmt: skip

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> Any:
        """When the record was last changed, of the pages that print it."""
        return None if item in PLAIN else self.newest

    @cached_property
    def newest(self) -> Any:
        """When a claim was published last; None where none was."""
        return newest_of_all()


class ByKey:
    """Published claims by key, some at a time: the database would look through all before them."""

    def __init__(self, claims: Any, keys: Array) -> None:
        self.claims, self.keys = claims, keys

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: slice) -> Any:
        keys = self.keys[place].tolist()
        return self.claims.filter(pk__range=(keys[0], keys[-1])) if keys else []


class Claims(Sitemap):
    """Published claims, with the day on which each was published or changed last."""

    limit = 5_000

    def items(self) -> Any:
        about = Change.objects.filter(content_type=ContentType.objects.get_for_model(Claim), object_id=OuterRef("pk"))
        changed = Subquery(about.order_by("-at").values("at")[:1])
        claims = Claim.objects.published().only("slug", "published_at").annotate(changed=changed).order_by("pk")
        published = current()
        return ByKey(claims, np.sort(published.keys)) if published.size > EXACT else claims

    def lastmod(self, item: Any) -> Any:
        return item.changed or item.published_at

    def get_latest_lastmod(self) -> Any:
        """The same of the newest, for the index, without a look at each."""
        return newest_of_all()


class Actors(Dated):
    """Public actors."""

    rows, claims, column = staticmethod(public.actors), "claims", "speaker"


class Issues(Dated):
    """All issues."""

    rows, claims, column = staticmethod(public.issues), "claims", "issue"


class Stories(Sitemap):
    """How each actor moved on each issue of which something is on file."""

    limit = 5_000

    def items(self) -> Any:
        return on_file.stories()

    def location(self, item: tuple[Issue, Actor]) -> str:
        issue, actor = item
        return address("claims:story", issue.slug, actor.slug)


class Sources(Dated):
    """Public sources."""

    rows, claims, column = staticmethod(public.sources), "citations__claim", "source"


class Events(Dated):
    """Published events."""

    rows, claims, column = staticmethod(Event.objects.published), "claims", "event"


SITEMAPS = {
    "pages": Pages, "claims": Claims, "actors": Actors, "issues": Issues, "stories": Stories, "sources": Sources,
    "events": Events,
}  # fmt: skip
