"""What a new source's fields may hold, by what its document says of itself. A curator decides."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db.models import Q

from actors.models import Actor
from claims.capture.extract import Document
from claims.capture.same import address_key, without_tracking
from claims.models import Source, SourceKind
from conflict_site.base.edtf import InvalidDate
from conflict_site.base.languages import LANGUAGES
from conflict_site.base.text import fold
from conflict_site.base.typed_dates import read

DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?")
KINDS = {"article": SourceKind.ARTICLE, "socialmediaposting": SourceKind.POST, "blogposting": SourceKind.ARTICLE}
LONGEST_LINE = 200  # characters of a first line that may be a title


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field, None where there is none to choose from, and where it comes from, in words."""

    value: Any
    why: str


def proposals(document: Document, address: str = "", title: str = "") -> dict[str, Proposal]:
    """By the name of a source's field. ``address`` and ``title`` are what a curator or a browser said before."""
    about = {name: Proposal(value, f"from {where}") for name, (value, where) in document.about.items()}
    found = {
        "title": about.get("title") or _title(document, title),
        "author": about.get("author"),
        "publisher": _publisher(about.get("publisher"), address),
        "published_edtf": _day(about.get("published")),
        "language": _language(about.get("language")),
        "kind": _kind(about.get("kind")),
        "url": _address(about.get("address"), address),
    }
    return {name: proposal for name, proposal in found.items() if proposal}


def canonical(document: Document, address: str = "") -> str:
    """The address that a document says it has, made whole; "" where it says none, or one of no page."""
    try:
        said = urljoin(address, document.about.get("address", ("", ""))[0])
    except ValueError:
        return ""
    return said if address_key(said) and "/" in address_key(said) else ""


def _title(document: Document, title: str) -> Proposal | None:
    if title:
        return Proposal(title, "from the browser’s window")
    line = next((line.strip(" #\t") for line in document.text.splitlines() if line.strip(" #\t")), "")
    return Proposal(line, "its first line") if 0 < len(line) <= LONGEST_LINE else None


def _publisher(said: Proposal | None, address: str) -> Proposal | None:
    """The one actor with this name; else whoever has published all that is on file from the same host."""
    name = fold(said.value) if said else ""
    names = {name, name.removeprefix("the ")} - {""}
    actors = set(Actor.objects.filter(Q(folded__in=names) | Q(names__folded__in=names))[:2]) if names else set()
    if len(actors) == 1 and said:
        return Proposal(actors.pop().pk, f"“{said.value}”, {said.why}")
    return _of_host(address) or (Proposal(None, f"“{said.value}”, {said.why}, is not one on file") if said else None)


def _of_host(address: str) -> Proposal | None:
    host = address_key(address).partition("/")[0]
    if not host:
        return None
    rows = Source.objects.filter(url__icontains=host).values_list("publisher", "url")
    publishers = {publisher for publisher, url in rows if address_key(url).partition("/")[0] == host}
    return Proposal(publishers.pop(), f"of all that is on file from {host}") if len(publishers) == 1 else None


def _day(said: Proposal | None) -> Proposal | None:
    """A day, month or year; None for what cannot be read as one, or in two ways."""
    if said is None:
        return None
    try:
        day = DAY.fullmatch(said.value)
        first, last = read(day[1] if day else said.value)
    except InvalidDate:
        return None
    return Proposal(first, said.why) if first == last else None


def _language(said: Proposal | None) -> Proposal | None:
    code = re.split("[-_]", said.value.strip())[0].lower() if said else ""
    return Proposal(code, said.why) if said and code in LANGUAGES else None


def _kind(said: Proposal | None) -> Proposal | None:
    kind = KINDS.get(said.value.lower().removeprefix("news").removeprefix("reportagenews")) if said else None
    return Proposal(kind, said.why) if said and kind else None


def _address(said: Proposal | None, address: str) -> Proposal | None:
    if address:
        return Proposal(without_tracking(address), "as it was given")
    whole = bool(said and address_key(said.value) and urlsplit(said.value).path)
    return Proposal(without_tracking(said.value), said.why) if said and whole else None
