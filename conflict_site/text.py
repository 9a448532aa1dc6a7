"""Words made comparable, whatever their script, case, accents or apostrophes. Pure."""

import re
import unicodedata

APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ`´"), None)
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text in lower case without accents and apostrophes, white space as single spaces.

    Compatibility decomposition (Unicode NFKD) drops combining marks, so that "Éric", "ё" and "й" match
    what a reader without that key types: "eric", "е", "и".
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits."""
    return WORD.findall(fold(text))
