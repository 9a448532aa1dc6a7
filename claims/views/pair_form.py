"""The form in which a reader names two actors to compare."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from actors.models import Actor
from claims.filtering import like, shown
from claims.models import public
from claims.views.list_forms import ListForm, Words
from conflict_site.base.text import fold

MOST = 20
SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom words may mean: the actors so called, or where there are none those with nearly such a name."""

    called: list[Actor] = field(default_factory=list)
    near: list[Actor] = field(default_factory=list)

    @property
    def one(self) -> Actor | None:
        """The actor, where it is clear who is meant."""
        return self.called[0] if len(self.called) == 1 else None


class PairForm(ListForm):
    """Two actors, each by a name in any spelling or by its slug."""

    a = Words("First actor")
    b = Words("Second actor")

    def clean(self) -> dict[str, Any]:
        """Find who is meant; refuse names that nobody has, and the same actor twice."""
        cleaned = super().clean()
        self.meant = {name: meant(cleaned[name]) for name in SIDES if cleaned.get(name)}
        for name, found in self.meant.items():
            if not found.called:
                self.add_error(name, f"No actor on file is called “{cleaned[name]}”.")
        if self.pair and self.pair[0] == self.pair[1]:
            self.add_error("b", f"Both are {self.pair[0].name}. Choose another one to compare with.")
        return cleaned

    @property
    def pair(self) -> list[Actor]:
        """The two, where it is clear who is meant by both; else nobody."""
        actors = [self.meant[name].one for name in SIDES if name in self.meant]
        found = [actor for actor in actors if actor]
        return found if len(found) == len(SIDES) else []

    @property
    def one(self) -> Actor | None:
        """The only actor who is clear, whom the other is to be compared with."""
        clear = {found.one for found in getattr(self, "meant", {}).values() if found.one}
        return clear.pop() if len(clear) == 1 else None

    @property
    def sides(self) -> list[dict[str, Any]]:
        """What the page prints for each side: its field, the text in it, and the actors to choose from."""
        found = getattr(self, "meant", {})
        return [self._side(name, found.get(name, Meant())) for name in SIDES]

    def _side(self, name: str, found: Meant) -> dict[str, Any]:
        # The name in place of the slug that a link has sent; the same name finds the same actor.
        known = found.one.name if found.one and self.data.get(name) == found.one.slug else None
        return {
            "field": self[name],
            "text": known or shown(" ".join(self[name].value())),
            "choices": [(actor, self._url(name, actor)) for actor in found.called[:MOST] if not found.one],
            "more": max(len(found.called) - MOST, 0),
            "near": [(actor, self._url(name, actor)) for actor in found.near],
        }

    def _url(self, name: str, actor: Actor) -> str:
        """This page with the actor chosen for one side; the other side as it was understood, or typed."""
        [other] = {*SIDES} - {name}
        one = self.meant[other].one if other in self.meant else None
        chosen = {name: actor.slug, other: one.slug if one else self.cleaned_data.get(other)}
        return f"?{urlencode({side: chosen[side] for side in SIDES if chosen[side]})}"


def meant(words: str) -> Meant:
    """The public actors whom these words may mean, in alphabetical order.

    The one with this slug; else those with this whole name in some spelling; else those with all the words in a name.
    """
    folded = fold(words)
    if not folded:
        return Meant()
    known = public.actors().in_order()
    whole = list(known.filter(Q(slug=words) | Q(folded=folded) | Q(names__folded=folded)).distinct())
    exact = [actor for actor in whole if actor.slug == words] or whole
    called = exact or list(known.named(words))
    return Meant(called, [] if called else like("actor", words, by_part=True))
