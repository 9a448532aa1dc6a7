"""Published claims as columns in memory, the same on every engine: what conditions find, counted and in order."""

from claims.readmodel import bits, coverage, freshness
from claims.readmodel.bits import Array
from claims.readmodel.clocks import day
from claims.readmodel.freshness import current
from claims.readmodel.lexicon import near_words
from claims.readmodel.orders import Ordered
from claims.readmodel.packing import NO_DAY
from claims.readmodel.selection import NEVER, Condition, Found, Having, Selection
from claims.readmodel.terms import Terms, key_of

__all__ = [
    "NEVER",
    "NO_DAY",
    "Array",
    "Condition",
    "Found",
    "Having",
    "Ordered",
    "Selection",
    "Terms",
    "bits",
    "coverage",
    "current",
    "day",
    "freshness",
    "key_of",
    "near_words",
]
