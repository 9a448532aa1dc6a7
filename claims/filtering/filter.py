"""The filter of claims: the one form that reads a request's parameters, what it finds, and its address.

Values of one parameter widen it (or), parameters narrow each other (and), ``not_…`` leaves out. What the form does not
know is an error beside the field, and an invalid filter finds nothing: never silently everything.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from claims.filtering import vocabulary
from claims.filtering.clocks import CLOCKS
from claims.filtering.cursors import SORTS, Cursor, InvalidCursor, Notation, notation
from claims.filtering.dimensions import DIMENSIONS, ROLES, Dimension
from claims.filtering.horizon import is_tracking
from claims.filtering.parameters import DayOnce, Listed, Once, Option, Phrases, Several, is_plain, shown
from claims.readmodel import Found, Selection, current
from conflict_site.base import edtf

MATCHES = {"possible": "Include", "certain": "Leave out"}


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One condition that a reader set: what it compares, how it reads, and the parameters that write it."""

    name: str
    key: Any
    label: str
    pairs: tuple[tuple[str, str], ...]
    excluded: bool = False

    @property
    def value(self) -> str:
        """The value as the address writes it."""
        return self.pairs[0][1]


class ClaimFilter(forms.Form):
    """A filter of claims, from the parameters of a request. ``path`` is the address of the list it filters.

    ``published`` is all that it filters, where somebody has asked for that already.
    """

    actor = Once("Actor")
    role = Option("Role of the actor", ROLES)
    said_from = DayOnce("From", begins=True)
    said_to = DayOnce("To")
    match = Option("Uncertain dates", MATCHES)
    clock = Option("By the date it was", CLOCKS)
    as_of = DayOnce("As of")
    known_by = DayOnce("Published here by")
    sort = Option("Sort by", SORTS)
    after = Once("Page")

    def __init__(self, data: QueryDict, path: str = "", published: Found | None = None) -> None:
        super().__init__(data)
        if published is not None:
            self.published = published
        self.path = path or reverse("claims:list")
        self.choices: list[Choice] = []
        self.cursor: Cursor | None = None
        self.near: dict[str, list[Choice]] = {}
        for name, dimension, _ in _twins():
            self.fields[name] = _field(dimension)

    def clean(self) -> dict[str, Any]:
        """Refuse what is unknown, not public, or at odds with itself; raises nothing, adds errors to their fields."""
        self._refuse_unknown_parameters()
        self._refuse_contradictions()
        self.choices = [*self._dimension_choices(), *self._date_choices()]
        self._read_cursor()
        self._offer_orders()
        return self.cleaned_data

    @cached_property
    def published(self) -> Found:
        """All published claims, in the read model as it stood when it was first asked: one request, one answer."""
        return current()

    def chosen(self, name: str) -> list[Choice]:
        """The conditions on one dimension, those that leave out among them."""
        return [choice for choice in self.choices if choice.name == name]

    def url(
        self,
        *,
        without: Collection[Choice] = (),
        plus: Collection[tuple[str, str]] = (),
        page: str = "",
        path: str = "",
        sort: str = "",
    ) -> str:
        """The address of this filter in its canonical form: without some conditions, with more parameters, of a page.

        ``path`` is for another list than the filter's own, ``sort`` for another order.
        """
        pairs = [pair for choice in self.choices if choice not in without for pair in choice.pairs]
        pairs += [pair for pair in plus if pair not in pairs]
        pairs += [(name, value) for name, value in self._options(sort or self.chosen_sort) if value]
        pairs += [("after", page)] if page else []
        path = path or self.path
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def url_toggled(self, name: str, value: str) -> str:
        """The address with a value looked for, or, where it is, no longer."""
        chosen = [choice for choice in self.chosen(name) if choice.value == value and not choice.excluded]
        return self.url(without=chosen, plus=() if chosen else [(name, value)])

    def url_of_period(self, typed: str) -> str:
        """The address with a day, month or year as its range of dates."""
        before, after = self._around_period
        return f"{before}said_from={typed}&said_to={typed}{after}"

    def url_instead(self, name: str, choice: Choice) -> str:
        """The address of an invalid filter's valid parameters, with a choice in place of what one of them holds."""
        return f"{self.path}?{urlencode([*self.carried([name]), *choice.pairs])}"

    @property
    def chosen_clock(self) -> str:
        """The clock that dates and orders go by. Only of a valid filter, as all that follows."""
        return str(self.cleaned_data["clock"])

    @cached_property
    def selection(self) -> Selection:
        """What it finds in the read model."""
        return Selection(self.published, self.chosen_clock, self.choices)

    @property
    def chosen_sort(self) -> str:
        """The order asked for; best match without words to match is newest first."""
        sort = str(self.cleaned_data["sort"])
        return "newest" if sort == "relevance" and not self.cleaned_data["q"] else sort

    @property
    def notation(self) -> Notation:
        """How a place in the list is written."""
        return notation(self.chosen_sort)

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and last day of the range of dates asked for; None is open."""
        start, end = self.cleaned_data["said_from"], self.cleaned_data["said_to"]
        return (start.first if start else None, end.last if end else None)

    def sent(self, name: str) -> list[str]:
        """What was sent under a name, fit to be printed again."""
        return [shown(value) for value in self.data.getlist(name) if value.strip()]  # type: ignore[attr-defined]

    @property
    def typed_words(self) -> list[str]:
        """The searches as they were typed, one field for each, and one where there are none."""
        return self.sent("q") or [""]

    def carried(self, drawn: Collection[str]) -> list[tuple[str, str]]:
        """The valid parameters in use that a page must hide in its form, as it draws no control for them."""
        names = [name for name in self.fields if name in self.cleaned_data and name not in ("after", *drawn)]
        return [(name, value) for name in names for value in dict.fromkeys(self.sent(name))]

    def without_errors(self) -> "ClaimFilter":
        """The filter of the valid parameters of an invalid one; where they are at odds with each other it is none."""
        return ClaimFilter(QueryDict(urlencode(self.carried(())), encoding="utf-8"), self.path, self.published)

    @cached_property
    def _around_period(self) -> tuple[str, str]:
        """What stands before and behind the range in the address: a page draws it for dozens of ranges."""
        pairs = [pair for choice in self.choices if choice.name != "said" for pair in choice.pairs]
        options = [(name, value) for name, value in self._options(self.chosen_sort) if value]
        before, after = urlencode(pairs), urlencode(options)
        return f"{self.path}?{before}{'&' if before else ''}", f"{'&' if after else ''}{after}"

    def _options(self, sort: str) -> list[tuple[str, str]]:
        return [
            ("clock", self.chosen_clock if self.chosen_clock != "said" else ""),
            ("sort", sort if sort != "newest" else ""),
        ]

    def _refuse_unknown_parameters(self) -> None:
        for name in list(self.data)[:100]:
            if name not in self.fields and not is_tracking(name):
                said = name if is_plain(name) and len(name) <= 40 else shown(name)[:40] + "…"
                self.add_error(None, f"Claims cannot be filtered by “{said}”.")

    def _refuse_contradictions(self) -> None:
        cleaned = self.cleaned_data
        for name in DIMENSIONS:
            both = [value for value in cleaned.get(name, ()) if value in cleaned.get(f"not_{name}", ())]
            if both:
                self.add_error(name, f"“{both[0]}” cannot be looked for and left out at once.")
        start, end = cleaned.get("said_from"), cleaned.get("said_to")
        if start and end and start.first > end.last:
            self.add_error("said_to", f"{end.typed} is before {start.typed}.")
        if cleaned.get("role", "any") != "any" and not cleaned.get("actor"):
            self.add_error("role", "This says in which role to look for an actor, but no actor is named.")

    def _read_cursor(self) -> None:
        typed = self.cleaned_data.get("after")
        if not typed or self.errors:
            return
        try:
            self.cursor = self.notation.parse(typed)
        except InvalidCursor:
            self.add_error("after", "This is no place in this list. Go on from the first page.")

    def _offer_orders(self) -> None:
        """Offer the best match only where there are words to match."""
        if not self.cleaned_data.get("q"):
            orders = [(value, label) for value, label in SORTS.items() if value != "relevance"]
            self.fields["sort"].widget.choices = orders

    def _dimension_choices(self) -> Iterator[Choice]:
        """The conditions on dimensions, and on the actor; adds errors for values that are not public."""
        terms = self._terms()
        for name, dimension, excluded in _twins():
            for value in self.cleaned_data.get(name, ()):
                term = terms[dimension.table][value] if dimension.table else _plain_term(dimension, value)
                yield Choice(dimension.name, term.key, term.label, ((name, value),), excluded)
        slug, role = self.cleaned_data.get("actor"), self.cleaned_data.get("role")
        if slug and role:
            term = terms["actor"][slug]
            pairs = (("actor", slug), *([("role", role)] if role != "any" else []))
            yield Choice("actor", (term.key, role), term.label, pairs)

    def _terms(self) -> dict[str, dict[str, vocabulary.Term]]:
        """What the slugs in use stand for; values that are not on file become errors of their fields."""
        fields = {name: dimension.table for name, dimension, _ in _twins() if dimension.table} | {"actor": "actor"}
        wanted: dict[str, list[str]] = {table: [] for table in fields.values()}
        for name, table in fields.items():
            wanted[table] += self._slugs(name)
        terms = {table: vocabulary.look_up(self.published, table, values) for table, values in wanted.items()}
        for name, table in fields.items():
            for value in self._slugs(name):
                if value not in terms[table]:
                    self._refuse_value(name, table, value)
        return terms

    def _slugs(self, name: str) -> list[str]:
        given = self.cleaned_data.get(name) or []
        return [given] if isinstance(given, str) else given

    def _refuse_value(self, name: str, table: str, value: str) -> None:
        found = vocabulary.near(self.published, table, value) if name not in self.near else []
        self.near.setdefault(name, []).extend(
            Choice(name, term.key, term.label, ((name, term.value),)) for term in found
        )
        self.add_error(name, f"“{value}” is not on file.")

    def _date_choices(self) -> Iterator[Choice]:
        """The conditions on dates."""
        cleaned = self.cleaned_data
        start, end, match, clock = (cleaned.get(name) for name in ("said_from", "said_to", "match", "clock"))
        if (start or end) and match and clock:
            period = (start and start.first, end and end.last, match == "certain")
            pairs = [(name, day.typed) for name, day in (("said_from", start), ("said_to", end)) if day]
            pairs += [("match", match)] if match == "certain" else []
            words = edtf.parse(f"{start.typed if start else '..'}/{end.typed if end else '..'}").words()
            yield Choice("said", period, words, tuple(pairs))
        for name in ("as_of", "known_by"):
            if day := cleaned.get(name):
                yield Choice(name, day.last, edtf.parse(day.typed).words(), ((name, day.typed),))


def _twins() -> Iterator[tuple[str, Dimension, bool]]:
    """Each dimension's two parameters: the one that looks for values, and the one that leaves them out."""
    for dimension in DIMENSIONS.values():
        yield dimension.name, dimension, False
        yield f"not_{dimension.name}", dimension, True


def _field(dimension: Dimension) -> Several:
    if dimension.choices is not None:
        return Listed(dimension.title, dimension.choices)
    return Several(dimension.title) if dimension.table else Phrases(dimension.title)


def _plain_term(dimension: Dimension, value: str) -> vocabulary.Term:
    label = dimension.choices[value].lower() if dimension.choices else f"“{value}”"
    return vocabulary.Term(value, value, label)
