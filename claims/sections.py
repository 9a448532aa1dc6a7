"""The claims of one thing (an actor, an issue, an event) by capacity: how many, over which time, the newest of each.

One query counts all sections, one finds their newest claims, and one load fetches the claims of a whole page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, Value

from actors.models import Actor, Affiliation
from claims.entries import Entry
from claims.models import Citation, Claim
from claims.querysets import ClaimQuerySet
from conflict_site import edtf


@dataclass(frozen=True, slots=True)
class Section:
    """The newest claims of one capacity, the number of all of them, and where they are all to be found."""

    title: str
    count: int
    entries: list[Entry]
    url: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of claims, and the first and the last day on which one was said."""

    claims: int = 0
    first: date | None = None
    last: date | None = None
    sources: int = 0

    @property
    def span(self) -> str:
        """The months in words: "Feb 2022 – May 2024"; "" without claims."""
        if not (self.first and self.last):
            return ""
        first, last = self.first.isoformat()[:7], self.last.isoformat()[:7]
        return edtf.parse(first if first == last else f"{first}/{last}").short()

    @property
    def words(self) -> str:
        """The tally in words: "41 claims, 12 sources, Feb 2022 – May 2024"."""
        counted = [_counted(self.claims, "claim"), _counted(self.sources, "source") if self.sources else "", self.span]
        return ", ".join(part for part in counted if part)


def tally(claims: ClaimQuerySet) -> Tally:
    """The tally of these claims, with the number of sources that carry them."""
    return Tally(
        **claims.aggregate(
            claims=Count("pk", distinct=True),
            first=Min("said_earliest"),
            last=Max("said_latest"),
            sources=Count("citations__source", distinct=True),
        )
    )


def tallies(path: str, things: Iterable[Any]) -> dict[int, Tally]:
    """The tally of published claims for each of these; ``path`` leads from a claim to it: "events"."""
    claims = Claim.objects.published().filter(**{f"{path}__in": [thing.pk for thing in things]}).order_by()
    counted = claims.values_list(path).annotate(Count("pk"), Min("said_earliest"), Max("said_latest"))
    return {key: Tally(number, first, last) for key, number, first, last in counted}


def carried(sources: Iterable[Any]) -> dict[int, int]:
    """How many published claims each of these sources carries."""
    published = Claim.objects.published().values("pk")
    cited = Citation.objects.filter(source__in=[source.pk for source in sources], claim__in=published)
    return dict(cited.order_by().values_list("source").annotate(Count("claim", distinct=True)))


def offices(actor: Actor, on: date | None = None, which: Q | None = None) -> list[Affiliation]:
    """The roles that the actor holds, and those that others hold in it; ``claims`` is what their holder has said.

    ``on`` leaves those that were possibly held on a day; ``which`` is a condition on the claims.
    """
    spoken = Claim.objects.published().filter(which or Q()).values("pk")
    said = Count("person__claims", filter=Q(person__claims__in=spoken))
    held = Affiliation.objects.filter(Q(person=actor) | Q(organisation=actor))
    held = held.held_between(on, on) if on else held
    return list(held.select_related("person", "organisation").annotate(claims=said).order_by("person__sort_key", "pk"))


def counts(sections: Mapping[str, ClaimQuerySet]) -> dict[str, int]:
    """How many claims each section holds; 0 for none."""
    each = [
        section.order_by().values(section=Value(name)).annotate(n=Count("pk")).values_list("section", "n")
        for name, section in sections.items()
    ]
    return {**dict.fromkeys(sections, 0), **dict(each[0].union(*each[1:], all=True).order_by())}


def newest(sections: Mapping[str, ClaimQuerySet], number: int) -> dict[str, list[int]]:
    """The keys of the first ``number`` claims of each section."""
    each = [
        # Within pk__in, because SQLite takes no limit inside a union.
        Claim.objects.filter(pk__in=section.values("pk")[:number]).order_by().values_list(Value(name), "pk")
        for name, section in sections.items()
    ]
    found: dict[str, list[int]] = {name: [] for name in sections}
    for name, pk in each[0].union(*each[1:], all=True).order_by():
        found[name].append(pk)
    return found


def load(pks: Iterable[int]) -> dict[int, Claim]:
    """Published claims by key, newest first, with what an entry prints."""
    claims = Claim.objects.published().in_pks(set(pks)).for_list().newest_first()
    return {claim.pk: claim for claim in claims}


def pick(claims: Mapping[int, Claim], pks: Iterable[int]) -> list[Claim]:
    """Those of the loaded claims that have these keys, in the order of loading."""
    wanted = set(pks)
    return [claim for pk, claim in claims.items() if pk in wanted]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
