"""Whether a text looks as if it had been read in a wrong encoding (mojibake). Pure.

Two libraries judge: ftfy knows what UTF-8 looks like in other encodings, even a few words of it among others;
charset-normalizer how unlike any language a text is as a whole, which takes some length to tell. Of speeches in a
dozen languages, some 800, the worst has a quarter of the mess that is taken for garbled, and none a word of the others.
"""

import re

UNSEEN = re.compile("[\u061c\u200c-\u200f\ufe00-\ufe0f]")  # marks of direction, joiners, variants of a sign
MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff]")  # a wrong byte; a letter of a font without a table of meanings
ACCENTED = re.compile("[À-ÖØ-öø-ÿ]{4}")  # more in a row than any language has: Cyrillic read as Latin
SWAPPED = re.compile(r"\b[а-яёіїєґ][А-ЯЁІЇЄҐ]{2,}\b")  # KOI8 and windows-1251 have each other's capitals
FEW = 2  # words of a kind, or characters, may stand in any text
MANY = 10  # characters without a meaning are enough, even in one word
RATE, RATE_OF_ALIKE, RATE_IN_SHORT = 0.005, 0.002, 0.02  # of the words
MESS, LENGTH = 0.15, 200  # characters, at least


def garbled(text: str) -> str:
    """Some of the words that look garbled; "" where none do, or too few to say so."""
    text = UNSEEN.sub("", text)
    odd = [word for word in text.split() if not word.isascii()]
    found = _meaningless(odd, text) or _accented(odd, text) or _swapped(text) or _mistaken(odd, text)
    return found or (_shown(odd) if len(text) >= LENGTH and _mess(text) >= MESS else "")


def _meaningless(odd: list[str], text: str) -> str:
    """Words with characters that mean nothing; in scripts without spaces the characters themselves are counted."""
    found = [word for word in odd if MEANINGLESS.search(word)]
    number = len(MEANINGLESS.findall(text))
    is_much = _is_much(found, text, RATE) or number > max(MANY, len(text) / 100) or number > max(FEW, len(text) / 5)
    return _shown(found) if is_much else ""


def _accented(odd: list[str], text: str) -> str:
    found = [word for word in odd if ACCENTED.search(word)]
    return _shown(found) if _is_much(found, text, RATE) else ""


def _swapped(text: str) -> str:
    """Words that begin small and go on in capitals: some, or one where the capitals outweigh the small letters."""
    found = SWAPPED.findall(text)
    is_much = _is_much(found, text, RATE) or (found and _capitals(text) > 0)
    return _shown(found) if is_much else ""


def _capitals(text: str) -> int:
    """How many more capitals than small letters there are among the Cyrillic ones."""
    return sum(1 if char < "а" else -1 for char in text if "А" <= char <= "я")


def _mistaken(odd: list[str], text: str) -> str:
    """Words that are UTF-8 read as something else. In a short text one is enough."""
    from ftfy.badness import is_bad

    found = [word for word in odd if is_bad(word) and any(char.isalpha() for char in word)]
    is_much = _is_much(found, text, RATE_OF_ALIKE) or len(found) > RATE_IN_SHORT * len(text.split())
    return _shown(found) if is_much else ""


def _mess(text: str) -> float:
    from charset_normalizer.md import mess_ratio

    return mess_ratio(text, 1)


def _is_much(found: list[str], text: str, rate: float) -> bool:
    return len(found) > FEW and len(found) > rate * len(text.split())


def _shown(words: list[str]) -> str:
    return " ".join(words)[:80]
