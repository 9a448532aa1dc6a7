"""schema.org ClaimReview as statements: what was claimed, and what the fact-checker says of it, in its own words."""

import json
from collections.abc import Iterator
from typing import Any

from claims.imports import web
from claims.imports.limits import MOST_ROWS, check_size, refuse
from claims.imports.sheets import text_of
from claims.imports.statements import Statement, digest
from claims.models import Act, Form, ImportKind
from conflict_site.base.json_places import Places
from conflict_site.base.text import fold

type Path = tuple[str | int, ...]

LISTS = ("@graph", "itemListElement", "dataFeedElement", "item")  # where lists and feeds keep their items
DEEP = "it is not JSON that can be read: nested too deeply, or a number that is none"
COLUMNS = {
    "speaker": "itemReviewed.author",
    "quote": "claimReviewed",
    "said": "itemReviewed.datePublished",
    "url": "url",
    "title": "name",
    "publisher": "author",
    "published": "datePublished",
    "language": "inLanguage",
}
OF_REVIEW = {**COLUMNS, "speaker": "author", "quote": "reviewRating.alternateName", "said": "datePublished"}


def statements(file: str, data: bytes) -> list[Statement]:
    """Two statements for each ClaimReview in a file: one of the claimant, one that assesses it.

    The file holds one, a list, a graph or a feed, or one on each line. Raises PackageError where it is no JSON.
    """
    check_size(file, data)
    try:
        found = [each for line, item in _items(file, text_of(file, data)) for each in _of(file, line, item)]
    except RecursionError:
        refuse(file, DEEP)
    if not found:
        refuse(file, "it holds no ClaimReview")
    if len(found) > 2 * MOST_ROWS:
        refuse(file, f"it holds more than {MOST_ROWS:,} items; divide it")
    return found


def _items(file: str, text: str) -> Iterator[tuple[int, Any]]:
    """The items of a file, each with its line."""
    lines = text.splitlines()
    if len(lines) > 1 and all(line.strip()[:1] in ("", "{") and line.strip()[-1:] in ("", "}") for line in lines):
        for number, line in enumerate(lines, 1):
            for _, item in _within(_parsed(file, line, number), ()) if line.strip() else []:
                yield number, item
        return
    whole, places = _parsed(file, text, 1), None
    for path, item in _within(whole, ()):
        places = places or Places(text)
        yield places.at(*path)[0], item


def _parsed(file: str, text: str, line: int) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        refuse(file, f"it is not JSON: {error.msg}", line + error.lineno - 1, str(error.colno))
    except (RecursionError, ValueError):
        refuse(file, DEEP, line)


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _within(given: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The items of lists, graphs and feeds; what else lies beside them there is no fault."""
    if isinstance(given, list):
        for number, each in enumerate(given):
            yield from _within(each, (*path, number)) if isinstance(each, dict | list) else [((*path, number), each)]
    elif isinstance(given, dict) and not _is_review(given) and any(name in given for name in LISTS):
        for name in LISTS:
            inner = given.get(name)
            if isinstance(inner, dict | list):
                reviews = [(at, item) for at, item in _within(inner, (*path, name)) if _is_review(item)]
                yield from reviews
    else:
        yield path, given


def _is_review(given: Any) -> bool:
    kinds = given.get("@type") if isinstance(given, dict) else None
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).removeprefix("schema:").rpartition("/")[2] == "ClaimReview" for kind in named)


def _of(file: str, line: int, item: Any) -> Iterator[Statement]:
    if not _is_review(item):
        made = Statement(file, line, {}, COLUMNS, digest(file, line))
        made.fault("@type", "it is no ClaimReview")
        yield made
        return
    reviewed, rating = _object(item.get("itemReviewed")), _object(item.get("reviewRating"))
    shared = _shared(item)
    claimed = _text(item.get("claimReviewed")) or _text(reviewed.get("name"))
    claimant = _name(reviewed.get("author")) or _name(reviewed.get("claimant"))
    cells = {
        **shared,
        "speaker": claimant,
        "quote": claimed,
        "content": claimed.rstrip("."),
        "said": _text(reviewed.get("datePublished")),
        "act": Act.ASSERTS.value,
        "form": Form.PARAPHRASE.value,
    }
    key = (ImportKind.CLAIM_REVIEW, web.key(shared["url"]) or shared["url"], fold(claimed), fold(claimant))
    yield Statement(file, line, cells, COLUMNS, digest("claim", *key))
    words = _rating(rating)
    about = f"“{cells['content']}”, as said by {claimant}, is rated “{words}”{_scale(rating)}"
    assessed = {
        **shared,
        "speaker": shared["publisher"],
        "quote": words,
        "content": about,
        "said": shared["published"],
        "act": Act.EVALUATES.value,
        "form": Form.PARTIAL_QUOTE.value,
    }
    yield Statement(file, line, assessed, OF_REVIEW, digest("review", *key), digest("claim", *key))


def _shared(item: dict[str, Any]) -> dict[str, str]:
    """What both statements say of the document."""
    checker = _name(item.get("author")) or _name(item.get("publisher"))
    return {
        "url": _text(item.get("url")) or _text(item.get("mainEntityOfPage")),
        "title": _text(item.get("name")) or _text(item.get("headline")),
        "publisher": checker,
        "published": _text(item.get("datePublished")),
        "language": _text(item.get("inLanguage"))[:2].lower(),
    }


def _rating(rating: dict[str, Any]) -> str:
    """The rating in the fact-checker's words; the bare number where there are none."""
    return _text(rating.get("alternateName")) or _text(rating.get("name")) or _text(rating.get("ratingValue"))


def _scale(rating: dict[str, Any]) -> str:
    value, worst, best = (_text(rating.get(name)) for name in ("ratingValue", "worstRating", "bestRating"))
    return f" ({value} on a scale from {worst} to {best})" if value and worst and best else ""


def _object(given: Any) -> dict[str, Any]:
    if isinstance(given, list):
        given = next(iter(given), None)
    return given if isinstance(given, dict) else {}


def _name(given: Any) -> str:
    """The name of whoever is given: as a text, an object, or the first of a list."""
    if isinstance(given, list):
        given = next(iter(given), None)
    return _text(given.get("name")) if isinstance(given, dict) else _text(given)


def _text(given: Any) -> str:
    """What is given as one line of text; "" where it is none."""
    if isinstance(given, list):
        given = next(iter(given), None)
    if isinstance(given, dict):
        given = given.get("@value") or given.get("@id") or given.get("name")
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return ""
    return " ".join(str(given).split())
