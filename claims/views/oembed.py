"""What a page here looks like within another one, for programs that are given its address (oEmbed 1.0).

The address is taken apart and nothing is asked of it: only pages of this very site are known.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from actors.models import Actor
from claims.filtering import Address, Horizon, Option, Whole, refuse_unknown
from claims.formats import records
from claims.models import Claim, public
from claims.positions import on_file
from claims.views import claim_page
from claims.views.records import answer
from claims.views.redirects import named
from claims.wording import ClaimLine
from conflict_site.models import Site

WIDTH, HEIGHT = 600, 260  # pixels of the frame, if nothing less is asked for
PICTURE = (1200, 630)
KEPT = 3600  # seconds; what is withdrawn disappears after these
NOTHING = "There is no page at this address that can be shown elsewhere."


class OembedForm(forms.Form):
    """What a consumer of oEmbed sends."""

    url = Address("Address")
    format = Option("Format", {"json": "JSON", "xml": "XML"})
    maxwidth = Whole("Width")
    maxheight = Whole("Height")

    def clean(self) -> dict[str, Any]:
        """Refuse every other parameter but those that other sites append to links."""
        refuse_unknown(self, "This address")
        return self.cleaned_data

    def within(self, width: int, height: int) -> tuple[int, int]:
        """This width and height, or what of them may be taken."""
        most = self.cleaned_data
        return min(width, most["maxwidth"] or width), min(height, most["maxheight"] or height)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """A claim as a frame, a story as a link with a picture; 404 for every other address, 501 for XML."""
    form = OembedForm(request.GET)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    if form.cleaned_data["format"] == "xml":
        return answer({"detail": "Only JSON is given."}, status=501)
    try:
        name, slugs = _page(request, form.cleaned_data["url"])
        return SHOWN[name](request, form, **slugs)
    except (Http404, KeyError):
        return answer({"detail": NOTHING}, status=404)


def address(request: HttpRequest, url: str) -> str:
    """Where a page with this whole address is described."""
    return request.build_absolute_uri(f"{reverse('claims:oembed')}?{urlencode({'url': url, 'format': 'json'})}")


def _page(request: HttpRequest, url: str) -> tuple[str, dict[str, str]]:
    """The name of a page of this site, and the slugs in its address; raises Http404 for everything else."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Http404 from error
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.get_host().lower():
        raise Http404
    try:
        found = resolve(parts.path)
    except Resolver404 as error:
        raise Http404 from error
    return found.view_name, found.kwargs


def _claim(request: HttpRequest, form: OembedForm, slug: str) -> HttpResponse:
    claim = named(Claim.objects.ever_published().for_list(), slug)
    if not claim.is_public:
        return answer(records.tombstone(claim, claim_page.withdrawal(claim)), status=410)
    width, height = form.within(WIDTH, HEIGHT)
    frame = '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>'
    title = ClaimLine.of(claim).sentence
    src = request.build_absolute_uri(reverse("claims:embed", args=[claim.slug]))
    shown = {"html": format_html(frame, src, title, width, height), "width": width, "height": height}
    return _answer(
        request, form, {"type": "rich", "title": title, **shown}, reverse("claims:picture", args=[claim.slug])
    )


def _story(request: HttpRequest, form: OembedForm, issue: str, actor: str) -> HttpResponse:
    on, by = named(public.issues(), issue), named(Actor.objects.all(), actor)
    story = on_file.story(by, on, Horizon())
    if story is None:
        raise Http404
    title = f"{by.name} on “{on.title}”: {story.words}"
    return _answer(
        request, form, {"type": "link", "title": title}, reverse("claims:story-picture", args=[on.slug, by.slug])
    )


SHOWN: dict[str, Callable[..., HttpResponse]] = {"claims:detail": _claim, "claims:story": _story}


def _answer(request: HttpRequest, form: OembedForm, shown: dict[str, Any], picture: str) -> HttpResponse:
    """What is common to all, and the picture where it fits."""
    whole = request.build_absolute_uri
    site = {"version": "1.0", "provider_name": Site.of(request).title, "provider_url": whole(reverse("home"))}
    width, height = PICTURE
    thumbnail = {"thumbnail_url": whole(picture), "thumbnail_width": width, "thumbnail_height": height}
    return answer({**site, **shown, "cache_age": KEPT, **(thumbnail if form.within(width, height) == PICTURE else {})})
