"""How a claim reads: its attribution sentence, its line in a list, its reference, its card."""

from claims.wording import attribution, card, references, sections
from claims.wording.attribution import document_name, text, upper_first
from claims.wording.card import Card
from claims.wording.lines import ClaimLine, Document, Link, Passage, Topic, Voice, earliest_of
from claims.wording.places import mark_url, place
from claims.wording.queries import claim_lines, in_order, pick
from claims.wording.quotation import TAKEN_DOWN, Quotation, full_quotation, quotation
from claims.wording.references import Reference
from claims.wording.sections import Section

__all__ = [
    "TAKEN_DOWN",
    "Card",
    "ClaimLine",
    "Document",
    "Link",
    "Passage",
    "Quotation",
    "Reference",
    "Section",
    "Topic",
    "Voice",
    "attribution",
    "card",
    "claim_lines",
    "document_name",
    "earliest_of",
    "full_quotation",
    "in_order",
    "mark_url",
    "pick",
    "place",
    "quotation",
    "references",
    "sections",
    "text",
    "upper_first",
]
