"""Files and pages as plain text. Libraries read the formats; they are imported when they are first needed."""

import io
import logging
from collections.abc import Callable
from pathlib import PurePath

from claims.capture.normalise import RefusedText

TEXT, MARKDOWN, HTML, XHTML, PDF = (
    "text/plain",
    "text/markdown",
    "text/html",
    "application/xhtml+xml",
    "application/pdf",
)
SUFFIXES = {".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": XHTML, ".pdf": PDF}
NOT_WORDS = ["img", "svg", "template"]  # pictures' names would stand in the middle of sentences


def media_type_of(name: str) -> str:
    """The media type by a file name's ending. Raises RefusedText for an ending that is not known."""
    media_type = SUFFIXES.get(PurePath(name).suffix.lower())
    if media_type is None:
        raise RefusedText(f"The file's name ends with none of {', '.join(SUFFIXES)}.")
    return media_type


def text_of(data: bytes, media_type: str, charset: str = "") -> str:
    """The words of a file or page, all of them and in their order, not yet normalised.

    ``charset`` is what the server said, if anything; else the file's own word counts, else UTF-8.
    Raises RefusedText for a type that cannot be read, and for what is not what its type says.
    """
    read = READERS.get(media_type)
    if read is None:
        raise RefusedText(f"Texts of the type “{media_type}” cannot be read.")
    return read(data, charset)


def _plain(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError) as error:
        raise RefusedText(f"This is no text in {charset or 'UTF-8'}: {error}.") from error


def _html(data: bytes, charset: str) -> str:
    """Every word that the page shows. A page's furniture stays: leaving it out costs paragraphs of the text, too."""
    from resiliparse.extract.html2text import extract_plain_text

    # Without alt_texts the captions of figures would go, too.
    text = extract_plain_text(
        _decoded(data, charset), main_content=False, list_bullets=False, alt_texts=True, skip_elements=NOT_WORDS
    )
    return text.strip()


def _decoded(data: bytes, charset: str) -> str:
    """The page's characters. What reads as UTF-8 is UTF-8; a guess looks only at the beginning of a page."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding, map_encoding_to_html5

    label = map_encoding_to_html5(charset) if charset else None
    try:
        return data.decode(label or "utf-8")
    except UnicodeDecodeError:
        return bytes_to_str(data, label or detect_encoding(data, from_html_meta=True) or "utf-8", errors="replace")


def _pdf(data: bytes, charset: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of every oddity of a file
    try:
        pages = [page.extract_text().strip() for page in PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedText(f"This PDF cannot be read: {error}.") from error
    if not any(pages):
        raise RefusedText("This PDF holds pictures of pages and no text. It needs text recognition first.")
    return "\n\n".join(pages)


READERS: dict[str, Callable[[bytes, str], str]] = {
    TEXT: _plain,
    MARKDOWN: _plain,
    HTML: _html,
    XHTML: _html,
    PDF: _pdf,
}
