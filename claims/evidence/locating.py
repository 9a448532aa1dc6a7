"""Where in a text a passage stands, in words: its paragraph and sentence, and the words around it. Pure."""

import re

from claims.evidence.passages import Span, spaced
from claims.evidence.reading import BLANK_LINE, BLOCK, HEADING, LINE

SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[”\"’»)\]]*\s++(?=[“\"„«(\[—–-]*\s*[^\W_a-zа-яіїєґ])")
SHORT = re.compile(r"(?:\b(?:Mr|MR|Mrs|MRS|Ms|MS|Dr|DR|Gen|Sen|Rep|Gov|Lt|Col|St|No|vs|etc|Jr|Sr|Prof)|\b[^\W\d_])\.$")
LONGEST_SHORT = 8  # letters of what a full stop may abbreviate, with what stands before it
FRAME = 6  # words on either side, as a citation notes them
REACH = 150  # code points in which these are looked for


def paragraph_start(text: str, place: int) -> int:
    """Where the paragraph begins in which a place of the text lies."""
    start = 0
    for block in _blocks(text):
        if block.start() > place:
            break
        start = block.start()
    return start


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, which join to it. A full stop after "Mr" or one letter ends none."""
    cut, start = [], 0
    for match in SENTENCE_END.finditer(paragraph):
        word = paragraph[max(0, match.start() - LONGEST_SHORT) : match.start() + 1]
        if not (match[0].startswith(".") and SHORT.search(word)):
            cut.append(paragraph[start : match.end()])
            start = match.end()
    return [*cut, paragraph[start:]]


def locator(text: str, span: Span) -> str:
    """The paragraph and the sentence in which a passage begins: "par 4, sentence 2". Headings are not counted."""
    number, start = 0, 0
    for block in _blocks(text):
        if block.start() > span.start:
            break
        number += not HEADING.match(block[0])
        start = block.start()
    sentence = len(sentences(text[start : span.start] + "X"))
    return f"par {max(number, 1)}, sentence {sentence}"


def frame(text: str, span: Span) -> tuple[str, str]:
    """Up to six words before a passage and after it."""
    before, after = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    return " ".join(before.split()[-FRAME:]), " ".join(after.split()[:FRAME])


def whole_words(text: str, span: Span) -> Span:
    """A run widened to the words that it cuts, and without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def quote(text: str, span: Span) -> str:
    """The words of a passage, white-space runs as one space."""
    return spaced(text[span.start : span.end])


def _blocks(text: str) -> list[re.Match[str]]:
    blocks = BLOCK if BLANK_LINE.search(text.strip()) else LINE
    return list(blocks.finditer(text))
