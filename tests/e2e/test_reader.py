"""What readers come for, in at most three clicks from home, with JavaScript and without."""

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conflict_site.base import edtf

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])

Open = Callable[..., Page]
CLAIMS = Path(__file__).resolve().parent.parent.parent / "data" / "opening" / "claims.csv"


def talks_in_that_winter() -> set[str]:
    """The claims on direct talks that may have been said from November 2023 to January 2024, read from the data."""
    first, last = date(2023, 11, 1), date(2024, 1, 31)
    with CLAIMS.open(encoding="utf-8", newline="") as rows:
        talks = [row for row in csv.DictReader(rows) if "direct-talks" in row["issues"].split(";")]
    said = [(row["id"], edtf.parse(row["said"])) for row in talks]
    return {slug for slug, day in said if day.earliest <= last and day.latest >= first}


@BOTH
def test_what_lavrov_is_said_to_have_said_on_dialogue_and_when(open_page: Open, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Actors").click()
    page.get_by_role("link", name="Sergei Lavrov").first.click()
    ready = page.locator("article", has_text="Russia is open to dialogue").or_(
        page.locator("article", has_text="dialogue")
    )
    expect(ready.first).to_contain_text("Sergei Lavrov")
    expect(ready.first).to_contain_text(re.compile(r"20\d\d"))


@BOTH
def test_every_claim_on_talks_in_a_winter(open_page: Open, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Claims").click()
    page.get_by_role("checkbox", name=re.compile("^Direct talks")).check()
    if javascript:
        expect(page.get_by_role("heading", level=2).first).to_contain_text("95 of 388 claims")
    page.get_by_role("textbox", name="From").fill("2023-11-01")
    page.get_by_role("textbox", name="To", exact=True).fill("2024-01-31")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("9 of 388 claims")
    for asked in ("issue=direct-talks", "said_from=2023-11-01", "said_to=2024-01-31"):
        expect(page).to_have_url(re.compile(asked))
    found = {article.get_attribute("id") for article in page.locator("article").all()}
    assert found == {f"claim-{slug}" for slug in talks_in_that_winter()}


@BOTH
def test_how_zelenskyys_position_on_direct_talks_changed(open_page: Open, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Issues").click()
    page.get_by_role("link", name=re.compile("Should Russia and Ukraine negotiate directly|Direct talks")).first.click()
    changes = page.locator("section", has=page.get_by_role("heading", name="Changes on file"))
    expect(changes.locator(".turn", has_text="Volodymyr Zelenskyy").first).to_be_visible()
    changes.get_by_role("link", name="Volodymyr Zelenskyy: the whole story").click()
    turns = page.locator(".turn", has=page.get_by_text(re.compile(r"^Turn \d")))
    assert [turn.locator(".stance").first.inner_text() for turn in turns.all()] == [
        "Ready to talk now",
        "Ready to talk on conditions",
        "Does not accept talks",
        "Ready to talk now",
    ]
    expect(page.get_by_text("Nothing on file from 31 December 2023 to 4 March 2025, 14 months.")).to_be_visible()


@BOTH
def test_the_white_house_statement_that_bears_on_the_articles_figure(open_page: Open, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    page.get_by_label(re.compile("^Search")).fill("96 percent")
    page.get_by_role("button", name="Search").click()
    page.locator("article", has_text="96 percent of US aid funds").get_by_role("link", name="said that").first.click()
    expect(page.get_by_role("link", name=re.compile("John Kirby said that of total funds")).first).to_be_visible()


@BOTH
def test_a_claim_leads_to_its_passage(open_page: Open, javascript: bool) -> None:
    page = open_page("/claims/lavrov-2025-06-04-all-means/", javascript=javascript)
    page.get_by_role("link", name=re.compile("Read in the source", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile("/sources/.+#claim-lavrov-2025-06-04-all-means$"))
    expect(page.locator("#claim-lavrov-2025-06-04-all-means")).to_be_in_viewport()


def test_ten_filters_and_back(open_page: Open) -> None:
    page = open_page("/claims/")
    states = [page.locator("[data-announce]").inner_text()]
    for name in ("Direct talks", "Ceasefire", "Volodymyr Zelenskyy", "Vladimir Putin", "Verbatim"):
        page.get_by_role("checkbox", name=re.compile(f"^{name}")).first.check()
        expect(page.locator("[data-announce]")).not_to_have_text(states[-1])
        states.append(page.locator("[data-announce]").inner_text())
    for state in reversed(states[:-1]):
        page.go_back()
        expect(page.locator("[data-announce]")).to_have_text(state)
        expect(page.locator("header.masthead")).to_be_visible()


def test_a_filter_announces_its_count_and_keeps_the_focus(open_page: Open) -> None:
    page = open_page("/claims/")
    box = page.get_by_role("checkbox", name=re.compile("^Ceasefire")).first
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d+ of 388 claims"))
    expect(page.get_by_role("checkbox", name=re.compile("^Ceasefire")).first).to_be_focused()


def test_the_skip_link_leads_to_the_content(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
