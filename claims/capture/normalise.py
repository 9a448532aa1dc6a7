"""The one form in which texts are kept, and the characters that no text may hold. Pure.

What looks the same to a reader becomes the same code points, so that a quote can be matched exactly:

- line ends (CR LF, CR, form feed, U+2028, U+2029) become LF;
- tabs and Unicode's other spaces (general category Zs, as the no-break space) become the space U+0020;
- soft hyphens, word joiners, zero-width spaces and byte order marks go; a soft hyphen at a line's end is a hyphen;
- what remains is put into Unicode's composed form (NFC).

Refused, unless they are to be taken out, are the other control characters, and the bidirectional embeddings, overrides
and isolates, which make a text read otherwise than it is stored (Unicode Standard Annex 9; Boucher and Anderson,
"Trojan Source").
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from itertools import islice

from conflict_site.base.spelling import composed

LINE_ENDS = re.compile("\r\n|[\r\f\u2028\u2029]")
SPACES = dict.fromkeys((n for n in range(sys.maxunicode) if unicodedata.category(chr(n)) == "Zs"), " ") | {9: " "}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060\u200b\ufeff"), "")
SOFT_HYPHEN_AT_END = re.compile("\u00ad(?=\n)")
MOST_NAMED = 10
REFUSED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class RefusedText(Exception):
    """A text that cannot be kept; says why in words a curator can act on."""


class DoubtfulText(RefusedText):
    """A text that looks wrong or incomplete, and is kept only on a curator's word."""


class StraySigns(RefusedText):
    """A text with signs that no text may hold; it can be kept once they are taken out. Says where they stand."""


def normalise(text: str, *, take_out: bool = False) -> str:
    """The text in the form in which it is kept, without the signs that no text may hold if these are to be taken out.

    Doing it again changes nothing. Raises StraySigns where there are such signs and they are not to be taken out.
    """
    text = LINE_ENDS.sub("\n", text)
    if take_out:
        text = REFUSED.sub("", text)
    elif named := list(islice(_named(text), MOST_NAMED + 1)):
        more = " There are more." if len(named) > MOST_NAMED else ""
        raise StraySigns(f"{'; '.join(named[:MOST_NAMED])}, which a text may not hold.{more}")
    return composed(SOFT_HYPHEN_AT_END.sub("-", text).translate(SPACES | INVISIBLE))


def stray_signs(text: str) -> list[str]:
    """The signs that no text may hold, each with its line and column, counted from 1, and its name."""
    return list(_named(LINE_ENDS.sub("\n", text)))


def _named(text: str) -> Iterator[str]:
    line, seen = 1, 0
    for found in REFUSED.finditer(text):
        line, seen = line + text.count("\n", seen, found.start()), found.start()
        column = seen - text.rfind("\n", 0, seen)
        yield f"Line {line}, column {column} is {_name(found[0])}"


def _name(char: str) -> str:
    kind = "half a character" if unicodedata.category(char) == "Cs" else "a control character"
    return f"U+{ord(char):04X} ({unicodedata.name(char, kind).lower()})"
