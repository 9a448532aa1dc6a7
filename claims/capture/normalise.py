"""The one form in which texts are kept, and the characters that no text may hold. Pure.

What looks the same to a reader becomes the same code points, so that a quote can be matched exactly:

- line ends (CR LF, CR, form feed, U+2028, U+2029) become LF;
- tabs and Unicode's other spaces (general category Zs, as the no-break space) become the space U+0020;
- soft hyphens, word joiners, zero-width spaces and byte order marks go;
- what remains is put into Unicode's composed form (NFC).

Refused are the other control characters, and the bidirectional embeddings, overrides and isolates, which make a
text read otherwise than it is stored (Unicode Standard Annex 9; Boucher and Anderson, "Trojan Source").
"""

import re
import sys
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\f\u2028\u2029]")
SPACES = dict.fromkeys((n for n in range(sys.maxunicode) if unicodedata.category(chr(n)) == "Zs"), " ") | {9: " "}
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060\u200b\ufeff"), "")
REFUSED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class RefusedText(Exception):
    """A text that cannot be kept; says why in words a curator can act on."""


class DoubtfulText(RefusedText):
    """A text that looks wrong or incomplete, and is kept only on a curator's word."""


def normalise(text: str) -> str:
    """The text in the form in which it is kept. Doing it again changes nothing.

    Raises RefusedText at the first character that no text may hold, with its line and column, counted from 1.
    """
    text = LINE_ENDS.sub("\n", text)
    if found := REFUSED.search(text):
        raise RefusedText(f"{_place(text, found.start())} is {_name(found[0])}, which a text may not hold.")
    return unicodedata.normalize("NFC", text.translate(SPACES | INVISIBLE))


def _place(text: str, index: int) -> str:
    line_start = text.rfind("\n", 0, index) + 1
    return f"Line {text.count('\n', 0, index) + 1}, column {index - line_start + 1}"


def _name(char: str) -> str:
    kind = "half a character" if unicodedata.category(char) == "Cs" else "a control character"
    return f"U+{ord(char):04X} ({unicodedata.name(char, kind).lower()})"
