"""The reading desk in a real browser: with the mouse, with keys alone, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, Source
from tests.e2e.test_desk import signed_in
from tests.factories import a_claim, a_snapshot, a_source

Open = Callable[..., Page]
TEXT = """The Press Room

MR. LAVROV: Good morning, all. We are ready for talks 🕊 without conditions, if others are.

Let me say it again. We demand that sanctions be lifted in spring.

PRESIDENT ZELENSKYY: We will continue to defend our land. Talks should begin with a ceasefire.
"""


@pytest.fixture
def source() -> Source:
    """A transcript of two speakers on file, one passage of which is cited already."""
    source = a_source(kind="transcript", title="A briefing in the Press Room")
    a_snapshot(source, TEXT)
    return source


class Hand:
    """Somebody at the desk, whose clicks and keys are counted, save those that write the content."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.moves = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.moves += 1

    def select(self, words: str) -> None:
        """Draw the mouse over words of the text, as the browser's own range has them."""
        corners = self.page.evaluate(
            """(words) => {
                const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + words.length);
                    walker.currentNode.parentElement.scrollIntoView({ block: "center" });
                    const boxes = range.getClientRects();
                    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
                    return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
                }
            }""",
            words,
        )
        self.page.mouse.move(*corners[:2])
        self.page.mouse.down()
        self.page.mouse.move(*corners[2:], steps=5)
        self.page.mouse.up()


def desk(open_page: Open, source: Source, **options: object) -> Page:
    page = signed_in(open_page, "Curator", **options)
    page.goto(f"/admin/claims/source/{source.pk}/read/")
    return page


def test_a_claim_takes_a_selection_its_content_and_two_keys(open_page: Open, source: Source) -> None:
    page = desk(open_page, source)
    hand = Hand(page)
    hand.select("We are ready for talks 🕊 without conditions")
    expect(page.locator("#place")).to_contain_text("Taken: par 2, sentence 2.")
    hand.press("c")
    page.keyboard.type("Russia is open to talks")
    expect(page.locator("#sentence")).to_have_text("Sergei Lavrov said that Russia is open to talks.")
    hand.press("Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Saved as draft")
    claim = Claim.objects.latest("pk")
    assert (claim.speaker.slug, claim.as_stated, claim.form, claim.act, claim.said_edtf) == (
        "sergei-lavrov", "MR. LAVROV", "verbatim", "offers", "2024-01-15",
    )  # fmt: skip
    citation = claim.citations.get()
    assert (citation.exact, citation.status) == ("We are ready for talks 🕊 without conditions", "verified")
    assert TEXT[citation.start : citation.end] == citation.exact
    expect(page.locator("mark.is-draft").last).to_contain_text("draft")
    assert hand.moves == 2
    assert page.evaluate("document.querySelector('#text :target') !== null")


def test_a_new_selection_takes_new_proposals_and_leaves_what_was_typed_or_confirmed(
    open_page: Open, source: Source
) -> None:
    page = desk(open_page, source)
    hand = Hand(page)
    hand.select("We demand that sanctions be lifted")
    speaker = page.locator("#id_speaker option:checked")
    expect(speaker).to_have_text("Sergei Lavrov")
    expect(page.locator("[data-name=act]")).to_contain_text("Proposed: “demand”")
    page.locator("[data-name=act]").get_by_label("confirm").click()
    expect(page.locator("[data-name=act] .desk-why")).to_be_hidden()
    hand.press("Escape")
    page.locator("#id_occasion").fill("a visit")
    page.keyboard.press("Escape")
    hand.select("defend our land")
    expect(speaker).to_have_text("Volodymyr Zelenskyy")
    expect(page.locator("#id_act")).to_have_value("demands")
    expect(page.locator("#id_occasion")).to_have_value("a visit")
    hand.press("y")
    expect(page.locator(".is-proposed")).to_have_count(0)


def test_with_keys_alone_a_sentence_is_chosen_widened_and_submitted(open_page: Open, source: Source) -> None:
    page = desk(open_page, source)
    hand = Hand(page)
    page.locator("body").press("t")
    hand.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp")
    expect(page.locator("#place")).to_have_text("Selected: We are ready for talks 🕊 without conditions, if others are.")
    hand.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Enter")
    expect(page.locator("#id_citations-0-exact")).to_have_value("are ready for talks 🕊 without conditions")
    hand.press("?")
    expect(page.get_by_text("to the field that has this letter")).to_be_visible()
    hand.press("i")
    page.keyboard.type("direct")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("Direct talks")
    page.keyboard.press("Enter")
    hand.press("Escape", "c")
    page.keyboard.type("talks can begin: s, t and y are letters here")
    hand.press("Control+Shift+Enter")
    expect(page.locator(".messagelist")).to_contain_text("is submitted for review.")
    claim = Claim.objects.latest("pk")
    assert claim.content == "talks can begin: s, t and y are letters here"
    assert "direct-talks" in claim.issues.values_list("slug", flat=True)


def test_without_scripts_words_are_pasted_and_saved(open_page: Open, source: Source) -> None:
    page = desk(open_page, source, javascript=False)
    page.locator("#id_citations-0-exact").fill("We demand that sanctions... be lifted")
    page.get_by_role("button", name="Find these words").click()
    expect(page.locator("#place")).to_contain_text("Words are left out in what you typed.")
    page.locator(".desk-choice").first.click()
    expect(page.locator("[data-name=speaker]")).to_contain_text("Proposed: the turn of “MR. LAVROV”")
    page.locator("#id_content").fill("sanctions should end")
    page.get_by_role("button", name="Save and next").click()
    expect(page.locator(".messagelist")).to_contain_text("Sergei Lavrov demanded that sanctions should end.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1440), ("light", 360)])
def test_axe_finds_nothing_at_the_reading_desk(
    open_page: Open, axe: Callable[..., None], source: Source, scheme: str, width: int
) -> None:
    a_claim(source=source, exact="words that are nowhere")
    page = desk(open_page, source, scheme=scheme, width=width)
    Hand(page).select("We demand that sanctions be lifted")
    expect(page.locator("#place")).to_contain_text("Taken: par 3, sentence 2.")
    page.locator("#keys summary").click()
    page.locator("#voice summary").click()
    axe(page, ".select2-container")  # as Django brings it; its names are ours
    names = page.locator(".desk-form [role=combobox]").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert names == ["Speaker", "Issues", "On behalf of", "Actor", "Addressees", "Events"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
