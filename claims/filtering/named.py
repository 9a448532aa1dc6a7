"""Pages of what a search names: the actors by any of their names, and the issue whose title it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.models import Actor
from claims.filtering import near, totals
from claims.filtering.horizon import Horizon
from claims.models import public
from claims.readmodel import Found, Having
from claims.search import actors_named
from claims.wording import Link
from conflict_site.base.words import words

MOST = 3
TELLING = 4  # letters of a word of a title that has to be there


@dataclass(frozen=True, slots=True)
class Card:
    """An actor in short: the page, one line about the actor, and how many claims there are by and about the actor."""

    page: Link
    about: str
    spoken: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Named:
    """What a search names."""

    actors: list[Card]
    issues: list[tuple[Link, str]]  # with the question

    def __bool__(self) -> bool:
        return bool(self.actors or self.issues)


def named(published: Found, searches: Sequence[str]) -> Named:
    """What these searches name, as far as readers may see it: three of each at most, the most spoken of first.

    It stands as long as the snapshot does: a name that is entered is a change of the record, too.
    """
    found: Named = published.snapshot.kept(("named", *searches), lambda: _named(published, searches))
    return found


def _named(published: Found, searches: Sequence[str]) -> Named:
    keys = list(dict.fromkeys(key for typed in searches for key in actors_named(typed)))
    return Named(cards(published, keys), [issue for typed in searches for issue in _issues(published, typed)][:MOST])


def cards(published: Found, keys: Sequence[int]) -> list[Card]:
    """The cards of those of these actors that readers may see."""
    public = near.public_keys("actor", keys) if keys else set()
    actors = Actor.objects.in_bulk(sorted(public)) if public else {}
    found = [_card(published, actors[key]) for key in keys if key in actors]
    return sorted(found, key=lambda card: -card.mentions)[:MOST]


def _card(published: Found, actor: Actor) -> Card:
    def claims(role: str) -> Found:
        return totals.within(Horizon(), Having("actor", (actor.pk, role)), published=published).found()

    spoken = totals.of(claims("speaker"))
    return Card(
        Link(actor.name, actor.get_absolute_url()),
        actor.description,
        spoken.words if spoken.claims else "",
        claims("any").size,
    )


def _issues(published: Found, typed: str) -> list[tuple[Link, str]]:
    """The issues whose titles have no telling word that was not typed."""
    terms = published.snapshot.tables.terms["issue"]
    asked = {form for word in words(typed) for form in word.forms}
    slugs = [slug for slug, title in zip(terms.values, terms.labels, strict=True) if slug and _has(asked, title)]
    issues = public.issues().filter(slug__in=slugs) if slugs else ()
    return [(Link(issue.title, issue.get_absolute_url()), issue.question) for issue in issues]


def _has(asked: set[str], title: str) -> bool:
    telling = [word.forms for word in words(title) if len(word.spelling) >= TELLING]
    return bool(telling) and all(not forms.isdisjoint(asked) for forms in telling)
