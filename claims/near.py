"""What has nearly the address, or the name, that somebody typed."""

import re
from collections.abc import Iterable
from itertools import chain

from rapidfuzz import fuzz, process

from claims import attribution, public
from claims.entries import sentence_of
from claims.models import Claim, Event, Issue
from conflict_site.addresses import address
from conflict_site.text import fold

NOT_OF_A_SLUG = re.compile(r"[^\w-]")
MOST = 5
CANDIDATES = 5_000  # a wrong address must not make the server read a whole archive


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


def near(slug: str) -> list[tuple[str, str]]:
    """Labels and addresses of the public pages whose slug or title is most like this one, best first."""
    wanted = NOT_OF_A_SLUG.sub("", slug)[:100]
    if not wanted:
        return []
    found = closest(wanted, chain(_pages(), _claims(wanted)))
    claims = [url for label, url in found if not label]
    sentences = _sentences(claims)
    return [(label or sentences[url], url) for label, url in found]


def _pages() -> Iterable[tuple[str, tuple[str, str]]]:
    """Each name of an actor, issue, source or event, with the label and address of its page."""
    tables = (
        (public.actors(), "actors:detail", "name"),
        (Issue.objects.all(), "claims:issue", "title"),
        (public.sources(), "claims:source", "title"),
        (Event.objects.published(), "claims:event", "title"),
    )
    for rows, page, title in tables:
        for slug, label in rows.order_by().values_list("slug", title)[:CANDIDATES]:
            target = (label, address(page, slug))
            yield slug, target
            yield label, target


def _claims(wanted: str) -> Iterable[tuple[str, tuple[str, str]]]:
    """The slugs of claims that begin as this one does, with their address. Their label, a sentence, comes later.

    From where they begin in the order of slugs: SQLite has no index for how a text begins.
    """
    start = wanted[:3]
    alike = Claim.objects.published().filter(slug__gte=start).order_by("slug")
    for slug in alike.values_list("slug", flat=True)[:CANDIDATES]:
        if slug.startswith(start):
            yield slug, ("", address("claims:detail", slug))


def _sentences(urls: Iterable[str]) -> dict[str, str]:
    slugs = [url.rstrip("/").rpartition("/")[2] for url in urls]
    claims = Claim.objects.published().for_list().filter(slug__in=slugs) if slugs else []
    return {claim.get_absolute_url(): attribution.text(sentence_of(claim)) for claim in claims}
