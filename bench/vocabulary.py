"""Invented words and names, and the words whose share of all claims is set. Pure.

Common words are pairs of a consonant and a vowel ("belora"), so that none begins like a name or a word that is set.
"""

from dataclasses import dataclass

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
CYRILLIC = dict(zip(CONSONANTS + VOWELS, "бдфгклмнпрствзаеиоу", strict=True))
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]

# The words that searches look for, with the share of claims that hold them. The two words of a pair stand side by side.
SHARES = {
    "agreement": 0.32,
    "territory": 0.10,
    "observers": 0.01,
    "amnesty": 0.00012,
    "prisoner exchange": 0.02,
    "mediators": 0.03,
    "mediation": 0.015,
    "mediated": 0.005,
}
NAMES = {
    "person": "{0} {1}enko",
    "state": "{1}nia",
    "government_body": "Ministry of {1}th",
    "armed_force": "{1}th Guard",
    "international_organisation": "{1}th Union",
    "party": "{1}th Party",
    "company": "{1}th Works",
    "media": "{1}th Herald",
    "collective": "{1}th officials",
    "unnamed": "an official of {1}th",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name with two other spellings: another one in the Latin script, and one in the Cyrillic."""

    main: str
    latin: str
    cyrillic: str


def word(number: int) -> str:
    """The invented word of a number below 343,000: three syllables."""
    size = len(SYLLABLES)
    return SYLLABLES[number % size] + SYLLABLES[number // size % size] + SYLLABLES[number // size**2]


def name(kind: str, number: int) -> Name:
    """The name of the actor of a number; no two numbers share a surname or another word that tells them apart."""
    first, own = word(number % 40).capitalize()[:4] + "s", word(200_000 + number)
    main = NAMES[kind].format(first, own.capitalize())
    latin = main.replace("enko", "enco") if kind == "person" else f"{main} ({own[:4]}t)"
    ending = "енко" if kind == "person" else "ия"
    return Name(main, latin, "".join(CYRILLIC[letter] for letter in own).capitalize() + ending)
