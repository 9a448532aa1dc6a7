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
NAMES = {"Name", "Surn", "Patr", "Geox", "Orgn"}  # OpenCorpora's grammemes

_one_at_a_time = Lock()  # a stemmer holds the word it works on: two threads would cut into each other's


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, folded, with all forms by which it may be looked for, its own spelling among them."""

    spelling: str
    forms: frozenset[str]


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for run in RUN.findall(in_lower_case(text)):
        spelt = tokens(run)
        for spelling in spelt:
            yield Word(spelling, forms(run) if len(spelt) == 1 else frozenset(spelt))


def in_lower_case(text: str) -> str:
    """The text in lower case with one sort of apostrophe, as dictionaries write it, without marks of stress."""
    return lower(text.translate(APOSTROPHE))


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


def is_cyrillic(word: str) -> bool:
    """Whether a word is written in Cyrillic letters."""
    return bool(CYRILLIC.search(word))


@lru_cache(maxsize=20_000)
def is_given_name(word: str) -> bool:
    """Whether a Cyrillic word, in lower case, can be a given name or a patronymic."""
    return any("Name" in parse.tag or "Patr" in parse.tag for parse in _parses(word))


@lru_cache(maxsize=20_000)
def is_common_noun(word: str) -> bool:
    """Whether a Cyrillic word, in lower case, is a noun of the dictionary as it stands there, and nobody's name."""
    return any(
        {"NOUN", "nomn"} in parse.tag and parse.normal_form == word and not NAMES & parse.tag.grammemes
        for parse in _parses(word)
    )


def _parses(word: str) -> list[Any]:
    with _one_at_a_time:
        dictionaries = [_dictionary("uk"), _dictionary("ru")]
        known = [dictionary for dictionary in dictionaries if dictionary.word_is_known(word)]
        return [parse for dictionary in known for parse in dictionary.parse(word)]
