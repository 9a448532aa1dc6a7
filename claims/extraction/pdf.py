"""The text layer of a PDF, page by page, as it stands: with its ligatures and its hyphens at line ends.

And what its properties say of it.
"""

import io
import logging
import re
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import FileNotDecryptedError
from pypdf.generic import DictionaryObject

from claims.extraction.about import PROPERTIES, About, first_said
from claims.extraction.readers import Unreadable

CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]")  # what a font's glyph without a letter comes out as
NAMED = 8  # pages that a doubt names


def words(data: bytes, most_pages: int, most_characters: int) -> tuple[str, str, About]:
    """The words of a PDF, a doubt where pages hold pictures and no words, and its properties. Raises Unreadable."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity of a file
    try:
        reader = PdfReader(io.BytesIO(data))
        pages, bare = _pages(reader, most_pages, most_characters)
    except FileNotDecryptedError as error:
        raise Unreadable("This PDF cannot be read: it asks for a password.") from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # whatever the library makes of a broken file
        raise Unreadable(f"This PDF cannot be read: {str(error) or type(error).__name__}.") from error
    if not any(pages):
        raise Unreadable("This PDF holds pictures of pages and no text. It needs text recognition first.")
    return "\n\n".join(pages), _doubt(bare, len(pages)), _properties(reader)


def _pages(reader: PdfReader, most_pages: int, most_characters: int) -> tuple[list[str], list[int]]:
    """The text of each page, and the numbers of those that hold pictures alone."""
    if len(reader.pages) > most_pages:
        raise Unreadable(f"This PDF cannot be read: it has {len(reader.pages):,} pages, more than {most_pages:,}.")
    pages, bare, left = [], [], most_characters
    for number, page in enumerate(reader.pages, 1):
        pages.append(CONTROLS.sub("\ufffd", page.extract_text()).strip())
        left -= len(pages[-1])
        if left < 0:
            raise Unreadable(f"This PDF cannot be read: it holds more than {most_characters:,} characters.")
        if not pages[-1] and _has_picture(page):
            bare.append(number)
    return pages, bare


def _has_picture(page: PageObject) -> bool:
    held: Any = page.get("/Resources", DictionaryObject())
    things: Any = held.get_object().get("/XObject", DictionaryObject()).get_object()
    return any(things[name].get("/Subtype") == "/Image" for name in things)


def _doubt(bare: list[int], pages: int) -> str:
    if not bare:
        return ""
    named = ", ".join(map(str, bare[:NAMED])) + (" …" if len(bare) > NAMED else "")
    return f"{len(bare)} of {pages} pages hold pictures and no words: {named}."


def _properties(reader: PdfReader) -> About:
    """What the PDF says of itself; nothing where that cannot be read."""
    try:
        held: Any = reader.metadata or {}
        made = held.get("/CreationDate") and reader.metadata and reader.metadata.creation_date
        said = {"title": held.get("/Title"), "author": held.get("/Author"), "language": reader.root_object.get("/Lang")}
        return first_said([(PROPERTIES, said | {"published": made.date().isoformat() if made else ""})])
    except Exception:  # whatever the library makes of broken properties: the words are there
        return {}
