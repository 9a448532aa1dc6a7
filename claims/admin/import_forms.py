"""What is asked of somebody who brings in a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import pluralize

from actors.models import Actor, Kind
from claims.dossier import PackageError
from claims.imports import (
    FIELDS,
    LARGEST_FILE,
    ORDERS,
    What,
    check_size,
    keep_spellings,
    kind_of,
    mapping_for,
    read_header,
)
from claims.models import ImportKind

MOST_LISTED = 20
NEW = "new:"
NEW_ONES = [(f"{NEW}{kind.value}", f"New here: {kind.label.lower()}") for kind in Kind if kind != Kind.UNNAMED]


class UploadForm(forms.Form):
    """A file, read so far that it is known to be one that can be brought in."""

    file = forms.FileField(
        max_length=200,
        help_text=f"A table of statements (CSV, XLSX), ClaimReview (JSON, JSON-LD) or a data package (ZIP); at most "
        f"{LARGEST_FILE // 1_000_000} MB. What it brings is draft.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            try:
                cleaned["kind"] = kind_of(file.name)
                cleaned["data"] = file.read(LARGEST_FILE + 1)
                check_size(file.name, cleaned["data"])
                if cleaned["kind"] == ImportKind.TABLE:
                    header = read_header(file.name, cleaned["data"])
                    cleaned["mapping"] = {**mapping_for(header), "header": header}
            except PackageError as error:
                self.add_error("file", str(error).splitlines()[:MOST_LISTED])
        return cleaned


class ColumnsForm(forms.Form):
    """Which column holds what, and how dates are written. ``initial`` is a mapping."""

    def __init__(self, header: list[str], data: Any = None, *, initial: Any = None) -> None:
        given = initial or {}
        super().__init__(data, initial={**given.get("columns", {}), "dates": given.get("dates", "as_written")})
        choices = [("", "in no column"), *((name, name) for name in header)]
        for each in FIELDS:
            self.fields[each.name] = forms.ChoiceField(label=each.label, choices=choices, required=each.is_needed)
        self.fields["dates"] = forms.ChoiceField(
            label="Dates in numbers are read", choices=[*ORDERS.items()], required=False
        )

    def mapping(self) -> dict[str, Any]:
        """The mapping that was chosen."""
        columns = {each.name: self.cleaned_data[each.name] for each in FIELDS if self.cleaned_data[each.name]}
        return {"columns": columns, "dates": self.cleaned_data["dates"] or "as_written"}


class ActorField(forms.CharField):
    """An actor on file, by name or id."""

    def clean(self, value: Any) -> Actor | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = list(Actor.objects.filter(slug=typed)[:1] or Actor.objects.filter(name__iexact=typed)[:2])
        if len(found) != 1:
            raise ValidationError("Nobody, or more than one, on file has this name; type the id from the actor’s page.")
        return found[0]


class NamesForm(forms.Form):
    """For each name that means nobody for certain: one of the actors it may mean, another, or a new one."""

    def __init__(self, questions: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        names = dict(
            Actor.objects.filter(pk__in={pk for one in questions for pk in one["offers"]}).values_list("pk", "name")
        )
        for number, one in enumerate(questions):
            offers = [(str(pk), names[pk]) for pk in one["offers"] if pk in names]
            choices = [("", "Not answered yet"), *offers, *NEW_ONES]
            spelt = ", ".join(f"“{name}”" for name in one["spellings"][:5])
            label = f"{spelt} ({one['rows']} row{pluralize(one['rows'])})"
            self.fields[f"who-{number}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.fields[f"else-{number}"] = ActorField(
                label=f"{one['name']}: somebody else on file (name or id)", required=False, max_length=200
            )

    def pairs(self) -> list[Any]:
        """The two fields of each question."""
        return [(self[f"who-{number}"], self[f"else-{number}"]) for number in range(len(self.questions))]

    def keep(self, by: Any) -> None:
        """Keep the answers."""
        for number, one in enumerate(self.questions):
            who, other = self.cleaned_data[f"who-{number}"], self.cleaned_data[f"else-{number}"]
            if other or (who and not who.startswith(NEW)):
                keep_spellings(one["spellings"], one["name"], by=by, actor=other.pk if other else int(who))
            elif who:
                keep_spellings(one["spellings"], one["name"], by=by, kind=who.removeprefix(NEW))


class AnswerForm(forms.Form):
    """Whom one name means."""

    name = forms.CharField(label="The name as the file has it", max_length=300)
    actor = ActorField(label="means (name or id)", max_length=200)

    def keep(self, by: Any) -> None:
        """Keep the answer."""
        name, actor = self.cleaned_data["name"], self.cleaned_data["actor"]
        keep_spellings([name], name, by=by, actor=actor.pk)


class PreviewForm(forms.Form):
    """Which rows of the preview are shown."""

    what = forms.ChoiceField(choices=[("", "all"), *((one.value, one.value) for one in What)], required=False)
    p = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        cleaned = self.cleaned_data if self.is_valid() else {}
        self.chosen, self.number = cleaned.get("what") or "", cleaned.get("p") or 1
