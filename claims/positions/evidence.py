"""The public evidence of positions: light as a chart needs it, and with the claims' entries where they are printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from actors.models import Actor, Kind
from claims.models import AttributionStep, Citation, EvidenceRole, Form, Issue, PositionEvidence, State
from claims.wording import ClaimLine, upper_first
from conflict_site.base import edtf
from conflict_site.base.addresses import address

SHOWS, ON_FILE = "shows", "on_file"
ROLES, FORMS = dict(EvidenceRole.choices), dict(Form.choices)
ACTOR = ("pk", "slug", "name", "name_in_text", "sort_key", "description", "kind")
ISSUE = ("pk", "slug", "title", "question", "order")
SPEAKER = ("slug", "name", "name_in_text", "kind")
CLAIM = ("pk", "slug", "said_earliest", "said_latest", "said_edtf", "form")
COLUMNS = (
    *(f"position__actor__{name}" for name in ACTOR),
    *(f"position__stance__issue__{name}" for name in ISSUE),
    *(f"claim__speaker__{name}" for name in SPEAKER),
    *(f"claim__{name}" for name in CLAIM),
    *("position__slug", "position__summary", "position__stance__order", "position__stance__label", "role"),
    *("source", "via", "unnamed"),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A published claim that shows, qualifies or contradicts a published position, or is on file without one.

    Of the latter ``position`` is "", and ``role`` is ``ON_FILE``. ``said`` is EDTF, ``claim`` its key; ``source`` tells
    its first document from others, ``via`` names who published that, "" where the speaker did; ``loaded`` is its
    entry, where it is to be printed.
    """

    position: str
    summary: str
    actor: Actor
    issue: Issue
    order: int
    label: str
    role: str
    role_label: str
    speaker: str
    first: date
    last: date
    said: str
    claim: int
    slug: str
    form: str
    unnamed: bool
    source: str
    via: str
    title: str
    loaded: ClaimLine | None = None

    @property
    def shows(self) -> bool:
        """Whether the claim shows the position."""
        return self.role == SHOWS

    @property
    def is_coded(self) -> bool:
        """Whether it bears on a position of the actor."""
        return bool(self.position)

    @property
    def url(self) -> str:
        """The address of the claim's page."""
        return address("claims:detail", self.slug)

    @property
    def entry(self) -> ClaimLine:
        """The claim's entry; raises ValueError where it was not loaded."""
        if self.loaded is None:
            raise ValueError(f"The claim {self.slug} was not loaded.")
        return self.loaded


def found(which: Q) -> list[Evidence]:
    """Such public evidence of public positions, of those too that nothing in it shows: one query, and plain values.

    ``which`` is a condition on the evidence.
    """
    first = Citation.objects.filter(claim=OuterRef("claim")).order_by("pk")
    hidden = Q(actor__kind=Kind.UNNAMED) | Q(identification__in=("anonymous", "implicit"))
    voices = AttributionStep.objects.filter(hidden, claim=OuterRef("claim"))
    annotated = _public(which).annotate(
        source=Subquery(first.values("source__slug")[:1]),
        via=Subquery(first.exclude(source__publisher=OuterRef("claim__speaker")).values("source__publisher__name")[:1]),
        unnamed=Exists(voices),
    )
    people: dict[int, Actor] = {}
    issues: dict[int, Issue] = {}
    return in_time(_of_values(values, people, issues) for values in annotated.order_by().values_list(*COLUMNS))


def in_time(items: Iterable[Evidence]) -> list[Evidence]:
    """The evidence in the order in which it was said."""
    return sorted(items, key=lambda item: (item.first, item.last, item.slug))


def supported(items: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of the positions that something in it shows, and what is on file without a position."""
    shown = {item.position for item in items if item.shows} | {""}
    return [item for item in items if item.position in shown]


def with_entries(items: Iterable[Evidence], claims: Mapping[int, ClaimLine]) -> list[Evidence]:
    """The evidence with the entries of its claims, which were fetched with ``for_list()``.

    Without that of a claim which has been withdrawn since the evidence was read.
    """
    return [replace(item, loaded=claims[item.claim]) for item in items if item.claim in claims]


def _public(which: Q) -> QuerySet[PositionEvidence]:
    return PositionEvidence.objects.filter(which, position__state=State.PUBLISHED, claim__state=State.PUBLISHED)


def _of_values(values: Sequence[Any], people: dict[int, Actor], issues: dict[int, Issue]) -> Evidence:
    """A row of ``COLUMNS``; actors and issues are made once and shared."""
    rest = iter(values)
    actor, issue, speaker, claim = (tuple(islice(rest, len(names))) for names in (ACTOR, ISSUE, SPEAKER, CLAIM))
    position, summary, order, label, role, source, via, unnamed = rest
    pk, slug, first, last, said, form = claim
    voice, name, name_in_text, kind = speaker
    when = f"{short(said)}: {upper_first(name_in_text or name)}, {FORMS[form].lower()}"
    return Evidence(
        position=position,
        summary=summary,
        actor=people.get(actor[0]) or people.setdefault(actor[0], Actor(**dict(zip(ACTOR, actor, strict=True)))),
        issue=issues.get(issue[0]) or issues.setdefault(issue[0], Issue(**dict(zip(ISSUE, issue, strict=True)))),
        order=order,
        label=label,
        role=role,
        role_label=ROLES[role],
        speaker=voice,
        first=first,
        last=last or first,
        said=said,
        claim=pk,
        slug=slug,
        form=form,
        unnamed=unnamed or kind == Kind.UNNAMED,
        source=source,
        via=via or "",
        title=f"{when}. {role.capitalize()}: {label}.",
    )


@lru_cache(maxsize=10_000)
def short(said: str) -> str:
    """A date in short words. Kept: the same days stand on page after page, and reading one takes its time."""
    return edtf.parse(said).short()
