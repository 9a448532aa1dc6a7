"""The characters of a file or page, in the encoding that browsers would choose.

The order is that of the HTML standard, section 13.2.3.2: a byte order mark; what the server said, if that is a label
of the WHATWG Encoding Standard; what the page itself says; a guess. A byte that is wrong in the chosen encoding is one
U+FFFD: it is no reason to read all the others in another way.
"""

import re
from collections.abc import Iterator

from webencodings import LABELS, UTF8, Encoding, lookup

MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xfe\xff": "utf-16be", b"\xff\xfe": "utf-16le"}
PRESCANNED = 1024  # bytes of a page that are looked through for its own word
SURE = 0.05  # below that, a guess rests on next to nothing
CANDIDATES = sorted(set(LABELS.values()) - {"replacement", "x-user-defined", "iso-8859-8-i"})
STRAY = 20  # so many letters in good UTF-8 outweigh one wrong byte

NOT_MEANT = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}

TAG = re.compile(rb"<!--(?:-?>|.*?-->)|<(meta)(?=[\s/])|</?[a-z][^\s/>]*|<[!/?][^>]*>", re.I | re.S)
ATTRIBUTE = re.compile(
    rb"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*|(?=>))))?", re.S
)
CONTENT_CHARSET = re.compile(r"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.I)
BEFORE = 100  # bytes before the first letter beyond ASCII that a guess sees
MARKUP = re.compile(rb"<[^<>]*>")
BEYOND_ASCII = re.compile(rb"[\0\x80-\xff]")
XML_DECLARATION = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)[\"']")


def decoded(data: bytes, label: str = "", *, is_page: bool = False) -> tuple[str, str]:
    """The characters, and a doubt where the encoding is a poor guess. ``label`` is what the server said, or ""."""
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return _text(data[len(mark) :], _known(name) or UTF8), ""
    encoding = _known(label) or (_own_word(data) if is_page else None)
    return (_text(data, encoding), "") if encoding else _guessed(data)


def _known(label: str) -> Encoding | None:
    """The encoding by a label, where the Encoding Standard has it. Its gbk decoder is that of gb18030."""
    try:
        encoding = lookup(label)
    except UnicodeEncodeError:  # half a character from a header
        return None
    return lookup("gb18030") if encoding and encoding.name == "gbk" else encoding


def _text(data: bytes, encoding: Encoding) -> str:
    return str(encoding.codec_info.decode(data, "replace")[0])


def _own_word(data: bytes) -> Encoding | None:
    """What a page says of itself, by the standard's prescan. UTF-16 cannot be meant: the word reads as ASCII."""
    said = _by_meta(data[:PRESCANNED]) or _by_declaration(data[:PRESCANNED])
    return lookup(NOT_MEANT.get(said.name, said.name)) if said else None


def _by_declaration(start: bytes) -> Encoding | None:
    found = XML_DECLARATION.match(start)
    return _known(_ascii(found[1])) if found else None


def _by_meta(start: bytes) -> Encoding | None:
    place = 0
    while tag := TAG.search(start, place):
        place = tag.end()
        if not re.match(rb"</?[a-z]", tag[0], re.I):
            continue
        attributes: dict[str, str] = {}
        for found in _attributes(start, place):
            place = found.end()
            value = next((part for part in found.groups()[1:] if part is not None), b"")
            attributes.setdefault(_ascii(found[1]).lower(), _ascii(value))
        if place == len(start):  # within a tag
            return None
        if tag[1] and (encoding := _said(attributes)):
            return encoding
    return None


def _attributes(start: bytes, place: int) -> Iterator[re.Match[bytes]]:
    while found := ATTRIBUTE.match(start, place):
        place = found.end()
        yield found


def _said(attributes: dict[str, str]) -> Encoding | None:
    """What one meta element says: by ``charset``, or by ``content`` with the right ``http-equiv``."""
    if "charset" in attributes:
        return _known(attributes["charset"])
    if attributes.get("http-equiv", "").lower() != "content-type":
        return None
    found = CONTENT_CHARSET.search(attributes.get("content", ""))
    return _known(next(filter(None, found.groups()), "")) if found else None


def _ascii(data: bytes) -> str:
    return data.decode("ascii", "replace")


def _guessed(data: bytes) -> tuple[str, str]:
    """What reads as UTF-8, a stray byte apart, is UTF-8. Of others the library sees the first letters beyond ASCII."""
    import chardet

    text = _text(data, UTF8)
    wrong, letters = text.count("\ufffd"), sum(not char.isascii() for char in text)
    if wrong * STRAY <= letters - wrong and "\0" not in text:
        return text, ""
    first = BEYOND_ASCII.search(data)
    sample = MARKUP.sub(b" ", data[max(0, first.start() - BEFORE) if first else 0 :])
    guess = chardet.detect(sample, prefer_superset=False, include_encodings=CANDIDATES)
    encoding = _named(guess["encoding"] or "")
    return _text(data, encoding), _poor(data, encoding) if guess["confidence"] < SURE else ""


def _named(name: str) -> Encoding:
    """The encoding by a label or by Python's name of its codec; else UTF-8."""
    codecs = {one.codec_info.name: one for one in map(lookup, CANDIDATES) if one}
    return _known(name) or codecs.get(name.lower()) or UTF8


def _poor(data: bytes, guess: Encoding) -> str:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"This is no text in UTF-8: {error.reason} at position {error.start}; {guess.name} is a poor guess."
    return ""
