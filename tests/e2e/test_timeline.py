"""The timeline as it is drawn and walked: nothing overlaps, nothing is cut, and the keyboard reaches every mark."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
VIEWS = {
    "all time": "/timeline/",
    "all time by speaker": "/timeline/?lanes=actor",
    "a year": "/timeline/?said_from=2025&said_to=2025",
    "a year by issue": "/timeline/?said_from=2023&said_to=2023&lanes=issue",
    "a month": "/timeline/?said_from=2023-12&said_to=2023-12",
    "a month by speaker": "/timeline/?said_from=2024-06&said_to=2024-06&lanes=actor",
    "a day": "/timeline/?said_from=2023-12-12&said_to=2023-12-12",
}
PLOTS = ".zoom svg.plot:visible, .zoom svg.axis:visible"
# What is drawn in each plot and axis, as [left, top, right, bottom] of what is seen of it.
BOXES = """svg => {
  const box = node => { const b = node.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  return [box(svg), [...svg.querySelectorAll("text, use, .part, .flag")].map(node => ({
    name: node.getAttribute("class") || node.tagName, text: node.textContent, box: box(node),
    of: node.closest("a")?.getAttribute("aria-label") || "",
  }))];
}"""


def overlap(one: list[float], other: list[float]) -> bool:
    """Whether two boxes share more than a hairline."""
    return all(min(one[side + 2], other[side + 2]) - max(one[side], other[side]) > 0.75 for side in (0, 1))


def clashes(drawn: list[dict[str, Any]]) -> list[str]:
    """What lies on something else: a number lies on its own flag, and on nothing else."""
    return [
        f"{one['name']} {one['text']} ({one['of']}) on {other['name']} {other['text']} ({other['of']})"
        for one, other in combinations([part for part in drawn if part["box"][2] > part["box"][0]], 2)
        if overlap(one["box"], other["box"]) and not (one["of"] and one["of"] == other["of"])
    ]


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_no_label_or_mark_overlaps_another_or_is_cut_and_all_that_can_be_chosen_is_large_enough(
    open_page: Open, path: str
) -> None:
    page = open_page(path, javascript=False)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        nothing_overlaps_or_is_cut(page, width)
        assert (page.locator(PLOTS).count() > 0) == (path != VIEWS["a day"])
        sizes = page.locator(".zoom svg a:visible .hit").evaluate_all(
            "hits => hits.map(hit => hit.getBoundingClientRect()).map(box => [box.width, box.height])"
        )
        assert [size for size in sizes if size[0] and min(size) < 23.5] == []


def nothing_overlaps_or_is_cut(page: Page, width: int) -> None:
    """On any plot, and at the edges of a window of this width."""
    for plot in page.locator(PLOTS).all():
        (left, top, right, bottom), drawn = plot.evaluate(BOXES)
        assert clashes(drawn) == []
        for part in drawn:
            assert part["box"][0] >= max(left - 12, 0), part
            assert part["box"][2] <= min(right + 12, width), part
            assert part["box"][1] >= top - 1, part
            assert part["box"][3] <= bottom + 1, part
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_leads_from_all_time_to_a_day_and_back(open_page: Open) -> None:
    page = open_page("/timeline/", javascript=False)
    for name, url in (
        ("2024", "said_from=2024&said_to=2024"),
        ("June 2024", "said_from=2024-06&said_to=2024-06"),
        ("8 to 14 June 2024", "said_from=2024-06-08&said_to=2024-06-14"),
        ("14 June 2024", "said_from=2024-06-14&said_to=2024-06-14"),
    ):
        link = page.get_by_role("link", name=name, exact=True).first
        link.focus()
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/timeline/?{url}")
    expect(page.get_by_role("article").first).to_be_visible()
    page.get_by_role("link", name="All time").click()
    page.wait_for_url("**/timeline/")


def test_a_flag_leads_to_its_event_and_the_list_to_what_was_said_there(open_page: Open) -> None:
    page = open_page("/timeline/?said_from=2024-06&said_to=2024-06", javascript=False)
    page.locator(".zoom a:visible").filter(has=page.locator(".flag")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/us-ukraine-agreement-2024-06-13/")
    page.go_back()
    page.get_by_role("link", name="Signing of the US-Ukrainian security agreement: said after").click()
    expect(page.locator("#after")).to_be_in_viewport()
