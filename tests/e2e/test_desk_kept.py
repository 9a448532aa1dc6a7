"""What curators typed and did not save, and who else is at a record, in a real browser."""

import re
from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Claim, Presence
from tests.e2e.test_desk import PASSWORD, choose, signed_in
from tests.factories import a_draft, an_issue

Open = Callable[..., Page]
OFFER = ".desk-kept"


def kept(page: Page) -> str:
    """All that the browser keeps, as text."""
    return str(page.evaluate("JSON.stringify(localStorage)"))


def again(page: Page) -> Page:
    """Close the tab and open its page in a new one."""
    other = page.context.new_page()
    other.goto(page.url)
    page.close()
    return other


def put_back(page: Page) -> None:
    page.get_by_role("button", name="Put it back").click()


def type_a_claim(page: Page) -> None:
    choose(page.locator("#id_speaker"), "лавров", "Sergei Lavrov")
    page.locator("#id_act").select_option("demands")
    page.locator("#id_form").select_option("verbatim")
    choose(page.locator("#id_issues"), "direct", "Direct talks")
    page.locator("#id_content").fill("talks should resume in spring")
    page.locator("#steps-group").get_by_role("button", name=re.compile("Add another")).click()
    page.locator("#id_steps-0-as_stated").fill("a senior official")
    page.wait_for_timeout(500)


def test_a_form_in_a_tab_that_was_closed_is_offered_again_until_it_is_saved(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    page.goto("/admin/claims/claim/add/")
    type_a_claim(page)
    assert "csrf" not in kept(page)
    page = again(page)
    expect(page.locator(OFFER)).to_contain_text("You typed something here at")
    put_back(page)
    assert page.locator("#id_steps-0-as_stated").input_value() == "a senior official"
    expect(page.locator("#id_speaker option:checked")).to_have_text("Sergei Lavrov")
    expect(page.locator("#id_issues option:checked")).to_have_text("Direct talks")
    choose(page.locator("#id_steps-0-actor"), "reuters", "Reuters")
    page.locator("#id_steps-0-identification").select_option("named")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    claim = Claim.objects.latest("pk")
    assert (claim.content, claim.steps.get().as_stated) == ("talks should resume in spring", "a senior official")
    assert "talks should" not in kept(page)
    page.goto("/admin/claims/claim/add/")
    expect(page.locator(OFFER)).to_have_count(0)


def test_what_is_forgotten_is_offered_no_more_and_nobody_else_is_offered_it(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    claim = a_draft(issues=[an_issue()])
    address = f"/admin/claims/claim/{claim.pk}/change/"
    page.goto(address)
    page.locator("#id_occasion").fill("joint press conference")
    page.wait_for_timeout(500)
    page.context.clear_cookies()
    other = signed_in(lambda path, **options: page.goto(path) and page, "Curator")
    other.goto(address)
    expect(other.locator(OFFER)).to_have_count(0)
    mine = User.objects.order_by("-pk")[1]
    other.context.clear_cookies()
    other.goto(address)
    sign_in(other, mine)
    other.get_by_role("button", name="Forget it").click()
    assert other.locator("#id_occasion").input_value() == ""
    other.reload()
    expect(other.locator(OFFER)).to_have_count(0)


def sign_in(page: Page, person: User) -> None:
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_after_a_lost_session_one_comes_back_to_the_form_and_to_the_words(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    person = User.objects.latest("pk")
    claim = a_draft(issues=[an_issue()])
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.locator("#id_content").fill("talks should wait")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).first.click()
    sign_in(page, person)
    put_back(page)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert Claim.objects.get(pk=claim.pk).content == "talks should wait"


def test_what_is_put_back_into_a_record_that_others_have_changed_is_told_so(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    claim = a_draft(issues=[an_issue()])
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.locator("#id_content").fill("talks should wait")
    page.wait_for_timeout(500)
    Claim.objects.filter(pk=claim.pk).update(content="talks should end", version=2)
    page = again(page)
    put_back(page)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("#content")).to_contain_text("Somebody else has changed this")
    expect(page.locator("#content")).to_contain_text("talks should end")
    assert page.locator("#id_content").input_value() == "talks should wait"
    assert Claim.objects.get(pk=claim.pk).content == "talks should end"


def test_the_page_of_a_record_tells_who_else_came_while_somebody_works_on_it(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    carla = User.objects.latest("pk")
    claim = a_draft(issues=[an_issue()])
    page.clock.install()
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    Presence.objects.take(claim, User.objects.create_user("rita", first_name="Rita"))
    seen = Presence.objects.get(by=carla).seen_at
    page.clock.fast_forward(61_000)
    expect(page.locator("#desk-others")).not_to_contain_text("Rita")
    page.locator("#id_content").press_sequentially("so")
    page.clock.fast_forward(61_000)
    expect(page.locator("#desk-others")).to_contain_text("Rita is at it")
    assert Presence.objects.get(by=carla).seen_at > seen


def test_a_filter_offers_names_while_one_types(open_page: Open) -> None:
    page = signed_in(open_page, "Curator")
    page.goto("/admin/claims/claim/")
    page.get_by_label("By speaker").press_sequentially("лавро")
    expect(page.locator("#suggested-speaker option")).to_have_attribute("value", "Sergei Lavrov")
    page.get_by_label("By speaker").fill("Sergei Lavrov")
    page.get_by_label("By speaker").press("Enter")
    expect(page.locator("#result_list")).to_contain_text("Lavrov")
