"""The issues, and the page of one: who answered what, when, and which answers changed."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from claims import sections
from claims.charts import positions
from claims.entries import Link, entries
from claims.exports import Absolute, thing_record
from claims.models import Claim, Issue
from claims.sections import Section, Tally
from claims.views.addresses import moved
from claims.views.lists import ListForm
from claims.views.records import answer, change_record, position_records, tally_record

NEWEST = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All issues in their order, with their possible answers and how many claims are on file."""
    form = ListForm(request.GET)
    issues = list(Issue.objects.prefetch_related("stances")) if form.is_valid() else []
    tallies = sections.tallies("issues") if issues else {}
    rows = [(issue, tallies.get(issue.pk, Tally())) for issue in issues]
    return render(request, "issues/index.html", {"section": "issues", "form": form, "rows": rows})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue; a redirect from an old address, else 404."""
    issue = Issue.objects.filter(slug=slug).first()
    if issue is None:
        return moved(Issue.objects.all(), slug, "claims:issue")
    return render(request, "issues/issue.html", {"section": "issues", **_page(issue)})


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue as data: its answers, the positions of all actors with their evidence, and the changes of stance."""
    issue = Issue.objects.filter(slug=slug).first()
    if issue is None:
        return moved(Issue.objects.all(), slug, "claims:issue-json")
    return answer(_record(issue, request.build_absolute_uri))


def _page(issue: Issue) -> dict[str, Any]:
    """What the page of an issue prints."""
    on_issue = Claim.objects.published().on_issue(issue).newest_first()
    newest = list(on_issue.values_list("pk", flat=True)[:NEWEST])
    rows = positions.rows(Q(position__stance__issue=issue))
    claims = sections.load([*newest, *(row.claim_id for row in rows)])
    evidence = positions.evidence(rows, claims)
    tally = sections.tally(on_issue)
    address = f"{reverse('claims:list')}?{urlencode({'issue': issue.slug})}"
    return {
        "issue": issue,
        "crumbs": [Link("Issues", reverse("claims:issue-list")), Link(issue.title, issue.get_absolute_url())],
        "stances": [(stance.order, stance.label) for stance in issue.stances.all()],
        "tally": tally,
        "chart": positions.chart(evidence, positions.by_actor),
        "changes": positions.changes(evidence),
        "newest": Section("Claims on this issue", tally.claims, entries(sections.pick(claims, newest)), address),
    }


def _record(issue: Issue, absolute: Absolute) -> dict[str, Any]:
    rows = positions.rows(Q(position__stance__issue=issue))
    evidence = positions.evidence(rows, sections.load(row.claim_id for row in rows))
    return {
        **thing_record(issue, absolute),
        "question": issue.question,
        "scope_note": issue.scope_note,
        "stances": [{"slug": stance.slug, "label": stance.label} for stance in issue.stances.all()],
        "claims": tally_record(sections.tally(Claim.objects.published().on_issue(issue))),
        "claims_url": absolute(f"{reverse('claims:json')}?{urlencode({'issue': issue.slug})}"),
        "positions": position_records(evidence, absolute),
        "changes": [
            change_record(change, absolute) for _, changes in positions.changes(evidence) for change in changes
        ],
    }
