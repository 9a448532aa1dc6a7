"""Draws the icons that programs want as pixels from the one that is kept as SVG: .venv/bin/python scripts/icons.py"""

import struct
from pathlib import Path

import resvg_py

ICONS = Path(__file__).resolve().parents[1] / "static" / "icons"
GROUND = "#192329"  # of the icon, for corners that a home screen rounds itself
TOUCH, LARGE = 180, (192, 512)
SMALL = (16, 32, 48)


def drawn(size: int, background: str | None = None) -> bytes:
    """The icon as PNG, so many pixels wide and high."""
    return resvg_py.svg_to_bytes(svg_path=str(ICONS / "icon.svg"), width=size, height=size, background=background)


def ico(pictures: dict[int, bytes]) -> bytes:
    """PNG pictures by size in one file of the ICO format: a head, an entry for each, the pictures."""
    head, place = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    entries = []
    for size, png in pictures.items():
        entries.append(struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), place))
        place += len(png)
    return b"".join([head, *entries, *pictures.values()])


def main() -> None:
    """Write them all beside the SVG."""
    (ICONS / "favicon.ico").write_bytes(ico({size: drawn(size) for size in SMALL}))
    for size in (TOUCH, *LARGE):
        (ICONS / f"icon-{size}.png").write_bytes(drawn(size, GROUND))


if __name__ == "__main__":
    main()
