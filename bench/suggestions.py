"""How long it takes to suggest whom somebody who is typing may mean.

20,000 actors who have all said something, with 50,000 names in two scripts, and 300 issues; made in one database of its
own, the same rows every time. `scripts/with_postgres.py` before the command measures PostgreSQL instead of SQLite.
"""

import os
import random
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from actors.models import Actor, ActorName
from bench.pages import claims
from tests.factories import an_issue

ACTORS, OTHER_NAMES, ISSUES, RUNS = 20_000, 30_000, 300, 31
MOST_MS = 30
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


@transaction.atomic
def fill() -> str:
    """Make everything; return the name of somebody."""
    chance = random.Random(2022)
    made = actors(chance)
    claims(chance, ACTORS, made, [an_issue(f"Question {place}: {a_name(chance, LATIN)}") for place in range(ISSUES)])
    return made[ACTORS // 2].name


def measure(typed: str) -> tuple[float, int]:
    """The median time of a request in milliseconds once caches are warm, and how many suggestions it brings."""
    client = Client()
    found = client.get("/suggest/", {"q": typed}).text.count("<a ")
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        client.get("/suggest/", {"q": typed})
        times.append(perf_counter() - start)
    return median(times) * 1_000, found


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
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
