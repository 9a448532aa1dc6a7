"""What is on file on an issue without bearing on a position: where it stands on a chart, the chart is not silent."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from actors.models import Actor, Kind
from claims.filtering import Horizon
from claims.models import AttributionStep, Citation, Claim, Form, Issue, PositionEvidence, State
from claims.positions.counted import Charted, Scope, beside
from claims.positions.evidence import ACTOR, CLAIM, ISSUE, ON_FILE, Evidence, found, in_time, short, supported
from claims.readmodel import SPOKEN, Found
from claims.wording import upper_first

FORMS = dict(Form.choices)
COLUMNS = (
    *(f"issue__{name}" for name in ISSUE),
    *(f"claim__{name}" for name in CLAIM),
    *(f"claim__{voice}__{name}" for voice in SPOKEN for name in ACTOR),
    *("source", "unnamed", "coded_for"),
)


def filings(scope: Scope, horizon: Horizon, coded: Iterable[Evidence]) -> list[Evidence]:
    """The published claims filed under issues, for those who speak and those they speak for: one query.

    Left out are those ``coded`` for the very actor, and actors that are not in the scope.
    """
    first = Citation.objects.filter(claim=OuterRef("claim")).order_by("pk")
    hidden = Q(actor__kind=Kind.UNNAMED) | Q(identification__in=("anonymous", "implicit"))
    voices = AttributionStep.objects.filter(hidden, claim=OuterRef("claim"))
    elsewhere = PositionEvidence.objects.filter(
        horizon.evidence(),
        claim=OuterRef("claim"),
        position__stance__issue=OuterRef("issue"),
        position__state=State.PUBLISHED,
    ).order_by("pk")
    filed = Claim.issues.through.objects.filter(scope.filed, horizon.holds("claim__"), claim__state=State.PUBLISHED)
    rows = filed.annotate(
        source=Subquery(first.values("source__slug")[:1]),
        unnamed=Exists(voices),
        coded_for=Subquery(elsewhere.values("position__actor__name")[:1]),
    )
    done = {(item.actor.pk, item.issue.pk, item.claim) for item in coded}
    known: dict[Any, Any] = {}
    items = (item for row in rows.order_by().values_list(*COLUMNS) for item in _items(row, known))
    wanted = (item for item in items if scope.holds(item.actor))
    return in_time(item for item in wanted if (item.actor.pk, item.issue.pk, item.claim) not in done)


def charted(scope: Scope, horizon: Horizon, published: Found) -> Charted:
    """All that a chart shows, in the order in which it was said: evidence of positions, and what else is on file."""
    return with_filings(scope, horizon, supported(found(scope.evidence & horizon.evidence())), published)


def with_filings(scope: Scope, horizon: Horizon, coded: list[Evidence], published: Found) -> Charted:
    """The same, where the evidence is there already. What is on file beside it is counted where it is too much."""
    others = beside(scope, horizon, coded, published)
    return Charted(coded, others) if others else Charted(in_time([*coded, *filings(scope, horizon, coded)]))


def _items(row: Sequence[Any], known: dict[Any, Any]) -> list[Evidence]:
    """One filing for each for whom it stands; ``known`` keeps actors and issues, so that each is made once."""
    rest = iter(row)
    issue, claim, *people = (tuple(islice(rest, len(names))) for names in (ISSUE, CLAIM, ACTOR, ACTOR))
    on = known.get(("issue", issue[0])) or known.setdefault(("issue", issue[0]), _made(Issue, ISSUE, issue))
    speaker, *_ = named = [_actor(values, known) for values in people if values[0]]
    source, unnamed, coded_for = rest
    return [_item(on, claim, actor, speaker, source, unnamed, coded_for) for actor in dict.fromkeys(named)]


def _item(
    issue: Issue, claim: Sequence[Any], actor: Actor, speaker: Actor, source: str, unnamed: bool, coded_for: str | None
) -> Evidence:
    key, slug, first, last, said, form = claim
    told = f"On file; its stance is recorded for {coded_for}." if coded_for else "On file; it takes no coded stance."
    return Evidence(
        position="",
        summary="",
        actor=actor,
        issue=issue,
        order=0,
        label="",
        role=ON_FILE,
        role_label=f"On file, recorded for {coded_for}" if coded_for else "On file",
        speaker=speaker.slug,
        first=first,
        last=last or first,
        said=said,
        claim=key,
        slug=slug,
        form=form,
        unnamed=unnamed or speaker.kind == Kind.UNNAMED,
        source=source,
        via="",
        title=f"{short(said)}: {upper_first(speaker.sentence_name)}, {FORMS[form].lower()}. {told}",
    )


def _actor(values: Sequence[Any], known: dict[Any, Any]) -> Actor:
    key = ("actor", values[0])
    return known.get(key) or known.setdefault(key, _made(Actor, ACTOR, values))


def _made(model: Any, names: Sequence[str], values: Sequence[Any]) -> Any:
    return model(**dict(zip(names, values, strict=True)))
