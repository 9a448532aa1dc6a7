"""Full text: what is typed as a query, and the words that claims are found by."""

from claims.search import index
from claims.search.asked import actors_named
from claims.search.index import BREAK, as_written, derive, lookup
from claims.search.lexicon import Lexicon, Near
from claims.search.query import AnyForm, Beginning, Phrase, Term, beginnings, parse, plain_words

__all__ = [
    "BREAK",
    "AnyForm",
    "Beginning",
    "Lexicon",
    "Near",
    "Phrase",
    "Term",
    "actors_named",
    "as_written",
    "beginnings",
    "derive",
    "index",
    "lookup",
    "parse",
    "plain_words",
]
