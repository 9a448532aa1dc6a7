"""What readers may be given of a passage's words: the one place that decides it.

Whatever prints, indexes or exports the words of a citation asks here. Nobody may be given those of a source that has
been taken down; auditors read them on its page.
"""

from dataclasses import dataclass

from claims.models import Citation

TAKEN_DOWN = "taken_down"  # in the place of a citation's status


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of a passage, those around it, their translation, and its status; no words where none may be given."""

    status: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    translation: str = ""


def quotation(citation: Citation) -> Quotation:
    """What readers may be given of a citation, which has its source at hand."""
    if citation.source.is_taken_down:
        return Quotation(TAKEN_DOWN)
    return full_quotation(citation)


def full_quotation(citation: Citation) -> Quotation:
    """All there is of a citation: for auditors alone."""
    return Quotation(citation.status, citation.exact, citation.prefix, citation.suffix, citation.translation)
