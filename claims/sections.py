"""The claims of one thing (an actor, an issue, an event) by capacity, as pages print them.

One load fetches the claims of a whole page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actors.models import Actor, Affiliation
from claims.entries import Entry
from claims.models import Claim
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


def offices(actor: Actor, on: date | None = None) -> list[Affiliation]:
    """The roles that the actor holds, and those that others hold in it; ``on`` leaves those possibly held on a day."""
    held = Affiliation.objects.filter(Q(person=actor) | Q(organisation=actor))
    held = held.held_between(on, on) if on else held
    return list(held.select_related("person", "organisation").order_by("person__sort_key", "pk"))


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
