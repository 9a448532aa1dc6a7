"""The day as of which a page is read."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conflict_site import edtf

TRACKING = ("fbclid", "gclid")


def is_tracking(name: str) -> bool:
    """Whether a parameter is one that other sites append to links, which no page here reads."""
    return name.startswith("utm_") or name in TRACKING


class AsOfForm(forms.Form):
    """``as_of``: a day, month or year; the last day of it counts. Without it, today. Unknown parameters are errors."""

    as_of = forms.CharField(label="As of", required=False, max_length=20)

    def __init__(self, data: QueryDict) -> None:
        super().__init__({"as_of": data.get("as_of", "")})
        self.query = data

    def clean_as_of(self) -> date:
        """The day; raises ValidationError for what is no date, or for more than one."""
        typed = self.cleaned_data["as_of"]
        if len(self.query.getlist("as_of")) > 1:
            raise forms.ValidationError("Give one day, not several.")
        if not typed:
            return timezone.now().date()
        try:
            return edtf.bounds(typed)[1]
        except edtf.InvalidDate as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Refuse parameters that this page does not know."""
        unknown = [name for name in self.query if name != "as_of" and not is_tracking(name)]
        if unknown:
            raise forms.ValidationError(f"This page has no parameter {', '.join(unknown)!r}. Clear it to go on.")
        return self.cleaned_data

    @property
    def day(self) -> date:
        """The day asked for; only after ``is_valid()``."""
        day: date = self.cleaned_data["as_of"]
        return day
