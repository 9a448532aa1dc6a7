"""The public pages, for search engines (sitemaps.org), by Django's own framework."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property

from actors.models import Actor
from claims.models import Change, Claim, Event, Issue, State, public
from claims.positions import on_file
from conflict_site.base.addresses import address

PLAIN = ("start", "about", "privacy", "claims:api")  # pages that do not change with the record


def newest(claims: str) -> Max:
    """When the newest of the published claims was published to which this path leads."""
    return Max(f"{claims}__published_at", filter=Q(**{f"{claims}__state": State.PUBLISHED}))


class Dated(Sitemap):
    """Rows with the moment ``changed``: that of the newest claim on their pages."""

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
        return Claim.objects.published().aggregate(newest=Max("published_at"))["newest"]


class Claims(Sitemap):
    """Published claims, with the day on which each was published or changed last."""

    limit = 5_000

    def items(self) -> Any:
        about = Change.objects.filter(content_type=ContentType.objects.get_for_model(Claim), object_id=OuterRef("pk"))
        changed = Subquery(about.order_by("-at").values("at")[:1])
        return Claim.objects.published().only("slug", "published_at").annotate(changed=changed).order_by("pk")

    def lastmod(self, item: Any) -> Any:
        return item.changed or item.published_at

    def get_latest_lastmod(self) -> Any:
        """The same of the newest, for the index, without a look at each."""
        return Claim.objects.published().aggregate(newest=Max("published_at"))["newest"]


class Actors(Dated):
    """Public actors."""

    def items(self) -> Any:
        return public.actors().annotate(changed=newest("claims")).order_by("pk")


class Issues(Dated):
    """All issues."""

    def items(self) -> Any:
        return public.issues().annotate(changed=newest("claims")).order_by("pk")


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

    def items(self) -> Any:
        return public.sources().annotate(changed=newest("citations__claim")).order_by("pk")


class Events(Dated):
    """Published events."""

    def items(self) -> Any:
        return Event.objects.published().annotate(changed=newest("claims")).order_by("pk")


SITEMAPS = {
    "pages": Pages, "claims": Claims, "actors": Actors, "issues": Issues, "stories": Stories, "sources": Sources,
    "events": Events,
}  # fmt: skip
