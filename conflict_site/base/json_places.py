"""Where in a JSON text its values stand, by line and column. Pure."""

import json
import re
from bisect import bisect_right

DEEPEST = 8  # what lies deeper is placed where its ancestor stands
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s"{}\[\]:,]+')

type Path = tuple[str | int, ...]  # names of properties, and numbers of items from 0


class Lines:
    """The lines of a text, to tell line and column, both from 1, of a character."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at this offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Places:
    """The values of a valid JSON text; the text "" has none, and everything stands on line 1, column 1."""

    def __init__(self, text: str = "") -> None:
        self._lines, self._offsets = Lines(text), _offsets(text)

    def at(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a property or an item, or of the nearest thing around it that is there."""
        while path and path not in self._offsets:
            path = path[:-1]
        return self._lines.at(self._offsets.get(path, 0))


def _offsets(text: str) -> dict[Path, int]:
    """The offset of each item, of each property's name, and of the whole, which has the path ()."""
    found: dict[Path, int] = {}
    path: list[str | int] = []
    is_name = False  # whether the next token names a property
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "}]":
            path.pop()
            is_name = False
        elif sign == ",":
            is_name = isinstance(path[-1], str)
            path[-1] = path[-1] if isinstance(path[-1], str) else path[-1] + 1
        elif is_name:
            path[-1], is_name = json.loads(sign, strict=False), False
            _note(found, path, token.start())
        elif sign != ":":
            if not path or isinstance(path[-1], int):
                _note(found, path, token.start())
            if sign in "{[":
                path.append("" if sign == "{" else 0)
                is_name = sign == "{"
    return found


def _note(found: dict[Path, int], path: list[str | int], offset: int) -> None:
    if len(path) <= DEEPEST:
        found[*path] = offset
