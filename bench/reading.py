"""How long the reading page of a long transcript takes, and how large it is.

`make bench` makes a text of 700 KB with 500 cited passages, some of them overlapping, in a database of its own, asks
for the page again and again, and prints the median time and the size of the HTML. The same text every time.
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

from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from actors.models import Actor
from claims.models import Citation, Claim, Issue, Snapshot, Source, permitted
from tests.factories import a_snapshot, a_source, an_actor, an_issue, published

TEXT_SIZE, PASSAGES, RUNS = 700_000, 500, 15
WORDS = (
    "the of and to in that we is it for have this our with not are they will be as on which has was there been from"
    " their would people country about what these years also more must can who government security support military"
    " question agreement international negotiations weapons territory economic president ceasefire peace talks"
)
NAMES = ("Sergei Lavrov", "Volodymyr Zelenskyy", "John Kirby", "Ursula von der Leyen", "Recep Tayyip Erdoğan")
SPEAKERS_WORDS, CLAIM_WORDS, PASSAGE_WORDS = (25, 60), (12, 20), (8, 25)


def a_text(chance: random.Random) -> str:
    """A transcript of the size of real ones: turns of some 200 characters, a name before each fifth."""
    turns: list[str] = []
    size = 0
    while size < TEXT_SIZE:
        name = f"{chance.choice(NAMES)}: " if chance.random() < 0.2 else ""
        turns.append(f"{name}{some_words(chance, SPEAKERS_WORDS).capitalize()}.")
        size += len(turns[-1].encode()) + 2
    return "\n\n".join(turns)


def some_words(chance: random.Random, number: tuple[int, int]) -> str:
    """So many words of running text."""
    return " ".join(chance.choices(WORDS.split(), k=chance.randint(*number)))


def claims_on(chance: random.Random, speakers: list[Actor], issues: list[Issue]) -> list[Claim]:
    """Published claims with sentences and ids of the usual length, each filed under one issue or two."""
    claims = Claim.objects.bulk_create(
        Claim(
            slug=f"{(speaker := chance.choice(speakers)).slug}-2024-{chance.randint(1, 12):02}-15-words-{number:04}",
            speaker=speaker,
            as_stated=speaker.name,
            act="asserts",
            form=chance.choice(["verbatim", "partial_quote", "paraphrase"]),
            content=some_words(chance, CLAIM_WORDS),
            said_edtf="2024-01-15",
            **published(),
        )
        for number in range(PASSAGES)
    )
    filed = Claim.issues.through
    filed.objects.bulk_create(
        filed(claim=claim, issue=issue) for claim in claims for issue in chance.sample(issues, chance.randint(1, 2))
    )
    return claims


def cite(chance: random.Random, source: Source, snapshot: Snapshot, claims: list[Claim]) -> None:
    """A verified passage for each claim, anywhere in the text."""
    ends = [place for place, sign in enumerate(snapshot.text) if sign == " "]
    rows = []
    for claim in claims:
        first = chance.randrange(len(ends) - 2 * PASSAGE_WORDS[1])
        start, end = ends[first] + 1, ends[first + chance.randint(*PASSAGE_WORDS)]
        place = {"snapshot": snapshot, "start": start, "end": end, "status": "verified"}
        words = snapshot.text[start:end]
        rows.append(Citation(claim=claim, source=source, exact=words, locator="par 1", language="en", **place))
    Citation.objects.bulk_create(rows)


@permitted(reason="Invented for a measurement.")
def fill() -> str:
    """Make the source, its text, and the claims that rest on it; return the address of its page."""
    chance = random.Random(2022)
    speakers = [an_actor(name, slug=name.split()[-1].lower()) for name in NAMES[:3]]
    issues = [an_issue(title) for title in ("Direct talks", "Ceasefire", "Security guarantees", "Military aid")]
    source = a_source(title="A long transcript", text_is_public=True)
    cite(chance, source, a_snapshot(source, a_text(chance)), claims_on(chance, speakers, issues))
    return source.get_absolute_url()


def measure(address: str) -> tuple[float, int]:
    """The median time for the page in milliseconds, once caches are warm, and its size in bytes."""
    client = Client()
    size = len(client.get(address).content)
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        client.get(address)
        times.append(perf_counter() - start)
    return median(times) * 1_000, size


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        milliseconds, size = measure(fill())
    finally:
        teardown_databases(databases, verbosity=0)
    print(f"Reading page, {TEXT_SIZE // 1000} KB of text, {PASSAGES} passages:")
    print(f"  median of {RUNS}: {milliseconds:.0f} ms (to stay under 300)")
    print(f"  HTML: {size:,} bytes (to stay under 1,000,000)")


if __name__ == "__main__":
    main()
