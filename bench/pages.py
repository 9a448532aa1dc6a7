"""How long the pages with the largest charts take, and how large they are.

An issue with 60 actors and 400 claims; an actor with 2,000 claims on 12 issues; the timeline of 20,000 claims, in one
lane, by speaker and by issue. `make bench` makes each in one database of its own; the same rows every time.
"""

import gzip
import os
import random
import sys
from datetime import date, timedelta
from itertools import batched
from pathlib import Path
from statistics import median
from time import process_time

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from actors.models import Actor
from claims.models import Citation, Claim, Issue, PositionEvidence, Stance, permitted
from tests.factories import a_position, a_source, a_stance, an_actor, an_issue, published

RUNS = 15
FIRST_DAY, DAYS = date(2014, 1, 1), 4_300
MOST_MS, MOST_KB = 150, 60
PER_POSITION = 20


def claims(chance: random.Random, number: int, speakers: list[Actor], issues: list[Issue]) -> list[Claim]:
    """Published claims on days drawn at random, each on one of the issues and cited once."""
    first = Claim.objects.count()
    made = Claim.objects.bulk_create(
        Claim(
            slug=f"claim-{first + place}",
            speaker=speakers[place % len(speakers)],
            as_stated="the speaker",
            act="asserts",
            form=chance.choice(["verbatim", "partial_quote", "paraphrase"]),
            content=f"matter {place} should be settled before the next round of talks begins",
            said_edtf=(FIRST_DAY + timedelta(chance.randrange(DAYS))).isoformat(),
            **published(),
        )
        for place in range(number)
    )
    source, filed = a_source(), Claim.issues.through
    filed.objects.bulk_create(filed(claim=claim, issue=issues[place % len(issues)]) for place, claim in enumerate(made))
    Citation.objects.bulk_create(
        Citation(claim=claim, source=source, exact=f"the words of {claim.slug}", language="en") for claim in made
    )
    return made


def positions(actor: Actor, stances: list[Stance], shown_by: list[Claim]) -> None:
    """Positions of an actor that take turns through the stances, each shown by some claims one after the other."""
    in_time = sorted(shown_by, key=lambda claim: claim.said.earliest)
    for number, batch in enumerate(batched(in_time, PER_POSITION)):
        position = a_position(actor, stances[number % len(stances)])
        PositionEvidence.objects.bulk_create(
            PositionEvidence(position=position, claim=claim, role="shows") for claim in batch
        )


def an_issue_page(chance: random.Random) -> str:
    """An issue with 400 claims by 60 actors, all evidence of a position; the address of its page."""
    issue, actors = an_issue("A question for many"), [an_actor() for _ in range(60)]
    stances = [a_stance(issue) for _ in range(4)]
    made = claims(chance, 400, actors, [issue])
    for place, actor in enumerate(actors):
        positions(actor, stances, made[place :: len(actors)])
    return issue.get_absolute_url()


def an_actor_page(chance: random.Random) -> str:
    """An actor with 2,000 claims on 12 issues, all evidence of a position; the address of its page."""
    actor, issues = an_actor("Ada Abel"), [an_issue() for _ in range(12)]
    made = claims(chance, 2_000, [actor], issues)
    for place, issue in enumerate(issues):
        positions(actor, [a_stance(issue) for _ in range(3)], made[place :: len(issues)])
    return actor.get_absolute_url()


@permitted(reason="Invented for a measurement.")
def fill() -> list[str]:
    """Make everything; return the addresses of the pages."""
    chance = random.Random(2022)
    addresses = [an_issue_page(chance), an_actor_page(chance)]
    claims(chance, 17_600, [an_actor() for _ in range(80)], [an_issue() for _ in range(40)])
    return [*addresses, "/timeline/", "/timeline/?lanes=actor", "/timeline/?lanes=issue"]


def measure(address: str) -> tuple[float, int]:
    """The median processor time in milliseconds once caches are warm, and the compressed size in bytes."""
    client = Client()
    size = len(gzip.compress(client.get(address).content))
    times = []
    for _ in range(RUNS):
        start = process_time()
        client.get(address)
        times.append(process_time() - start)
    return median(times) * 1_000, size


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        print(f"Pages with large charts, median of {RUNS}; to stay under {MOST_MS} ms and {MOST_KB} KB:")
        for address in fill():
            milliseconds, size = measure(address)
            print(f"  {address:28} {milliseconds:4.0f} ms {size / 1_000:5.1f} KB")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
