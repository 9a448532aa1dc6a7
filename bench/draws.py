"""Chance, in columns: for every claim of a block its speaker, dates, issues, sources, words and the rest.

A block is drawn from the seed and its own number alone, so that the same size gives the same record everywhere.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from bench import vocabulary, world
from claims.models import Act, Form, Identification, State

BLOCK = 50_000
WORDS, COMMON_WORDS = 24, 20_000  # the words of a claim's content and passage, and those they are drawn from
BURSTS, BURST_DAYS, BURST_WEIGHT = 40, 30, 25

type Numbers = NDArray[np.int64]

STATES: dict[str, float] = {State.PUBLISHED: 0.98, State.DRAFT: 0.01, State.IN_REVIEW: 0.005, State.WITHDRAWN: 0.005}
FORMS = dict(zip(Form.values, (0.35, 0.25, 0.4), strict=True))
VOICES = dict(zip(Identification.values, (0.5, 0.2, 0.15, 0.1, 0.05), strict=True))
DATES = {"day": 0.92, "month": 0.05, "range": 0.02, "open": 0.01}


@dataclass(frozen=True, slots=True)
class Block:
    """Claims ``first`` to ``first + size - 1``, a list a column. Ranks are from 0; 0 and 1 stand for no and yes."""

    first: int
    size: int
    state: list[str]
    speaker: list[int]
    act: list[str]
    form: list[str]
    dating: list[str]
    day: list[str]
    last_day: list[str]
    recorded: list[str]
    issues: list[list[int]]
    sources: list[list[int]]
    voices: list[list[int]]
    identification: list[str]
    event: list[int]
    mentioned: list[int]
    addressee: list[int]
    on_behalf_of: list[int]
    words: list[list[str]]


def blocks(size: int) -> list[tuple[int, int]]:
    """The first claim and the number of claims of each block."""
    return [(first, min(BLOCK, size - first + 1)) for first in range(1, size + 1, BLOCK)]


def draw(first: int, size: int, holders: dict[str, NDArray[np.bool_]]) -> Block:
    """The block that begins with the claim ``first``."""
    chance = default_rng([world.SEED, first])
    day, length = _days(chance, size), chance.integers(1, 60, size)
    start = np.datetime64(world.FIRST_DAY)
    return Block(
        first,
        size,
        state=_choose(chance, size, STATES),
        speaker=_ranks(chance, world.SPEAKERS, size).tolist(),
        act=_choose(chance, size, dict(zip(Act.values, world.zipf(len(Act.values)), strict=True))),
        form=_choose(chance, size, FORMS),
        dating=_choose(chance, size, DATES),
        day=(start + day).astype(str).tolist(),
        last_day=(start + day + length).astype(str).tolist(),
        recorded=(start + day + chance.integers(1, 400, size)).astype(str).tolist(),
        issues=_several(chance, world.ISSUES, size, (0.6, 0.3, 0.1)),
        sources=_several(chance, world.SOURCES, size, (0.85, 0.15)),
        voices=_several(chance, world.SPEAKERS, size, (0.0, 0.15, 0.03), none=0.82),
        identification=_choose(chance, size, VOICES),
        event=_some(chance, world.EVENTS, size, 0.1),
        mentioned=_some(chance, world.SPEAKERS, size, 0.15),
        addressee=_some(chance, world.SPEAKERS, size, 0.1),
        on_behalf_of=_some(chance, world.SPEAKERS, size, 0.05),
        words=_words(chance, first, size, holders),
    )


def holders(size: int) -> dict[str, NDArray[np.bool_]]:
    """For each word of a set share, which claims hold it (index 0 is claim 1): exactly that share, at least one."""
    chance = default_rng(world.SEED)
    held = {}
    for word, share in vocabulary.SHARES.items():
        held[word] = np.zeros(size, bool)
        held[word][chance.choice(size, max(1, round(size * share)), replace=False)] = True
    return held


def _ranks(chance: Generator, ranks: int, size: int) -> Numbers:
    return chance.choice(ranks, size, p=world.zipf(ranks))


def _choose(chance: Generator, size: int, shares: dict[str, float]) -> list[str]:
    weights = np.array(list(shares.values()))
    names = np.array([str(name) for name in shares])
    chosen: list[str] = names[chance.choice(len(names), size, p=weights / weights.sum())].tolist()
    return chosen


def _some(chance: Generator, ranks: int, size: int, share: float) -> list[int]:
    """A rank for a share of the claims, -1 for the others."""
    chosen: list[int] = np.where(chance.random(size) < share, _ranks(chance, ranks, size), -1).tolist()
    return chosen


def _several(chance: Generator, ranks: int, size: int, shares: tuple[float, ...], none: float = 0.0) -> list[list[int]]:
    """One rank, two ... for these shares of the claims, each rank once. A first share of 0 is taken by ``none``."""
    drawn = _ranks(chance, ranks, size * len(shares)).reshape(size, len(shares)).tolist()
    weights = (none, *shares[1:]) if none else shares
    numbers = chance.choice(len(shares), size, p=weights) + (0 if none else 1)
    return [list(dict.fromkeys(row[:number])) for row, number in zip(drawn, numbers.tolist(), strict=True)]


@cache
def _weights_of_days() -> NDArray[np.float64]:
    """How likely each day is: slowly more claims, and bursts that fade within weeks."""
    chance = default_rng(world.SEED)
    weights = np.linspace(1, 3, world.DAYS)
    for burst in chance.integers(0, world.DAYS - 200, BURSTS):
        weights[burst : burst + 180] += BURST_WEIGHT * np.exp(-np.arange(180) / BURST_DAYS)
    return np.asarray(weights / weights.sum())


def _days(chance: Generator, size: int) -> NDArray[np.timedelta64]:
    return chance.choice(world.DAYS, size, p=_weights_of_days()).astype("timedelta64[D]")


@cache
def _common_words() -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    weights = 1 / (np.arange(COMMON_WORDS) + 30)
    return np.array([vocabulary.word(number) for number in range(COMMON_WORDS)]), weights / weights.sum()


def _words(chance: Generator, first: int, size: int, holders: dict[str, NDArray[np.bool_]]) -> list[list[str]]:
    """The words of each claim: common ones, and at the end those whose share is set."""
    words, weights = _common_words()
    texts: list[list[str]] = words[chance.choice(len(words), (size, WORDS), p=weights)].tolist()
    for word, held in holders.items():
        for place in np.flatnonzero(held[first - 1 : first - 1 + size]).tolist():
            texts[place] += word.split()
    return texts
