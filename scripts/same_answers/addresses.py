"""Every address of the site: those of its URL patterns, filled with what is on file, and many filters."""

import itertools
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# What stands for a slug in an address, by the first part of the address.
NAMED = {
    "actors": "actors.Actor",
    "claims": "claims.Claim",
    "issues": "claims.Issue",
    "sources": "claims.Source",
    "events": "claims.Event",
}
ABSENT = (
    "/nowhere/",
    "/.env",
    "/claims/nothing/",
    "/actors/vladimir-putn/",
    "/issues/x.json",
    "/actors",
    "/claims/a b/",
)
FILES = ("claims.json", "claims.csv", "claims.atom", "claims.jsonld", "timeline.json", "timeline.csv")
LANES = ("none", "actor", "issue")
PAIRS, FILTERS, ROWS = 40, 160, 3
QUERIES = {
    "": ["as_of=2023-06", "known_by=2020", "as_of=2025-03-03&known_by=2100", "as_of=never", "page=2", "utm_source=x"],
    "actors/": ["q=zel", "kind=person", "kind=no", "q=a&q=b", "unknown=1"],
    "issues/": ["as_of=2023-06", "kind=person&kind=state", "issue=direct-talks", "issue=no"],
    "sources/": ["q=talks", "kind=article", "page=2", "page=0", "page=999", "publisher=kremlin", "publisher=no"],
    "events/": ["kind=summit", "date_from=2022&date_to=2023", "date_from=2023&date_to=2022", "participant=russia"],
    "changes/": ["kind=correction", "kind=publication", "kind=no", "after=2025-01-01T00:00:00~1", "after=no"],
    "compare/": ["a=Putin&b=Zelenskyy", "a=putin", "a=nobody&b=x", "a=open&b=open"],
    "suggest/": ["q=zel", "q=лав", "q=talks", "q=a", "q=" + "x" * 200],
}
SHOWN = ["as_of=2023-06-30", "as_of=2024&known_by=2100", "known_by=2000", "as_of=31.01.2024", "page=2", "page=99"]
OF_A_PAGE = {  # the queries of a page of one thing
    "actors": SHOWN,
    "issues": [*SHOWN, "order=latest", "relations=1", "order=no", "relations=1&as_of=2024"],
    "sources": ["issue=direct-talks", "speaker=vladimir-putin", "claim=no", "issue=no"],
    "claims": ["utm_source=x", "q=x"],
    "events": ["x=1"],
}
CHOICES: dict[str, list[str]] = {
    "act": ["denies", "demands", "asserts"],
    "form": ["verbatim", "paraphrase"],
    "kind": ["person", "state"],
    "identification": ["anonymous", "named"],
    "source_kind": ["transcript", "article"],
    "language": ["en", "ru"],
    "q": ["talks", "ceasefire", '"ready to"', "-talks", "diplom*", "переговорів", "Lavrov russia"],
    "match": ["certain"],
    "clock": ["published", "recorded", "said"],
    "sort": ["oldest", "relevance", "recorded", "newest"],
    "said_from": ["2022", "2023-11", "2024-01-15", "no"],
    "said_to": ["2023", "2025-06", "2021"],
    "as_of": ["2023-12-31"],
    "known_by": ["2100"],
    "role": ["any", "mentioned", "addressee", "attribution", "on_behalf_of", "speaker"],
}
EXCLUDABLE = ("speaker", "issue", "act", "publisher", "q", "source", "event")
WRONG = [
    "speaker=nobody", "speaker=vladimir-putn", "act=deny", "unknown=1", "after=no", "role=mentioned",
    "said_from=2025&said_to=2022", "q=%00", "q=...", "issue=direct-talks&not_issue=direct-talks", "language=xx",
    "sort=no", "speaker=" + "x" * 300,
]  # fmt: skip


def public() -> Iterator[str]:
    """All public addresses, in an order of their own."""
    for pattern in patterns():
        yield from _filled(pattern)
    for path, queries in QUERIES.items():
        yield from (f"/{path}?{query}" for query in queries)
    yield from _filters()
    yield from ABSENT


