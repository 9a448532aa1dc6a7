"""Who stands where, since when, by which statements: positions, changes of stance, comparisons."""

from claims.positions import evidence, neighbours, on_file, relations, stances, table, turns
from claims.positions.comparison import Comparison, Side, compare, issues_held
from claims.positions.counted import Others, all_of
from claims.positions.relations import between_known
from claims.positions.stances import Chart, Evidence, Heading
from claims.positions.statements import actor_heads, days_on_file, most_discussed, statements
from claims.positions.story import Story, tell
from claims.positions.turns import ChangeOfStance

__all__ = [
    "ChangeOfStance",
    "Chart",
    "Comparison",
    "Evidence",
    "Heading",
    "Others",
    "Side",
    "Story",
    "actor_heads",
    "all_of",
    "between_known",
    "compare",
    "days_on_file",
    "evidence",
    "issues_held",
    "most_discussed",
    "neighbours",
    "on_file",
    "relations",
    "stances",
    "statements",
    "table",
    "tell",
    "turns",
]
