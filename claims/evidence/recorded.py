"""What is said of a passage that was found in a text of its source before that text, or another, came here. Pure."""

from datetime import datetime

from claims.models import Citation, CitationStatus
from conflict_site.base import edtf

SHOWN = 12  # of the 64 letters of a hash: enough to tell texts apart


def remark(citation: Citation, status: str, sha256: str | None = None, captured: datetime | None = None) -> str:
    """When and in which text a passage of this status was found; "" where that is not known, or goes without saying.

    The last two are the hash of the text in which it is verified, and when that was captured.
    """
    day = citation.checked_on
    if day is None or (status == CitationStatus.VERIFIED and sha256 == citation.checked_sha256):
        return ""
    if status == CitationStatus.VERIFIED:
        which = "a later" if captured and captured.date() >= day else "another"
        return f"Found in {which} text than the one it was recorded from."
    begins = citation.checked_sha256[:SHOWN]
    return f"The words were found on {edtf.day(day)} in a text whose hash begins with {begins}."
