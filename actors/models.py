"""Who can be said to have spoken. The ground floor: knows nobody.

Actor covers Popolo's Person and Organization (popoloproject.com) in one table; Affiliation is Popolo's Membership.
"""

from django.db import models

from actors.querysets import ActorQuerySet, AffiliationQuerySet
from conflict_site.base.addresses import address
from conflict_site.base.fields import FoldedField, Fuzzy, LanguageField, StartField, in_order, one_of
from conflict_site.base.merged import Mergeable, Standing
from conflict_site.base.names import surname_first

ActorManager = Standing.from_queryset(ActorQuerySet)


class Kind(models.TextChoices):
    """What an actor is. Publishers are actors too."""

    PERSON = "person", "Person"
    STATE = "state", "State"
    GOVERNMENT_BODY = "government_body", "Government body"
    ARMED_FORCE = "armed_force", "Armed force"
    INTERNATIONAL_ORGANISATION = "international_organisation", "International organisation"
    PARTY = "party", "Party"
    COMPANY = "company", "Company"
    MEDIA = "media", "Media"
    COLLECTIVE = "collective", "Collective"
    UNNAMED = "unnamed", "Unnamed"


class Actor(Mergeable):
    """Anybody who can be said to have spoken: a person, a state, a body, "Western leaders", "a senior official"."""

    slug = models.SlugField("id", max_length=80, unique=True, help_text="Part of the page's address.")
    name = models.CharField(max_length=200)
    name_in_text = models.CharField(
        "name inside a sentence",
        max_length=200,
        blank=True,
        help_text="Where it differs from the name: “the White House”, “unnamed reports”.",
    )
    sort_name = models.CharField(
        max_length=200, blank=True, help_text="Empty: made from the name, for persons with the surname first."
    )
    kind = models.CharField(max_length=30, choices=Kind.choices)
    description = models.CharField(max_length=500, blank=True, help_text="One neutral line.")
    wikidata_id = models.CharField("Wikidata id", max_length=20, blank=True, help_text="Only where certain: Q7747.")
    folded = FoldedField(source="name")
    sort_key = FoldedField(source="sort_name", db_index=True)
    name_start = StartField(source="name")
    surname_start = StartField(source="sort_name", of="surname")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ActorManager()

    class Meta:
        ordering = ["sort_key", "slug"]
        constraints = [
            one_of("actor", "kind", Kind),
            models.CheckConstraint(condition=~models.Q(name=""), name="actor_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with a sort name made from the name where none was given."""
        self.fill_sort_name()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return address("actors:detail", self.slug)

    def fill_sort_name(self) -> None:
        """Make the sort name from the name where none was given."""
        if not self.sort_name:
            self.sort_name = surname_first(self.name) if self.kind == Kind.PERSON else self.name

    @property
    def sentence_name(self) -> str:
        """The name as it reads inside a sentence: "the White House"."""
        return self.name_in_text or self.name

    @property
    def is_unnamed(self) -> bool:
        """Whether the actor stands for somebody whom no source names."""
        return self.kind == Kind.UNNAMED


class ActorName(models.Model):
    """Another spelling of an actor's name, in any script; search and import match on it."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    language = LanguageField(blank=True, help_text="ISO 639 code, empty when not known: ru, uk.")
    folded = FoldedField(source="name", db_index=True)
    name_start = StartField(source="name")
    last_word = StartField(source="name", of="last")

    class Meta:
        verbose_name = "other name"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_once")]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A role that a person holds in a state or body, with its dates where known."""

    person = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=200)
    start = Fuzzy("start")
    end = Fuzzy("end")

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["person", "start_earliest", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role"], name="affiliation_once"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("organisation")),
                name="affiliation_of_two",
                violation_error_message="Nobody is a member of oneself.",
            ),
            in_order("affiliation", "start"),
            in_order("affiliation", "end"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"

    @property
    def dates(self) -> str:
        """The role's dates in words: "2019 – 2020", "since 20 May 2019", "dates not recorded"."""
        if self.start and self.end:
            return f"{self.start.short()} – {self.end.short()}"
        if self.start:
            return f"since {self.start.words()}"
        if self.end:
            return f"until {self.end.words()}"
        return "dates not recorded"
