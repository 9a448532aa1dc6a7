"""The values that a filter may name because readers can see them: whatever only drafts know is unknown here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info

from actors.models import ActorName
from claims import public
from claims.browser.index.found import Found
from claims.browser.index.terms import Terms
from claims.models import Event, Issue
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


def look_up(published: Found, table: str, values: Collection[str]) -> dict[str, Term]:
    """The terms of these values, by value; those that are not public are missing.

    No query, but for an actor or source that is on file and that no published claim names: what else makes it public
    is asked of the database.
    """
    terms = published.snapshot.tables.terms[table]
    on_file = [value for value in dict.fromkeys(values) if value in terms.code_of]
    counts = published.claims_of(table)
    found = {value: _term(table, terms, terms.code_of[value]) for value in on_file if counts[terms.code_of[value]]}
    others = [value for value in on_file if value not in found] if table in TABLES else []
    if others:
        rows, label = TABLES[table]
        asked = rows().filter(slug__in=others).order_by().values_list("slug", "pk", label)
        found |= {slug: Term(slug, pk, name) for slug, pk, name in asked}
    return found


def _term(table: str, terms: Terms, code: int) -> Term:
    value = terms.values[code]
    if table == "language":
        return Term(value, value, language_name(value))
    return Term(value, int(terms.coding.keys[code]), terms.labels[code])


def near(published: Found, table: str, value: str) -> list[Term]:
    """The public terms whose slug or name, in any spelling on file, is most like a value that is not on file."""
    if table == "language":
        return _languages(published)
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


def _languages(published: Found) -> list[Term]:
    """The languages of the passages that published claims rest on."""
    terms, counts = published.snapshot.tables.terms["language"], published.claims_of("language")
    codes = [code for code in terms.code_of.values() if counts[code]]
    return sorted((_term("language", terms, code) for code in codes), key=lambda term: term.value)
