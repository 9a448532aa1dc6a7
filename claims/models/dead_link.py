"""Addresses of sources that led nowhere when they were last looked up."""

from typing import Any

from django.db import models
from django.utils import timezone

from claims.models.source import Source


class DeadLinkQuerySet(models.QuerySet[Any]):
    """Addresses that are dead."""

    def note(self, source: Source, *, is_dead: bool) -> None:
        """Note how the address of a source stands: since when it is dead, or no longer that it was."""
        known = self.filter(source=source)
        if not is_dead:
            known.delete()
        elif not known.filter(url=source.url).exists():
            known.delete()
            self.create(source=source, url=source.url)

    def current(self) -> "DeadLinkQuerySet":
        """Those that their source still has."""
        return self.filter(url=models.F("source__url"))


class DeadLink(models.Model):
    """An address that leads nowhere, and when that was found out. ``check_links`` writes it."""

    source = models.OneToOneField(Source, primary_key=True, on_delete=models.CASCADE, related_name="dead_link")
    url = models.URLField(max_length=500)
    found_at = models.DateTimeField(default=timezone.now)

    objects = DeadLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.url
