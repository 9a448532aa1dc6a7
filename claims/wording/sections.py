"""The claims of one thing (an actor, an issue, an event) by capacity, as pages print them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actors.models import Actor, Affiliation
from claims.wording.lines import ClaimLine


@dataclass(frozen=True, slots=True)
class Section:
    """The newest claims of one capacity, the number of all of them, and where they are all to be found."""

    title: str
    count: int
    entries: list[ClaimLine]
    url: str
    short: str = ""


def offices(actor: Actor, on: date | None = None) -> list[Affiliation]:
    """The roles that the actor holds, and those that others hold in it; ``on`` leaves those possibly held on a day."""
    held = Affiliation.objects.filter(Q(person=actor) | Q(organisation=actor))
    held = held.held_between(on, on) if on else held
    return list(held.select_related("person", "organisation").order_by("person__sort_key", "pk"))
