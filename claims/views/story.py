"""How one actor moved on one issue: as a page, as data, as a feed, and as a picture for shared links."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.models import Actor
from claims.filtering import AsOfForm, Horizon
from claims.formats import StoryFeed, linked_data
from claims.models import Issue, public
from claims.positions import Story, on_file, table, tell
from claims.views import charts, oembed, pictures
from claims.views.records import answer, story_record, without_parameters
from claims.views.redirects import named
from claims.wording import Card, Link, card
from conflict_site.base import edtf
from conflict_site.base.addresses import Absolute
from conflict_site.models import Site

PAGE = "claims:story"
FILES = ("CSV", "JSON")


@require_safe
def detail(request: HttpRequest, issue: str, actor: str) -> HttpResponseBase:
    """The story of a public actor on an issue, also as of a day; a redirect from old addresses, else 404."""
    return _answered(request, issue, actor, PAGE, _page)


@require_safe
def as_json(request: HttpRequest, issue: str, actor: str) -> HttpResponseBase:
    """The same as data: the turns with what stands beside each, and all statements."""
    return _answered(request, issue, actor, f"{PAGE}-json", _json)


@require_safe
def as_csv(request: HttpRequest, issue: str, actor: str) -> HttpResponseBase:
    """The same as a table, a row for each statement."""
    return _answered(request, issue, actor, f"{PAGE}-csv", _csv)


@require_safe
def as_atom(request: HttpRequest, issue: str, actor: str) -> HttpResponseBase:
    """The statements of the story as a feed, those published last first."""
    return _answered(request, issue, actor, f"{PAGE}-atom", _atom)


@require_safe
@without_parameters
def picture(request: HttpRequest, issue: str, actor: str) -> HttpResponseBase:
    """What is on file, in a sentence, as an SVG card, 1200 by 630 as shared links have it."""
    return _answered(request, issue, actor, f"{PAGE}-card", _svg)


@require_safe
@without_parameters
def picture_png(request: HttpRequest, issue: str, actor: str) -> HttpResponseBase:
    """The same as PNG."""
    return _answered(request, issue, actor, f"{PAGE}-picture", _png)


type Answering = Callable[[HttpRequest, AsOfForm, Story | None, Issue, Actor], HttpResponseBase]


def _answered(request: HttpRequest, issue: str, actor: str, page: str, answering: Answering) -> HttpResponseBase:
    """The answer about the two, who have the address to themselves; raises Http404 where nothing public is on file.

    A form with errors gets no story; neither does a horizon within which nothing is on file.
    """
    on, by = named(public.issues(), issue), named(Actor.objects.all(), actor)
    form = AsOfForm(request.GET, request.path)
    story = on_file.story(by, on, form.horizon) if form.is_valid() else None
    if story is None and not _is_told(by, on, form):
        raise Http404
    if (on.slug, by.slug) != (issue, actor):
        return HttpResponsePermanentRedirect(reverse(page, args=[on.slug, by.slug]))
    if not form.is_valid() and page != PAGE:
        return answer({"errors": form.errors}, status=400)
    return answering(request, form, story, on, by)


def _is_told(actor: Actor, issue: Issue, form: AsOfForm) -> bool:
    """Whether anything is on file, looked at without the limits that the form has, or could not read."""
    limited = bool(form.horizon) or not form.is_valid()
    return limited and on_file.story(actor, issue, Horizon()) is not None


def _page(request: HttpRequest, form: AsOfForm, story: Story | None, issue: Issue, actor: Actor) -> HttpResponse:
    told = on_file.told(story, form.horizon) if story else None
    slugs = [issue.slug, actor.slug]
    context = {
        "section": "issues",
        "form": form,
        "canonical_url": request.build_absolute_uri(form.url()),
        "issue": issue,
        "actor": actor,
        "story": told,
        "crumbs": [Link("Issues", reverse("claims:issue-list")), Link(issue.title, issue.get_absolute_url())],
        "files": [Link(name, reverse(f"{PAGE}-{name.lower()}", args=slugs) + form.horizon.query) for name in FILES],
        "feed_url": reverse(f"{PAGE}-atom", args=slugs),
        "picture": reverse(f"{PAGE}-picture", args=slugs),
        "picture_of": f"{actor.name} on “{issue.title}”{f': {told.words}' if told else ''}",
        **(_cited(request, form, told) if told else {}),
    }
    return render(request, "issues/story.html", context)


def _cited(request: HttpRequest, form: AsOfForm, story: Story) -> dict[str, str]:
    """How a story is cited, in words and by machines, and shown by other sites."""
    title = f"{story.actor.name} on “{story.issue.title}”"
    url, read = request.build_absolute_uri(form.url()), edtf.day(timezone.localdate())
    return {
        "title": title,
        "citation": f"{title}: {story.words} {Site.of(request).title}, read {read}. {url}",
        "oembed": oembed.address(request, request.build_absolute_uri(story.get_absolute_url())),
        "json_ld": _json_ld(story, request.build_absolute_uri),
    }


def _json_ld(story: Story, absolute: Absolute) -> str:
    entries = [turn.said.entry for turn in story.turns]
    url = absolute(story.get_absolute_url())
    return linked_data.in_html(linked_data.story(story.title, url, entries, absolute))


def _json(request: HttpRequest, form: AsOfForm, story: Story | None, issue: Issue, actor: Actor) -> HttpResponse:
    told = _whole(story, form, issue, actor)
    return answer({**form.horizon.record, **story_record(told, form.horizon, request.build_absolute_uri)})


def _csv(request: HttpRequest, form: AsOfForm, story: Story | None, issue: Issue, actor: Actor) -> HttpResponseBase:
    records = table.of_story(_whole(story, form, issue, actor), request.build_absolute_uri)
    return charts.sent(request, records, f"issue-{issue.slug}-{actor.slug}", table.OF_STORIES)


def _atom(request: HttpRequest, form: AsOfForm, story: Story | None, issue: Issue, actor: Actor) -> HttpResponse:
    told = _whole(story, form, issue, actor)
    return StoryFeed()(request, story=told, url=form.url(), horizon=form.horizon)


def _svg(request: HttpRequest, form: AsOfForm, story: Story | None, issue: Issue, actor: Actor) -> HttpResponse:
    return pictures.svg(request, _card(request, story, issue, actor))


def _png(request: HttpRequest, form: AsOfForm, story: Story | None, issue: Issue, actor: Actor) -> HttpResponse:
    return pictures.png(request, _card(request, story, issue, actor))


def _card(request: HttpRequest, story: Story | None, issue: Issue, actor: Actor) -> Card:
    told = story or tell(actor, issue, [])
    sentence = f"{actor.name} on the issue “{issue.title}”: {told.words}"
    return card.drawn(sentence, issue.question, Site.of(request).title)


def _whole(story: Story | None, form: AsOfForm, issue: Issue, actor: Actor) -> Story:
    """The story with the entries of all statements; an empty one where nothing is on file within the horizon."""
    told = on_file.told(story, form.horizon, whole=True) if story else None
    return told or tell(actor, issue, [])
