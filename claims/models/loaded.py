"""What the data package last put into each row, so that a later load knows what a person has changed since."""

from django.db import models


class LoadedRow(models.Model):
    """A row of a table of the data package: its key and the digest of the values it was last loaded with."""

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=1500)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="loaded_row_once")]

    def __str__(self) -> str:
        return f"{self.table}: {self.key}"
