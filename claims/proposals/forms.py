"""How near a document is to the speaker's own words. Pure."""

from claims.models import Form
from claims.proposals.passage import Passage


def form(passage: Passage, *, is_own_words: bool, reported: bool) -> tuple[str, str]:
    """The form of a passage, and how it is known.

    Between quotation marks, and in somebody's own speech, the words are verbatim; where others tell them, they are not.
    """
    if passage.is_quoted:
        return Form.VERBATIM, "quotation marks around it"
    if reported or not is_own_words:
        if passage.holds_a_quote:
            return Form.PARTIAL_QUOTE, "quotation marks within it"
        return Form.PARAPHRASE, "told in the document’s words"
    return Form.VERBATIM, "a transcript’s turn" if passage.turn else "the speaker’s own text"
