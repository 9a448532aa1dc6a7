"""A claim as a reference manager takes it: BibTeX and CSL-JSON. Pure. The title is always the attribution sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
    """What a reference to a claim consists of. ``publisher`` is the site; ``accessed`` the day on which it is read."""

    slug: str
    sentence: str
    publisher: str
    version: int
    recorded: date
    url: str
    accessed: date


def bibtex(reference: Reference) -> str:
    """The reference as an entry of BibTeX; ``date``, ``urldate`` and ``version`` are read by biblatex."""
    fields = {
        "author": f"{{{tex(reference.publisher)}}}",  # one name in a second pair of braces: an organisation
        "title": f"{{{tex(reference.sentence)}}}",  # and so that no style changes its capitals
        "year": f"{reference.recorded.year}",
        "date": reference.recorded.isoformat(),
        "version": f"{reference.version}",
        "note": f"Claim {tex(reference.slug)}, version {reference.version}, recorded {reference.recorded}",
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
            "title": reference.sentence,
            "author": [{"literal": reference.publisher}],
            "container-title": reference.publisher,
            "number": reference.slug,
            "version": f"{reference.version}",
            "issued": _date(reference.recorded),
            "accessed": _date(reference.accessed),
            "URL": reference.url,
        }
    ]


def tex(text: str) -> str:
    """The text on one line, as TeX prints it: without signs that have no shape, the others escaped."""
    line = " ".join(text.split())
    return "".join(filter(str.isprintable, line)).translate(TEX)


def _date(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
