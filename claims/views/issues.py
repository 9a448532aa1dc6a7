"""The issues, and the page of one: who answered what, when, and which answers changed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.filtering import AsOfForm, Horizon, Option, Tally, ending, totals
from claims.formats import linked_data, thing_record
from claims.models import Claim, ClaimQuerySet, Issue, public
from claims.positions import Chart, Evidence, relations, stances, turns
from claims.readmodel import Found, Having, current
from claims.views.chart_table import ChartForm, claims_of, printed
from claims.views.records import answer, change_record, filing_records, position_records, tally_record
from claims.views.redirects import moved
from claims.views.who_stands_where import StandingForm, known, table_context
from claims.wording import Link, Section, claim_lines, pick
from conflict_site.base.addresses import Absolute

NEWEST = 10


class IssueForm(ChartForm):
    """The days, the page of the table, the order of the lanes, and whether to show who answers whom."""

    order = Option("Order", {"name": "By name", "latest": "By latest change"})
    relations = Option("Who answers whom", {"0": "Left out", "1": "Shown"})

    @property
    def is_by_latest(self) -> bool:
        """Whether lanes go by the latest change of stance."""
        return bool(self.cleaned_data["order"] == "latest")

    @property
    def has_relations(self) -> bool:
        """Whether to show who answers whom."""
        return bool(self.cleaned_data["relations"] == "1")

    @property
    def ways(self) -> dict[str, str]:
        """The addresses of the same page in either order, with and without who answers whom."""
        return {
            "name": self.url(order=None) + "#stances",
            "latest": self.url(order="latest") + "#stances",
            "with": self.url(relations="1") + "#answers",
            "without": self.url(relations=None) + "#answers",
        }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All issues in their order, with their possible answers and how many claims are on file; who stands where."""
    issues = list(public.issues().prefetch_related("stances"))
    form = StandingForm(request.GET, request.path, issues)
    context = {
        "section": "issues",
        "form": form,
        "canonical_url": request.build_absolute_uri(form.url()),
        **(_index(form, issues) if form.is_valid() else {}),
    }
    return render(request, "issues/index.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue, also as of a day; a redirect from an old address, else 404."""
    issue = public.issues().filter(slug=slug).first()
    if issue is None:
        return moved(public.issues(), slug, "claims:issue")
    form = IssueForm(request.GET, request.path)
    context = {
        "section": "issues",
        "form": form,
        "canonical_url": request.build_absolute_uri(form.url()),
        "issue": issue,
        "json_ld": linked_data.in_html(linked_data.issue(issue, request.build_absolute_uri)),
        "crumbs": [Link("Issues", reverse("claims:issue-list")), Link(issue.title, issue.get_absolute_url())],
        **(_page(issue, form) if form.is_valid() else {}),
    }
    return render(request, "issues/issue.html", context)


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue as data, also as of a day: its answers, all positions with their evidence, the changes of stance."""
    issue = public.issues().filter(slug=slug).first()
    if issue is None:
        return moved(public.issues(), slug, "claims:issue-json")
    form = AsOfForm(request.GET, request.path)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    return answer(_issue_record(issue, form.horizon, request.build_absolute_uri))


def _index(form: StandingForm, issues: list[Issue]) -> dict[str, Any]:
    """What the page of all issues prints. The columns of the table are the issues chosen, or all with a statement."""
    published = current()
    own = totals.of_each("issue", form.horizon, published) if issues else {}
    found = form.of_kinds(known(form.horizon, published))
    wanted = form.cleaned_data["issue"] or {item.issue.slug for item in found if item.shows}
    return {
        "rows": [(issue, own.get(issue.pk, Tally())) for issue in issues],
        **table_context(form, found, [issue for issue in issues if issue.slug in wanted], published),
    }


def _page(issue: Issue, form: IssueForm) -> dict[str, Any]:
    """What the page of an issue prints of the claims within the horizon."""
    horizon, published = form.horizon, current()
    on_issue = totals.within(horizon, Having("issue", issue.pk), published=published)
    newest = totals.newest(on_issue, NEWEST)
    key = ("issue", issue.pk, horizon, form.is_by_latest)
    evidence, changed, chart = published.snapshot.for_page(key, lambda: _drawn(issue, form, published))
    table = form.page_of(chart)
    related = relations.between(_claims(issue, horizon)) if form.has_relations else []
    turned = [turn.said.claim for row in changed for turn in row.turns]
    claims = claim_lines([*newest, *claims_of(table), *turned, *relations.claims_of(related)])
    tally = totals.of(on_issue.found())
    address = reverse("claims:list") + ending({"issue": issue.slug} | horizon.parameters)
    return {
        "stances": [(stance.order, stance.label) for stance in issue.stances.all()],
        "tally": tally,
        "chart": chart,
        "silence_days": settings.SILENCE_DAYS,
        "table": printed(table, claims),
        "changes": turns.printed(evidence, claims),
        "answers": relations.answers(related, claims),
        "newest": Section("Claims on this issue", tally.claims, pick(claims, newest), address),
    }


def _drawn(issue: Issue, form: IssueForm, published: Found) -> tuple[list[Evidence], list[turns.Row], Chart | None]:
    """What the chart of an issue shows one by one, the changes of stance in it, and the chart."""
    charted = stances.charted(stances.Scope(issue), form.horizon, published)
    changed = turns.by_actors(charted.evidence)
    heading = turns.by_latest_change(changed) if form.is_by_latest else stances.by_actor
    return charted.evidence, changed, stances.drawn(charted, heading, published)


def _claims(issue: Issue, horizon: Horizon) -> ClaimQuerySet:
    return Claim.objects.published().filter(horizon.holds()).on_issue(issue)


def _issue_record(issue: Issue, horizon: Horizon, absolute: Absolute) -> dict[str, Any]:
    published = current()
    charted = stances.charted(stances.Scope(issue), horizon, published)
    evidence = stances.printed(charted.evidence, claim_lines(item.claim for item in charted.evidence))
    on_issue = totals.within(horizon, Having("issue", issue.pk), published=published)
    return {
        **thing_record(issue, absolute),
        **horizon.record,
        "question": issue.question,
        "scope_note": issue.scope_note,
        "stances": [{"slug": stance.slug, "label": stance.label} for stance in issue.stances.all()],
        "claims": tally_record(totals.of(on_issue.found())),
        "claims_url": absolute(reverse("claims:json") + ending({"issue": issue.slug} | horizon.parameters)),
        "positions": position_records(evidence, absolute),
        "without_stance": filing_records(evidence, charted.others, absolute),
        "changes": [change_record(change, absolute) for row in turns.by_actors(evidence) for change in row.changes],
    }
