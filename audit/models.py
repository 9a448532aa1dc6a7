"""The entries of the audit. Triggers alone write them."""

from django.db import models


class Operation(models.TextChoices):
    """What was done to a row."""

    INSERT = "insert", "Added"
    UPDATE = "update", "Changed"
    DELETE = "delete", "Deleted"
    FOUND = "found", "Found"  # when the triggers were set up: it was there, or as it is, without their having seen it


class Entry(models.Model):
    """One change of one row: when it was saved, by whom, what stood there before and stands there since, as JSON.

    ``seq`` counts from 1 without a gap. ``hash`` is the SHA-256 of all the other columns, among which ``prev`` is the
    hash of the entry before. On PostgreSQL both, and ``at``, are given at the end of the transaction; until then
    ``seq`` is negative.
    """

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.BigIntegerField("account", null=True, blank=True, db_index=True)  # no link: it outlives the account
    who = models.TextField()
    table = models.TextField()
    operation = models.TextField(choices=Operation.choices)
    key = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    prev = models.TextField(blank=True)
    hash = models.TextField(blank=True)

    class Meta:
        default_permissions = ("view",)
        ordering = ["-seq"]
        verbose_name = "entry of the audit"
        verbose_name_plural = "audit"
        indexes = [models.Index(fields=["table", "key", "seq"], name="audit_of_row")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.get_operation_display().lower()}, {self.table} {self.key}"
