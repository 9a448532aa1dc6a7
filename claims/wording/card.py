"""The card of a claim: its attribution sentence in lines that fit a picture. Pure."""

from dataclasses import dataclass
from textwrap import shorten, wrap

from claims.wording.lines import ClaimLine
from conflict_site.base.text import for_xml

# Letters a line and pixels from line to line, from few and large to many and small.
SIZES = ((34, 66, 56), (44, 52, 44), (56, 42, 35))
HEIGHT = 390  # pixels that the lines may take
TOP = 120
LONGEST = 500  # letters; a card holds no more


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sentence, and the baseline it stands on."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: the lines in one size of type, what stands below them, and the name of the site."""

    lines: tuple[Line, ...]
    size: int
    below: str
    site: str


def card(entry: ClaimLine, site: str) -> Card:
    """The card of a claim on the site of this name."""
    below = " · ".join(filter(None, [entry.when, entry.form_label, entry.source_label]))
    return drawn(entry.sentence, below, site)


def drawn(words: str, below: str, site: str) -> Card:
    """The card of a sentence. One that is too long even for the smallest type ends in "…"."""
    sentence = shorten(for_xml(words), LONGEST, placeholder=" …")
    for letters, step, size in SIZES:
        lines = wrap(sentence, letters)
        if len(lines) * step <= HEIGHT or (letters, step, size) == SIZES[-1]:
            break
    shown = lines[: HEIGHT // step]
    if len(lines) > len(shown):
        shown[-1] = f"{shown[-1][: letters - 2]} …"
    return Card(
        tuple(Line(text, TOP + number * step) for number, text in enumerate(shown)),
        size,
        shorten(for_xml(below), 90, placeholder=" …"),
        for_xml(site),
    )
