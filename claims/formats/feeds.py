"""What can be followed in a feed reader (Atom, RFC 4287)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.syndication.views import Feed
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from audit import heads
from claims.changes import Batch, ChangeForm, LogEntry, change_log
from claims.filtering import ClaimFilter, Horizon, readback
from claims.filtering import results as browser
from claims.models import Change, ChangeKind, Claim
from claims.positions import Story, on_file
from claims.wording import ClaimLine
from conflict_site.base.problems import problem
from conflict_site.base.text import for_xml
from conflict_site.models import Site

AUDIT = "urn:attributed:audit"  # the namespace of its head
NEWEST = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class FollowForm(ChangeForm):
    """As on the page; edits, which change nothing of substance, only where they are asked for."""

    left_out = (ChangeKind.EDIT,)


class PagedAtom(Atom1Feed):
    """With the address of the next page (RFC 5005), where there is one."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed.get("next"):
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})

    def latest_post_date(self) -> datetime:
        """When the newest entry was changed; of a feed without entries a moment that stays the same."""
        return super().latest_post_date() if self.items else NEVER


class AuditedAtom(PagedAtom):
    """With the head of the audit as it stood at the end of the day before (an extension, RFC 4287 section 6)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if head := heads.published():
            handler.addQuickElement("audit", "", {"xmlns": AUDIT, **{name: str(v) for name, v in asdict(head).items()}})


class LastingFeed(Feed):
    """A feed whose ids are tag URIs in one name (RFC 4151), by whichever address of the site it is asked for."""

    feed_type = PagedAtom
    feed_copyright = f"Our own words: {settings.LICENCE_NAME}, {settings.LICENCE_URL}. Quoted words: their sources."

    def __init__(self) -> None:
        site = Site.current()
        self.author_name = for_xml(site.title)
        self.authority = site.tag_authority

    def tag(self, address: str) -> str:
        """The lasting id of what has this address on the site."""
        return f"tag:{self.authority}:{address.lstrip('/')}"

    def feed_guid(self, thing: Any) -> str:
        return self.tag(self.feed_url(thing))


class LineFeed(LastingFeed):
    """Claims as entries, each updated when its claim is published or changed. Its kinds say which, in ``lines``."""

    lines: list[ClaimLine]
    changed: dict[int, datetime]

    def items(self, thing: Any) -> list[ClaimLine]:
        return self.lines

    def item_title(self, line: ClaimLine) -> str:
        return for_xml(line.sentence)

    def item_description(self, line: ClaimLine) -> str:
        return for_xml(render_to_string("parts/feed_entry.html", {"e": line}))

    def item_link(self, line: ClaimLine) -> str:
        return line.url

    def item_guid(self, line: ClaimLine) -> str:
        return self.tag(f"claims/{line.slug}")

    def item_pubdate(self, line: ClaimLine) -> datetime | None:
        return line.published_at

    def item_updateddate(self, line: ClaimLine) -> datetime | None:
        return self.changed.get(line.key, line.published_at)

    def item_categories(self, line: ClaimLine) -> list[str]:
        return [topic.slug for topic in line.topics]


class ClaimFeed(LineFeed):
    """The claims of a filter in its order."""

    def get_object(self, request: HttpRequest, claim_filter: ClaimFilter) -> ClaimFilter:
        self.lines, self.after = browser.lines(claim_filter)
        self.changed = _changed(self.lines)
        self.whole = request.build_absolute_uri
        return claim_filter

    def title(self, claim_filter: ClaimFilter) -> str:
        return for_xml(f"{self.author_name}: {readback.words(claim_filter) or 'claims'}")

    def link(self, claim_filter: ClaimFilter) -> str:
        return claim_filter.url(path=reverse("claims:list"))

    def feed_url(self, claim_filter: ClaimFilter) -> str:
        return claim_filter.url()

    def feed_extra_kwargs(self, claim_filter: ClaimFilter) -> dict[str, str]:
        return {"next": self.whole(claim_filter.url(page=self.after)) if self.after else ""}


class StoryFeed(LineFeed):
    """The statements of one actor on one issue, those published last first, each with the stance that it shows."""

    def get_object(self, request: HttpRequest, story: Story, url: str, horizon: Horizon) -> Story:
        self.url = url
        begins = {turn.said.claim: f"Turn {turn.number}: {turn.said.label}" for turn in story.turns}
        self.stances = {item.claim: item.stance for item in story.statements if item.stance} | begins
        lines = {item.claim: item.loaded for item in story.statements if item.loaded}
        lines |= on_file.published_last(story, horizon, NEWEST)
        self.lines = sorted(
            lines.values(), key=lambda line: (line.published_at or line.recorded, line.key), reverse=True
        )[:NEWEST]
        self.changed = _changed(self.lines)
        return story

    def title(self, story: Story) -> str:
        return for_xml(f"{self.author_name}: {story.title}")

    def link(self, story: Story) -> str:
        return story.get_absolute_url()

    def feed_url(self, story: Story) -> str:
        return self.url

    def feed_extra_kwargs(self, story: Story) -> dict[str, str]:
        return {"next": ""}

    def item_title(self, line: ClaimLine) -> str:
        return for_xml(f"[{self.stances[line.key]}] {line.sentence}" if line.key in self.stances else line.sentence)


class ChangeFeed(LastingFeed):
    """What is new, corrected, clarified and withdrawn. An id names what was changed, how and when."""

    feed_type = AuditedAtom

    def get_object(self, request: HttpRequest, form: ChangeForm) -> ChangeForm:
        return form

    def title(self, form: ChangeForm) -> str:
        return f"{self.author_name}: corrections and changes"

    def link(self, form: ChangeForm) -> str:
        return form.url()

    def feed_url(self, form: ChangeForm) -> str:
        return form.url("claims:changes-feed")

    def items(self, form: ChangeForm) -> list[LogEntry | Batch]:
        return change_log.page(form, NEWEST).rows

    def item_title(self, line: LogEntry | Batch) -> str:
        """The kind in brackets, then the attribution sentence, the id of what is gone, or what was done at once."""
        return for_xml(f"[{line.label}] {line.title}")

    def item_description(self, line: LogEntry | Batch) -> str:
        return for_xml(render_to_string("parts/change.html", {"change": line}))

    def item_link(self, line: LogEntry | Batch) -> str:
        return line.url or change_log.url_of_minute(line.kind, line.at)

    def item_guid(self, line: LogEntry | Batch) -> str:
        what = blake2b(line.note.encode(), digest_size=8).hexdigest()
        if isinstance(line, LogEntry):
            what = f"{line.thing}/{line.slug}/{what}"
        return self.tag(f"changes/{line.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}/{line.kind}/{what}")

    def item_pubdate(self, line: LogEntry | Batch) -> datetime:
        return line.at

    def item_updateddate(self, line: LogEntry | Batch) -> datetime:
        return line.at

    def item_categories(self, line: LogEntry | Batch) -> tuple[str]:
        return (line.kind,)


def _changed(lines: Sequence[ClaimLine]) -> dict[int, datetime]:
    """When each of these claims was last published or changed, by its key."""
    entries = Change.objects.filter(content_type=ContentType.objects.get_for_model(Claim))
    of_these = entries.filter(object_id__in=[line.key for line in lines])
    return dict(of_these.order_by().values_list("object_id").annotate(Max("at")))


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The newest lines of the log of changes as Atom, by kind as on its page; 400 for an invalid filter."""
    form = FollowForm(request.GET)
    if not form.is_valid():
        return problem(400, errors=form.errors)
    return ChangeFeed()(request, form)
