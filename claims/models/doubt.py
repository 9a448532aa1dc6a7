"""What looks like an error in what is typed, and the reasons for which it was kept nevertheless."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from claims.models.editorial import user_key
from conflict_site.base.text import fold, tokens

LOST = ("not_found", "ambiguous")  # of CitationStatus; checks have outcomes of the same names


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looks like an error: the field beside which it is said, what sort it is, and the words for it.

    ``about`` is the text or row that it rests on: where that changes, it is another doubt and takes another reason.
    ``record`` is the other row that it speaks of, if any.
    """

    field: str
    code: str
    words: str
    about: str = ""
    record: models.Model | None = None

    @property
    def key(self) -> str:
        """32 hexadecimal digits that tell it from other doubts about the same row."""
        told = "\n".join((self.field, self.code, self.about or self.words))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


class OverruledQuerySet(models.QuerySet["Overruled"]):
    """Doubts that were overruled."""

    def about(self, thing: models.Model) -> "OverruledQuerySet":
        """Those about one row."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def keep(self, thing: models.Model, doubts: Iterable[Doubt], *, reason: str, by: Any = None) -> None:
        """Keep the reason for which these doubts about a row count for nothing."""
        kind = ContentType.objects.get_for_model(thing)
        for doubt in doubts:
            told = {"field": doubt.field, "code": doubt.code, "words": doubt.words, "reason": reason, "by": by}
            self.update_or_create(content_type=kind, object_id=thing.pk, key=doubt.key, defaults=told)


class Overruled(models.Model):
    """A doubt about a row, and the reason for which it was kept as it is. Read by the reviewer, never in public."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    key = models.CharField(max_length=32)
    field = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    words = models.TextField()
    reason = models.CharField(max_length=300)
    by = user_key()
    at = models.DateTimeField(default=timezone.now)

    objects = OverruledQuerySet.as_manager()

    class Meta:
        verbose_name = "warning answered"
        verbose_name_plural = "warnings answered"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "key"], name="overruled_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="overruled_says_why"),
        ]

    def __str__(self) -> str:
        return self.words


def lost_passages(claim: Any) -> list[Doubt]:
    """A doubt for each passage that does not stand in one place of the text held; none of sources taken down."""
    lost = claim.citations.filter(status__in=LOST, source__taken_down_at=None).select_related("source")
    return [_lost(one) for one in lost]


def _lost(citation: Any) -> Doubt:
    words = f"A passage is {citation.get_status_display().lower()} in the text held of “{citation.source}”."
    return Doubt("exact", "lost", words, about=f"{citation.source_id} {citation.exact}")


def check_passages(claim: Any) -> None:
    """Raise ValidationError where a claim rests on a passage that is lost and nobody said why it is kept."""
    overruled = {*Overruled.objects.about(claim).values_list("key", flat=True)}
    for doubt in lost_passages(claim):
        if doubt.key not in overruled:
            raise ValidationError(f"{doubt.words} Mend it, or say in the claim’s form why it stays.")


class JudgingWord(models.Model):
    """A word or two that judge or colour what they tell of; the desk asks whether they belong in a claim's content."""

    word = models.CharField(max_length=60, unique=True, help_text="In any form: “insist” is found in “insisted” too.")
    instead = models.CharField(
        max_length=100, blank=True, help_text="A neutral word to be offered in its place, where there is one."
    )

    class Meta:
        verbose_name = "loaded word"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """One spelling, in small letters; raises ValidationError where it has no letter."""
        self.word = " ".join(fold(self.word).split())
        if not tokens(self.word):
            raise ValidationError({"word": "Type a word."})
