"""The data of the charts of actors and issues as CSV, a row for each piece of evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from claims.filtering import AsOfForm
from claims.formats import csv_file
from claims.models import public
from claims.positions import Evidence, Heading, stances, table
from claims.readmodel import current
from claims.views.described import described_by
from claims.views.records import answer
from claims.views.redirects import moved
from claims.wording import claim_lines


@require_safe
def actor_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The positions of one public actor by issue, also as of a day; a redirect from an old address, else 404."""
    actor = public.actors().filter(slug=slug).first()
    if actor is None:
        return moved(public.actors(), slug, "claims:actor-csv")
    return _chart(request, stances.Scope(actors=(actor,)), stances.by_issue, f"actor-{slug}")


@require_safe
def issue_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The positions on one issue by actor, also as of a day; a redirect from an old address, else 404."""
    issue = public.issues().filter(slug=slug).first()
    if issue is None:
        return moved(public.issues(), slug, "claims:issue-csv")
    return _chart(request, stances.Scope(issue), stances.by_actor, f"issue-{slug}")


def sent(
    request: HttpRequest, records: Iterable[Mapping[str, Any]], name: str, columns: Sequence[str] = table.COLUMNS
) -> StreamingHttpResponse:
    """Records of evidence as a CSV file of this name, without its ending, for programs on any site."""
    return StreamingHttpResponse(
        csv_file.lines(columns, table.cells(records, columns)),
        content_type="text/csv; charset=utf-8; header=present",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            **described_by(request),
        },
    )


def _chart(
    request: HttpRequest, scope: stances.Scope, heading: Callable[[Evidence], Heading], name: str
) -> HttpResponseBase:
    """All that such a chart shows, lane by lane; what it counts comes after the rest. 400 for wrong days."""
    form = AsOfForm(request.GET, request.path)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    published, absolute = current(), request.build_absolute_uri
    charted = stances.charted(scope, form.horizon, published)
    claims = claim_lines(item.claim for item in charted.evidence)
    printed = stances.printed(table.in_lanes(charted.evidence, heading), claims)
    others = charted.others.every(charted.evidence, published) if charted.others else ()
    records = chain(table.records(printed, claims, absolute), table.of_lanes(others, absolute))
    return sent(request, records, name)
