"""The words by which published claims are found, so that one that nobody used can be likened to them."""

from claims.readmodel.selection import Found
from claims.readmodel.words import lexicon_of
from claims.search import Near


def near_words(published: Found, word: str) -> list[Near]:
    """The words of claims that may be meant by a folded one, the nearest first.

    Some may be found in no published claim any more: what is offered to readers has to be looked for first.
    """
    lexicons = [lexicon_of(met.part) for met in published.parts]
    found = {near.word: near for lexicon in lexicons for near in lexicon.near(word)}
    return sorted(found.values(), key=lambda near: near.rank)