def patterns() -> list[str]:
    """The site's own URL patterns; neither the admin's nor those of a section of the sitemap."""
    found = [route for route, _ in _walk(get_resolver())]
    return [route for route in found if not route.startswith(("admin/", "sitemap-", "static"))]


def desk() -> Iterator[str]:
    """The addresses of the admin."""
    yield from (reverse(f"admin:{name}") for name in ("index", "password_change", "login"))
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
        yield from _of_model(model)


def _walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each, route)
        else:
            yield route, each


def _filled(pattern: str) -> Iterator[str]:
    section = pattern.partition("/")[0]
    if "<" not in pattern:
        yield f"/{pattern}"
    elif section == "compare":
        pairs = list(itertools.permutations(_slugs("actors")[:60:4], 2))[:PAIRS]
        yield from ("/" + _with(pattern, first=first, second=second) for first, second in pairs)
    elif section in NAMED:
        yield from ("/" + _with(pattern, slug=slug) for slug in _slugs(section))
        if pattern.endswith(">/") and pattern.count("/") == 2:
            slugs = _slugs(section)[::7]
            yield from (f"/{section}/{slug}/?{query}" for slug in slugs for query in OF_A_PAGE[section])


def _with(pattern: str, **values: str) -> str:
    for name, value in values.items():
        pattern = pattern.replace(f"<slug:{name}>", value)
    return pattern


def _slugs(section: str) -> list[str]:
    model: Any = apps.get_model(NAMED[section])
    return list(model.objects.order_by("slug").values_list("slug", flat=True))


def _filters() -> Iterator[str]:
    """Filters of the claims, drawn by lot, but always the same ones, on the page and in each format."""
    lot = random.Random(2022)  # noqa: S311 (a lottery)
    values = CHOICES | {"speaker": _slugs("actors"), "issue": _slugs("issues"), "event": _slugs("events")}
    values |= {"source": _slugs("sources"), "publisher": _slugs("actors"), "actor": _slugs("actors")}
    drawn = [_drawn(lot, values) for _ in range(FILTERS)]
    common = ["speaker=vladimir-putin", "issue=direct-talks", "q=talks", "sort=oldest", "clock=published"]
    for number, query in enumerate([*common, *WRONG, *drawn]):
        yield f"/claims/?{query}"
        yield f"/timeline/?{query}&lanes={LANES[number % len(LANES)]}"
        yield f"/{FILES[number % len(FILES)]}?{query}"


def _drawn(lot: random.Random, values: dict[str, list[str]]) -> str:
    """One to three parameters, some of them left out or with two values."""
    names = lot.sample(sorted(values), lot.randint(1, 3))
    pairs = [(_twin(lot, name), value) for name in names for value in lot.sample(values[name], _number(lot, name))]
    if "role" in names and "actor" not in names:
        pairs.append(("actor", lot.choice(values["actor"])))
    return urlencode(pairs)


def _twin(lot: random.Random, name: str) -> str:
    return f"not_{name}" if name in EXCLUDABLE and lot.random() < 0.2 else name


def _number(lot: random.Random, name: str) -> int:
    return lot.choice((1, 1, 2)) if name in EXCLUDABLE else 1


def _of_model(model: Any) -> Iterator[str]:
    meta = model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:ROWS])
    yield from (f"{reverse(f'{name}_changelist')}{query}" for query in ("", "?q=talks", "?p=1", "?nonsense=1"))
    yield reverse(f"{name}_add")
    yield from (reverse(f"{name}_{page}", args=[key]) for key in keys for page in ("change", "history", "delete"))
    for field in admin.site._registry[model].autocomplete_fields:
        query = urlencode({"term": "put", **_field(meta, field)})
        yield f"{reverse('admin:autocomplete')}?{query}"


def _field(meta: Any, name: str) -> dict[str, str]:
    return {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": name}
