"""How long a claim takes at the reading desk: for a trained hand, and for the server.

A browser does what a person does, with a person's pauses (the keystroke-level model of Card, Moran and Newell): 0.2 s a
key, 1.1 s to point, 0.4 s to the keyboard or the mouse, 1.35 s to think before each step, 0.25 s a word of the form to
read what is proposed. It records six claims from an invented transcript and prints clicks, keys and seconds of each.
Then it asks for the page of a text of 100 KB with 200 passages, and for the proposals of a passage in it.
"""

import os
import random
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from bench import reading
from claims.models import Claim, Source
from tests.factories import a_snapshot, a_source, a_user, an_actor, an_issue

KEY, POINT, HOME, THINK, READ = 0.2, 1.1, 0.4, 1.35, 0.25  # seconds
SIZE, PASSAGES, RUNS = 100_000, 200, 15
MOST_SECONDS, MOST_MOVES, MOST_MS = 60, 4, 200
PASSAGES_AND_CONTENTS = (
    ("We are ready to discuss talks with our neighbours in spring", "talks on a ceasefire should begin before winter"),
    ("Nobody has the right to draw new borders across this valley", "frontiers ought to stay where treaties put them"),
    ("Our people can vote next autumn if the guns fall silent", "elections are possible a year from now"),
    ("Grain and timber must cross the river without any duty", "commerce over the water deserves no customs"),
    ("All prisoners are to be home before the first of May", "captives on both sides return within months"),
    ("A parliament in session has to ratify whatever is signed here", "agreements need the consent of lawmakers"),
)


def a_transcript() -> Source:
    """A transcript in which two persons speak by turns, and what the proposals need to know of them."""
    for name in ("Ada Abel", "Carla Corda"):
        an_actor(name, slug=name.split()[0].lower())
    an_issue("Talks")
    source = a_source(kind="transcript", title="A briefing")
    turns = [f"MR. {('ABEL', 'CORDA')[at % 2]}: Thank you. {one}." for at, (one, _) in enumerate(PASSAGES_AND_CONTENTS)]
    a_snapshot(source, "\n\n".join(turns))
    return source


def one_claim(page: Page, sentence: str, content: str) -> int:
    """Record a claim; returns how many clicks and keys it took beyond the selection and the content."""
    wait(page, THINK + POINT)
    x0, y0, x1, y1 = page.evaluate(CORNERS, sentence)
    page.mouse.move(x0, y0)
    page.mouse.down()
    wait(page, POINT)
    page.mouse.move(x1, y1, steps=8)
    page.mouse.up()
    page.locator("#place").get_by_text("Taken").wait_for()
    wait(page, HOME + THINK + READ * len(page.locator(".is-proposed").all()) * 3)
    page.keyboard.press("c")
    wait(page, THINK * 3)  # how to say it in neutral words
    page.keyboard.type(content, delay=KEY * 1_000)
    wait(page, THINK + READ * len(page.locator("#sentence").inner_text().split()))
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    return 2


def wait(page: Page, seconds: float) -> None:
    page.wait_for_timeout(seconds * 1_000)


CORNERS = """(words) => {
    const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + words.length);
        walker.currentNode.parentElement.scrollIntoView({ block: "center" });
        const boxes = range.getClientRects(), first = boxes[0], last = boxes[boxes.length - 1];
        return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
    }
}"""


def by_hand(source: Source, person: User) -> list[tuple[float, int]]:
    """Seconds and moves of each claim."""
    server = LiveServer("localhost")
    chromium = subprocess.run(
        [ROOT / "scripts" / "find-chromium"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    client = Client()
    client.force_login(person)
    taken = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.strip(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
        page = context.new_page()
        page.goto(server.url + address("read", source))
        for sentence, content in PASSAGES_AND_CONTENTS:
            start = perf_counter()
            moves = one_claim(page, sentence, content)
            taken.append((perf_counter() - start, moves))
        browser.close()
    server.stop()
    return taken


def address(name: str, source: Source) -> str:
    return reverse(f"admin:claims_source_{name}", args=[source.pk])


def a_long_text() -> Source:
    """A text of 100 KB with 200 passages."""
    reading.TEXT_SIZE, reading.PASSAGES = SIZE, PASSAGES
    reading.fill()
    return Source.objects.latest("pk")


def of_the_server(source: Source, person: User) -> dict[str, float]:
    """The median time in milliseconds for the page and for the proposals of a passage, once caches are warm."""
    client = Client()
    client.force_login(person)
    starts = random.Random(2022).sample(range(1_000, SIZE - 1_000), RUNS + 1)
    asked: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "page": [(address("read", source), {})] * (RUNS + 1),
        "proposals": [(address("read_place", source), {"start": at, "end": at + 90}) for at in starts],
    }
    found = {}
    for name, requests in asked.items():
        times = []
        for path, query in requests:
            start = perf_counter()
            client.get(path, query)
            times.append((perf_counter() - start) * 1_000)
        found[name] = median(times[1:])
    return found


def main() -> None:
    connection.settings_dict["TEST"]["NAME"] = str(ROOT / "var" / "desk.sqlite3")
    (ROOT / "var").mkdir(exist_ok=True)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        person = a_user(is_staff=True, is_superuser=True)
        taken = by_hand(a_transcript(), person)
        kept = Claim.objects.filter(citations__status="verified", speaker__slug__in=("ada", "carla")).count()
        print(f"{kept} of {len(PASSAGES_AND_CONTENTS)} claims recorded, each with its speaker and a verified passage:")
        print(f"  median {median(seconds for seconds, _ in taken):.0f} s each (to stay under {MOST_SECONDS})")
        print(
            f"  {max(moves for _, moves in taken)} keys beyond selection and content (to stay under {MOST_MOVES + 1})"
        )
        print(f"Server, {SIZE // 1000} KB of text, {PASSAGES} passages, median of {RUNS}; to stay under {MOST_MS} ms:")
        for name, milliseconds in of_the_server(a_long_text(), person).items():
            print(f"  {name}: {milliseconds:.0f} ms")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
