"""Files that are brought in: the job, the file, how columns are read, whom names mean, and what each row became.

Statements that come in this way are drafts. Which claim a row became is kept, so that the same file twice changes
nothing.
"""

from django.db import models
from django.utils import timezone

from actors.models import Actor, Kind
from claims.models.claim import Claim
from claims.models.editorial import user_key
from conflict_site.base.fields import one_of


class ImportKind(models.TextChoices):
    """What a file is."""

    PACKAGE = "package", "Data package"
    TABLE = "table", "Table of statements"
    CLAIM_REVIEW = "claim_review", "ClaimReview"


class ImportState(models.TextChoices):
    """How far an import has come."""

    OPEN = "open", "Waits for its columns"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked"
    WRITING = "writing", "Being written"
    DONE = "done", "Done"


RUNNING = (ImportState.CHECKING, ImportState.WRITING)


class Import(models.Model):
    """A file brought to the desk, and how far it has come. ``report`` is what the last check or writing found."""

    name = models.CharField("file", max_length=200)
    kind = models.CharField(max_length=20, choices=ImportKind.choices)
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.OPEN, db_index=True)
    mapping = models.JSONField(default=dict, blank=True)
    leaves_out = models.BooleanField("leave out what is refused", default=False)
    report = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = user_key()
    token = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [one_of("import", "kind", ImportKind), one_of("import", "state", ImportState)]

    def __str__(self) -> str:
        return self.name


class ImportFile(models.Model):
    """The bytes of a file; apart, so that they are read only where they are needed."""

    job = models.OneToOneField(Import, primary_key=True, on_delete=models.CASCADE, related_name="file")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"file of {self.job_id}"


class Mapping(models.Model):
    """How the columns of files with this header are read; offered again for the next one."""

    header = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the names of the columns.")
    columns = models.JSONField(default=dict)

    def __str__(self) -> str:
        return ", ".join(map(str, self.columns.values()))


class NameAnswer(models.Model):
    """Whom a name in files means, as somebody has confirmed: an actor on file, or a new one of this name and kind."""

    name = models.CharField(max_length=300, unique=True)
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    written = models.CharField(max_length=200, blank=True, help_text="The name of the new actor.")
    kind = models.CharField(max_length=30, choices=Kind.choices, blank=True)
    answered_by = user_key()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor__isnull=False) | ~models.Q(kind="") & ~models.Q(written=""),
                name="name_answer_says_who",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.actor or self.kind}"


class ImportedRow(models.Model):
    """A statement of a file: its key, the digest of what the file said of it, and the claim that it became.

    ``version`` is the claim's after the import: another one now means that somebody has worked on it since.
    """

    key = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    job = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="rows")

    def __str__(self) -> str:
        return self.key
