"""How long it takes among many names: to suggest whom or which word somebody may mean, to answer wrong addresses, to
save a claim.

20,000 actors who have all said something, with 50,000 names in two scripts, 300 issues and 200,000 words; made in one
database of its own, the same rows every time. `scripts/with_postgres.py` before the command measures PostgreSQL
instead of SQLite.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils.text import slugify

from actors.models import Actor, ActorName
from bench.pages import claims
from claims.filtering import near
from claims.filtering.offers import meanings
from claims.models import Claim, ClaimWords, permitted
from claims.readmodel import current, lexicon
from claims.readmodel.words import lexicon_of
from claims.search import derive
from tests.factories import an_issue

ACTORS, OTHER_NAMES, ISSUES, RUNS = 20_000, 30_000, 300, 31
MOST_MS = 30
WORDS_EACH = 13  # invented words that each claim is found by: 200,000 different ones in all
LATIN = "ma ri an do ko len vo ser ge lav rov zel pet ivan mi kha il ol ga tar as bo ris nat ta li ya pav el"
CYRILLIC = "ма ри ан до ко лен во сер ге лав ров зел пет иван ми ха ил ол га тар ас бо рис нат та ли я пав ел"
TYPED = {
    "one letter": "м",
    "two letters": "ma",
    "three letters": "mar",
    "within words": "riko",
    "Cyrillic": "мар",
    "two words": "mari pet",
    "a whole name": "",
    "an issue": "question 27",
    "nothing there": "qqq",
    "nothing in Cyrillic": "щщщ",
}


def a_name(chance: random.Random, syllables: str) -> str:
    """A first name and a surname of two or three syllables each."""
    return " ".join("".join(chance.choices(syllables.split(), k=chance.randint(2, 3))).capitalize() for _ in range(2))


def actors(chance: random.Random) -> list[Actor]:
    """Persons with names in Latin letters, and other names of theirs, of which half are in Cyrillic ones."""
    rows = [Actor(slug=f"person-{place}", name=a_name(chance, LATIN), kind="person") for place in range(ACTORS)]
    for actor in rows:
        actor.fill_sort_name()
    made = Actor.objects.bulk_create(rows)
    ActorName.objects.bulk_create(
        ActorName(actor=made[place % ACTORS], name=f"{a_name(chance, (LATIN, CYRILLIC)[place % 2])} {place}")
        for place in range(OTHER_NAMES)
    )
    return made


@permitted(reason="Invented for a measurement.")
def fill() -> str:
    """Make everything; return the name of somebody."""
    chance = random.Random(2022)
    made = actors(chance)
    claims(chance, ACTORS, made, [an_issue(f"Question {place}: {a_name(chance, LATIN)}") for place in range(ISSUES)])
    words(chance)
    return made[ACTORS // 2].name


def words(chance: random.Random) -> None:
    """What each claim is found by: words of three to five syllables, most of them nowhere else."""
    ClaimWords.objects.bulk_create(
        (ClaimWords(claim_id=key, text=text, forms=text) for key in _keys() if (text := _text(chance))),
        batch_size=1_000,
    )


def _keys() -> list[int]:
    return list(Claim.objects.order_by("pk").values_list("pk", flat=True))


def _text(chance: random.Random) -> str:
    scripts = (LATIN.split() if chance.random() < 0.6 else CYRILLIC.split() for _ in range(WORDS_EACH))
    return " ".join("".join(chance.choices(syllables, k=chance.randint(3, 5))) for syllables in scripts)


def misspelt(chance: random.Random) -> list[str]:
    """Words on file, each with one letter changed."""
    texts = ClaimWords.objects.order_by("claim").values_list("text", flat=True)[:RUNS]
    drawn = [chance.choice([word for word in text.split()[-WORDS_EACH:] if len(word) > 5]) for text in texts]
    return [f"{word[:2]}x{word[3:]}" for word in drawn]


def offered(typed: list[str]) -> tuple[float, float, float]:
    """In milliseconds: the first search that finds nothing, the median of others, and of what is in memory alone."""
    published = current()
    first = _median(lambda: meanings(published, "nothing"), 1)
    times = [_median(lambda word=word: meanings(published, word), 1) for word in typed]  # type: ignore[misc]
    near_alone = [_median(lambda word=word: lexicon.near_words(published, word), 1) for word in typed]  # type: ignore[misc]
    return first, median(times), median(near_alone)


def measure(typed: str) -> tuple[float, int]:
    """The median time of a request in milliseconds once caches are warm, and how many suggestions it brings."""
    client = Client()
    found = client.get("/suggest/", {"q": typed}).text.count("<a ")
    return _median(lambda: client.get("/suggest/", {"q": typed})), found


def wrong_addresses(name: str) -> Iterator[tuple[str, float]]:
    """The median time in milliseconds that it takes to find what is near an address."""
    for path in (
        "/.env",
        "/actors/no-such-person/",
        "/actors/person-99999/",
        f"/actors/{slugify(name)}x/",
        "/claims/x-2024-y/",
    ):
        yield path, _median(lambda path=path: near(path))  # type: ignore[misc]


def saved(name: str) -> float:
    """The median time in milliseconds that it takes to write again what one claim is found by, and whom it mentions."""
    claim = Claim.objects.published()[0]
    Claim.objects.filter(pk=claim.pk).update(content=f"{name} said that talks with nobody should go on")
    return _median(lambda: derive([claim]))


def _median(work: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1_000


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        somebody = fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(
            f"Suggestions of {ACTORS:,} actors with {ACTORS + OTHER_NAMES:,} names and {ISSUES} issues,"
            f" {connection.vendor}, median of {RUNS}; to stay under {MOST_MS} ms:"
        )
        for label, typed in TYPED.items():
            milliseconds, found = measure(typed or somebody)
            print(
                f"  {label:20} {milliseconds:5.1f} ms, {found:2} found{'' if milliseconds < MOST_MS else ' (MISSED)'}"
            )
        first, others, alone = offered(misspelt(random.Random(7)))
        known = lexicon_of(current().snapshot.parts[0].part)
        print(
            f"What may be meant by a word, of {len(known):,} in {known.bytes / 1e6:.0f} MB; to stay under {MOST_MS} ms:"
        )
        print(f"  {others:.1f} ms, {alone:.1f} ms of it in memory; once, to read the words: {first:.0f} ms")
        print("What is near a wrong address; to stay under 5 ms:")
        for path, milliseconds in wrong_addresses(somebody):
            print(f"  {path:30} {milliseconds:5.1f} ms")
        print(f"What follows from one saved claim: {saved(somebody):.1f} ms")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
