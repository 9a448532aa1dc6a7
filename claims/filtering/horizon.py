"""As of when a page is read: what may have been said by one day, and what the site had published by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict

from claims.filtering.pages import PageNumber
from claims.filtering.parameters import Day, DayOnce, Option, shown
from conflict_site.base import edtf

TRACKING = ("fbclid", "gclid")
DAYS = ("as_of", "known_by")


def is_tracking(name: str) -> bool:
    """Whether a parameter is one that other sites append to links, which no page here reads."""
    return name.startswith("utm_") or name in TRACKING


def refuse_unknown(form: forms.Form, what: str) -> None:
    """Raises ValidationError that names the parameters for which the form has no field; ``what`` is "This page"."""
    unknown = [shown(name) for name in form.data if name not in form.fields and not is_tracking(name)]
    if unknown:
        raise forms.ValidationError(f"{what} has no parameter “{'”, “'.join(unknown[:5])}”.")


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a page looks: to the end of one day in what was said, and of another in what was published here.

    None is no limit. Of a month or a year the last day counts.
    """

    said: Day | None = None
    known: Day | None = None

    def __bool__(self) -> bool:
        return bool(self.said or self.known)

    def reaches(self, day: date) -> bool:
        """Whether what was said on a day is within the horizon, as far as what was said goes."""
        return self.said is None or day <= self.said.last

    def holds(self, path: str = "", day: str = "said") -> Q:
        """The condition on claims, or on what ``path`` leads from to one: "claim__".

        ``day`` is the fuzzy date that is possibly within the horizon, "" where there is none (as of positions).
        """
        found = Q()
        if self.said and day:
            found &= Q(**{f"{path}{day}_earliest__lte": self.said.last})
        if self.known:
            found &= Q(**{f"{path}published_at__date__lte": self.known.last})
        return found

    def evidence(self) -> Q:
        """The condition on the evidence of positions: the claim and the position are within the horizon."""
        return self.holds("claim__") & self.holds("position__", day="")

    @property
    def parameters(self) -> dict[str, str]:
        """What an address says of it, here and in the claims browser."""
        return {name: day.typed for name, day in zip(DAYS, (self.said, self.known), strict=True) if day}

    @property
    def record(self) -> dict[str, str | None]:
        """The last day of each limit as data, None where there is none."""
        days = zip(DAYS, (self.said, self.known), strict=True)
        return {name: day.last.isoformat() if day else None for name, day in days}

    @property
    def query(self) -> str:
        """The same as the end of an address: "?as_of=2025-03-03"; "" without a limit."""
        return ending(self.parameters)

    @property
    def words(self) -> str:
        """The limits in words: "As of 3 March 2025, with what was on file by the end of 2025"; "" without any."""
        known = f"ith what was on file by {_end(self.known)}" if self.known else ""
        if self.said:
            return f"As of {_end(self.said)}" + (f", w{known}" if known else "")
        return f"W{known}" if known else ""


class AsOfForm(forms.Form):
    """``as_of`` and ``known_by``: a day, month or year each. Unknown parameters are errors.

    ``path`` is the page's address without parameters. Pages that take more of them add fields.
    """

    offered: tuple[str, ...] = ()  # fields besides the days that are to be seen

    as_of = DayOnce("As of")
    known_by = DayOnce("Published here by")

    def __init__(self, data: QueryDict, path: str) -> None:
        super().__init__(data)
        self.path = path

    def clean(self) -> dict[str, Any]:
        """Refuse parameters that this page does not know."""
        refuse_unknown(self, "This page")
        return self.cleaned_data

    @property
    def horizon(self) -> Horizon:
        """How far the page looks; without a limit where the form is not valid."""
        return Horizon(*(self.cleaned_data[name] for name in DAYS)) if self.is_valid() else Horizon()

    def url(self, **changes: Any) -> str:
        """The canonical address of this page, with some parameters changed, and then on its first page.

        None takes a parameter away. Where the form is not valid it is the address of the plain page.
        """
        kept = self._written() if self.is_valid() else {}
        return self.path + ending(kept | ({"page": None} if changes else {}) | changes)

    @property
    def url_without_days(self) -> str:
        """The address without ``as_of`` and ``known_by``."""
        return self.url(**dict.fromkeys(DAYS))

    @property
    def others(self) -> list[tuple[str, str]]:
        """The parameters that a form of the two days alone has to keep."""
        written = self._written() if self.is_valid() else {}
        return [
            (name, value)
            for name, values in written.items()
            if name not in (*DAYS, "page")
            for value in (values if isinstance(values, list) else [values])
        ]

    @property
    def other_errors(self) -> list[str]:
        """What is wrong with parameters that have no field of their own on the page."""
        hidden = [name for name in self.errors if name not in (*DAYS, "__all__", *self.offered)]
        return [f"{self.fields[name].label}: {message}" for name in hidden for message in self.errors[name]]

    def _written(self) -> dict[str, Any]:
        """The parameters as an address has them, without those that say what goes without saying."""
        cleaned = {name: self.cleaned_data[name] for name in self.fields}
        return {name: _typed(value) for name, value in cleaned.items() if value and not self._is_default(name, value)}

    def _is_default(self, name: str, value: Any) -> bool:
        field = self.fields[name]
        return value == (field.default if isinstance(field, Option) else 1 if isinstance(field, PageNumber) else "")


def ending(parameters: Mapping[str, Any]) -> str:
    """The end of an address with these parameters, lists repeated and empty ones left out; "" without any."""
    given = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def _typed(value: Any) -> Any:
    return value.typed if isinstance(value, Day) else value


def _end(day: Day) -> str:
    words = edtf.parse(day.typed).words()
    return words if day.first == day.last else f"the end of {words}"
