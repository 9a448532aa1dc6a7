"""What waits behind a summary: short pages on a phone, whole ones with room and on paper, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from actors.models import Actor
from claims.models import Event, Issue
from claims.positions import on_file
from conflict_site.base.addresses import address
from scripts.same_answers.sample import spread
from tests.e2e.pages import longest

LONGEST = 6_000  # pixels of a page on a phone, as it opens
COMPARED = [
    "/compare/russia/ukraine/",
    "/compare/ukraine/volodymyr-zelensky/",
    "/compare/united-states/volodymyr-zelensky/",
    "/compare/vladimir-putin/volodymyr-zelensky/",
]
STORY = "/issues/direct-talks/volodymyr-zelensky/"


def addresses() -> list[str]:
    """The pages of all issues, of events, of actors with positions, and some of their stories."""
    held = Actor.objects.filter(positions__isnull=False).distinct()
    things = [*Issue.objects.all(), *Event.objects.all(), *held]
    told = [address("claims:story", issue.slug, actor.slug) for issue, actor in on_file.stories() if actor in held]
    return [*(thing.get_absolute_url() for thing in things), *spread(told, 60)]


def test_no_page_of_an_issue_actor_event_comparison_or_story_is_longer_than_six_thousand_pixels_on_a_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/about/", javascript=False, width=360)
    tall = {}
    for path in longest(page, [*addresses(), *COMPARED]):
        page.goto(path, wait_until="domcontentloaded")
        height = page.locator("html").bounding_box()["height"]
        if height > LONGEST:
            tall[path] = height
    assert tall == {}


@pytest.mark.parametrize(("width", "is_open"), [(360, False), (1280, True)])
def test_the_rest_of_a_list_waits_on_a_phone_alone(open_page: Callable[..., Page], width: int, is_open: bool) -> None:
    page = open_page("/issues/direct-talks/", javascript=False, width=width)
    assert page.locator(".entry").nth(4).is_visible() is is_open
    if not is_open:
        page.locator(".entries summary").click()
    expect(page.locator(".entry").nth(4)).to_be_visible()


def test_paper_shows_what_is_folded(open_page: Callable[..., Page]) -> None:
    page = open_page(STORY, javascript=False)
    folded = page.locator(".fold .short > li").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
