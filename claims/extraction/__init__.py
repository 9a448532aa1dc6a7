"""Files and pages as plain text: all the words, in their order. Imports nothing of the site.

``python -m claims.extraction`` does it in a process of its own, which can be ended (``claims/capture/extract.py``).
"""

from claims.extraction.readers import (
    DOCX,
    HTML,
    MARKDOWN,
    OVER_MEMORY,
    PDF,
    TEXT,
    XHTML,
    Limits,
    Reading,
    Unreadable,
    read,
)

__all__ = ["DOCX", "HTML", "MARKDOWN", "OVER_MEMORY", "PDF", "TEXT", "XHTML", "Limits", "Reading", "Unreadable", "read"]
