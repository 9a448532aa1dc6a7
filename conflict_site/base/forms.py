"""How the desk asks for texts, fuzzy dates and other rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.html import format_html

from conflict_site.base.fields import Fuzzy


class Text(forms.CharField):
    """Text of several lines, with the line feeds that files have instead of what browsers send."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class FuzzyForm(forms.ModelForm):
    """A form that says beside each fuzzy date how the stored one reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, dated in vars(type(self.instance)).items():
            field = self.fields.get(f"{name}_edtf") if isinstance(dated, Fuzzy) else None
            stored = getattr(self.instance, name) if field else None
            if field and stored:
                field.help_text = format_html("Reads: <strong>{}</strong>. {}", stored.words(), field.help_text)


def is_key(value: str) -> bool:
    """Whether a value can be a primary key: a number of 64 bits."""
    return len(value) < 19 and value.isdecimal()


class PickOne(AutocompleteSelect):
    """The stock widget, which asks the database for whatever stands in the address."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class PickSeveral(AutocompleteSelectMultiple):
    """The same for several; a value that can be no key is refused as such."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [key if is_key(key) else "?" for key in super().value_from_datadict(data, files, name) or []]

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(key)], attr)
