"""The addresses that programs may ask, each with the form that its view reads."""

from dataclasses import replace
from functools import partial

from django.http import QueryDict

from actors.models import Actor
from claims.api import Operation
from claims.changes import ChangeForm
from claims.filtering import AsOfForm, ClaimFilter
from claims.formats import FollowForm, csvw, xlsx_file
from claims.models import Source
from claims.timeline import TimelineFilter
from claims.views.described import METADATA
from claims.views.events import LATEST
from claims.views.list_forms import ActorListForm, EventListForm, PartForm, SourceListForm
from claims.views.oembed import OembedForm
from claims.views.who_stands_where import StandingForm

CSV, ATOM, LINKED = "text/csv", "application/atom+xml", "application/ld+json"
SVG, PNG = "image/svg+xml", "image/png"
CLAIM, PAIR = {"id": "claim"}, {"first": "actor", "second": "other"}


def operations() -> list[Operation]:
    """All of them, group by group; after each table the description of its columns."""
    things = [*_claims(), *_claim(), *_actors_and_issues(), *_stories(), *_sources_and_events()]
    offered = [*things, *_views(), *_shown_elsewhere(), *_log()]
    return [each for one in offered for each in ([one, _described(one)] if one.media == CSV else [one])]


def _described(table: Operation) -> Operation:
    return replace(
        table,
        path=table.path + METADATA,
        name=f"{table.name}Metadata",
        summary="What its columns hold (CSV on the Web)",
        media=csvw.CONTENT_TYPE,
        schema="Table",
        tagged=False,
    )


def _claims() -> list[Operation]:
    add = partial(Operation, group="Claims", form=ClaimFilter(QueryDict()))
    return [
        add(
            "/claims.json",
            "claims",
            "A page of the claims of a filter, with counts by facet and by time",
            schema="ClaimList",
        ),
        add("/claims.csv", "claimsCsv", "All claims of a filter as a table", media=CSV),
        add("/claims.xlsx", "claimsXlsx", "The same as a workbook", media=xlsx_file.MEDIA),
        add("/claims-citations.csv", "citationsCsv", "Their citations as a table, a row for each", media=CSV),
        add(
            "/claims.jsonld",
            "claimsJsonLd",
            "All claims of a filter as schema.org data",
            media=LINKED,
            schema="FeedOfClaims",
        ),
        add("/claims.atom", "claimsAtom", "A page of the claims of a filter as a feed", media=ATOM),
    ]


def _claim() -> list[Operation]:
    add = partial(Operation, group="One claim", things=CLAIM, gone="WithdrawnClaim")
    csl = "application/vnd.citationstyles.csl+json"
    return [
        add("/claims/{id}.json", "claim", "A claim with its chain, its passages and its relations", schema="ClaimPage"),
        add(
            "/claims/{id}.jsonld",
            "claimAnnotations",
            "Its passages as W3C Web Annotations",
            media=LINKED,
            schema="Annotations",
        ),
        add("/claims/{id}.csl.json", "claimCsl", "A reference to it as CSL-JSON", media=csl, schema="Csl"),
        add("/claims/{id}.bib", "claimBibtex", "A reference to it as BibTeX", media="application/x-bibtex"),
        add("/claims/{id}.ris", "claimRis", "A reference to it in RIS", media="application/x-research-info-systems"),
        add("/claims/{id}.svg", "claimPicture", "Its attribution sentence as a picture", media=SVG, tagged=False),
        add("/claims/{id}.png", "claimPng", "The same as PNG, 1200 by 630", media=PNG),
    ]


def _actors_and_issues() -> list[Operation]:
    days = AsOfForm(QueryDict(), "")
    actors = partial(Operation, group="Actors")
    actor = partial(actors, form=days, things={"slug": "actor"})
    issues = partial(Operation, group="Issues")
    issue = partial(issues, form=days, things={"slug": "issue"})
    return [
        actors(
            "/actors.json",
            "actors",
            "The actors by kind, then by name",
            schema="ActorList",
            form=ActorListForm(QueryDict()),
        ),
        actor("/actors/{slug}.json", "actor", "An actor with names, roles, counts and positions", schema="ActorPage"),
        actor(
            "/actors/{slug}.csv", "actorCsv", "The positions of an actor by issue as a table", media=CSV, tagged=False
        ),
        actors("/actors/{slug}.png", "actorPng", "A picture for links to it", media=PNG, things={"slug": "actor"}),
        issues("/issues/{slug}.png", "issuePng", "A picture for links to it", media=PNG, things={"slug": "issue"}),
        issues(
            "/issues.json",
            "issues",
            "All issues with their stances",
            schema="IssueList",
            form=StandingForm(QueryDict(), "", []),
        ),
        issue(
            "/issues/{slug}.json",
            "issue",
            "An issue with all positions on it and the changes of stance",
            schema="IssuePage",
        ),
        issue(
            "/issues/{slug}.csv", "issueCsv", "The positions on an issue by actor as a table", media=CSV, tagged=False
        ),
    ]


