"""The values that a filter may name because readers can see them: whatever only drafts know is unknown here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info

from actors.models import ActorName
from claims import public
from claims.models import Citation, Claim, Event, Issue
from claims.near import CANDIDATES, closest


@dataclass(frozen=True, slots=True)
class Term:
    """A value as an address writes it, as the database compares it, and as a page prints it."""

    value: str
    key: Any
    label: str


TABLES: dict[str, tuple[Any, str]] = {
    "actor": (public.actors, "name"),
    "issue": (Issue.objects.all, "title"),
    "source": (public.sources, "title"),
    "event": (lambda: Event.objects.published(), "title"),
}


def look_up(table: str, values: Collection[str]) -> dict[str, Term]:
    """The terms of these values, by value; those that are not public are missing. One query, or none for no values."""
    if not values:
        return {}
    if table == "language":
        return {term.value: term for term in _languages() if term.value in values}
    rows, label = TABLES[table]
    found = rows().filter(slug__in=values).order_by().values_list("slug", "pk", label)
    return {slug: Term(slug, pk, name) for slug, pk, name in found}


def near(table: str, value: str) -> list[Term]:
    """The public terms whose slug or name, in any spelling on file, is most like a value that is not on file."""
    if table == "language":
        return list(_languages())
    rows, label = TABLES[table]
    terms = [Term(*row) for row in rows().order_by().values_list("slug", "pk", label)[:CANDIDATES]]
    return closest(value, [*_names(terms), *(_other_names(terms) if table == "actor" else ())], most=3)


def language_name(code: str) -> str:
    """The English name of a language, or its code where Django has none."""
    try:
        name: str = get_language_info(code)["name"]
    except KeyError:
        return code
    return name


def _names(terms: Iterable[Term]) -> Iterable[tuple[str, Term]]:
    for term in terms:
        yield term.value, term
        yield term.label, term


def _other_names(terms: Iterable[Term]) -> Iterable[tuple[str, Term]]:
    by_key = {term.key: term for term in terms}
    for actor, name in ActorName.objects.order_by().values_list("actor_id", "name"):
        if actor in by_key:
            yield name, by_key[actor]


def _languages() -> Iterable[Term]:
    """The languages of the passages that published claims rest on."""
    cited = Citation.objects.filter(claim__in=Claim.objects.published().values("pk"))
    codes = cited.order_by("language").values_list("language", flat=True).distinct()
    return [Term(code, code, language_name(code)) for code in codes]
