"""The claims browser as it is used: htmx only makes quicker what forms and links do."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

Open = Callable[..., Page]


def test_a_chip_takes_its_condition_away_without_a_new_page(open_page: Open) -> None:
    page = open_page("/claims/?issue=ceasefire&speaker=vladimir-putin")
    page.evaluate("window.untouched = true")
    page.get_by_role("link", name="Remove filter: Ceasefire").click()
    expect(page).to_have_url(re.compile(r"/claims/\?speaker=vladimir-putin$"))
    expect(page).to_have_title("Claims by Vladimir Putin – Attributed")
    expect(page.get_by_role("checkbox", name=re.compile("^Ceasefire"))).not_to_be_checked()
    assert page.evaluate("window.untouched")


@pytest.mark.parametrize(("width", "number"), [(1280, 1), (360, 0)])
def test_numbers_that_only_a_wide_histogram_has_room_for_stand_in_none_that_is_narrow(
    open_page: Open, width: int, number: int
) -> None:
    page = open_page("/claims/", width=width)
    page.evaluate("document.querySelector('.hist .mid').classList.add('wide')")
    expect(page.locator(".hist .wide").filter(visible=True)).to_have_count(number)


def test_what_is_typed_while_an_answer_is_on_its_way_stays(open_page: Open) -> None:
    page = open_page("/claims/")
    held: list[Route] = []
    page.route("**/claims/?*", lambda route: held.append(route))
    with page.expect_request("**/claims/?*"):
        page.get_by_role("checkbox", name=re.compile("^Ceasefire")).check()
    page.get_by_label("From", exact=True).fill("2025")
    held.pop().continue_()
    expect(page).to_have_url(re.compile(r"/claims/\?issue=ceasefire$"))
    expect(page.get_by_label("From", exact=True)).to_have_value("2025")


def test_an_error_stands_beside_its_field(open_page: Open) -> None:
    page = open_page("/claims/")
    page.get_by_label("From", exact=True).fill("soon")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.get_by_label("From", exact=True)).to_have_accessible_description(re.compile("'soon' is not a date"))
    expect(page.get_by_role("status")).to_have_text("This filter cannot be used as it is")
    expect(page.get_by_role("article")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_pages_follow_each_other(open_page: Open, javascript: bool) -> None:
    page = open_page("/claims/?speaker=vladimir-putin", javascript=javascript)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("navigation", name="Pages")).to_contain_text(re.compile(r"26–50 of \d+"))
    page.get_by_role("link", name="Back to the first").click()
    expect(page.get_by_role("navigation", name="Pages")).to_contain_text(re.compile(r"1–25 of \d+"))


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_the_minus_leaves_a_value_out(open_page: Open, javascript: bool) -> None:
    page = open_page("/claims/?issue=ceasefire", javascript=javascript)
    page.get_by_role("checkbox", name="Leave out Vladimir Putin").check()
    if not javascript:
        page.get_by_role("button", name=re.compile(r"^Show \d+ claims?$")).click()
    expect(page.get_by_role("link", name="Remove filter: not Vladimir Putin")).to_be_visible()
    expect(page).to_have_url(re.compile("not_speaker=vladimir-putin"))
