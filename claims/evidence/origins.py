"""Which accounts tell of one utterance, and how many independent origins they have. Pure.

Two accounts are of one utterance where the speaker is the same and nothing on file tells them apart: the days on which
it may have been made overlap, and the occasions do not differ. Accounts of which one repeats the other
are one origin, and so are those that one document carries: they prove nothing that the first did not.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Account:
    """A claim as an account of an utterance: who made it, where and when, and the documents that carry it.

    It was made between the days ``first`` and ``last``; None leaves that end open.
    """

    key: int
    speaker: Hashable
    occasion: str
    first: date | None
    last: date | None
    documents: tuple[Hashable, ...] = ()


def is_same_utterance(one: Account, other: Account) -> bool:
    """Whether two accounts may be of one and the same utterance."""
    return one.speaker == other.speaker and _days_overlap(one, other) and _occasions_agree(one, other)


def origins(accounts: Sequence[Account], repeats: Iterable[tuple[int, int]]) -> list[list[Account]]:
    """The accounts by origin, in the order given.

    ``repeats`` are pairs of keys; what repeats through a claim that is none of the accounts repeats all the same.
    """
    parents: dict[int, int] = {}

    def origin(key: int) -> int:
        while (parent := parents.setdefault(key, key)) != key:
            key = parent
        return key

    first: dict[Hashable, int] = {}
    shared = [(first.setdefault(document, one.key), one.key) for one in accounts for document in one.documents]
    for one, other in [*shared, *repeats]:
        parents[origin(other)] = origin(one)
    groups: dict[int, list[Account]] = {}
    for account in accounts:
        groups.setdefault(origin(account.key), []).append(account)
    return list(groups.values())


def carriers(accounts: Iterable[Account]) -> list[Hashable]:
    """The documents that carry these accounts, each once, in their order."""
    return list(dict.fromkeys(document for account in accounts for document in account.documents))


def summary(found: Sequence[Sequence[Account]]) -> str:
    """The count in words: "3 documents on file carry these words, from 2 origins."."""
    documents = len(carriers(account for origin in found for account in origin))
    if documents == 0:
        return "No document on file carries these words, apart from texts of this site."
    if documents == 1:
        return "One document on file carries these words."
    told = "from one origin" if len(found) == 1 else f"from {len(found)} origins"
    return f"{documents} documents on file carry these words, {told}."


def _days_overlap(one: Account, other: Account) -> bool:
    first = max(one.first or date.min, other.first or date.min)
    return first <= min(one.last or date.max, other.last or date.max)


def _occasions_agree(one: Account, other: Account) -> bool:
    """Whether two occasions are the same, case and space apart, or one is not on file."""
    told = {" ".join(account.occasion.casefold().split()) for account in (one, other)}
    return len(told - {""}) < 2
