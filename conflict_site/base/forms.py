"""How the desk asks for texts, fuzzy dates and other rows."""

from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from conflict_site.base.fields import Fuzzy
from conflict_site.base.languages import LANGUAGES

LIST_OF_LANGUAGES = "languages"


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


class Numbered(BaseInlineFormSet):
    """Rows with an ``order``: where none is typed they take the next numbers, as they stand."""

    def full_clean(self) -> None:
        typed = [str(form["order"].value() or "") for form in self.forms] if self.is_bound else []
        self.numbers = count(max((int(number) for number in typed if is_key(number)), default=0) + 1)
        super().full_clean()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        order = form.fields.get("order")  # not there for those who only read
        if order:
            order.required, order.help_text = False, "Left empty, it is the next."
            order.initial = form.instance.order if form.instance.pk else None
            form.clean_order = lambda: self._number(form.cleaned_data["order"])

    def _number(self, typed: int | None) -> int:
        return next(self.numbers) if typed is None else typed


class LanguageInput(AdminTextInputWidget):
    """A language's code; the list of them all stands once on the page (``language_list``)."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"list": LIST_OF_LANGUAGES, "size": 5, "autocomplete": "off", **(attrs or {})})


@cache
def language_list() -> SafeString:
    """The codes and names of all languages, as the suggestions of an input."""
    named = sorted(LANGUAGES.items(), key=lambda pair: pair[1])
    options = format_html_join("", '<option value="{}">{}</option>', named)
    return format_html('<datalist id="{}">{}</datalist>', LIST_OF_LANGUAGES, options)


def is_key(value: str) -> bool:
    """Whether a value can be a primary key: a number of 64 bits."""
    return len(value) < 19 and value.isdecimal()


class PickOne(AutocompleteSelect):
    """The stock widget, which asks the database for whatever stands in the address."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class PickAnother(PickOne):
    """The same, which offers all but one row: the one that the page is about."""

    def __init__(self, *args: Any, leave_out: str, **kwargs: Any) -> None:
        self.leave_out = leave_out
        super().__init__(*args, **kwargs)

    def get_url(self) -> str:
        return f"{super().get_url()}?{urlencode({'leave_out': self.leave_out})}"


class PickSeveral(AutocompleteSelectMultiple):
    """The same for several; a value that can be no key is refused as such."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [key if is_key(key) else "?" for key in super().value_from_datadict(data, files, name) or []]

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(key)], attr)
