"""What can be followed in a feed reader (Atom, RFC 4287)."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from claims.log import change_log
from claims.log.change_log import Batch, ChangeForm
from claims.log.history import LogEntry
from claims.models import ChangeKind
from conflict_site.models import Site
from conflict_site.text import for_xml

NEWEST = 50


class FollowForm(ChangeForm):
    """As on the page; edits, which change nothing of substance, only where they are asked for."""

    left_out = (ChangeKind.EDIT,)


class ChangeFeed(Feed):
    """What is new, corrected, clarified and withdrawn. Ids are tag URIs (RFC 4151) that never change."""

    feed_type = Atom1Feed

    def __init__(self, host: str) -> None:
        self.host = host
        self.author_name = Site.current().title

    def get_object(self, request: HttpRequest, form: ChangeForm) -> ChangeForm:
        return form

    def title(self, form: ChangeForm) -> str:
        return f"{self.author_name}: corrections and changes"

    def link(self, form: ChangeForm) -> str:
        return form.url()

    def feed_url(self, form: ChangeForm) -> str:
        return form.url("claims:changes-feed")

    def items(self, form: ChangeForm) -> list[LogEntry | Batch]:
        return change_log.page(form, NEWEST).lines

    def item_title(self, line: LogEntry | Batch) -> str:
        """The kind in brackets, then the attribution sentence, the id of what is gone, or what was done at once."""
        return for_xml(f"[{line.label}] {line.title}")

    def item_description(self, line: LogEntry | Batch) -> str:
        return for_xml(render_to_string("parts/change.html", {"change": line}))

    def item_link(self, line: LogEntry | Batch) -> str:
        return line.url or change_log.url_of_minute(line.kind, line.at)

    def item_guid(self, line: LogEntry | Batch) -> str:
        return f"tag:{self.host},{line.at:%Y-%m-%d}:changes/{line.pk}"

    def item_pubdate(self, line: LogEntry | Batch) -> datetime:
        return line.at

    def item_updateddate(self, line: LogEntry | Batch) -> datetime:
        return line.at

    def item_categories(self, line: LogEntry | Batch) -> tuple[str]:
        return (line.kind,)


@require_safe
@conditional_page
def changes(request: HttpRequest) -> HttpResponse:
    """The newest lines of the log of changes as Atom, by kind as on its page; 400 for an invalid filter."""
    form = FollowForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest(form.errors.as_text(), content_type="text/plain; charset=utf-8")
    return ChangeFeed(request.get_host().partition(":")[0])(request, form)
