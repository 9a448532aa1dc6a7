"""Rows that were found to stand twice, and were merged into another: they stay on file, and appear nowhere."""

from typing import Any

from django.db import models


class Mergeable(models.Model):
    """A row that can be merged into another one of its table. Its own slug is then no address any more."""

    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class Standing(models.Manager[Any]):
    """The rows that stand: not those that were merged into others, which ``_base_manager`` has too."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(merged_into=None)


def slug_of_merged(row: models.Model) -> str:
    """The slug that a merged row has, which no form takes."""
    return f"merged:{row.pk}"
