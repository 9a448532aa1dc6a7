"""Ten filters in a row and all the way back: by mouse, by keyboard alone, and without JavaScript."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
DEFAULTS = {("clock", "said"), ("match", "possible"), ("sort", "newest")}


@dataclass(frozen=True)
class Mouse:
    """A reader who points; without JavaScript, one who then presses a button."""

    page: Page
    javascript: bool = True

    def tick(self, name: str) -> None:
        box(self.page, name).click()
        self.send(re.compile(r"^Show (\d+ )?claims?$"))

    def follow(self, name: str) -> None:
        link(self.page, name).click()

    def write(self, button: str, **fields: str) -> None:
        for name, text in fields.items():
            field(self.page, name).fill(text)
        self.page.get_by_role("button", name=button, exact=True).click()

    def choose(self, name: str, option: str) -> None:
        self.page.get_by_label(name).select_option(option)
        self.send("Search")

    def send(self, button: str | re.Pattern[str]) -> None:
        if not self.javascript:
            self.page.get_by_role("button", name=button, exact=True).click()


@dataclass(frozen=True)
class Keyboard:
    """A reader who has nothing but keys: Tab to get there, and Space, Enter or letters."""

    page: Page

    def tick(self, name: str) -> None:
        self.reach(box(self.page, name))
        self.page.keyboard.press("Space")

    def follow(self, name: str) -> None:
        self.reach(link(self.page, name))
        self.page.keyboard.press("Enter")

    def write(self, button: str, **fields: str) -> None:
        for name, text in fields.items():
            self.reach(field(self.page, name))
            self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def choose(self, name: str, option: str) -> None:
        self.reach(self.page.get_by_label(name))
        self.page.keyboard.type(option[0])

    def reach(self, wanted: Locator) -> None:
        element = wanted.element_handle()
        for _ in range(300):
            if element.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not reach {wanted}")


Hand = Mouse | Keyboard


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(rf"^{name}( \d+)?$"))


def link(page: Page, name: str) -> Locator:
    """A link by its name, or, with a colon, the column of the histogram with that name."""
    return page.get_by_role(
        "link", name=re.compile(rf"^{name} \d+ claims?$") if name.endswith(":") else name, exact=True
    )


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#id_{name}")


@dataclass(frozen=True)
class Step:
    """What a reader does, and what is then found: the parameters, how many claims, and the conditions in words."""

    does: Callable[[Hand], None]
    query: str
    count: int
    chips: list[str]


ISSUES = "issue=ceasefire&issue=direct-talks"
KEPT = f"{ISSUES}&not_speaker=vladimir-putin"
NAMES = ["Ceasefire", "Direct talks", "not Vladimir Putin"]
STEPS = [
    Step(lambda hand: hand.tick("Ceasefire"), "issue=ceasefire", 45, NAMES[:1]),
    Step(lambda hand: hand.tick("Direct talks"), ISSUES, 132, NAMES[:2]),
    Step(lambda hand: hand.tick("Leave out Vladimir Putin"), KEPT, 104, NAMES),
    Step(lambda hand: hand.follow("2025"), f"{KEPT}&said_from=2025&said_to=2025", 30, [*NAMES, "2025"]),
    Step(
        lambda hand: hand.follow("March 2025:"),
        f"{KEPT}&said_from=2025-03&said_to=2025-03",
        12,
        [*NAMES, "March 2025"],
    ),
    Step(
        lambda hand: hand.follow("13 March 2025:"),
        f"{KEPT}&said_from=2025-03-13&said_to=2025-03-13",
        5,
        [*NAMES, "13 March 2025"],
    ),
    Step(lambda hand: hand.follow("Remove filter: 13 March 2025"), KEPT, 104, NAMES),
    Step(lambda hand: hand.choose("Sort by", "oldest"), f"{KEPT}&sort=oldest", 104, NAMES),
    Step(
        lambda hand: hand.write("Search", q="ceasefire"), f"{KEPT}&q=ceasefire&sort=oldest", 36, [*NAMES, "“ceasefire”"]
    ),
    Step(
        lambda hand: hand.write("Show these dates", said_from="2022-05", said_to="2025"),
        f"{KEPT}&q=ceasefire&said_from=2022-05&said_to=2025&sort=oldest",
        23,
        [*NAMES, "“ceasefire”", "May 2022 to 2025"],
    ),
]


@dataclass(frozen=True)
class Shown:
    """What a reader sees of a filter."""

    parameters: list[tuple[str, str]]
    title: str
    count: str
    chips: list[str]
    first: str


def shown(page: Page) -> Shown:
    count = page.locator("[data-announce]").inner_text()
    first = page.get_by_role("article").first.get_attribute("id") or ""
    return Shown(parameters(urlsplit(page.url).query), page.title(), count, chips(page).all_text_contents(), first)


def chips(page: Page) -> Locator:
    return page.get_by_role("link", name="Remove filter: ")


def parameters(query: str) -> list[tuple[str, str]]:
    """The parameters that a query states, whether it is in short or as a form sends it."""
    return sorted(pair for pair in parse_qsl(query) if pair not in DEFAULTS)


def expect_shown(page: Page, count: str, chip_texts: list[str], first: str) -> None:
    expect(page.locator("[data-announce]")).to_have_text(count)
    expect(page.get_by_role("article").first).to_have_id(first)
    expect(chips(page)).to_have_count(len(chip_texts))
    assert sorted(chips(page).all_text_contents()) == sorted(chip_texts)


def walk(hand: Hand) -> Iterator[Shown]:
    """Takes all steps, and gives what is seen after each, checked against what the same filter finds as data."""
    for step in STEPS:
        step.does(hand)
        data = hand.page.request.get(f"/claims.json?{step.query}").json()
        assert data["count"] == step.count
        texts = [f"Remove filter: {name}" for name in step.chips]
        expect_shown(hand.page, f"{step.count} of 388 claims", texts, f"claim-{data['results'][0]['id']}")
        assert parameters(urlsplit(hand.page.url).query) == parameters(step.query)
        yield shown(hand.page)


def go_back(page: Page, seen: list[Shown]) -> None:
    """Goes back through all that was seen, to the first of it."""
    for state in reversed(seen[:-1]):
        page.go_back()
        expect_shown(page, state.count, state.chips, state.first)
        assert shown(page) == state


@pytest.mark.parametrize("hand_of", [Mouse, Keyboard])
def test_ten_filters_and_back_by_mouse_or_by_keyboard_alone(open_page: Open, hand_of: type[Hand]) -> None:
    page = open_page("/claims/")
    page.evaluate("window.untouched = true")
    seen = [shown(page)]
    for step, state in zip(STEPS, walk(hand_of(page)), strict=True):
        expect(page.get_by_role("status")).to_have_text(f"{step.count} of 388 claims")
        seen.append(state)
    assert page.evaluate("window.untouched"), "a filter has loaded a new page"
    go_back(page, seen)


def test_ten_filters_and_back_without_javascript(open_page: Open) -> None:
    page = open_page("/claims/", javascript=False)
    seen = [shown(page), *walk(Mouse(page, javascript=False))]
    go_back(page, seen)
