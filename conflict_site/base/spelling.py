"""One spelling for what looks the same to a reader, whose places lead back to the text as it stands. Pure.

Made equal are Unicode's composed and decomposed letters (canonical equivalence), curly and straight quotation marks
and apostrophes, all dashes, all white space (runs count as one space), ligatures, and an ellipsis as one sign or three
dots. Soft hyphens and other signs that nobody sees count for nothing. A hyphen between letters at the end of a line
becomes ``BREAK``: it may be the word's own or the printer's. All else stays: letters, case, digits, the order of words.

Everything takes time in proportion to the text, however odd it is.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

BREAK = "\n"  # no other line ends are left in a spelling
UNSEEN = (  # Unicode's default ignorable code points, save fillers that take up room
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
HYPHENS = "-\u2010\u2011"
LETTER, MARK = r"[^\W\d_]", r"[\u0300-\u036f]"
HYPHEN_AND_SPACE = re.compile(rf"(?:(?<={LETTER})|(?<={MARK}))[{HYPHENS}\u00ad][\s{UNSEEN}]++(?={LETTER})")
MOST_MARKS = 30  # in a row; more stand in no language (Unicode Standard Annex 15, section 13)

_DASH = "\u2013"  # while hyphens have to be told from it
_SIGNS = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("’‘‚‛ʼʻʽʹ`´′‹›＇", "'"),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u2012\u2014\u2015\u2212\ufe58\ufe63\uff0d", _DASH),
    **dict.fromkeys("\v\f\r\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys(
        "\t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
}
_ASCII_SIGNS = [sign for sign in _SIGNS if sign.isascii()]
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "...": "…"}
_PLANES = range(0x300, 0x30000)  # where Unicode has letters and marks

type Runs = list[tuple[int, int, int, int]]  # where each rewritten run stands now and stood before


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text in its one spelling. ``changes`` are the runs that were rewritten, one list for each time."""

    text: str
    changes: tuple[Runs, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a run of the spelling stands in the text, in code points; None where it cuts a sign in two."""
        for runs in reversed(self.changes):
            first, last = _start_before(runs, start), _end_before(runs, end)
            if first is None or last is None:
                return None
            start, end = first, last
        return start, end


def spelled(text: str) -> Spelling:
    """The text in its one spelling."""
    for sign in _ASCII_SIGNS if text.isascii() else _SIGNS:
        if sign in text:
            text = text.replace(sign, _SIGNS[sign])
    odd = _odd(dotted="..." in text, loose=" \n" in text or "  " in text, plain=text.isascii())
    text, signs = _rewritten(text, odd, _plain)
    text = text.replace(_DASH, "-")
    if text.isascii():
        return Spelling(text, (signs,))
    text, letters = _rewritten(text, _joining(), composed, joins=True)
    return Spelling(text, (signs, letters) if letters else (signs,))


def spelling(text: str) -> str:
    """The one spelling of a short text, without white space at its ends."""
    return spelled(text).text.strip()


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), with no more than ``MOST_MARKS`` combining marks in a row."""
    return unicodedata.normalize("NFC", stream_safe(text))


def stream_safe(text: str) -> str:
    """The text in Unicode's Stream-Safe Format: to put marks in order takes time by the square of their number."""
    return text if text.isascii() else _long_runs_of_marks().sub("\\g<0>\u034f", text)


def without_marks(text: str) -> str:
    """The text without combining marks and unseen signs; letters that have their marks within stay."""
    return text if text.isascii() else _marks().sub("", text)


def pattern(words: str, *, broken: bool) -> str:
    """The regular expression of words in their one spelling; ``broken`` if the text to be searched has a BREAK."""
    if not broken and BREAK not in words:
        return re.escape(words)
    # re.escape puts a backslash before a hyphen, a space and a line feed.
    found = re.sub(r"[^\W\d_](?=[^\W\d_])", rf"\g<0>{BREAK}?", re.escape(words))
    found = re.sub(r"\\-\\ |\\-", rf"(?:\g<0>|{BREAK})", found)
    return found.replace(f"\\{BREAK}", rf"(?:-\ ?|{BREAK})?")


def kept(text: str) -> str:
    """A run of a text with white space as single spaces, save that a word broken at a line's end stays so."""
    marked = _at_line_ends(text, lambda run: f"{run[0]}\0") if "\n" in text else text
    return "\n".join(" ".join(part.split()) for part in marked.split("\0"))


def joined(text: str) -> str:
    """A text in which no word is broken at a line's end."""
    return _at_line_ends(text, lambda run: "") if "\n" in text else text


def _at_line_ends(text: str, rewrite: Callable[[str], str]) -> str:
    """A text with each hyphen between letters at a line's end, and the white space after it, rewritten."""
    return HYPHEN_AND_SPACE.sub(lambda match: rewrite(match[0]) if "\n" in match[0] else match[0], text)


def _plain(run: str) -> str:
    """What stands in a spelling for a hyphen at a line's end, white space, unseen signs, or a ligature."""
    if run in _LIGATURES:
        return _LIGATURES[run]
    if run[0] in "-\u00ad" and "\n" in run:
        return BREAK
    space = " " if " " in run or "\n" in run else ""
    return f"-{space}" if run[0] == "-" else space


def _rewritten(
    text: str, odd: re.Pattern[str], rewrite: Callable[[str], str], *, joins: bool = False
) -> tuple[str, Runs]:
    """The text with its odd runs rewritten, and where these are; with ``joins``, a mark's run begins at its letter."""
    parts: list[str] = []
    runs: Runs = []
    end = shift = 0
    for match in odd.finditer(text):
        first, last = match.span()
        first -= joins and first > 0 and _joins(text[first])
        run = text[first:last]
        if (new := rewrite(run)) != run:
            parts += [text[end:first], new]
            runs.append((first + shift, first + shift + len(new), first, last))
            end, shift = last, shift + len(new) - len(run)
    return "".join([*parts, text[end:]]), runs


@cache
def _odd(*, dotted: bool, loose: bool, plain: bool) -> re.Pattern[str]:
    """The expression of runs that ``_plain`` rewrites. It begins with a class of signs, so that a search runs over
    letters fast, and leaves out what a text lacks: three dots, space before white space, signs beyond ASCII (plain).
    """
    unseen, ligatures = ("", "") if plain else (UNSEEN, "".join(_LIGATURES)[:7])
    gap, space, dot = rf"[ \n{unseen}]", " " if loose or unseen else "", "." if dotted else ""
    hyphen = rf"(?:(?<={LETTER}[-\u00ad])|(?<={MARK}[-\u00ad])){gap}++(?={LETTER})"
    soft = rf"(?<=\u00ad)[\u00ad{unseen}]*+"  # not at a line's end within a word, so it tells nothing of the line
    rest = [hyphen, soft, rf"(?<=[\n{unseen}]){gap}*+", rf"(?<= ){gap}++", r"(?<=\.)\.\.", f"(?<=[\0{ligatures}])"]
    return re.compile(rf"[-\n{unseen}{ligatures}{space}{dot}](?:{'|'.join(rest)})")


@cache
def _joining() -> re.Pattern[str]:
    """The expression of signs that composing may change: those that join a letter, and those that are another one."""
    marks = _class(_joins)
    return re.compile(f"[{marks}{_class(_changes)}][{marks}]*+")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_class(lambda char: unicodedata.combining(char) > 0)}{UNSEEN}]+")


