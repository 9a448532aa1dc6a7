"""A claim as it is cited: in words, and as reference managers take it (BibTeX, CSL-JSON, RIS). Pure.

The title is always the attribution sentence; the author is the site, which recorded it in its own words.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from conflict_site.base.edtf import day

# The letters with a meaning in TeX. Braces as commands: BibTeX counts them even behind a backslash.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference to a claim consists of. ``publisher`` is the site; ``accessed`` the day on which it is read.

    ``speaker``, ``said`` and ``source`` are words: who said it, when, and the document that carries it first.
    """

    slug: str
    sentence: str
    speaker: str
    said: str
    source: str
    publisher: str
    version: int
    recorded: date
    url: str
    accessed: date

    @property
    def title(self) -> str:
        """The attribution sentence without its full stop: styles of references set one of their own."""
        return self.sentence.removesuffix(".")

    @property
    def origin(self) -> str:
        """Who said it, when, and which document carries it; without a full stop at the end."""
        carried = f"; source: {self.source}" if self.source else ""
        return f"Said by {self.speaker}, {self.said}{carried}"


def plain(reference: Reference) -> str:
    """The reference in words, as a text has it."""
    record = f"claim {reference.slug}, version {reference.version}, recorded {day(reference.recorded)}"
    return f"“{reference.sentence}” {reference.origin}. {reference.publisher}, {record}. {reference.url}"


def bibtex(reference: Reference) -> str:
    """The reference as an entry of BibTeX; ``date``, ``urldate`` and ``version`` are read by biblatex."""
    fields = {
        "author": f"{{{tex(reference.publisher)}}}",  # one name in a second pair of braces: an organisation
        "title": f"{{{tex(reference.title)}}}",  # and so that no style changes its capitals
        "year": f"{reference.recorded.year}",
        "date": reference.recorded.isoformat(),
        "version": f"{reference.version}",
        "note": tex(_note(reference)),
        "url": reference.url,
        "urldate": reference.accessed.isoformat(),
    }
    return "\n".join(
        [f"@misc{{{reference.slug},", *(f"  {name} = {{{text}}}," for name, text in fields.items()), "}\n"]
    )


def csl(reference: Reference) -> list[dict[str, Any]]:
    """The reference as CSL-JSON (the input of citeproc): a list of one item."""
    return [
        {
            "id": reference.slug,
            "type": "webpage",
            "title": reference.title,
            "author": [{"literal": reference.publisher}],
            "container-title": reference.publisher,
            "number": reference.slug,
            "version": f"{reference.version}",
            "note": reference.origin,
            "issued": _date(reference.recorded),
            "accessed": _date(reference.accessed),
            "URL": reference.url,
        }
    ]


def ris(reference: Reference) -> str:
    """The reference in RIS, as a page of the web; its lines end as the format has it."""
    tags = [
        ("TY", "ELEC"),
        ("AU", f"{_line(reference.publisher)},"),  # the comma: one name, not a first and a last one
        ("TI", reference.title),
        ("T2", reference.publisher),
        ("PB", reference.publisher),
        ("PY", f"{reference.recorded.year}"),
        ("DA", f"{reference.recorded:%Y/%m/%d}"),
        ("ET", f"{reference.version}"),
        ("AN", reference.slug),
        ("N1", _note(reference)),
        ("LA", "en"),
        ("UR", reference.url),
        ("Y2", f"{reference.accessed:%Y/%m/%d}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(text)}\r\n" for tag, text in tags)


def tex(text: str) -> str:
    """The text on one line, as TeX prints it: without signs that have no shape, the others escaped."""
    return _line(text).translate(TEX)


def _note(reference: Reference) -> str:
    record = f"Claim {reference.slug}, version {reference.version}, recorded {reference.recorded}"
    return f"{record}. {reference.origin}"


def _line(text: str) -> str:
    """The text on one line, without signs that have no shape."""
    return "".join(filter(str.isprintable, " ".join(text.split())))


def _date(value: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[value.year, value.month, value.day]]}
