"""The site's own words, editable in the admin: one row."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

# Who gives out ids, and since when (RFC 4151).
TAG = re.compile(r"[a-z0-9]([a-z0-9.@-]*[a-z0-9])?,[0-9]{4}(-[0-9]{2}){0,2}")


class Site(models.Model):
    """Title, subtitle, about text, contact address, and in whose name feeds give out ids.

    Missing until a curator saves it or a package brings it; then there is one row.
    """

    title = models.CharField(max_length=60, blank=True, help_text="Empty: the name from the settings.")
    subtitle = models.CharField(
        max_length=200, blank=True, help_text="One sentence on what this is; the heading of the home page."
    )
    about = models.TextField(
        blank=True, help_text="Shown on the about page, above the method, and first to who is new. Markdown."
    )
    tag_authority = models.CharField(max_length=120, blank=True, editable=False)  # of the ids in feeds (RFC 4151)
    contact = models.EmailField(blank=True, help_text="Where readers report errors and ask for takedowns.")

    class Meta:
        verbose_name = verbose_name_plural = "site's own words"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="site_is_one_row")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, in whose name feeds give out ids for good."""
        self.tag_authority = self.tag_authority or settings.TAG_AUTHORITY
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "Site":
        """The saved row, with what it leaves empty filled from the settings."""
        site = cls.objects.filter(pk=1).first() or cls(pk=1)
        site.title = site.title or settings.SITE_NAME
        site.tag_authority = site.tag_authority or settings.TAG_AUTHORITY
        site.subtitle = site.subtitle or "Who said what about this conflict, when, and according to whom."
        return site

    @classmethod
    def of(cls, request: HttpRequest, asked: Callable[[], "Site"] | None = None) -> "Site":
        """The same, asked for once a request: of the database, or of somebody who has asked before."""
        kept = vars(request)
        if "site" not in kept:
            kept["site"] = (asked or cls.current)()
        site: Site = kept["site"]
        return site
