"""Words that tell whether a name is one where it stands; ``telling_words.txt`` lists them. Pure."""

import re
from pathlib import Path

_SECTION = re.compile(r"^\[(\w+)\]$((?:\n[^#\[\n].*)*)", re.MULTILINE)
_LISTS = {
    name: frozenset(words.split())
    for name, words in _SECTION.findall(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
}

TITLES = _LISTS["titles"]
SELDOM_NAMES = _LISTS["seldom_names"]
COMMON = _LISTS["common"] | TITLES | SELDOM_NAMES
NATIONALITIES = _LISTS["nationalities"]
GIVEN = _LISTS["given"]
NOT_PARTICIPLES = _LISTS["not_participles"]
AFTER_ANOTHER_NAME = _LISTS["after_another_name"]
BEFORE_ANOTHER_PLACE = _LISTS["before_another_place"]
OF_A_PLACE = _LISTS["of_a_place"]
OFFICES = _LISTS["offices"]
OF_A_PAIR = _LISTS["of_a_pair"]
