"""What has nearly the address, or the name, that somebody typed.

Only the neighbours in the order of an index are looked at: however much is on file, a wrong address costs the same. An
address that has none of the forms of ours costs nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from actors.models import Actor, ActorName
from claims import attribution, public
from claims.entries import sentence_of
from claims.models import Claim, Event, Issue, Source
from conflict_site.text import fold

ADDRESS = re.compile(r"/(actors|claims|events|issues|sources)/([-\w]{3,80})(?:/|\.[a-z.]{2,9})", re.ASCII)
MOST = 5
SIDE = 100  # neighbours that are looked at on each side
RANKED = 20  # of which it is asked whether readers may see them


class Table(NamedTuple):
    """What can be near: all rows, those that readers may see, and the columns of title and order."""

    rows: Callable[[], QuerySet[Any]]
    public: Callable[[], QuerySet[Any]]
    title: str
    orders: tuple[str, ...] = ("slug",)


TABLES = {
    "actor": Table(Actor.objects.all, public.actors, "name", ("slug", "sort_key")),
    "issue": Table(Issue.objects.all, Issue.objects.all, "title"),
    "source": Table(Source.objects.all, public.sources, "title"),
    "event": Table(lambda: Event.objects.published(), lambda: Event.objects.published(), "title"),
}


def closest[Key](wanted: str, named: Iterable[tuple[str, Key]], most: int = MOST) -> list[Key]:
    """The keys of the names most like what is wanted, best first, each once; none for names that are far off."""
    pairs = [(fold(name.replace("-", " ")), key) for name, key in named]
    found = process.extract(
        fold(wanted.replace("-", " ")),
        [name for name, _ in pairs],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=65,
        limit=4 * most,
    )
    return list(dict.fromkeys(pairs[place][1] for _, _, place in found))[:most]


def near(path: str) -> list[tuple[str, str]]:
    """Labels and addresses of the public pages whose address is most like this one, best first."""
    typed = ADDRESS.fullmatch(path)
    if typed is None:
        return []
    kind, slug = typed[1].removesuffix("s"), typed[2]
    if kind == "claim":
        return _claims(slug)
    return [(getattr(row, TABLES[kind].title), row.get_absolute_url()) for row in like(kind, slug)]


def like(table: str, typed: str, most: int = MOST, *, by_part: bool = False) -> list[Any]:
    """The public rows of a table whose slug or name, in any spelling on file, is most like what is typed.

    ``by_part``: or whose name has one word that is.
    """
    named = list(_named(table, typed))
    parts = [(part, key) for name, key in named for part in name.split()] if by_part else []
    keys = closest(typed, [*named, *parts], RANKED)
    found = TABLES[table].public().in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found][:most]


def _named(table: str, typed: str) -> Iterator[tuple[str, int]]:
    """Names, and slugs, near what is typed, with the keys of their rows."""
    of_it, words = TABLES[table], fold(typed.replace("-", " "))
    for order in of_it.orders:
        for start in {typed} if order == "slug" else {words, *words.split()}:
            for key, slug, title in _neighbours(of_it.rows(), order, start, ("pk", "slug", of_it.title)):
                yield slug, key
                yield title, key
    if table == "actor":
        for start in {words, *words.split()}:
            for key, name in _neighbours(ActorName.objects.all(), "folded", start, ("actor", "name")):
                yield name, key


def _neighbours(rows: QuerySet[Any], order: str, start: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows that stand next to a text in the order of a column that has an index."""
    after = rows.filter(**{f"{order}__gte": start}).order_by(order).values_list(*columns)[:SIDE]
    before = rows.filter(**{f"{order}__lt": start}).order_by(f"-{order}").values_list(*columns)[:SIDE]
    return [*after, *before]


def _claims(slug: str) -> list[tuple[str, str]]:
    """The claims whose slug begins as this one does and is most like it, as their attribution sentences."""
    known = _neighbours(Claim.objects.published(), "slug", slug, ("slug",))
    slugs = closest(slug, [(other, other) for (other,) in known if other[:3] == slug[:3]])
    claims = {claim.slug: claim for claim in Claim.objects.published().for_list().filter(slug__in=slugs)}
    return [
        (attribution.text(sentence_of(claims[slug])), claims[slug].get_absolute_url())
        for slug in slugs
        if slug in claims
    ]
