"""The controls of the claims browser one by one, and what the search fields offer while somebody types."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def test_a_facet_is_narrowed_by_typing(open_page: Open) -> None:
    page = open_page("/claims/")
    more = page.locator("#more-speaker")
    more.get_by_text("30 more").click()
    page.get_by_role("searchbox", name="Find in Speaker").press_sequentially("MACRÓN")
    expect(page.get_by_role("status")).to_have_text("1 of 30 values")
    expect(more.locator("li:visible .facet-label")).to_have_text(["Emmanuel Macron"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name=re.compile("^Emmanuel Macron"))).to_be_focused()
    assert asked == [], "what is typed in a facet is no part of the filter"
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"/claims/\?speaker=emmanuel-macron$"))
    expect(page.get_by_role("checkbox", name=re.compile("^Emmanuel Macron"))).to_be_focused()


def test_what_is_typed_in_a_facet_stays_while_the_filter_changes(open_page: Open) -> None:
    page = open_page("/claims/")
    page.locator("#more-speaker").get_by_text("30 more").click()
    page.get_by_role("searchbox", name="Find in Speaker").fill("ma")
    seen = page.locator("#more-speaker li:visible").count()
    page.get_by_role("checkbox", name=re.compile("^Verbatim")).check()
    expect(page).to_have_url(re.compile(r"/claims/\?form=verbatim$"))
    expect(page.get_by_role("searchbox", name="Find in Speaker")).to_have_value("ma")
    assert 0 < page.locator("#more-speaker li:visible").count() <= seen < 30
    page.go_back()
    expect(page).to_have_url(re.compile("/claims/$"))
    expect(page.get_by_role("searchbox", name="Find in Speaker")).to_have_value("")
    expect(page.locator("#more-speaker li:visible")).to_have_count(30)


def test_without_javascript_there_is_no_box_that_does_nothing(open_page: Open) -> None:
    page = open_page("/claims/", javascript=False)
    page.locator("#more-speaker").get_by_text("30 more").click()
    expect(page.locator("#more-speaker li:visible")).to_have_count(30)
    expect(page.locator(".facet-find")).to_have_count(0)


def test_a_column_keeps_the_focus_from_years_to_days(open_page: Open) -> None:
    page = open_page("/claims/?said_from=2025&said_to=2025")
    page.get_by_role("link", name=re.compile("^March 2025:")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Claims per day")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^2 March 2025:"))).to_be_focused()


def test_a_column_opens_in_a_tab_of_its_own(open_page: Open) -> None:
    page = open_page("/claims/")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("^2025: ")).click(modifiers=["ControlOrMeta"])
    expect(opened.value).to_have_url(re.compile("said_from=2025&said_to=2025$"))
    expect(page).to_have_url(re.compile("/claims/$"))


def test_the_days_of_a_small_screen_begin_with_the_one_asked_for(open_page: Open) -> None:
    page = open_page("/claims/?said_from=2025-03-25&said_to=2025-03-25", width=360)
    expect(page.get_by_role("link", name=re.compile("^25 March 2025:"))).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name=re.compile("^2 March 2025:"))).not_to_be_in_viewport()


def test_a_flag_leads_to_its_event(open_page: Open) -> None:
    page = open_page("/claims/?said_from=2025-03&said_to=2025-03")
    page.get_by_role("link", name=re.compile("^Event, 19 March 2025: ")).click()
    expect(page).to_have_url(re.compile("/events/trump-zelenskyy-call-2025-03-19/$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_months_days_and_open_facets(
    open_page: Open, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_page("/claims/?said_from=2025&said_to=2025", width=width, scheme=scheme)
    if width == 360:
        page.locator("#filters > summary").click()
    page.locator("#more-speaker > summary").click()
    page.locator(".to-results").evaluate(
        "it => it.style.position = 'static'"
    )  # a reader scrolls from under it, axe not
    axe(page)
    for dates in ("said_from=2025-03&said_to=2025-03", "said_from=2025-02-20&said_to=2025-03-28"):
        page.goto(f"/claims/?{dates}")
        axe(page)


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_a_name_in_another_script_is_offered_and_the_keyboard_gets_there(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.get_by_role("searchbox").press_sequentially("Зелен")
    offered = page.locator(".suggestions").get_by_role("link", name="Volodymyr Zelenskyy")
    expect(offered).to_be_visible()
    for _ in range(10):
        page.keyboard.press("Tab")
        if offered.evaluate("link => link === document.activeElement"):
            break
    expect(offered).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/actors/volodymyr-zelensky+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Volodymyr Zelenskyy")
