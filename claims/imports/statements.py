"""A statement as a file has it, whatever the file is; and which columns a statement can have."""

import hashlib
import json
from dataclasses import dataclass, field

from claims.dossier import Fault
from conflict_site.base.text import fold


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a file can say of a statement; ``guesses`` are names of columns that mean it."""

    name: str
    label: str
    guesses: tuple[str, ...] = ()
    is_needed: bool = False


FIELDS = (
    Field("speaker", "Who said it", ("speaker", "who", "name", "person", "actor", "said by", "speaker name"), True),
    Field("quote", "The words, as the document has them", ("quote", "text", "statement", "words", "quotation"), True),
    Field("url", "Address of the document", ("url", "link", "source", "address", "source url", "source link"), True),
    Field("said", "When it was said", ("date", "when", "said", "day", "date said", "said on")),
    Field("content", "The same in neutral words", ("content", "paraphrase", "summary", "claim")),
    Field("title", "Title of the document", ("title", "source title", "headline", "document")),
    Field("publisher", "Publisher of the document", ("publisher", "outlet", "media", "source name", "publication")),
    Field("published", "When the document came out", ("published", "publication date", "date published")),
    Field("kind", "Kind of document", ("kind", "source kind", "source type")),
    Field("language", "Language of the words", ("language", "lang")),
    Field("locator", "Place in the document", ("locator", "paragraph", "page", "par")),
    Field("occasion", "Occasion", ("occasion", "event", "context")),
    Field("act", "What the speaker does", ("act", "speech act")),
    Field("form", "Form of the words", ("form",)),
    Field("issues", "Issues, separated by ;", ("issues", "issue", "topic", "topics")),
    Field("id", "Number or id of the row", ("id", "number", "no", "nr", "row id")),
)
NAMES = tuple(each.name for each in FIELDS)
NEEDED = tuple(each.name for each in FIELDS if each.is_needed)
KEY = ("speaker", "quote", "url")


@dataclass(slots=True)
class Statement:
    """What one row says: ``cells`` by field, and the names that the file has for their ``columns``.

    ``key`` is the same whenever the same row comes again. ``assesses`` is the key of the statement that it is about.
    """

    file: str
    line: int
    cells: dict[str, str]
    columns: dict[str, str]
    key: str = ""
    assesses: str = ""
    faults: list[Fault] = field(default_factory=list)

    def cell(self, name: str) -> str:
        """What stands under a field; "" where nothing does."""
        return self.cells.get(name, "")

    def fault(self, name: str, words: str) -> None:
        """Note that what stands under a field can't be taken."""
        self.faults.append(Fault(self.file, words, self.line, self.columns.get(name, name)))

    @property
    def digest(self) -> str:
        """The digest of all that the row says."""
        return digest({name: cell for name, cell in sorted(self.cells.items()) if cell})


def digest(*given: object) -> str:
    """The SHA-256 of some values."""
    return hashlib.sha256(json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def guess(header: list[str]) -> dict[str, str]:
    """Which column holds which field, by their names alone."""
    folded = {fold(name.replace("_", " ")): name for name in header}
    found: dict[str, str] = {}
    for each in FIELDS:
        named = next((folded[one] for one in (each.name, *each.guesses) if one in folded), "")
        if named and named not in found.values():
            found[each.name] = named
    return found
