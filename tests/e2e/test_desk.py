"""Curators at the desk, in a real browser: from a blank form to publication by a second person."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Locator, Page, expect

from claims.models import Claim
from tests.factories import a_user

Open = Callable[..., Page]
PASSWORD = "a long and quiet river"
PAGES = [
    "/admin/", "/admin/claims/claim/", "/admin/claims/claim/add/", "/admin/claims/claim/1/change/",
    "/admin/claims/claim/1/move/withdraw/", "/admin/claims/source/1/change/", "/admin/actors/actor/1/change/",
    "/admin/claims/position/1/change/", "/admin/claims/event/1/change/", "/admin/claims/issue/1/change/",
    "/admin/claims/source/capture/", "/admin/claims/source/1/capture/", "/admin/claims/source/bookmarklet/",
    "/admin/claims/change/", "/admin/auth/user/", "/admin/conflict_site/site/",
]  # fmt: skip


def signed_in(open_page: Open, *groups: str, **options: object) -> Page:
    """A page at the desk, of a new member of these groups; of a superuser where none is named."""
    person = a_user(is_staff=True, is_superuser=not groups)
    person.groups.set(Group.objects.filter(name__in=groups))
    person.set_password(PASSWORD)
    person.save()
    page = open_page("/admin/", **options)
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def choose(select: Locator, words: str, choice: str) -> None:
    """Type into the box that the desk lays over a select, and take the first choice with these words."""
    page = select.page
    select.locator("xpath=following-sibling::span[contains(@class, 'select2')]").first.click()
    page.locator(".select2-container--open .select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=choice).first.click()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_page_of_the_desk_breaks_the_policy_or_is_wider_than_the_screen(
    open_page: Open, scheme: str, width: int
) -> None:
    page = signed_in(open_page, scheme=scheme, width=width)
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == width, address


def test_one_enters_a_claim_and_another_publishes_it_without_javascript(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    page.goto("/admin/claims/claim/add/")
    choose(page.locator("#id_speaker"), "лавров", "Sergei Lavrov")
    page.locator("#id_act").select_option("demands")
    page.locator("#id_form").select_option("verbatim")
    page.locator("#id_content").fill("talks should resume in spring")
    choose(page.locator("#id_issues"), "direct", "Direct talks")
    page.locator("#id_said_edtf").fill("[2024-01-11..2024-01-20]")
    choose(page.locator("#id_citations-0-source"), "possible end", "What one article of late 2023")
    page.locator("#id_citations-0-exact").fill("What one article of late 2023 says")
    page.locator("#id_citations-0-language").fill("en")
    page.get_by_role("button", name="Save and submit for review").first.click()
    expect(page.locator(".messagelist")).to_contain_text("is submitted for review.")
    expect(page.get_by_text("between 11 and 20 January 2024, day not stated").first).to_be_visible()

    other = signed_in(open_page, "Reviewer", javascript=False)
    other.get_by_role("link", name="Claims to review: 1").click()
    other.get_by_role("link", name=re.compile("talks should resume in spring")).click()
    other.get_by_role("link", name="Publish").click()
    for check in other.get_by_role("checkbox").all():  # what a reviewer has looked at
        check.check()
    other.get_by_role("button", name="Publish").click()
    expect(other.locator(".messagelist")).to_contain_text("is published.")
    assert Claim.objects.published().filter(slug="lavrov-2024-01-11-talks-should-resume").exists()


def test_a_missing_actor_is_added_in_a_window_of_its_own(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    page.goto("/admin/claims/claim/add/")
    with page.expect_popup() as opened:
        page.locator("#add_id_speaker").click()
    window = opened.value
    window.get_by_label("Name:", exact=True).press_sequentially("Ministry of Tests")
    window.locator("#id_kind").select_option("government_body")
    expect(window.locator("#id_slug")).to_have_value("ministry-of-tests")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save").first.click()
    expect(page.locator("#id_speaker option:checked")).to_have_text("Ministry of Tests")
