"""The reading page of a source: from a claim to its passage, from passage to note and on, without JavaScript."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import longest

Open = Callable[..., Page]

BRIEFING = "/sources/br-briefing/"
ARTICLE = "/sources/se-article/"  # 45 passages, and no text
SOURCES = Path(__file__).resolve().parent.parent.parent / "data" / "opening" / "sources.csv"
PHONE, LONGEST = 360, 6_000  # px


def tab_to(page: Page, link: Locator) -> None:
    """Press the Tab key, at most ten times, until the link has the focus."""
    for _ in range(10):
        if link.evaluate("link => link === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_a_claim_leads_to_its_mark_in_the_text(open_page: Open) -> None:
    page = open_page(BRIEFING, javascript=False)
    anchor = page.locator("mark > span").nth(20)
    slug = anchor.get_attribute("id")
    page.goto(f"{BRIEFING}#{slug}")
    mark = page.locator("mark", has=page.locator(f"#{slug}"))
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_css("outline-style", "solid")


def test_passage_and_note_lead_to_each_other(open_page: Open) -> None:
    page = open_page(BRIEFING, javascript=False)
    page.get_by_role("link", name="Note 7", exact=True).click()
    expect(page).to_have_url(re.compile("#n7$"))
    expect(page.locator("#n7")).to_be_in_viewport()
    page.get_by_role("link", name="Passage 7", exact=True).click()
    expect(page.get_by_role("link", name="Note 7", exact=True)).to_be_in_viewport()


def test_the_keyboard_leads_from_passage_to_passage(open_page: Open) -> None:
    page = open_page(BRIEFING, javascript=False)
    page.get_by_role("link", name="First passage").focus()
    page.keyboard.press("Enter")
    for number in (1, 2, 3):
        expect(page.locator(f"#k{number}")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"#n{number}$"))
        tab_to(page, page.locator(f"#n{number}").get_by_role("link", name="next"))
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_at_every_width(
    open_page: Open, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_page(BRIEFING, width=width, scheme=scheme)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_text_reads_in_one_piece_and_a_number_leads_to_its_note_and_back(
    open_page: Open, javascript: bool
) -> None:
    page = open_page(BRIEFING, javascript=javascript, width=PHONE)
    notes = page.locator(".para li")
    assert notes.count() == 45
    expect(notes.filter(visible=True)).to_have_count(0)
    page.get_by_role("link", name="Note 7", exact=True).click()
    expect(notes.filter(visible=True)).to_have_count(1)
    expect(page.locator("#n7")).to_be_in_viewport()
    page.get_by_role("link", name="Passage 7", exact=True).click()
    expect(page.get_by_role("link", name="Note 7", exact=True)).to_be_in_viewport()
    expect(notes.filter(visible=True)).to_have_count(0)


def test_on_a_phone_all_notes_can_be_shown_without_javascript(open_page: Open) -> None:
    page = open_page(BRIEFING, javascript=False, width=PHONE)
    box = page.get_by_role("checkbox", name="Show all notes")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".para li").filter(visible=True)).to_have_count(45)
    page.get_by_role("link", name="Note 7", exact=True).click()
    expect(page.locator(".para li").filter(visible=True)).to_have_count(45)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(box).to_be_hidden()


def test_on_a_phone_excerpts_keep_their_notes_and_the_later_ones_are_folded(open_page: Open) -> None:
    page = open_page(ARTICLE, javascript=False, width=PHONE)
    excerpts = page.locator(".para")
    expect(excerpts.filter(visible=True)).to_have_count(12)
    expect(page.locator(".para li").filter(visible=True)).to_have_count(12)
    page.get_by_role("link", name="Show all 45 passages").click()
    expect(excerpts.filter(visible=True)).to_have_count(45)
    expect(excerpts.nth(12)).to_be_in_viewport()


def test_on_a_phone_a_claim_leads_into_what_is_folded(open_page: Open) -> None:
    page = open_page(ARTICLE, javascript=False, width=PHONE)
    last = page.locator(".para").last.get_attribute("id")
    page.goto("/about/")
    page.goto(f"{ARTICLE}#{last}")
    expect(page.locator(f"#{last}")).to_be_in_viewport()


@pytest.mark.parametrize(("path", "notes"), [(BRIEFING, 45), (ARTICLE, 45)])
@pytest.mark.parametrize("width", [PHONE, 650])
def test_it_is_printed_whole(open_page: Open, path: str, notes: int, width: int) -> None:
    page = open_page(path, javascript=False, width=width)
    page.emulate_media(media="print")
    expect(page.locator(".para li").filter(visible=True)).to_have_count(notes)
    expect(page.get_by_text("Rights", exact=True)).to_be_visible()
    expect(page.get_by_role("checkbox", name="Show all notes")).to_have_count(0)
    expect(page.get_by_role("link", name="Show all 45 passages")).to_have_count(0)


def test_no_source_of_the_dossier_is_long_at_first_sight_on_a_phone(open_page: Open) -> None:
    with SOURCES.open(encoding="utf-8", newline="") as rows:
        paths = [f"/sources/{row['id']}/" for row in csv.DictReader(rows)]
    assert len(paths) == 205
    page = open_page("/about/", javascript=False, width=PHONE)
    heights = {}
    for path in longest(page, paths):
        page.goto(path)
        heights[path] = page.evaluate("document.documentElement.scrollHeight")
    assert {path: height for path, height in heights.items() if height > LONGEST} == {}
