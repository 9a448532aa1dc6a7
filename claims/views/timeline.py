"""The timeline, and what is in view of it as JSON and as CSV."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.charts import Bar
from claims.formats import csv_file, date_record, records, thing_record
from claims.timeline import Lane, ListedEvent, Placed, TimelineFilter, View, lanes, page, view
from claims.views.described import described_by
from claims.views.records import answer, claim_record
from conflict_site.base.addresses import Absolute

HEAD = ("type", "id", "url", "text", "said", "from", "to", "lane", "count", "possible")


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Published events and claims on one line of time, under the reader's filter."""
    claim_filter = TimelineFilter(request.GET)
    valid = claim_filter.is_valid()
    context = page.context(claim_filter, timezone.localdate()) if valid else page.refused(claim_filter)
    return render(request, "timeline/timeline.html", {"section": "timeline", "filter": claim_filter, **context})


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The events in view and the claims, or their numbers by lane and part of the period; 400 for a bad filter."""
    claim_filter = TimelineFilter(request.GET, reverse("claims:timeline-json"))
    if not claim_filter.is_valid():
        return answer(records.refusal(claim_filter), status=400)
    return answer(_timeline_record(view.view(claim_filter, timezone.localdate()), request.build_absolute_uri))


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as one table, a row for each event, claim or part; 400 for a bad filter."""
    claim_filter = TimelineFilter(request.GET, reverse("claims:timeline-csv"))
    if not claim_filter.is_valid():
        return answer(records.refusal(claim_filter), status=400)
    rows = _rows(_timeline_record(view.view(claim_filter, timezone.localdate()), request.build_absolute_uri))
    return HttpResponse(
        "".join(csv_file.lines(HEAD, rows)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="timeline.csv"',
            **described_by(request),
        },
    )


def _timeline_record(seen: View, absolute: Absolute) -> dict[str, Any]:
    period = seen.period
    drawn, others = lanes.lanes(seen, period) if period and seen.found else ([], None)
    return {
        "from": period.first.isoformat() if period else None,
        "to": period.last.isoformat() if period else None,
        "count": seen.found,
        "events": [_event(listed, absolute) for listed in seen.events],
        "claims": None if seen.claims is None else [_claim(placed, absolute) for placed in seen.claims],
        "lanes": [_lane(lane, absolute) for lane in drawn],
        "others": {"lanes": others.lanes, "count": others.count, "url": absolute(others.url)} if others else None,
    }


def _event(listed: ListedEvent, absolute: Absolute) -> dict[str, Any]:
    event = listed.event
    return {**thing_record(event, absolute), "date": date_record(event.date), "claims": listed.count}


def _claim(placed: Placed, absolute: Absolute) -> dict[str, Any]:
    return {
        **claim_record(placed.entry, absolute),
        "lanes": [heading.label for heading in placed.lanes if heading.value],
    }


def _lane(lane: Lane, absolute: Absolute) -> dict[str, Any]:
    """A lane with its parts. ``possible`` counts claims that may fall into the part, but need not."""
    return {"lane": lane.label, "count": lane.count, "parts": [_part(bar, absolute) for bar in lane.parts]}


def _part(bar: Bar, absolute: Absolute) -> dict[str, Any]:
    return {
        "from": bar.period.first.isoformat(),
        "to": bar.period.last.isoformat(),
        "count": bar.count,
        "possible": bar.possible,
        "url": absolute(bar.url),
    }


def _rows(record: dict[str, Any]) -> Iterator[list[Any]]:
    """The record as rows under ``HEAD``: the events, then the claims, or the parts where the claims are many."""
    for event in record["events"]:
        said = event["date"]
        dates = [said["edtf"], said["earliest"], said["latest"]]
        yield ["event", event["slug"], event["url"], event["title"], *dates, "", event["claims"], ""]
    for claim in record["claims"] or ():
        said = claim["said"]
        dates = [said["text"], said["earliest"], said["latest"]]
        yield ["claim", claim["id"], claim["url"], claim["attribution"], *dates, "; ".join(claim["lanes"]), "", ""]
    for lane in record["lanes"] if record["claims"] is None else ():
        for part in lane["parts"]:
            dates = ["", part["from"], part["to"]]
            yield ["part", "", part["url"], "", *dates, lane["lane"], part["count"], part["possible"]]