def _stories() -> list[Operation]:
    things = {"issue": "issue", "actor": "actor"}
    add = partial(Operation, group="One actor on one issue", form=AsOfForm(QueryDict(), ""), things=things)
    plain = partial(Operation, group="One actor on one issue", things=things)
    return [
        add("/issues/{issue}/{actor}.json", "story", "Turns of stance in the order of time", schema="Story"),
        add("/issues/{issue}/{actor}.csv", "storyCsv", "The statements as a table", media=CSV, tagged=False),
        add("/issues/{issue}/{actor}.atom", "storyAtom", "The newest statements as a feed", media=ATOM),
        plain("/issues/{issue}/{actor}.svg", "storyPicture", "What is on file as a picture", media=SVG, tagged=False),
        plain("/issues/{issue}/{actor}.png", "storyPng", "The same as PNG, 1200 by 630", media=PNG),
    ]


def _sources_and_events() -> list[Operation]:
    sources = partial(Operation, group="Sources")
    events = partial(Operation, group="Events")
    nobody = Actor.objects.none()
    return [
        sources(
            "/sources.json",
            "sources",
            "A page of the sources, newest first",
            schema="SourceList",
            form=SourceListForm(QueryDict(), nobody),
        ),
        sources(
            "/sources/{slug}.json",
            "source",
            "A source with its passages, a page at a time where they are very many and no text is held",
            schema="SourcePage",
            things={"slug": "source"},
            form=PartForm(QueryDict(), Source()),
        ),
        events(
            "/events.json",
            "events",
            "A page of the events, newest first",
            schema="EventList",
            form=EventListForm(QueryDict(), nobody),
        ),
        events(
            "/events/{slug}.json",
            "event",
            f"An event with what was said at it, the last {LATEST} claims, and the address of all of them",
            schema="EventPage",
            things={"slug": "event"},
            gone="WithdrawnEvent",
        ),
    ]


def _views() -> list[Operation]:
    lined = partial(Operation, group="Timeline", form=TimelineFilter(QueryDict()))
    pair = partial(Operation, group="Comparison", form=AsOfForm(QueryDict(), ""), things=PAIR)
    return [
        lined(
            "/timeline.json",
            "timeline",
            "Events and claims in view of a filter, on one line of time",
            schema="Timeline",
        ),
        lined("/timeline.csv", "timelineCsv", "The same as a table", media=CSV, tagged=False),
        pair(
            "/compare/{first}/{second}.json",
            "compare",
            "The positions of two actors, issue by issue",
            schema="Comparison",
        ),
        Operation(
            "/compare/{first}/{second}.png",
            "comparePng",
            "A picture for links to it",
            "Comparison",
            media=PNG,
            things=PAIR,
        ),
        pair("/compare/{first}/{second}.csv", "compareCsv", "The same as a table", media=CSV, tagged=False),
    ]


def _shown_elsewhere() -> list[Operation]:
    return [
        Operation(
            "/oembed",
            "oembed",
            "A claim or a story as another page can show it",
            "oEmbed",
            schema="Oembed",
            form=OembedForm(QueryDict()),
            gone="WithdrawnClaim",
            others={"404": "There is nothing at this address that can be shown.", "501": "XML is not given."},
        )
    ]


def _log() -> list[Operation]:
    add = partial(Operation, group="Changes")
    return [
        add(
            "/changes.json",
            "changes",
            "A page of the log of changes, newest first",
            schema="ChangeList",
            form=ChangeForm(QueryDict()),
        ),
        add(
            "/changes.atom",
            "changesAtom",
            "The newest changes as a feed",
            media=ATOM,
            form=FollowForm(QueryDict()),
        ),
        add("/openapi.json", "openapi", "The description of all of these", group="This description", schema="Document"),
    ]
