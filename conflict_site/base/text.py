"""Words made comparable, whatever their script, case, accents or apostrophes. Pure."""

import re
import unicodedata

APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ`´"), None)
WORD = re.compile(r"[^\W_]+")
START = 3  # words of a name that stand in an index
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fold(text: str) -> str:
    """The text in lower case without accents and apostrophes, white space as single spaces.

    Compatibility decomposition (Unicode NFKD) drops combining marks, so that "Éric", "ё" and "й" match
    what a reader without that key types: "eric", "е", "и".
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def for_xml(text: str) -> str:
    """The text without the characters that no XML document may hold (XML 1.0, section 2.2)."""
    return NOT_IN_XML.sub("", text)


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits."""
    return WORD.findall(fold(text))


def name_start(name: str, of: str = "name") -> str:
    """The first ``START`` words of a name, folded; of its "surname" those before a comma, or its "last" of several."""
    words = tokens(name.partition(",")[0] if of == "surname" else name)
    if of == "last":
        return words[-1] if len(words) > 1 else ""
    return " ".join(words[:START])
