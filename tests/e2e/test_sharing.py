"""Buttons that copy and share how a page is cited: there where the browser can do it, and nowhere else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]

CLAIM = "/claims/lavrov-2025-06-04-all-means/"
STORY = "/issues/direct-talks/volodymyr-zelensky/"


def copied(page: Page) -> str:
    """What the clipboard holds."""
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("path", [CLAIM, STORY])
def test_the_citation_and_the_address_are_copied(open_page: Open, base_url: str, path: str) -> None:
    page = open_page(path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    words = page.locator(".sharing .cite").inner_text()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator(".sharing [role=status]")).to_have_text("Citation copied.")
    assert copied(page) == words
    assert words.endswith(f" {base_url}{path}")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".sharing [role=status]")).to_have_text("Link copied.")
    assert copied(page) == f"{base_url}{path}"


def test_what_the_browser_refuses_is_said(open_page: Open) -> None:
    page = open_page(CLAIM)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".sharing [role=status]")).to_have_text("This browser does not let it be copied.")


def test_a_browser_that_shares_is_given_title_and_address(open_page: Open, base_url: str) -> None:
    page = open_page("/privacy/")
    page.add_init_script("navigator.share = async (given) => { window.given = given; };")
    page.goto(CLAIM)
    page.get_by_role("button", name="Share").click()
    given = page.evaluate("window.given")
    assert given["url"] == f"{base_url}{CLAIM}"
    assert given["title"].startswith("Sergei Lavrov said that")


def test_without_javascript_the_words_stand_there_and_no_button_that_does_nothing(open_page: Open) -> None:
    page = open_page(CLAIM, javascript=False)
    expect(page.locator(".sharing .cite")).to_be_visible()
    expect(page.locator(".sharing button")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(open_page: Open, axe: Callable[[Page], None], scheme: str) -> None:
    page = open_page(CLAIM, scheme=scheme, width=360)
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    axe(page)
