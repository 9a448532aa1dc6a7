"""How a claim reads: its attribution sentence, its line in a list, its reference, its card."""

from claims.wording import attribution, card, references, sections
from claims.wording.attribution import text, upper_first
from claims.wording.lines import (
    Entry,
    Link,
    document_name,
    document_of,
    entries,
    entry,
    passage_url,
    sentence_of,
    written,
)
from claims.wording.quotation import TAKEN_DOWN, Quotation, full_quotation, quotation
from claims.wording.references import Reference
from claims.wording.sections import Section

__all__ = [
    "TAKEN_DOWN",
    "Entry",
    "Link",
    "Quotation",
    "Reference",
    "Section",
    "attribution",
    "card",
    "document_name",
    "document_of",
    "entries",
    "entry",
    "full_quotation",
    "passage_url",
    "quotation",
    "references",
    "sections",
    "sentence_of",
    "text",
    "upper_first",
    "written",
]
