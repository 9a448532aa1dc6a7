"""Where a reader is on the page of the claims browser, and how few keys lead on from there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
SMALLEST = """() => [...document.querySelectorAll("#browse :is(a, button, input, select, summary)")]
  .filter((each) => each.checkVisibility({ opacityProperty: true }) && !each.closest("svg, p, .say, h2"))
  .map((each) => [each.closest("label.facet-in") || each, each])
  .filter(([box]) => Math.min(box.getBoundingClientRect().height, box.getBoundingClientRect().width) < 23.9)
  .map(([, each]) => each.outerHTML.slice(0, 120))"""


def top(of: Locator) -> float:
    return of.evaluate("element => element.getBoundingClientRect().top")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["Asserts", "Verbatim"])
def test_what_is_ticked_after_scrolling_stays_where_it_is(open_page: Open, width: int, name: str) -> None:
    page = open_page("/claims/", width=width)
    if width == 360:
        page.locator("#filters > summary").click()
    box = page.get_by_role("checkbox", name=re.compile(rf"^{name}( \d+)?$"))
    page.evaluate("scrollTo(0, 1)")
    box.evaluate("element => scrollBy(0, element.getBoundingClientRect().top - 300)")
    before = top(box)
    box.click()
    expect(page).to_have_url(re.compile(r"\?(act|form)="))
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.wait_for_timeout(300)
    assert abs(top(box) - before) < 3


def test_tab_leads_by_the_search_to_the_facets_and_a_link_to_the_results(open_page: Open) -> None:
    page = open_page("/claims/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.results') !== null")
    order = page.evaluate("""() => [...document.querySelectorAll("#id_q, #id_said_from, .facet-in input, article a")]
      .map((each) => each.id || each.tagName).filter((name, at, all) => all.indexOf(name) === at)""")
    assert (order[0], order[1], order[-1]) == ("id_q", "id_said_from", "A")


def test_on_a_phone_the_button_counts_and_leads_to_the_results(open_page: Open) -> None:
    page = open_page("/claims/", width=360)
    page.locator("#filters > summary").click()
    page.get_by_role("checkbox", name=re.compile(r"^Ceasefire( \d+)?$")).check()
    button = page.get_by_role("button", name="Show 45 claims")
    expect(button).to_be_in_viewport(ratio=1)
    button.click()
    expect(page.get_by_role("article").first).to_be_in_viewport()
    expect(button).not_to_be_visible()
    expect(page.locator("#results")).to_be_focused()


def test_without_javascript_the_button_leads_to_the_results_too(open_page: Open) -> None:
    page = open_page("/claims/", width=360, javascript=False)
    page.locator("#filters > summary").click()
    page.get_by_role("checkbox", name=re.compile(r"^Ceasefire( \d+)?$")).check()
    page.get_by_role("button", name=re.compile(r"^Show \d+ claims$")).click()
    expect(page).to_have_url(re.compile(r"issue=ceasefire.*#results$"))
    expect(page.locator("#results h2")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_pressed_is_24_pixels_high_and_wide(open_page: Open, width: int) -> None:
    page = open_page("/claims/?q=lavrov&said_from=2023", width=width)
    if width == 360:
        page.locator("#filters > summary").click()
    assert page.evaluate(SMALLEST) == []


def test_a_calendar_writes_a_day_into_the_field_for_a_date(open_page: Open) -> None:
    page = open_page("/claims/")
    field = page.get_by_label("From", exact=True)
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { window.shown = this }")
    page.get_by_role("button", name="Choose a day: From").click()
    page.evaluate("window.shown.value = '2023-11-01'")
    page.evaluate("window.shown.dispatchEvent(new Event('change', { bubbles: true })) && null")
    expect(field).to_have_value("2023-11-01")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?said_from=2023-11-01$"))


def test_a_date_in_words_is_echoed_as_it_was_understood(open_page: Open) -> None:
    page = open_page("/claims/")
    page.get_by_label("From", exact=True).fill("autumn 2023")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"\?said_from=2023-09$"))
    expect(page.get_by_label("From", exact=True)).to_have_value("2023-09")


def test_no_suggestion_covers_nothing(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("searchbox").press_sequentially("Zel")
    expect(page.locator(".find-big .suggestions")).to_be_visible()
    with page.expect_response("**/suggest/?q=Zelqqqqqqq"):
        page.get_by_role("searchbox").press_sequentially("qqqqqqq")
    expect(page.locator(".find-big .suggestions")).to_be_hidden()


def test_a_word_that_was_meant_is_one_press_away(open_page: Open, axe: Callable[[Page], None]) -> None:
    page = open_page("/claims/?q=ceasfire")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("ceasfire")
    axe(page)
    page.get_by_role("link", name="ceasefire", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?q=ceasefire$"))
    expect(page.get_by_role("article").first).to_be_visible()
