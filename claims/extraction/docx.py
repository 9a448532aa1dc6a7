"""The words of a Word document (.docx), its notes too, and what its properties say. Comments and deletions stay out."""

import io
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from resiliparse.extract.html2text import extract_plain_text

from claims.extraction.about import PROPERTIES, About, first_said
from claims.extraction.readers import Unreadable

UNPACKED = 100_000_000  # bytes
OLD = b"\xd0\xcf\x11\xe0"  # a compound file: a .doc, or a .docx under a password
MARKS = ['a[id*="note-ref"]', 'a[href*="note-ref"]']  # of notes, which would stand within words
CORE = "docProps/core.xml"
PROPERTY = {"title": "title", "creator": "author", "created": "published", "language": "language"}


def words(data: bytes) -> tuple[str, About]:
    """The words of the document and what it says of itself. Raises Unreadable."""
    if data.startswith(OLD):
        raise Unreadable("This is an old Word file (.doc) or asks for a password: save it anew as .docx, without one.")
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            _look_at_size(packed)
            about = _properties(packed)
        return _text(data), about
    except (Unreadable, MemoryError):
        raise
    except BadZipFile as error:
        raise Unreadable("This is no Word document (.docx), or it is not whole.") from error
    except Exception as error:  # whatever the library makes of a broken file
        raise Unreadable(f"This Word document cannot be read: {str(error) or type(error).__name__}.") from error


def _look_at_size(packed: ZipFile) -> None:
    """The sizes that a packed file says hold: of more than that nothing is unpacked."""
    unpacked = sum(one.file_size for one in packed.infolist())
    if unpacked > UNPACKED:
        raise Unreadable(f"This Word document cannot be read: unpacked it has more than {UNPACKED // 1_000_000} MB.")


def _text(data: bytes) -> str:
    import mammoth

    page = mammoth.convert_to_html(io.BytesIO(data), convert_image=lambda image: [])
    return str(extract_plain_text(page.value, list_bullets=False, skip_elements=MARKS)).strip()


def _properties(packed: ZipFile) -> About:
    if CORE not in packed.namelist():
        return {}
    try:
        root = ElementTree.fromstring(packed.read(CORE))  # noqa: S314 (the process has limits)
    except ElementTree.ParseError:
        return {}
    said = {PROPERTY.get(one.tag.rpartition("}")[2], ""): one.text or "" for one in root}
    return first_said([(PROPERTIES, said)])
