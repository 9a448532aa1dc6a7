"""Full text: what is typed as a query, and the words that claims are found by."""

from claims.search import index
from claims.search.asked import actors_named
from claims.search.index import BREAK, as_written, derive
from claims.search.lexicon import Lexicon, Near
from claims.search.mentions import mentions
from claims.search.named import Named, named_in, names_near
from claims.search.names import Names, names_of
from claims.search.query import AnyForm, Beginning, Phrase, Query, Term, beginnings, parse, plain_words
from claims.search.speaking import speaking_of

__all__ = [
    "BREAK",
    "AnyForm",
    "Beginning",
    "Lexicon",
    "Named",
    "Names",
    "Near",
    "Phrase",
    "Query",
    "Term",
    "actors_named",
    "as_written",
    "beginnings",
    "derive",
    "index",
    "mentions",
    "named_in",
    "names_near",
    "names_of",
    "parse",
    "plain_words",
    "speaking_of",
]
