"""Cards as pictures (PNG), drawn with the site's own letters and no others: the same on every machine."""

from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont

from claims.wording import Card

FACE = "STIX Two Text"
KEPT = 64  # pictures of some 40 kB: who shares a link makes several programs ask for the same one at once


def svg(card: Card) -> str:
    """The card as an SVG picture."""
    return render_to_string("claims/card.svg", {"card": card})


@lru_cache(KEPT)
def png(card: Card) -> bytes:
    """The card as a PNG picture of the same size."""
    return resvg_py.svg_to_bytes(
        svg_string=svg(card),
        skip_system_fonts=True,
        font_dirs=[_letters().name],
        font_family=FACE,
        serif_family=FACE,
        sans_serif_family=FACE,
    )


@cache
def _letters() -> "TemporaryDirectory[str]":
    """A folder with the site's letters, unpacked as the drawing library reads them; it goes with the process."""
    folder = TemporaryDirectory(prefix="letters-")
    for path in Path(settings.BASE_DIR, "static", "fonts").glob("*.woff2"):
        with TTFont(path) as font:
            font.flavor = None
            font.save(Path(folder.name, f"{path.stem}.ttf"))
    return folder
