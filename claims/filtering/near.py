"""What has nearly the address, or the name, that somebody typed.

Only the neighbours in the order of an index are looked at: however much is on file, a wrong address costs the same. An
address that has none of the forms of ours costs nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.models import Model, QuerySet
from rapidfuzz import fuzz, process

from actors.models import Actor, ActorName
from claims.models import Claim, Event, Issue, Source, public
from claims.readmodel import current
from claims.wording import in_order
from conflict_site.base.text import fold

ADDRESS = re.compile(r"/(actors|claims|events|issues|sources)/([-\w]{3,80})(?:/|\.[a-z.]{2,9})", re.ASCII)
MOST = 5
SIDE = 12  # neighbours that are looked at on each side
WORDS = 3  # of what is typed, each of which may begin a name
RANKED = 10  # of which it is asked whether readers may see them


class Table(NamedTuple):
    """What can be near: the rows, those of them that readers may see, and the column of their titles."""

    model: type[Model]
    public: Callable[[], QuerySet[Any]]
    title: str


TABLES = {
    "actor": Table(Actor, public.actors, "name"),
    "issue": Table(Issue, public.issues, "title"),
    "source": Table(Source, public.sources, "title"),
    "event": Table(Event, lambda: Event.objects.published(), "title"),
}
type Place = tuple[type[Model], str, str, str, str, str]  # three columns, the one that is in order, and a text


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
    public = public_keys(table, keys)
    found = TABLES[table].model._default_manager.in_bulk([key for key in keys if key in public][:most])
    return [found[key] for key in keys if key in found]


def public_keys(table: str, keys: Sequence[int]) -> set[int]:
    """Those of these keys whose rows readers may see. Most are named by a published claim, which costs no query."""
    published = current()
    codes, on_file = published.snapshot.tables.terms[table].coding.codes(keys)
    named = published.claims_of(table)[codes] > 0
    seen = {key for key, is_seen in zip(keys, on_file & named, strict=True) if is_seen}
    others = [key for key in keys if key not in seen]
    return seen | set(TABLES[table].public().filter(pk__in=others).values_list("pk", flat=True) if others else ())


def _named(table: str, typed: str) -> Iterator[tuple[str, int]]:
    """Names, and slugs, near what is typed, with the keys of their rows: one query."""
    of_it, words = TABLES[table], fold(typed.replace("-", " "))
    starts = dict.fromkeys([words, *words.split()[:WORDS]])
    places = [(of_it.model, "id", "slug", of_it.title, "slug", typed)]
    if table == "actor":
        places += [(Actor, "id", "slug", "name", "sort_key", start) for start in starts]
        places += [(ActorName, "actor_id", "name", "name", "folded", start) for start in starts]
    for key, slug, title in _neighbours(places):
        yield slug, key
        yield title, key


def _neighbours(places: Sequence[Place]) -> list[tuple[Any, ...]]:
    """The rows that stand next to a text in the order of a column that has an index: three columns of each."""
    parts: list[str] = []
    params: list[str] = []
    for model, *columns, order, start in places:
        chosen = f"SELECT {', '.join(columns)} FROM {model._meta.db_table}"  # noqa: S608 (names of our own)
        for comparison, direction in ((">=", "ASC"), ("<", "DESC")):
            part = f"{chosen} WHERE {order} {comparison} %s ORDER BY {order} {direction} LIMIT {SIDE}"
            parts.append(f"SELECT * FROM ({part}) AS part_{len(parts)}")  # noqa: S608
            params.append(start)
    with connections[router.db_for_read(places[0][0])].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return cursor.fetchall()


def _claims(slug: str) -> list[tuple[str, str]]:
    """The claims whose slug begins as this one does and is most like it, as their attribution sentences."""
    known = _neighbours([(Claim, "id", "slug", "slug", "slug", slug)])
    keys = closest(slug, [(other, key) for key, other, _ in known if other[:3] == slug[:3]])
    return [(line.sentence, line.url) for line in in_order(keys)]
