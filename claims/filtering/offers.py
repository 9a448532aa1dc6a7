"""What may have been meant by a search that finds nothing: words on file that sound or look like those typed.

It is offered, with how many claims it finds under the other conditions, and never looked for in place of what was
typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.filtering.filter import Choice, ClaimFilter
from claims.readmodel import Found, Having, Selection, near_words
from claims.search import Near, as_written, plain_words
from conflict_site.base.text import tokens
from conflict_site.base.words import is_cyrillic

MOST = 3
UNKNOWN = 3  # words of a search that are replaced; one with more is beyond guessing
TRIED = 6  # words that are looked for, of those that may be meant by one
LETTERS = 0.6  # of a word's letters, of which so many may differ where the sound is nearly the same


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search: its words, the address of the filter with them, and how many claims are found there."""

    words: str
    url: str
    count: int


def offers(claim_filter: ClaimFilter) -> list[Offer]:
    """Up to three searches that find something, in place of those of a filter that finds nothing."""
    searches = [choice for choice in claim_filter.chosen("q") if not choice.excluded]
    return [
        Offer(meant, claim_filter.url(without=[choice], plus=[("q", meant)]), count)
        for choice in searches
        for meant in meanings(claim_filter.published, choice.value)
        if (count := _found(claim_filter, choice, meant).size)
    ][:MOST]


def meanings(published: Found, typed: str) -> list[str]:
    """What may be meant by a search, some word of which no published claim has: the same with other words for those."""
    places = [place for place in plain_words(typed) if not _holding(published, typed[slice(*place)]).size]
    if not 0 < len(places) <= UNKNOWN:
        return []
    others = {place: _others(published, typed[slice(*place)]) for place in places}
    most = max(map(len, others.values()))
    chosen = [
        {place: words[min(nth, len(words) - 1)] for place, words in others.items() if words} for nth in range(most)
    ]
    return list(dict.fromkeys(_replaced(typed, words) for words in chosen))


def _found(claim_filter: ClaimFilter, without: Choice, typed: str) -> Found:
    others = [choice for choice in claim_filter.choices if choice.name != "q" or choice.excluded]
    selection = Selection(claim_filter.published, claim_filter.chosen_clock, [*others, Having("q", typed)])
    return selection.found()


def _holding(published: Found, word: str) -> Found:
    return Selection(published, "said", [Having("q", word)]).found()


def _others(published: Found, word: str) -> list[str]:
    """The words that may be meant by one, as they are written, without those that find nothing more than others do."""
    found: list[tuple[str, Found]] = []
    folded = tokens(word)
    candidates = near_words(published, folded[0]) if len(folded) == 1 else []
    for near in _alike(candidates, len(word))[:TRIED]:
        claims = _holding(published, near.word)
        if len(found) < MOST and claims.adds_to([other for _, other in found]):
            found.append((near.word, claims))
    return [_written(meant, word, claims) for meant, claims in found]


def _alike(candidates: Sequence[Near], length: int) -> list[Near]:
    """The candidates that are nearest by sound, in the script that was typed if there are any, and not too far off."""
    same = [near for near in candidates if not near.other_script and near.by_letter <= max(2, length * LETTERS)]
    close = same or [near for near in candidates if near.other_script and near.by_sound < 2]
    close = [near for near in close if near.by_sound < 2 or near.by_letter <= 2]
    return [near for near in close if near.by_sound == close[0].by_sound]


def _written(meant: str, typed: str, claims: Found) -> str:
    """A folded word as it is written, with a capital where what was typed has one.

    In folded Cyrillic words letters are missing ("й", "ї", "ё"), so that these are taken from a claim.
    """
    if is_cyrillic(meant):
        meant = as_written(meant, int(claims.keys[0])).lower()
    return meant.upper() if typed.isupper() else meant.capitalize() if typed[0].isupper() else meant


def _replaced(typed: str, words: dict[tuple[int, int], str]) -> str:
    return "".join(_parts(typed, words))


def _parts(typed: str, words: dict[tuple[int, int], str]) -> Iterator[str]:
    end = 0
    for (start, stop), word in words.items():
        yield typed[end:start]
        yield word
        end = stop
    yield typed[end:]
