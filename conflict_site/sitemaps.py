"""The public pages, for search engines (sitemaps.org), by Django's own framework."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from actors.models import Actor
from claims.models import Claim, Event, Issue, public
from claims.positions import on_file
from conflict_site.base.addresses import address


class Pages(Sitemap):
    """The pages that are always there."""

    def items(self) -> Any:
        return [
            "home", "start", "about", "privacy", "claims:list", "actors:list",
            "claims:issue-list", "claims:source-list", "claims:event-list", "claims:changes", "claims:timeline",
            "claims:compare",
        ]  # fmt: skip

    def location(self, item: str) -> str:
        return reverse(item)


class Claims(Sitemap):
    """Published claims, with the day of their publication."""

    limit = 5_000

    def items(self) -> Any:
        return Claim.objects.published().only("slug", "published_at").order_by("pk")

    def lastmod(self, item: Claim) -> Any:
        return item.published_at

    def get_latest_lastmod(self) -> Any:
        """The same of the newest, for the index, without a look at each."""
        return Claim.objects.published().aggregate(newest=Max("published_at"))["newest"]


class Actors(Sitemap):
    """Public actors."""

    def items(self) -> Any:
        return public.actors().order_by("pk")


class Issues(Sitemap):
    """All issues."""

    def items(self) -> Any:
        return Issue.objects.order_by("pk")


class Stories(Sitemap):
    """How each actor moved on each issue of which something is on file."""

    limit = 5_000

    def items(self) -> Any:
        return on_file.stories()

    def location(self, item: tuple[Issue, Actor]) -> str:
        issue, actor = item
        return address("claims:story", issue.slug, actor.slug)


class Sources(Sitemap):
    """Public sources."""

    def items(self) -> Any:
        return public.sources().order_by("pk")


class Events(Sitemap):
    """Published events."""

    def items(self) -> Any:
        return Event.objects.published().order_by("pk")


SITEMAPS = {
    "pages": Pages, "claims": Claims, "actors": Actors, "issues": Issues, "stories": Stories, "sources": Sources,
    "events": Events,
}  # fmt: skip
