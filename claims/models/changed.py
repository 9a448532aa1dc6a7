"""What the read model of the claims browser has to read again. Written by triggers alone, so that nothing slips by."""

from django.db import models


class Changed(models.TextChoices):
    """What an entry is about."""

    CLAIM = "claim", "A claim, or a row that hangs on it"
    SOURCE = "source", "The sort, publisher or date of a source"
    TERM = "term", "A row of a small table: actors, issues, sources, events"
    PAGE = "page", "What only pages show: names, roles, texts, the log"
    EVERYTHING = "everything", "More than can be told"


class ChangedRow(models.Model):
    """A row that has changed: a log of which the newest entries are kept (see the migration that made it).

    Numbers can be given twice: by a transaction after one that was rolled back, or in a restored backup. The token,
    a random number, tells such entries apart.
    """

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Changed.choices)
    key = models.BigIntegerField()
    token = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind} {self.key}"
