"""The words of a part: read when somebody first searches in it, or mapped where another process has kept them."""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import batched

import numpy as np
from django.db import router

from claims.models import Claim, ClaimWords
from claims.readmodel import shared
from claims.readmodel.indexing import Text, index_of
from claims.readmodel.part import Part
from claims.readmodel.wordindex import WordIndex
from claims.search import Lexicon
from conflict_site.base import limits
from conflict_site.base.memory import give_back

AT_A_TIME = 2_000  # claims


def words_of(part: Part) -> WordIndex:
    """The words of a part's claims, as they are once it is first asked: a claim that changes later leaves the part."""
    found: WordIndex = part.once.get("words", lambda: _kept(part) if part.mark else _read(part))
    return found


def lexicon_of(part: Part) -> Lexicon:
    """The words of a part's claims, to liken another one to them."""
    found: Lexicon = part.once.get("lexicon", lambda: Lexicon(words_of(part).counted()))
    return found


def _kept(part: Part) -> WordIndex:
    """What a process of this machine has kept for all, or what is read and kept now, by one process at a time."""
    alias = router.db_for_read(Claim)
    name = f"words-{'-'.join(map(str, part.mark or ()))}-{blake2b(part.keys.tobytes(), digest_size=16).hexdigest()}"
    found = shared.taken(alias, name)
    if found:
        return found
    with shared.alone(alias) as has_waited:
        found = shared.taken(alias, name) if has_waited else None
        return found or shared.kept(alias, name, _read(part))


def _read(part: Part) -> WordIndex:
    with limits.patiently():
        found = index_of(_texts(part), part.size)
    give_back()
    return found


def _texts(part: Part) -> Iterator[Text]:
    """The texts of those of its claims that are still there."""
    for keys in batched(np.sort(part.keys).tolist(), AT_A_TIME):
        found = list(ClaimWords.objects.filter(claim__in=keys).order_by().values_list("claim_id", "text", "forms"))
        rows = part.by_key.codes(np.array([key for key, _, _ in found], np.int64))[0].tolist()
        yield from ((row, text, forms) for row, (_, text, forms) in zip(rows, found, strict=True))
