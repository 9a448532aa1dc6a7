"""Texts kept at the desk, in a real browser: pasted from a page, by a bookmark, and without JavaScript."""

from collections.abc import Callable
from urllib.parse import unquote

from playwright.sync_api import Page, expect

from claims.models import Source
from tests.e2e.test_desk import choose, signed_in

Open = Callable[..., Page]
Check = Callable[[Page], None]
PAGE = "<h1>On talks</h1><p>We demand <b>talks</b> in spring.</p><p hidden>never seen</p>"


def test_what_is_pasted_from_a_page_is_read_as_a_page_and_kept(open_page: Open, axe: Check) -> None:
    page = signed_in(open_page, "Curator")
    page.goto("/admin/claims/source/capture/")
    axe(page)
    page.evaluate(
        """page => document.addEventListener("copy", event => {
            event.clipboardData.setData("text/html", page);
            event.clipboardData.setData("text/plain", "what the browser makes of it");
            event.preventDefault();
        }, {once: true})""",
        PAGE,
    )
    page.keyboard.press("Control+C")
    page.locator("#id_text").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#id_text")).to_have_value("what the browser makes of it")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".capture-text")).to_have_text("On talks\n\nWe demand talks in spring.", use_inner_text=True)
    page.locator("#id_kind").select_option("statement")
    page.locator("#id_language").fill("en")
    choose(page.locator("#id_publisher"), "kremlin", "Kremlin")
    page.locator("#id_title").press("Enter")
    page.wait_for_url("**/read/")
    assert Source.objects.get(title="On talks").snapshots.get().text == "On talks\n\nWe demand talks in spring."


def test_words_typed_after_a_paste_are_read_as_they_stand(open_page: Open, axe: Check) -> None:
    page = signed_in(open_page, "Curator", scheme="dark", width=360)
    page.goto("/admin/claims/source/1/capture/")
    page.evaluate("""document.querySelector("#id_html").value = "<p>Old words" """)
    page.locator("#id_text").fill("New words")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".capture-text")).to_have_text("New words")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    axe(page)


def test_a_bookmark_opens_the_desk_and_does_nothing_on_our_own_page(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    page.goto("/admin/claims/source/bookmarklet/")
    mark = page.get_by_role("link", name="Capture for")
    mark.click()
    expect(page).to_have_title("A bookmark for capturing | Attributed")
    script = unquote((mark.get_attribute("href") or "").removeprefix("javascript:"))
    page.goto("/sources/")
    page.locator("h1").select_text()
    with page.expect_popup() as opened:
        page.evaluate(script)
    expect(opened.value.locator("#id_address")).to_have_value(page.url)
    expect(opened.value.locator("#id_selection")).to_have_value("Sources")
    expect(opened.value.locator("#id_page_title")).to_have_value(page.title())


def test_a_text_is_kept_without_javascript(open_page: Open) -> None:
    source = Source.objects.order_by("pk")[0]
    page = signed_in(open_page, "Curator", javascript=False)
    page.goto(f"/admin/claims/source/{source.pk}/capture/")
    page.locator("#id_file").set_input_files({"name": "a.html", "mimeType": "text/html", "buffer": PAGE.encode()})
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".capture-text")).to_contain_text("We demand talks in spring.")
    if page.locator("#id_losing").count():
        page.locator("#id_losing").check()
    page.get_by_role("button", name="Keep this text").click()
    page.wait_for_url("**/read/")
    assert source.snapshots.filter(text__contains="We demand talks in spring.").exists()
