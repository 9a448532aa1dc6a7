"""Which reader reads which type. The libraries are imported when they are first needed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.extraction.about import About

TEXT, MARKDOWN, HTML, XHTML, PDF, DOCX = (
    "text/plain",
    "text/markdown",
    "text/html",
    "application/xhtml+xml",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
OTHERS = {b"%PDF-": "a PDF", b"PK\x03\x04": "a packed file", b"\xd0\xcf\x11\xe0": "an old Word file"}
OVER_MEMORY = 77  # the status with which a reading process ends itself


class Unreadable(Exception):
    """A file or page that gives no text; says why in words a curator can act on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a file or page, why they may not be all of them or not the right ones, if so, and what it says of
    itself."""

    text: str
    doubt: str = ""
    about: "About" = field(default_factory=dict)


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
    return replace(found, about=_with_language(found))


def _with_language(found: Reading) -> "About":
    """What it says of itself, and its language by its words where it does not say that."""
    from claims.extraction.about import WORDS, language_of

    code = "" if "language" in found.about else language_of(found.text)
    return found.about | ({"language": (code, WORDS)} if code else {})


def _plain(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.charset import decoded

    _refuse_others(data, "text")
    text, doubt = decoded(data, charset)
    return Reading(text, doubt)


def _html(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.about import of_page
    from claims.extraction.charset import decoded
    from claims.extraction.page import words

    _refuse_others(data, "page")
    page, doubt = decoded(data, charset, is_page=True)
    text, loss = words(page)
    return Reading(text, " ".join(filter(None, [doubt, loss])), of_page(page))


def _pdf(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.pdf import words

    return Reading(*words(data, limits.pages, limits.characters))


def _docx(data: bytes, charset: str, limits: Limits) -> Reading:
    from claims.extraction.docx import words

    text, about = words(data)
    return Reading(text, about=about)


def _refuse_others(data: bytes, kind: str) -> None:
    """Raise Unreadable for a file that says it is of another type than its name tells."""
    for start, name in OTHERS.items():
        if data.startswith(start):
            raise Unreadable(f"This is {name} and no {kind}.")


READERS: dict[str, Callable[[bytes, str, Limits], Reading]] = {
    TEXT: _plain,
    MARKDOWN: _plain,
    HTML: _html,
    XHTML: _html,
    PDF: _pdf,
    DOCX: _docx,
}
