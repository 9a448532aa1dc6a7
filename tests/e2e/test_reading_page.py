"""The reading page of a source: from a claim to its passage, from passage to note and on, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]

BRIEFING = "/sources/br-briefing/"


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
