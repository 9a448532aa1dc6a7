"""A filter's answer brings the page up to date, and what stays the same in it is left alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
# A line for each element of the form, with its attributes and its state, and for each text. A form sends all it holds,
# an address only what was chosen: so what is empty may say so, and an option that it is selected.
TOLD = """() => {
  const told = (node) => node.nodeType === Node.TEXT_NODE ? [node.data.trim()].filter(Boolean) : [
    [node.localName, node.checked, node.value, ...[...node.attributes].map(({ name, value }) => `${name}=${value}`)
      .filter((attribute) => !["selected=", "value="].includes(attribute)).sort()].join(" "),
    ...[...node.childNodes].flatMap(told),
  ];
  return told(document.querySelector("#browse"));
}"""


def told(page: Page) -> list[str]:
    """The browser's form as it is shown, once nothing is under way."""
    page.wait_for_function("!document.querySelector('.htmx-request')")
    page.wait_for_timeout(100)  # what nobody sees is brought up to date after the rest
    lines: list[str] = page.evaluate(TOLD)
    return lines


def test_after_every_answer_the_page_is_as_if_it_had_been_opened(open_page: Open) -> None:
    page, anew = open_page("/claims/"), open_page("/claims/")
    steps: list[tuple[Callable[[], None], str]] = [
        (lambda: page.get_by_role("checkbox", name=re.compile("^Ceasefire")).check(), r"\?issue=ceasefire$"),
        (lambda: page.get_by_role("checkbox", name="Leave out Vladimir Putin").check(), "not_speaker=vladimir-putin$"),
        (lambda: page.get_by_label("Sort by").select_option("oldest"), "sort=oldest$"),
        (lambda: page.get_by_label("From", exact=True).fill("soon"), "sort=oldest$"),
        (lambda: page.get_by_label("From", exact=True).press("Enter"), "said_from=soon"),
        (lambda: page.get_by_label("From", exact=True).fill("2025"), "said_from=soon"),
        (lambda: page.get_by_label("From", exact=True).press("Enter"), "said_from=2025"),
        (lambda: page.get_by_role("link", name="Remove filter: Ceasefire").click(), "/claims/[?]not_speaker="),
        (lambda: page.get_by_role("checkbox", name="Leave out Vladimir Putin").uncheck(), "^((?!not_speaker).)*$"),
    ]
    for does, address in steps:
        does()
        expect(page).to_have_url(re.compile(address))
        if "fill" not in does.__code__.co_names:
            anew.goto(page.url)
            assert told(page) == told(anew), page.url


def test_what_was_ticked_is_the_same_box_afterwards_and_all_that_it_found_is_painted(open_page: Open) -> None:
    page = open_page("/claims/")
    box = page.get_by_role("checkbox", name=re.compile("^Verbatim"))
    box.evaluate("box => { window.box = box; box.focus() }")
    page.evaluate("document.addEventListener('blur', () => { window.lost = true }, true)")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?form=verbatim$"))
    expect(page.get_by_role("link", name="Remove filter: Verbatim")).to_be_visible()
    assert page.evaluate("window.box === document.activeElement && window.box.checked && !window.lost")


def test_no_copy_of_the_page_is_made_for_the_way_back(open_page: Open) -> None:
    page = open_page("/claims/")
    page.evaluate("document.addEventListener('htmx:beforeHistorySave', () => { window.copied = true })")
    page.get_by_role("checkbox", name=re.compile("^Ceasefire")).check()
    expect(page).to_have_url(re.compile(r"\?issue=ceasefire$"))
    assert not page.evaluate("window.copied")


def test_what_is_below_the_screen_comes_last_but_before_anything_else_is_pressed(open_page: Open) -> None:
    page = open_page("/claims/")
    before, painted, pressed = page.evaluate(
        """() => new Promise((done) => {
          const last = () => [...document.querySelectorAll(".facet")].pop().textContent;
          const seen = [last()];
          document.addEventListener("htmx:afterSettle", () => {
            seen.push(last());
            document.body.dispatchEvent(new Event("pointerdown"));
            seen.push(last());
            done(seen);
          }, { once: true });
          document.getElementById("issue-ceasefire").click();
        })"""
    )
    assert before == painted != pressed
    page.reload()
    assert pressed == page.evaluate("[...document.querySelectorAll('.facet')].pop().textContent")
