"""Who stands where, since when, by which statements: positions, changes of stance, comparisons."""

from claims.positions import evidence, relations, stances, table
from claims.positions.comparison import Comparison, compare, issues_held
from claims.positions.relations import between_known
from claims.positions.stances import ChangeOfStance, Chart, Evidence, Heading
from claims.positions.statements import actor_heads, most_discussed, statements

__all__ = [
    "ChangeOfStance",
    "Chart",
    "Comparison",
    "Evidence",
    "Heading",
    "actor_heads",
    "between_known",
    "compare",
    "evidence",
    "issues_held",
    "most_discussed",
    "relations",
    "stances",
    "statements",
    "table",
]
