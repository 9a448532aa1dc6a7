"""The values that a filter may name because readers can see them: whatever only drafts know is unknown here."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from claims.filtering.near import TABLES, like
from claims.readmodel import Found, Terms
from conflict_site.base.languages import language_name


@dataclass(frozen=True, slots=True)
class Term:
    """A value as an address writes it, as the database compares it, and as a page prints it."""

    value: str
    key: Any
    label: str


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
        asked = TABLES[table].public().filter(slug__in=others).order_by()
        asked = asked.values_list("slug", "pk", TABLES[table].title)
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
    return [Term(row.slug, row.pk, getattr(row, TABLES[table].title)) for row in like(table, value, most=3)]


def _languages(published: Found) -> list[Term]:
    """The languages of the passages that published claims rest on."""
    terms, counts = published.snapshot.tables.terms["language"], published.claims_of("language")
    codes = [code for code in terms.code_of.values() if counts[code]]
    return sorted((_term("language", terms, code) for code in codes), key=lambda term: term.value)
