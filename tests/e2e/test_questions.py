"""What a researcher and a student come for, in at most four clicks from home: on a phone too, and without JavaScript.

A click is whatever is pressed: a link, a line that unfolds something, a button.
"""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
CLICKS = 4


class Reader:
    """Somebody in front of a page, whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, target: Locator) -> None:
        """Press it, once more than before."""
        self.clicks += 1
        target.click()


@pytest.fixture(params=[(1280, True), (1280, False), (360, True), (360, False)], ids=str)
def reader(open_page: Open, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader at home, who has to be done within so many clicks."""
    width, javascript = request.param
    reader = Reader(open_page("/", width=width, javascript=javascript))
    yield reader
    assert reader.clicks <= CLICKS


def said_in_these_years(rows: Locator) -> list[tuple[str, str, str]]:
    """Actor, day and sentence of the rows of a table that were said in 2024 or 2025."""
    cells = [row.locator("th, td").all_inner_texts() for row in rows.all()]
    return [(row[0], row[1], row[-1]) for row in cells if re.search("202[45]$", row[1])]


def test_a_researcher_has_putin_and_zelenskyy_on_a_ceasefire_in_2024_and_2025_as_a_table(reader: Reader) -> None:
    page = reader.page
    reader.click(page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare"))
    reader.click(page.get_by_role("link", name="Vladimir Putin and Volodymyr Zelenskyy"))
    ceasefire = page.locator("section", has=page.get_by_role("heading", name="Ceasefire", exact=True))
    table = ceasefire.get_by_text("Read this chart as a table")
    if not table.is_visible():
        reader.click(ceasefire.locator("summary").first)
    reader.click(table)
    rows = said_in_these_years(ceasefire.get_by_role("table").locator("tbody tr"))
    assert [(actor, day) for actor, day, _ in rows] == [
        ("Vladimir Putin", "14 Jun 2024"),
        ("Vladimir Putin", "4 Jul 2024"),
        ("Vladimir Putin", "19 Dec 2024"),
        ("Vladimir Putin", "13 Mar 2025"),
        ("Vladimir Putin", "21 Apr 2025"),
        ("Vladimir Putin", "11 May 2025"),
        ("Vladimir Putin", "4 Jun 2025"),
        ("Vladimir Putin", "27 Nov 2025"),
        ("Vladimir Putin", "19 Dec 2025"),
        ("Volodymyr Zelenskyy", "19 Mar 2025"),
    ]
    file = page.request.get(page.get_by_role("link", name="CSV").get_attribute("href") or "")
    on_file = csv.DictReader(StringIO(file.text().removeprefix("\ufeff")))
    same = [row for row in on_file if row["issue_id"] == "ceasefire" and row["said"][:4] in ("2024", "2025")]
    assert [row["attribution"] for row in same] == [sentence for *_, sentence in rows]


def test_a_student_learns_what_this_is(reader: Reader) -> None:
    page = reader.page
    reader.click(page.get_by_role("main").get_by_role("link", name="Start here"))
    what = page.locator("section", has=page.get_by_role("heading", name="What this is"))
    expect(what).to_contain_text("about the war between Russia and Ukraine")
    expect(what).to_contain_text("It is a record of speech.")
    expect(what).to_contain_text("There are no verdicts and no scores")
    expect(page.get_by_role("heading", name="How to read an entry")).to_be_visible()


@pytest.mark.parametrize(
    ("way", "address", "seen"),
    [
        ("Should Russia and Ukraine negotiate directly?", "/issues/direct-talks/", "Changes on file"),
        ("Volodymyr Zelenskyy", "/actors/volodymyr-zelensky/", "Positions"),
        ("14 June 2024", "/timeline/?said_from=2024-06-14&said_to=2024-06-14", "Claims of the day"),
    ],
)
def test_a_student_finds_where_to_begin(reader: Reader, way: str, address: str, seen: str) -> None:
    page = reader.page
    reader.click(page.get_by_role("main").get_by_role("link", name="Start here"))
    ways = page.locator("section", has=page.get_by_role("heading", name="Three ways in"))
    reader.click(ways.get_by_role("link", name=way))
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
    expect(page.get_by_role("heading", name=re.compile(f"^{seen}"))).to_be_visible()
