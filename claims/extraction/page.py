"""The words of a web page, as a reader with scripts sees them: all of them, the page's furniture too.

Leaving out menus costs paragraphs of the text, too. Left out is what no reader sees (the HTML standard, section
15.3.1): elements that are hidden, and what stands in for scripts, pictures and films. Where most of a page is hidden, a
script shows it later, and it counts as seen.
"""

import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

# Pictures' names would stand in the middle of sentences.
NO_WORDS = ["img", "svg", "template", "area", "audio", "video", "canvas", "noembed", "noframes", "rp", "body title"]
HIDDEN = [
    '[hidden]:not([hidden=until-found]):not([id^="S:"])',
    "dialog:not([open])",
]  # React puts in place what S: names
HIDDEN += [f'[style*="display{colon}none" i]' for colon in (":", ": ", " : ")]
RAW = re.compile(  # what the standard reads as one piece up to its end; a noscript, too, where scripts run
    r"(?P<other><!--.*?(?:-->|\Z)|<(?P<name>script|style|textarea|title|xmp|iframe)\b.*?(?:</(?P=name)\b|\Z))"
    r"|<noscript\b[^>]*+(?:>(?P<inner>.*?)(?P<end></noscript\b[^>]*+>?|\Z)|\Z)"
    r"|(?P<tag></?(?:button|label))\b",
    re.I | re.S,
)
LEFT_OUT = re.compile(r"<(?P<name>select|svg|template)\b(?:[^>]*+(?<=/)>|.*?(?:</(?P=name)\b|\Z))", re.I | re.S)
REFRESH = "meta[http-equiv=refresh i][content*=url i]"
WORD = re.compile(r"\w+")
TAGS = re.compile(r"<[^>]*+>?")
NOTHING = re.compile(r"<!--.*?(?:-->|\Z)|</?\w+\s*>", re.S)  # comments and bare tags
LARGE = 10_000  # characters of a page, without these, that must give more than
LEFT_OPEN = "Its noscript is left open: scripts hide the words after it."
FEW = 150
SHORT = 1_200  # characters of a page that may be nothing but a wall
WALL = re.compile(r"\b(?:cookies?|captcha|cloudflare|javascript|куки|кукі|файл\w* cookie)\b", re.I)


def words(page: str) -> tuple[str, str]:
    """The words of a page, and a doubt where some may be lost."""
    markup, is_open = _without_noscript(page)
    tree = HTMLTree.parse(markup)
    whole, seen = _text(tree, NO_WORDS), _text(tree, [*NO_WORDS, *HIDDEN])
    text = whole if _count(seen) * 2 < _count(whole) else seen
    return text, _loss(markup, tree, text) or (LEFT_OPEN if is_open else "")


def _text(tree: HTMLTree, skipped: list[str]) -> str:
    # Without alt_texts the captions of figures would go, too.
    text = extract_plain_text(tree, main_content=False, list_bullets=False, alt_texts=True, skip_elements=skipped)
    return str(text).strip()


def _without_noscript(page: str) -> tuple[str, bool]:
    """The page as scripts leave it, and whether a noscript has no end: then its words stay.

    The words of buttons and labels, which the library takes for those of a form, become plain ones.
    """
    is_open = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal is_open
        if found["other"] is not None:
            return found[0]
        if found["tag"]:
            return "</span" if found["tag"].startswith("</") else "<span"
        if found["end"]:
            return ""
        is_open = bool(_count(TAGS.sub(" ", found["inner"] or "")))
        return found["inner"] or ""

    return RAW.sub(replaced, page), is_open


def _loss(markup: str, tree: HTMLTree, text: str) -> str:
    """Why words of a page may be lost: far more stand in its source, or it is large and gives next to none."""
    there = _count(TAGS.sub(" ", LEFT_OUT.sub(" ", RAW.sub(_bare, markup))))
    if len(text) < FEW and len(NOTHING.sub("", markup)) > LARGE:
        return f"A page of {len(markup):,} characters gives {len(text)}: “{' '.join(text.split())[:80]}”."
    if _count(text) * 3 < there - 20:
        return f"Of some {there:,} words in the page’s source, {_count(text):,} were read."
    if len(text) < SHORT and tree.document and tree.document.query_selector(REFRESH):
        return "It is short and sends readers on to another page."
    if len(text) < SHORT and (found := WALL.search(text)):
        return f"It is short and speaks of “{found[0]}”: it may be what stands before the page."
    return ""


def _bare(found: re.Match[str]) -> str:
    return " " if found["other"] else found[0]


def _count(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
