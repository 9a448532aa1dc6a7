"""What a document says of itself: title, author, publisher, date, language, address. In its own words, nothing checked.

Each value comes with where it stands: a page's schema.org data, Open Graph, Dublin Core or plain markup; a file's own
properties. What a page says in several of them is taken from the first.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from resiliparse.parse.html import HTMLTree

type About = dict[str, tuple[str, str]]  # by the name of the field: the value, and where it stands

FIELDS = ("title", "author", "publisher", "published", "language", "address", "kind")
LONGEST = 500  # characters of a value
MOST = 50  # things of schema.org that are looked at
SCHEMA, OPEN_GRAPH, DUBLIN_CORE, PAGE = "schema.org", "Open Graph", "Dublin Core", "the page’s markup"
PROPERTIES = "the file’s properties"
WORDS = "its words"
ENOUGH = 200  # characters that tell a language
IN_META = {
    OPEN_GRAPH: {
        "title": ["og:title"],
        "author": ["article:author", "og:article:author"],
        "publisher": ["og:site_name"],
        "published": ["article:published_time", "og:article:published_time"],
        "language": ["og:locale"],
        "address": ["og:url"],
        "kind": ["og:type"],
    },
    DUBLIN_CORE: {
        "title": ["dc.title", "dcterms.title"],
        "author": ["dc.creator", "dcterms.creator"],
        "publisher": ["dc.publisher", "dcterms.publisher"],
        "published": ["dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created"],
        "language": ["dc.language", "dcterms.language"],
    },
    PAGE: {
        "author": ["author"],
        "published": ["date", "pubdate", "publishdate", "datepublished", "citation_publication_date"],
        "language": ["content-language"],
    },
}


def of_page(markup: str) -> About:
    """What a page says of itself."""
    tree = HTMLTree.parse(markup)
    meta = _meta(tree)
    ways = [(SCHEMA, _schema(tree)), *((way, _named(meta, names)) for way, names in IN_META.items())]
    ways.append((PAGE, _plain(tree)))
    return first_said(ways)


def first_said(ways: list[tuple[str, dict[str, Any]]]) -> About:
    """Of each field the first value that is there, as one line, with the name of where it stands."""
    found: About = {}
    for way, said in ways:
        for name in FIELDS:
            value = one_line(said.get(name))
            if value and name not in found:
                found[name] = (value, way)
    return found


def one_line(value: Any) -> str:
    """A value as one line of text without signs that are not seen, cut to a length; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    shown = "".join(sign if sign.isprintable() else " " for sign in value[: 4 * LONGEST])
    return " ".join(shown.split())[:LONGEST].strip()


def language_of(text: str) -> str:
    """The language of a text by its words, as a code; "" where it is too short or unlike any."""
    from resiliparse.parse.lang import detect_fast

    code = str(detect_fast(text)[0]) if len(text) >= ENOUGH else ""
    return code if re.fullmatch("[a-z]{2,3}", code) else ""


def _meta(tree: HTMLTree) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _all(tree, "meta[content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := one.getattr(attribute):
                found.setdefault(name.strip().lower(), one.getattr("content") or "")
    return found


def _named(meta: dict[str, str], names: dict[str, list[str]]) -> dict[str, str]:
    said = {field: next((meta[one] for one in keys if meta.get(one)), "") for field, keys in names.items()}
    return said | ({"author": ""} if "://" in said.get("author", "") else {})  # the address of a profile


def _plain(tree: HTMLTree) -> dict[str, str]:
    codes = [one.getattr("lang") or one.getattr("xml:lang") or "" for one in _all(tree, "html")]
    links = [one.getattr("href") or "" for one in _all(tree, "link[rel=canonical i][href]")]
    return {"title": tree.title or "", "language": "".join(codes[:1]), "address": "".join(links[:1])}


def _all(tree: HTMLTree, selector: str) -> list[Any]:
    return list(tree.document.query_selector_all(selector)) if tree.document else []


def _schema(tree: HTMLTree) -> dict[str, Any]:
    """The first thing of a page's JSON-LD that has a headline or a date of publication."""
    things = [one for script in _all(tree, "script") if _is_data(script) for one in _load(script)]
    for thing in things[:MOST]:
        if thing.get("headline") or thing.get("datePublished"):
            return _work(thing)
    return {}


def _is_data(script: Any) -> bool:
    return bool((script.getattr("type") or "").strip().lower() == "application/ld+json")


def _load(script: Any) -> Iterator[dict[str, Any]]:
    try:
        yield from _things(json.loads(script.text))
    except (ValueError, RecursionError):
        return


def _things(data: Any) -> Iterator[dict[str, Any]]:
    for one in data if isinstance(data, list) else [data]:
        if isinstance(one, dict):
            yield one
            yield from _things(one.get("@graph", []))


def _work(thing: dict[str, Any]) -> dict[str, Any]:
    authors = [name for one in _several(thing.get("author")) if (name := _name(one))]
    return {
        "title": thing.get("headline") or thing.get("name"),
        "author": ", ".join(authors),
        "publisher": next((name for one in _several(thing.get("publisher")) if (name := _name(one))), ""),
        "published": thing.get("datePublished"),
        "language": _name(thing.get("inLanguage"), "alternateName"),
        "address": _name(thing.get("mainEntityOfPage"), "@id") or thing.get("url"),
        "kind": next((one for one in _several(thing.get("@type")) if isinstance(one, str)), ""),
    }


def _several(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else [value]


def _name(thing: Any, key: str = "name") -> str:
    said = thing.get(key) if isinstance(thing, dict) else thing
    return said.strip() if isinstance(said, str) else ""
