"""Files and pages as plain text, read in a process of its own: a hostile file breaks only that."""

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from django.conf import settings

from claims.capture.normalise import DoubtfulText, RefusedText
from claims.extraction import DOCX, HTML, MARKDOWN, OVER_MEMORY, PDF, TEXT, XHTML, Limits

SUFFIXES = {".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": XHTML, ".pdf": PDF}
SUFFIXES |= {".docx": DOCX}
TYPES = frozenset(SUFFIXES.values())
KINDS = {HTML: "page", XHTML: "page", PDF: "PDF", DOCX: "Word document"}
SOURCE_OF_A_PAGE = re.compile(
    r"\s*(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|section|table|span|h[1-6])\b[^<]*>",
    re.I | re.S,
)
CLOSING = re.compile(r"</(?:p|div|span|a|li|td|h[1-6]|em|strong|b|i)>", re.I)
SEVERAL = 3  # tags
LONGEST_LABEL = 100  # characters: a command line holds no more than the system allows
PASSED_ON = (
    "PYTHON",
    "LD_",
    "DYLD_",
    "LANG",
    "LC_",
    "PATH",
    "SYSTEMROOT",
)  # no secrets for who reads a stranger's file


@dataclass(frozen=True, slots=True)
class Document:
    """The words of a file or page as read, a doubt if there is one, and what it says of itself.

    ``about`` has by the name of a field its value and where it stands, as ``claims.extraction`` found them.
    """

    text: str
    doubt: str = ""
    about: dict[str, Any] = field(default_factory=dict)


def media_type_of(name: str) -> str:
    """The media type by a file name's ending. Raises RefusedText for an ending that is not known."""
    media_type = SUFFIXES.get(PurePath(name).suffix.lower())
    if media_type is None:
        raise RefusedText(f"The file's name ends with none of {', '.join(SUFFIXES)}.")
    return media_type


def text_of(data: bytes, media_type: str, charset: str = "", *, anyway: bool = False) -> str:
    """The words of a file or page, all of them and in their order, not yet normalised.

    ``charset`` is what the server said, if anything. Raises RefusedText for what cannot be read, and DoubtfulText
    where words may be lost or wrong, unless a curator says that they are to be kept ``anyway``.
    """
    found = document_of(data, media_type, charset)
    if found.doubt and not anyway:
        raise DoubtfulText(found.doubt)
    return found.text


def document_of(data: bytes, media_type: str, charset: str = "") -> Document:
    """The same with what the document says of itself; whether a doubt counts is for the caller. Raises RefusedText."""
    answer = _answer(data, media_type, charset)
    if "refused" in answer:
        raise RefusedText(str(answer["refused"]))
    return Document(**answer)


def is_source_of_a_page(text: str) -> bool:
    """Whether a text looks like the source of a web page: it begins with a tag, or closes several."""
    return bool(SOURCE_OF_A_PAGE.match(text[:2_000])) or len(CLOSING.findall(text)) >= SEVERAL


def _answer(data: bytes, media_type: str, charset: str) -> dict[str, Any]:
    """What the reading process says. Raises RefusedText where it does not come to an end of its own."""
    limits = Limits(seconds=settings.CAPTURE_READING_SECONDS, memory=settings.CAPTURE_READING_MEMORY)
    asked = json.dumps({"media_type": media_type, "charset": charset[:LONGEST_LABEL], "limits": asdict(limits)})
    command = [sys.executable, "-P", "-m", "claims.extraction", asked]
    failed = f"This {KINDS.get(media_type, 'text')} cannot be read:"
    try:
        done = subprocess.run(  # noqa: S603 (our own program, and no shell)
            command, input=data, capture_output=True, timeout=limits.seconds, env=_environment(), check=True
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedText(f"{failed} it takes longer than {limits.seconds:g} seconds.") from error
    except subprocess.CalledProcessError as error:
        raise RefusedText(f"{failed} {_end(error, limits)}.") from error
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _end(error: subprocess.CalledProcessError, limits: Limits) -> str:
    if error.returncode == OVER_MEMORY:
        return f"it takes more than {limits.memory // 1_000_000:,} MB of memory"
    said = error.stderr.decode(errors="replace").strip().splitlines()
    return said[-1] if said else f"it broke the reader (status {error.returncode})"


def _environment() -> dict[str, str]:
    """The environment of the reading process: where Python and our code are found."""
    passed = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
    places = [str(settings.BASE_DIR), *filter(None, [passed.get("PYTHONPATH")])]
    return passed | {"PYTHONPATH": os.pathsep.join(places), "PYTHONIOENCODING": "utf-8"}
