"""How many independent origins a statement has. Pure.

Documents that repeat one another prove nothing that the first did not. Accounts of the same speaker on the same
occasion and day are one origin, and so are accounts of which one repeats the other; all others count apart. Where it
is not known whether two accounts are independent (an unnamed voice, no occasion recorded), they are not counted so.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """A claim as one account of the same words: who said them when and where, and the documents that carry it."""

    key: int
    speaker: Hashable
    occasion: str
    said: Hashable
    documents: tuple[Hashable, ...] = ()

    @property
    def saying(self) -> Hashable:
        """What two accounts of one and the same utterance share."""
        return self.speaker, " ".join(self.occasion.casefold().split()), self.said


def origins(accounts: Sequence[Account], repeats: Iterable[tuple[int, int]]) -> list[list[Account]]:
    """The accounts by origin, in the order given. ``repeats`` are pairs of keys; those of no account do not count."""
    parents = {account.key: account.key for account in accounts}

    def origin(key: int) -> int:
        while parents[key] != key:
            key = parents[key]
        return key

    first: dict[Hashable, int] = {}
    same = [(first.setdefault(account.saying, account.key), account.key) for account in accounts]
    for one, other in [*same, *repeats]:
        if one in parents and other in parents:
            parents[origin(other)] = origin(one)
    groups: dict[int, list[Account]] = {}
    for account in accounts:
        groups.setdefault(origin(account.key), []).append(account)
    return list(groups.values())


def documents(accounts: Iterable[Account]) -> list[Hashable]:
    """The documents that carry these accounts, each once, in their order."""
    return list(dict.fromkeys(document for account in accounts for document in account.documents))


def summary(found: Sequence[Sequence[Account]]) -> str:
    """The count in words: "Carried by 3 documents from 2 origins."."""
    carriers = documents(account for origin in found for account in origin)
    return f"Carried by {_counted(len(carriers), 'document')} from {_counted(len(found), 'origin')}."


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
