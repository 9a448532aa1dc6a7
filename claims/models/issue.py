"""The questions on which statements are compared, and the answers found to each."""

from django.db import models

from conflict_site.base.addresses import address
from conflict_site.base.merged import Mergeable, Standing


class Issue(Mergeable):
    """A topic of the site, as a neutral question: "Should a ceasefire come before a settlement?"."""

    slug = models.SlugField("id", max_length=80, unique=True)
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=300, help_text="Neutral: no answer should sound like the right one.")
    scope_note = models.CharField(max_length=500, blank=True, help_text="Which statements belong here.")
    order = models.PositiveIntegerField(default=0, db_index=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = Standing()

    class Meta:
        ordering = ["order", "slug"]
        constraints = [models.CheckConstraint(condition=~models.Q(question=""), name="issue_asks_something")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("claims:issue", self.slug)


class Stance(models.Model):
    """One possible answer to one issue. Answers of different issues share no scale."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="stances")
    slug = models.SlugField("id", max_length=80)
    label = models.CharField(max_length=120)
    order = models.PositiveIntegerField(default=1, help_text="Chooses the texture in charts; says nothing of weight.")

    class Meta:
        ordering = ["issue", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "slug"], name="stance_once_an_issue"),
            models.UniqueConstraint(fields=["issue", "order"], name="stance_order_once_an_issue"),
            models.CheckConstraint(
                condition=models.Q(order__range=(1, 8)),
                name="stance_order_up_to_eight",
                violation_error_message="Answers are numbered from 1 to 8.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
