"""What a claim's content should not hold: "that", the speaker, the first person, words that judge, capitals. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence

from claims.models import Doubt
from conflict_site.base.text import tokens
from conflict_site.base.words import RUN, Word, words

QUOTED = re.compile('“[^”]*”|"[^"]*"|«[^»]*»|„[^“”]*[“”]')
ATTRIBUTED = frozenset({"call", "calls", "called", "describes", "described", "so-called"})
REACH = 4  # words between "what he calls" and what he calls so
FIRST_PERSON = re.compile(r"(?<![\w’'.])(?:(?<!War )I|[Ww]e|[Mm]y|[Oo]ur|us|me|mine|ours|myself|ourselves)(?![\w.])")
SHOUTED = re.compile(r"\b[^\W\d_]{4,}\b")

type Judging = dict[str, str]  # words that judge, and what may stand in their place


def lint(content: str, *, names: Collection[str], judging: Judging, capitals: Collection[str] = ()) -> Iterator[Doubt]:
    """What is doubtful in a content. ``names`` are the speaker's, ``judging`` the list of the newsroom, ``capitals``
    the names and abbreviations on file that are written so.
    """
    own = QUOTED.sub(" ", content)
    for code, told in (
        ("that", _that(own)),
        ("speaker", _speaker(own, names)),
        ("first_person", _first_person(own)),
        ("judging", _judging(own, judging)),
        ("capitals", _capitals(own, capitals)),
    ):
        if told:
            yield Doubt("content", code, told)


def in_capitals(content: str) -> list[str]:
    """The words of four letters or more that are written in capitals."""
    return [word for word in SHOUTED.findall(QUOTED.sub(" ", content)) if word.isupper()]


def _that(content: str) -> str:
    return "It begins with “that”, which stands before it already." if tokens(content)[:1] == ["that"] else ""


def _speaker(content: str, names: Collection[str]) -> str:
    spoken = tokens(content)
    named = next((name for name in names if _runs(spoken, tokens(name))), None)
    return f"It names the speaker, “{named}”, who stands before it already." if named else ""


def _first_person(content: str) -> str:
    found = FIRST_PERSON.search(content)
    return f"“{found[0]}” is the first person: these are our words, not the speaker’s." if found else ""


def _judging(content: str, judging: Judging) -> str:
    said = list(words(content))
    found = {entry: instead for entry, instead in judging.items() if _judges(said, list(words(entry)))}
    told = (f"“{entry}”" + (f" (rather “{instead}”?)" if instead else "") for entry, instead in sorted(found.items()))
    return f"Does the site say so, or the speaker? {', '.join(told)}." if found else ""


def _judges(said: Sequence[Word], entry: Sequence[Word]) -> bool:
    """Whether an entry of the list stands there in some form, and not as what somebody calls so."""
    return any(
        all(_is_form_of(one, other) for one, other in zip(said[at:], entry, strict=False))
        and not ATTRIBUTED & {word.spelling for word in said[max(0, at - REACH) : at]}
        for at in range(len(said) - len(entry) + 1)
    )


def _is_form_of(word: Word, entry: Word) -> bool:
    """Whether a word is one of the list in some form; adverbs have one only, as "rightly" is not "right"."""
    return word.spelling == entry.spelling or (not entry.spelling.endswith("ly") and bool(word.forms & entry.forms))


def _capitals(content: str, known: Collection[str]) -> str:
    loud = [word for word in in_capitals(content) if word not in known]
    return f"In capitals: “{loud[0]}”." if loud else ""


def _runs(words: Sequence[str], name: Sequence[str]) -> bool:
    starts = range(len(words) - len(name) + 1)
    return bool(name) and any(list(words[at : at + len(name)]) == list(name) for at in starts)


def words_in(text: str) -> int:
    """How many words a passage has."""
    return sum(1 for part in text.split() if RUN.search(part))
