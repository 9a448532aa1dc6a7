"""The claims of one thing (an actor, an issue, an event) by capacity, as pages print them.

One load fetches the claims of a whole page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actors.models import Actor, Affiliation
from claims.models import Claim
from claims.wording.lines import Entry


@dataclass(frozen=True, slots=True)
class Section:
    """The newest claims of one capacity, the number of all of them, and where they are all to be found."""

    title: str
    count: int
    entries: list[Entry]
    url: str
    short: str = ""


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
