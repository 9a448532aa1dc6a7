"""Model fields that derive a column from another one of the same row."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from conflict_site.base import edtf
from conflict_site.base.languages import validate_language
from conflict_site.base.names import name_start
from conflict_site.base.text import fold


def validate_edtf(value: str) -> None:
    """Refuse what is not a date of the EDTF subset, in words a curator can act on."""
    try:
        edtf.parse(value)
    except edtf.InvalidDate as error:
        raise ValidationError(str(error)) from error


class LanguageField(models.CharField):
    """The code of a language. To the database, and so to migrations, it is a plain text of three letters."""

    default_validators = [validate_language]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 3, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class FoldedField(models.CharField):
    """The folded form of another column (``conflict_site.base.text.fold``), written at every save and bulk create."""

    def __init__(self, source: str = "", **kwargs: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 300, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class StartField(FoldedField):
    """The first words of a name in another column, by which a text's words are looked up among many names.

    ``of`` says which: of the whole name, of the surname in a name as a directory sorts it, or the surname alone of
    another spelling (its last word, mostly).
    """

    def __init__(self, source: str = "", of: str = "name", **kwargs: Any) -> None:
        self.of = of
        super().__init__(source, **{"db_index": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = name_start(getattr(model_instance, self.source), self.of)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class BoundField(models.DateField):
    """The first or last day that an EDTF column allows (null = open), written at every save and bulk create."""

    def __init__(self, source: str = "", bound: str = "earliest", **kwargs: Any) -> None:
        self.source, self.bound = source, bound
        super().__init__(**{"null": True, "blank": True, "editable": False, "db_index": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source, "bound": self.bound}

    def pre_save(self, model_instance: models.Model, add: bool) -> date | None:
        typed = getattr(model_instance, self.source)
        value = getattr(edtf.parse(typed), self.bound) if typed else None
        setattr(model_instance, self.attname, value)
        return value


class Fuzzy:
    """A fuzzy date ``x`` as four columns: ``x_text``, ``x_edtf``, ``x_earliest`` and ``x_latest``.

    Reading ``row.x`` gives an ``edtf.FuzzyDate``, or None when no date is recorded.
    """

    def __init__(self, label: str, help_text: str = "") -> None:
        self.label, self.help_text = label, help_text

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        self.name = name
        columns: dict[str, models.Field[Any, Any]] = {
            "edtf": models.CharField(
                self.label,
                max_length=40,
                blank=True,
                validators=[validate_edtf],
                help_text=self.help_text
                or "For example 2024-01-15, 2024-01, 2024~, [2024-01-11..2024-01-20], 2024-03/..",
            ),
            "text": models.CharField(
                f"{self.label}, in the source's words",
                max_length=300,
                blank=True,
            ),
            "earliest": BoundField(source=f"{name}_edtf", bound="earliest"),
            "latest": BoundField(source=f"{name}_edtf", bound="latest"),
        }
        for suffix, field in columns.items():
            cls.add_to_class(f"{name}_{suffix}", field)
        setattr(cls, name, self)

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        typed = getattr(row, f"{self.name}_edtf")
        return edtf.parse(typed, getattr(row, f"{self.name}_text")) if typed else None


def in_order(model: str, name: str) -> models.CheckConstraint:
    """The constraint that a fuzzy date's first day is not after its last."""
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    condition = (
        Q(**{f"{earliest}__isnull": True}) | Q(**{f"{latest}__isnull": True}) | Q(**{f"{earliest}__lte": F(latest)})
    )
    return models.CheckConstraint(condition=condition, name=f"{model}_{name}_in_order")


def one_of(model: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The constraint that a column holds one of its choices."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=f"{model}_{field}_known")