@cache
def _long_runs_of_marks() -> re.Pattern[str]:
    marks = _class(_is_mark)
    return re.compile(f"[{marks}]{{{MOST_MARKS}}}(?=[{marks}])")


def _class(holds: Callable[[str], bool]) -> str:
    """The signs of which something holds, as the ranges of a class of a regular expression."""
    found = [code for code in _PLANES if holds(chr(code))]
    firsts = [code for code in found if not holds(chr(code - 1))]
    lasts = [code for code in found if not holds(chr(code + 1))]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))


def _is_mark(char: str) -> bool:
    """Whether a sign is, or begins when it is taken apart with, a combining mark that has a place in an order."""
    return unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) > 0


def _joins(char: str) -> bool:
    """Whether a sign may become one with what stands before it."""
    return unicodedata.category(char)[0] == "M" or "\u1161" <= char <= "\u1175" or "\u11a8" <= char <= "\u11c2"


def _changes(char: str) -> bool:
    return unicodedata.normalize("NFC", char) != char


def _start_before(runs: Runs, start: int) -> int | None:
    """Where stood what begins here now; None within a rewritten run."""
    at = bisect_right(runs, start, key=itemgetter(0)) - 1
    if at < 0:
        return start
    first, last, was, until = runs[at]
    if start >= last:
        return start - last + until
    return was if start == first else None


def _end_before(runs: Runs, end: int) -> int | None:
    """Where ended what ends here now; None within a rewritten run."""
    at = bisect_left(runs, end, key=itemgetter(0)) - 1
    if at < 0:
        return end
    _, last, _, until = runs[at]
    return end - last + until if end >= last else None
