"""Where words that somebody has typed stand in a text, what the text writes otherwise, or why they do not. Pure."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from claims.evidence.locating import frame, locator, quote
from claims.evidence.near_places import Place, near_places
from claims.evidence.passages import Span, find

LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*")
SIGNS = {
    "apostrophe": re.compile("['’‘‛ʼʻʽ`´′]"),
    "quotation mark": re.compile('["“”„‟«»″]'),
    "dash": re.compile("[-‐‑‒–—―−]"),
    "ellipsis": re.compile(r"\.\.\.|…"),
    "white space": re.compile(r"\s+"),
}
SPACES = {
    " ": "a space",
    "\n": "the end of a line",
    "\n\n": "the end of a paragraph",
    "\t": "a tab",
    "\xa0": "a no-break space",
}
LONGEST = 1_000  # code points of a citation
MOST_WORDS = 3  # that are named as other ones


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The place of words in a text, if it is one; what the text writes otherwise; why there is none, and what may be
    meant instead."""

    span: Span | None = None
    differences: list[str] = field(default_factory=list)
    reason: str = ""
    choices: list[Place] = field(default_factory=list)


def whereabouts(text: str, typed: str, prefix: str = "", suffix: str = "") -> Whereabouts:
    """Where typed words stand in a text."""
    found = find(text, typed, prefix, suffix)
    if found.span:
        return Whereabouts(found.span, told_apart(typed, text[found.span.start : found.span.end]))
    if found.status == "ambiguous":
        return Whereabouts(reason="These words stand in several places. Choose one.", choices=near_places(text, typed))
    return _left_out(text, typed) or _other_case(text, typed) or _near(text, typed)


def told_apart(typed: str, held: str) -> list[str]:
    """How a text writes what was typed otherwise, sign by sign: "apostrophe: the text has ’, you have '"."""
    found = []
    for name, signs in SIGNS.items():
        pairs = zip(signs.findall(typed.strip()), signs.findall(held), strict=False)
        other = dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])
        found += [f"{name}: the text has {_named(there)}, you have {_named(here)}" for here, there in other]
    return found


def _named(sign: str) -> str:
    return SPACES.get(sign, "several spaces") if sign.isspace() else sign


def _left_out(text: str, typed: str) -> Whereabouts | None:
    """Where the parts of words stand between which some are left out."""
    parts = [part for part in LEFT_OUT.split(typed) if part.strip()]
    spans = [find(text, part).span for part in parts]
    known = [span for span in spans if span]
    if len(parts) < 2 or len(known) < len(parts) or any(one.end > other.start for one, other in pairwise(known)):
        return None
    places = " and ".join(dict.fromkeys(locator(text, span) for span in known))
    reason = f"Words are left out in what you typed. Its parts stand there ({places}): quote all of it, or one part."
    whole = Span(known[0].start, known[-1].end)
    return Whereabouts(reason=reason, choices=[_place(text, span) for span in (whole, *known) if _fits(span)])


def _other_case(text: str, typed: str) -> Whereabouts | None:
    """Where the same words stand in capitals, or without them."""
    lower = text.lower()
    found = find(lower, typed.lower()).span if len(lower) == len(text) else None
    if found is None:
        return None
    reason = "The text has these words with other capitals."
    return Whereabouts(reason=reason, choices=[_place(text, found)])


def _near(text: str, typed: str) -> Whereabouts:
    """Where other words are like those typed, and what differs in the likest of them."""
    near = near_places(text, typed[:LONGEST])
    if not near:
        return Whereabouts(reason="The text has neither these words nor any that are like them.")
    reason = "The text does not have these words. Nearest to them:"
    held = text[near[0].span.start : near[0].span.end]
    return Whereabouts(None, [*told_apart(typed, held), *_other_words(typed, held)], reason, near)


def _other_words(typed: str, held: str) -> list[str]:
    here, there = typed.split(), held.split()
    turns = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    runs = [(" ".join(here[a:b]), " ".join(there[c:d])) for kind, a, b, c, d in turns if kind != "equal"]
    return [f"the text has “{other}”, you have “{own}”" for own, other in runs[:MOST_WORDS]]


def _fits(span: Span) -> bool:
    return span.end - span.start <= LONGEST


def _place(text: str, span: Span) -> Place:
    return Place(span, quote(text, span), *frame(text, span), 100.0)
