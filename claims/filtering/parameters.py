"""Form fields for the parameters of an address: each is read as it was repeated, and refused in words.

Only visible characters of a reasonable length get further, so that nothing a reader sends reaches a database that
would choke on it (NUL on PostgreSQL) or a page that it would garble (directions of writing turned round).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz import fuzz, process

from conflict_site.base import edtf, typed_dates
from conflict_site.base.text import tokens

MAX_LENGTH = 200
MAX_VALUES = 50
MAX_PHRASES = 5
MAX_WORDS = 12
MOST = 100_000
LONGEST_ADDRESS = 2000
SELECTED = mark_safe(" selected")
TURNS_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_plain(text: str) -> bool:
    """Whether the text holds neither control characters nor marks that turn the direction of writing."""
    return not any(char in TURNS_DIRECTION or unicodedata.category(char) in ("Cc", "Cs") for char in text)


def shown(text: str) -> str:
    """What a reader sent, fit to be printed again: cut short, with signs in place of what cannot be seen."""
    return "".join(char if is_plain(char) else "\ufffd" for char in text[:MAX_LENGTH])


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as ISO 8601 writes it, with its first and last day."""

    typed: str
    first: date
    last: date


class TextInput(forms.TextInput):
    """A text input that knows of every repetition of its parameter, and prints the first fit to be seen."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """All that was sent under this name."""
        values: list[str] = data.getlist(name)
        return values

    def format_value(self, value: Any) -> str | None:
        """The first value."""
        return shown(value[0]) if value else None


class Select(forms.Select):
    """A select that knows of every repetition of its parameter."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """All that was sent under this name."""
        values: list[str] = data.getlist(name)
        return values

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The HTML, with its rows as the stock widget writes them, which asks two templates for each of hundreds."""
        values = self.format_value(value)
        chosen = next((each for each, _ in self.choices if str(each) in values), None)
        rows = ((each, SELECTED if each == chosen else "", label) for each, label in self.choices)
        options = format_html_join("", '\n  <option value="{}"{}>{}</option>\n', rows)
        frame = forms.Select(self.attrs).render(name, value, attrs, renderer)
        return mark_safe(frame.replace("\n</select>", f"{options}\n</select>"))  # noqa: S308 (both are escaped)


class Several(forms.Field):
    """A parameter that may be repeated. Cleaned: its different values, without blank ones."""

    widget: Any = TextInput
    most = MAX_VALUES

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: list[str] | None) -> Any:
        """The values; raises ValidationError for too many, too long ones, and for what cannot be seen."""
        values = [item.strip() for item in value or [] if item.strip()]
        if len(values) > self.most:
            raise forms.ValidationError(f"Give {self.most} at most.")
        for item in values:
            if len(item) > MAX_LENGTH:
                raise forms.ValidationError(f"This is too long; {MAX_LENGTH} characters are the most.")
            if not is_plain(item):
                raise forms.ValidationError("This holds characters that cannot be seen. Type it anew.")
        return list(dict.fromkeys(values)) if self.most > 1 else values


class Listed(Several):
    """Values out of a fixed list."""

    def __init__(self, label: str, choices: Mapping[str, str]) -> None:
        super().__init__(label)
        self.choices = choices

    def to_python(self, value: list[str] | None) -> Any:
        """The values; raises ValidationError for one that is not on the list, with the nearest that is."""
        values = super().to_python(value)
        for item in values:
            if item not in self.choices:
                raise forms.ValidationError(f"“{item}” is none of the choices. {_offer(item, self.choices)}")
        return values


class Phrases(Several):
    """Words to look for; each value is a search of its own."""

    most = MAX_PHRASES

    def to_python(self, value: list[str] | None) -> Any:
        """The searches; raises ValidationError for one without a word or with too many."""
        values = super().to_python(value)
        for item in values:
            words = len(tokens(item))
            if not words:
                raise forms.ValidationError(f"“{item}” holds no word to look for.")
            if words > MAX_WORDS:
                raise forms.ValidationError(f"These are {words} words; {MAX_WORDS} are the most.")
        return values


class Once(Several):
    """A parameter that may stand once. Cleaned: its value, or "" without one."""

    most = 1

    def to_python(self, value: list[str] | None) -> Any:
        """The value; raises ValidationError where it is repeated."""
        values = super().to_python(value)
        return values[0] if values else ""


class DayInput(TextInput):
    """A text input for a day, month or year; scripts offer a calendar beside it."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "data-day": ""})


class DayOnce(Once):
    """A day, month or year, however it is typed. Cleaned: a ``Day``, or None without one.

    Of a season the first month counts where the field begins a period, else the last.
    """

    widget = DayInput

    def __init__(self, label: str, *, begins: bool = False) -> None:
        super().__init__(label)
        self.begins = begins

    def to_python(self, value: list[str] | None) -> Any:
        """The day; raises ValidationError for anything else."""
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            understood = typed_dates.read(typed)[0 if self.begins else 1]
            return Day(understood, *edtf.bounds(understood))
        except edtf.InvalidDate as error:
            raise forms.ValidationError(str(error)) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the field shows: the date as it was understood, or else what was typed."""
        try:
            day = self.to_python(data)
        except forms.ValidationError:
            return data
        return [day.typed] if day else data


class Whole(Once):
    """A whole number from 1. Cleaned: the number, or None without one."""

    def to_python(self, value: list[str] | None) -> Any:
        """The number; raises ValidationError for anything else."""
        typed = super().to_python(value)
        if typed and not (typed.isascii() and typed.isdecimal() and 0 < int(typed) <= MOST):
            raise forms.ValidationError(f"Give a whole number from 1 to {MOST}.")
        return int(typed) if typed else None


class Address(Several):
    """The address of a page, which has to be given. Cleaned: the address as it is, of whatever site."""

    most = 1

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.required = True

    def to_python(self, value: list[str] | None) -> Any:
        """The address; raises ValidationError for several, and for one that is longer than any here."""
        given = value or []
        if len(given) > 1 or len("".join(given)) > LONGEST_ADDRESS:
            raise forms.ValidationError(f"Give one address, of {LONGEST_ADDRESS} characters at most.")
        return "".join(given)


class Option(Once):
    """One out of a fixed list, the first of which counts where none is chosen."""

    widget = Select

    def __init__(self, label: str, choices: Mapping[str, str]) -> None:
        super().__init__(label)
        self.choices = choices
        self.widget.choices = list(choices.items())
        self.default = next(iter(choices))

    def to_python(self, value: list[str] | None) -> Any:
        """The option; raises ValidationError for one that is not on the list."""
        chosen = super().to_python(value) or self.default
        if chosen not in self.choices:
            raise forms.ValidationError(f"“{chosen}” is none of the choices. {_offer(chosen, self.choices)}")
        return chosen


def _offer(item: str, choices: Mapping[str, str]) -> str:
    near = process.extractOne(item, list(choices), scorer=fuzz.ratio, score_cutoff=60)
    return f"Did you mean {near[0]}?" if near else f"Choose from {', '.join(choices)}."
