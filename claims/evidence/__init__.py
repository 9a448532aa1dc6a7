"""Proof: where a passage stands in the text of its source, and which documents carry the same words."""

from claims.evidence import corroboration, in_context, locating, reading
from claims.evidence.anchoring import anchor, lost_in, outcomes
from claims.evidence.in_context import passages
from claims.evidence.near_places import Place, near_places
from claims.evidence.passages import Span, find
from claims.evidence.reading import Note, Paragraph, Shown
from claims.evidence.recorded import remark
from claims.evidence.verification import breaches, totals
from claims.evidence.whereabouts import Whereabouts, whereabouts

__all__ = [
    "Note",
    "Paragraph",
    "Place",
    "Shown",
    "Span",
    "Whereabouts",
    "anchor",
    "breaches",
    "corroboration",
    "find",
    "in_context",
    "locating",
    "lost_in",
    "near_places",
    "outcomes",
    "passages",
    "reading",
    "remark",
    "totals",
    "whereabouts",
]
