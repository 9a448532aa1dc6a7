"""The URL patterns of the site, filled with what is on file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from scripts.same_answers.sample import spread

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
ABSENT = "nothing-of-that-kind"
ROWS = 8  # of a table of the admin
COMPARED = 9  # actors, each with each other


@dataclass(frozen=True, slots=True)
class Pattern:
    """The route of an address as Django resolves it, and the names of what it leaves open."""

    route: str
    names: tuple[str, ...]
    given: dict[str, Any]

    def urls(self) -> Iterator[str]:
        """The addresses of this pattern; none where nobody knows what to fill in, as in a regular expression."""
        is_plain = not re.search(r"[\\^$(]", self.route)
        for values in _values(self) if is_plain else ():
            yield "/" + PARAMETER.sub(lambda match: str(values[match[1]]), self.route)  # noqa: B023 (used at once)


def patterns() -> list[Pattern]:
    """All of them, in the order of their routes."""
    return sorted(_walk(get_resolver()), key=lambda pattern: pattern.route)


def missing(asked: set[str]) -> list[str]:
    """The routes that are not among those asked."""
    return sorted({pattern.route for pattern in patterns()} - asked)


def _walk(resolver: URLResolver, before: str = "") -> Iterator[Pattern]:
    for each in resolver.url_patterns:
        route = str(each.pattern)
        route = before + (route.removeprefix("^") if before else route)
        if isinstance(each, URLPattern):
            yield Pattern(route, tuple(PARAMETER.findall(route)), each.default_args)
        else:
            yield from _walk(each, route)


def _values(pattern: Pattern) -> list[dict[str, Any]]:
    """What the open places may be filled with."""
    match pattern.names:
        case ():
            return [{}]
        case ("section",):
            return [{"section": section} for section in pattern.given["sitemaps"]]
        case ("slug",):
            return [{"slug": slug} for slug in _slugs(_first(pattern))]
        case ("first", "second"):
            slugs = [*spread(_slugs(_first(pattern, "actors")), COMPARED), ABSENT]
            return [{"first": one, "second": two} for one in slugs for two in slugs]
        case ("issue", "actor"):
            issues, actors = ([*spread(_slugs(name), COMPARED), ABSENT] for name in ("issues", "actors"))
            return [{"issue": issue, "actor": actor} for issue in issues for actor in actors]
        case ("object_id" | "id" as name,):
            return [{name: key} for key in _keys(*pattern.route.split("/")[1:3])]
        case ("content_type_id", "object_id"):
            return [{"content_type_id": kind, "object_id": key} for kind, key in _with_a_page()]
        case _:
            return []


def _first(pattern: Pattern, instead: str = "") -> str:
    return instead or pattern.route.partition("/")[0]


def _slugs(plural: str) -> list[str]:
    """The slugs of everything that is called so, public or not, with old ones and one that there is not."""
    for model in apps.get_models():
        if model._meta.verbose_name_plural == plural:
            rows: Any = model._default_manager
            old = apps.get_model("claims.OldSlug")._default_manager.filter(content_type__model=model._meta.model_name)
            kept, present = (found.order_by("slug").values_list("slug", flat=True) for found in (old, rows))
            return [*present, *kept, ABSENT]
    return []


def _with_a_page() -> Iterator[tuple[int, Any]]:
    """One row, by content type and key, of each table whose rows have an address."""
    for kind in apps.get_model("contenttypes.ContentType")._default_manager.order_by("pk"):
        model: Any = kind.model_class()
        if hasattr(model, "get_absolute_url"):
            yield kind.pk, model._default_manager.order_by("pk").values_list("pk", flat=True).first()


def _keys(app_label: str, model_name: str) -> list[Any]:
    """Some keys of a table, and one that there is not."""
    rows: Any = apps.get_model(app_label, model_name)._default_manager
    return [*spread(list(rows.order_by("pk").values_list("pk", flat=True)), ROWS), 10**9]
