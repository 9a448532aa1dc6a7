"""Which reader reads which type. The libraries are imported when they are first needed."""

from collections.abc import Callable
from dataclasses import dataclass

TEXT, MARKDOWN, HTML, XHTML, PDF = (
    "text/plain",
    "text/markdown",
    "text/html",
    "application/xhtml+xml",
    "application/pdf",
)
OVER_MEMORY = 77  # the status with which a reading process ends itself


class Unreadable(Exception):
    """A file or page that gives no text; says why in words a curator can act on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a file or page, and why they may not be all of them or not the right ones, if so."""

    text: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds, bytes of memory, pages, and characters of text."""

    seconds: float = 60
    memory: int = 768_000_000
    pages: int = 5_000
    characters: int = 10_000_000


def read(data: bytes, media_type: str, charset: str = "", limits: Limits | None = None) -> Reading:
    """The words of a file or page, not yet normalised. ``charset`` is what the server said, if anything.

    Raises Unreadable for a type that is not known, for what is not what its type says, and beyond the limits of
    pages and characters; whoever starts the process holds time and memory.
    """
    limits = limits or Limits()
    reader = READERS.get(media_type)
    if reader is None:
        raise Unreadable(f"Texts of the type “{media_type}” cannot be read.")
    found = reader(data, charset, limits)
    if len(found.text) > limits.characters:
        raise Unreadable(f"It holds more than {limits.characters:,} characters.")
    return found


def _plain(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.charset import decoded

    if data.startswith(b"%PDF-"):
        raise Unreadable("This is a PDF and no text.")
    text, doubt = decoded(data, charset)
    return Reading(text, doubt)


def _html(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.charset import decoded
    from claims.extraction.page import words

    if data.startswith(b"%PDF-"):
        raise Unreadable("This is a PDF and no page.")
    page, doubt = decoded(data, charset, is_page=True)
    text, loss = words(page)
    return Reading(text, " ".join(filter(None, [doubt, loss])))


def _pdf(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.pdf import words

    text, doubt = words(data, limits.pages, limits.characters)
    return Reading(text, doubt)


READERS: dict[str, Callable[[bytes, str, Limits], Reading]] = {
    TEXT: _plain,
    MARKDOWN: _plain,
    HTML: _html,
    XHTML: _html,
    PDF: _pdf,
}
