"""Published claims as columns in memory, the same on every engine: what conditions find, counted and in order."""

from claims.readmodel import coverage, freshness
from claims.readmodel.bits import Array
from claims.readmodel.clocks import NEVER, day
from claims.readmodel.conditions import SPOKEN
from claims.readmodel.freshness import current, kept_whole
from claims.readmodel.lexicon import near_words
from claims.readmodel.orders import Ordered
from claims.readmodel.packing import NO_DAY
from claims.readmodel.selection import Condition, Found, Having, Selection, united
from claims.readmodel.terms import Terms, key_of

__all__ = [
    "NEVER",
    "NO_DAY",
    "SPOKEN",
    "Array",
    "Condition",
    "Found",
    "Having",
    "Ordered",
    "Selection",
    "Terms",
    "coverage",
    "current",
    "day",
    "freshness",
    "kept_whole",
    "key_of",
    "near_words",
    "united",
]
