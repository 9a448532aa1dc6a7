"""Words and their dictionary forms, in English, Ukrainian and Russian. Pure.

A word is known by its folded spelling and by the forms that it may stand in a dictionary under, so that "переговорів"
finds "переговори" and "negotiating" finds "negotiate". English by the Snowball stemmer (Porter2), Ukrainian and
Russian by pymorphy3 with its own dictionaries.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import pymorphy3
import snowballstemmer

from conflict_site.base.text import APOSTROPHES, fold, lower, tokens

APOSTROPHE = dict.fromkeys(APOSTROPHES, "'")  # as dictionaries write it
RUN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
UKRAINIAN, RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэёъ]")  # letters that the other language lacks

_one_at_a_time = Lock()  # a stemmer holds the word it works on: two threads would cut into each other's


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, folded, with all forms by which it may be looked for, its own spelling among them."""

    spelling: str
    forms: frozenset[str]


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for run in RUN.findall(lower(text.translate(APOSTROPHE))):
        spelt = tokens(run)
        for spelling in spelt:
            yield Word(spelling, forms(run) if len(spelt) == 1 else frozenset(spelt))


@lru_cache(maxsize=20_000)
def forms(run: str) -> frozenset[str]:
    """The forms of one word that is written in lower case: its spelling, and its stem or dictionary forms, folded."""
    with _one_at_a_time:
        found = _dictionary_forms(run) if CYRILLIC.search(run) else [_english().stemWord(run)]
    return frozenset({fold(form) for form in (run, *found)} - {""})


def _dictionary_forms(run: str) -> list[str]:
    """What the dictionaries say of a word, or where neither has it, as what they would decline it."""
    languages = ["uk"] if UKRAINIAN.search(run) else ["ru"] if RUSSIAN.search(run) else ["uk", "ru"]
    dictionaries = [_dictionary(language) for language in languages]
    knowing = [dictionary for dictionary in dictionaries if dictionary.word_is_known(run)]
    return [parse.normal_form for dictionary in knowing or dictionaries for parse in dictionary.parse(run)]


@cache
def _dictionary(language: str) -> Any:
    return pymorphy3.MorphAnalyzer(lang=language)


@cache
def _english() -> Any:
    return snowballstemmer.stemmer("english")
