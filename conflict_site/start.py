"""The introduction for whoever is new: what the record is, its questions, who speaks, three ways in, and one entry.

What is shown of it is chosen by rules that know no names: most claims, or the newest.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from actors.models import Kind
from claims.filtering import totals
from claims.models import CitationStatus, Identification, Issue
from claims.readmodel import Found, Having, Selection, coverage
from claims.views.etags import etag, published
from claims.wording import ClaimLine, in_order
from conflict_site.base.edtf import day
from conflict_site.base.markdown import to_html
from conflict_site.models import Site

QUESTIONS, SPEAKERS = 16, 8
LOOKED_AT = 12  # of the newest claims, from which the one is taken that is explained


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def start(request: HttpRequest) -> HttpResponse:
    """Two minutes of reading for whoever has never been here."""
    claims = published(request)
    context = {
        "section": "start",
        "text": to_html(Site.of(request).about),
        "counts": coverage.counts(claims),
        "questions": _questions(claims),
        "speakers": coverage.shares(claims, "speaker")[:SPEAKERS],
        "person": next(iter(coverage.shares(_by_people(claims), "speaker")), None),
        "busiest": _busiest_day(claims),
        **_explained(claims),
    }
    return render(request, "start.html", context)


def _questions(published: Found) -> list[dict[str, Any]]:
    """The issues with the most claims in their own order; of these, ``leads`` the one that has most of all."""
    shares = coverage.shares(published, "issue")[:QUESTIONS]
    numbers = {share.slug: share.count for share in shares}
    issues = Issue.objects.filter(slug__in=numbers).order_by("order", "slug")
    return [{"issue": one, "count": numbers[one.slug], "leads": one.slug == shares[0].slug} for one in issues]


def _by_people(published: Found) -> Found:
    return Selection(published, "said", [Having("kind", Kind.PERSON)]).found()


def _busiest_day(published: Found) -> dict[str, Any] | None:
    """The day on which most claims were said whose day is known, of several the last; None without such claims."""
    days = [(count, first) for first, last, count in published.dates("said") if first and first == last]
    count, busiest = max(days, default=(0, date.min))
    return {"words": day(busiest), "value": busiest.isoformat(), "count": count} if count else None


def _explained(published: Found) -> dict[str, Any]:
    """The entry whose parts are explained, and what is told of them; nothing where nothing is published."""
    entry = _entry(published)
    if entry is None:
        return {}
    voices = [part.text for part in entry.parts if part.is_voice]
    return {"entry": entry, "entries": [entry], "voices": voices, "verified": _is_verified(entry)}


def _entry(published: Found) -> ClaimLine | None:
    """The newest claim that came through another voice and whose passage is quoted, best of all one that is verified.

    Where none did, the same among all claims; None where nothing is published.
    """
    passed_on = [Having("identification", one) for one in Identification.values]
    found = _newest(published, passed_on) or _newest(published, [])
    return min(found, key=lambda line: (not line.quote, not _is_verified(line)), default=None)


def _newest(published: Found, conditions: list[Having]) -> list[ClaimLine]:
    return in_order(totals.newest(Selection(published, "said", conditions), LOOKED_AT))


def _is_verified(line: ClaimLine) -> bool:
    return bool(line.quote) and line.passages[0].status == CitationStatus.VERIFIED
