"""Words made comparable, whatever their script, case, accents or apostrophes. Pure."""

import re
import unicodedata
from functools import cache

from conflict_site.base.spelling import UNSEEN, composed, stream_safe, without_marks

APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻʽʹ`´′"), None)
HIDDEN = re.compile(f"[{UNSEEN}]+")
WORD = re.compile(r"[^\W_]+")
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PLAIN = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ŋ": "n", "ə": "a", "ĸ": "k"}  # no "x with …" by name
LATIN = (range(0xDF, 0x250), range(0x250, 0x2B0), range(0x1D00, 0x1F00), range(0x2C60, 0x2C80), range(0xA720, 0xA800))
LATIN_WITH = re.compile("LATIN SMALL LETTER ([A-Z]) WITH .+")


def fold(text: str) -> str:
    """The text in lower case without accents, apostrophes and unseen signs, white space as single spaces.

    Compatibility decomposition (Unicode NFKD) drops combining marks, so that "Éric", "ё" and "й" match what a reader
    without that key types: "eric", "е", "и". So do Latin letters that do not decompose: "ł", "ø", "đ", "æ".
    """
    text = text.translate(APOSTROPHES).casefold()  # before its marks go: "İ" has a dot from here on
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", stream_safe(text))
        text = _odd_letters().sub(lambda match: _plain_letters()[match[0]], without_marks(apart).casefold())
    return " ".join(text.split())


def lower(text: str) -> str:
    """The text in lower case, composed, without unseen signs and marks of stress that no letter of its own has."""
    return without_marks(composed(HIDDEN.sub("", text)).casefold())


@cache
def _plain_letters() -> dict[str, str]:
    """For each small Latin letter with a stroke, hook or tail that does not decompose, the letter without."""
    names = [(code, LATIN_WITH.fullmatch(unicodedata.name(chr(code), ""))) for codes in LATIN for code in codes]
    return {chr(code): match[1].lower() for code, match in names if match} | PLAIN


@cache
def _odd_letters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_plain_letters())}]")


def for_xml(text: str) -> str:
    """The text without the characters that no XML document may hold (XML 1.0, section 2.2)."""
    return NOT_IN_XML.sub("", text)


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits."""
    return WORD.findall(fold(text))
