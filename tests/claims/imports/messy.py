"""A table as an office keeps one: speaker, date, text and link, in every spelling, made from transcripts at hand."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from random import Random

from tests.claims.dossier.packages import OPENING

LABEL = re.compile(r"([A-Z][\w.’' -]{2,60}):\s+(.+)")
SENTENCE = re.compile(r"(?<=[.?!])\s+")
# A part of the labels of the transcripts, and how else offices write whom they mean; some are not on file.
PEOPLE = {
    "Putin": [
        "Vladimir Putin",
        "V. Putin",
        "PUTIN, Vladimir",
        "Putin V.",
        "Володимир Путін",
        "Vladimir PUTIN (Russia)",
    ],
    "BIDEN": ["Joe Biden", "President Biden", "BIDEN, Joe", "Joe Biden (POTUS)", "Biden"],
    "ZELENSKY": ["Volodymyr Zelensky", "Zelenskyy", "ZELENSKYY V.", "Владимир Зеленский", "Wolodymyr Selenskyj"],
    "TRUMP": ["Donald Trump", "D. Trump", "Trump, Donald", "President Donald Trump", "donald trump"],
    "Peskov": ["Dmitry Peskov", "Peskov", "Dmitri Peskow", "Дмитрий Песков", "Kremlin spokesman Dmitry Peskov"],
    "SULLIVAN": ["Jake Sullivan", "Mr. Sullivan", "National Security Advisor Jake Sullivan", "SULLIVAN, Jake"],
    "RUTTE": ["Mark Rutte", "Rutte", "NATO Secretary General Mark Rutte", "Rutte, Mark"],
    "SCHOLZ": ["Olaf Scholz", "Chancellor Olaf Scholz", "Scholz", "O. Scholz"],
    "MACRON": ["Emmanuel Macron", "Macron", "President Emmanuel Macron", "MACRON Emmanuel"],
    "Lukashenko": ["Alexander Lukashenko", "Aliaksandr Lukashenka", "Lukashenko A."],
    "KIRBY": ["John Kirby", "Mr. Kirby"],
    "JEAN-PIERRE": ["Karine Jean-Pierre", "Jean-Pierre"],
    "Zarubin": ["Pavel Zarubin", "P. Zarubin"],
}
DATES = ("{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0.day} {0:%B %Y}", "{0:%Y/%m/%d}", "{0:%B} {0.day}, {0:%Y}")
LINKS = ("{0}", "{0}?utm_source=x&utm_medium=y", "{0}#top", " {0} ", "{1}", "{1}?fbclid=abc")
HEADER = ["Speaker", "Date", "Text", "URL"]


def rows(texts: Path, number: int = 2000) -> list[list[str]]:
    """So many rows below ``HEADER``, always the same, and of everybody who speaks often about as many."""
    random, spoken = Random(1), defaultdict(list)
    with (OPENING / "sources.csv").open(encoding="utf-8") as file:
        sources = {row["id"]: row for row in csv.DictReader(file)}
    for path in sorted(texts.glob("*.txt")):
        source = sources.get(path.stem)
        if source and len(source["published"]) == 10:
            for person, words in _said(path.read_text(encoding="utf-8")):
                spoken[person].append((words, source))
    for each in spoken.values():
        random.shuffle(each)
    turns = [(at, person, *each) for person, said in spoken.items() for at, each in enumerate(said)]
    chosen = sorted(turns, key=lambda each: each[:2])[:number]
    return [_row(random, *each) for _, *each in sorted(chosen, key=lambda each: each[2])]


def _row(random: Random, person: str, words: str, source: dict[str, str]) -> list[str]:
    day, url = date.fromisoformat(source["published"]), source["url"]
    link = random.choice(LINKS).format(url, re.sub(r"^https?://", "", url))
    return [random.choice(PEOPLE[person]), random.choice(DATES).format(day), words, link]


def _said(text: str) -> Iterator[tuple[str, str]]:
    """Who says what in a transcript: the sentences of 6 to 40 words of each turn."""
    person = ""
    for paragraph in text.split("\n"):
        if label := LABEL.match(paragraph):
            person = next((part for part in PEOPLE if part in label[1]), "")
            paragraph = label[2]
        for sentence in SENTENCE.split(paragraph) if person else []:
            if 6 <= len(sentence.split()) <= 40:
                yield person, sentence


def write(path: Path, found: list[list[str]]) -> Path:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *found])
    return path


def made_up(number: int) -> Iterator[list[str]]:
    """So many rows that are all different, of people whom the small package has."""
    names = ("Ann Lee", "Lee, Ann", "Bob Ray", "bob ray", "Анна Ли")
    for at in islice(count(1), number):
        words = f"statement number {at} says that the talks of day {at % 97} go on as they were agreed"
        yield [names[at % 5], f"2024-{at % 12 + 1:02}-{at % 28 + 1:02}", words, f"https://herald.example/{at % 400}"]
