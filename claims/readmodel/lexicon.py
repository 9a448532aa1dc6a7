"""The words by which published claims are found, so that one that nobody used can be likened to them.

Read when it is first asked for: all words once for the claims that a process has read in order, and those of claims
that have changed since for each snapshot.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np

from claims.models import Claim, ClaimWords
from claims.readmodel.coding import Coding
from claims.readmodel.selection import Found
from claims.readmodel.snapshot import Snapshot
from claims.search import Lexicon, Near
from conflict_site.base import limits
from conflict_site.base.memory import give_back

AT_A_TIME = 500  # claims

_held: list[tuple[Coding, Lexicon]] = []  # one, or none yet
_one_at_a_time = Lock()


def near_words(published: Found, word: str) -> list[Near]:
    """The words of claims that may be meant by a folded one, the nearest first.

    Some may be found in no published claim any more: what is offered to readers has to be looked for first.
    """
    snapshot = published.snapshot
    lexicons = (all_words(snapshot), snapshot.kept(("lexicon",), lambda: _of_later(snapshot)))
    found = {near.word: near for lexicon in lexicons for near in lexicon.near(word)}
    return sorted(found.values(), key=lambda near: near.rank)


def all_words(snapshot: Snapshot) -> Lexicon:
    """The words of the claims that were read in order, as this snapshot and its successors have them."""
    with _one_at_a_time:
        if not _held or _held[0][0] is not snapshot.by_key:
            texts = ClaimWords.objects.filter(claim__in=Claim.objects.published().order_by())
            with limits.patiently():
                _held[:] = [(snapshot.by_key, _lexicon(texts.values_list("text", flat=True).iterator()))]
            give_back()
        return _held[0][1]


def _of_later(snapshot: Snapshot) -> Lexicon:
    """The words of the claims that have changed since."""
    keys = snapshot.keys[snapshot.ordered :][np.asarray(snapshot.flags[snapshot.ordered :])].tolist()
    return _lexicon(text for at in range(0, len(keys), AT_A_TIME) for text in _texts(keys[at : at + AT_A_TIME]))


def _texts(keys: Sequence[int]) -> Iterable[str]:
    return ClaimWords.objects.filter(claim__in=keys).values_list("text", flat=True)


def _lexicon(texts: Iterable[str]) -> Lexicon:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(text.split())
    return Lexicon(counted)
