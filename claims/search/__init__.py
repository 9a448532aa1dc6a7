"""Full text: what is typed as a query, and the words that claims are found by."""

from claims.search import index
from claims.search.index import BREAK, derive, lookup
from claims.search.query import AnyForm, Beginning, Phrase, Term, beginnings, parse

__all__ = [
    "BREAK",
    "AnyForm",
    "Beginning",
    "Phrase",
    "Term",
    "beginnings",
    "derive",
    "index",
    "lookup",
    "parse",
]
