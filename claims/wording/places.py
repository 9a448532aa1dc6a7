"""Where in a document a passage stands, in readers' words and as an address. Pure. What is stored stays as typed."""

import re

from conflict_site.base.addresses import address

UNITS = {
    "par": "paragraph", "pars": "paragraphs", "para": "paragraph", "paras": "paragraphs", "p": "page", "pp": "pages",
    "ch": "chapter", "sec": "section", "art": "article", "l": "line", "ll": "lines",
}  # fmt: skip
# Only before a number and at the start of a run of letters: nothing else is taken for an abbreviation.
SHORT = re.compile(rf"(?<![\w.])({'|'.join(UNITS)})\b\.?\s*(?=\d)", re.IGNORECASE)
TIME = re.compile(r"(?<!\S)(?:at\s+)?((?:\d{1,2}:)?\d{1,2}:\d{2})(?![\w:])")


def place(locator: str) -> str:
    """A locator as readers are told it: "par 4, sentence 2" is "paragraph 4, sentence 2", "01:02:03" "at 01:02:03"."""
    return TIME.sub(r"at \1", SHORT.sub(lambda unit: f"{UNITS[unit[1].lower()]} ", locator))


def mark_url(source: str, claim: str) -> str:
    """Where a claim's passage is to be read: on its source's page, at the mark of the claim.

    The parameter finds the page of a source that is read in pages.
    """
    return f"{address('claims:source', source)}?claim={claim}#claim-{claim}"
