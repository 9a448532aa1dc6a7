"""Words that were read and are not kept yet: they travel in the page, signed, and nowhere lie about.

So they cannot be changed on the way, no text that may not be kept stays behind, and pages open in two windows do not
disturb each other.
"""

from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core import signing

from claims.capture import (
    Document,
    OnFile,
    RefusedText,
    canonical,
    document_of,
    garbled,
    is_source_of_a_page,
    media_type_of,
    normalise,
    on_file,
    site_fetcher,
    stray_signs,
    would_lose,
)
from claims.evidence import Span, find
from claims.extraction import HTML, TEXT
from claims.models import Citation, Snapshot, Source, digest

SALT = "claims.admin.drafts"
MOST_CHARACTERS = 2_000_000
MOST_SEALED = 2_000_000  # bytes, of the 2.5 million that a form may hold
BY_COMMAND = "The command “capture” keeps longer ones."
DELAY, PATIENCE = 1.0, 30.0  # seconds between two requests to the host of one page, and for all of it
LOOPBACK = False  # tests let it reach this machine


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that was read, with its address if known, and the title and the words that a browser sent along."""

    document: Document
    address: str = ""
    title: str = ""
    selection: str = ""

    @property
    def addresses(self) -> list[str]:
        """The addresses under which it may be on file."""
        return [self.address, canonical(self.document, self.address)]

    def seal(self, user: Any) -> str:
        """The draft as a field of a page, for this user alone."""
        return signing.dumps({**asdict(self), "by": user.pk}, salt=SALT, compress=True)


def unseal(value: str, user: Any) -> Draft | None:
    """The draft from a page's field; None for what was not sealed for this user, or too long ago."""
    try:
        held = signing.loads(value, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    if held.pop("by") != user.pk:
        return None
    return Draft(Document(**held.pop("document")), **held)


@dataclass(frozen=True)
class Examined:
    """A draft as it would be kept, and all that a curator should know before it is.

    ``source`` is the one that it is to be a new capture of, if any.
    """

    draft: Draft
    source: Source | None = None

    @cached_property
    def text(self) -> str:
        """The words in the form in which they are kept, without stray signs."""
        return normalise(self.draft.document.text, take_out=True)

    @cached_property
    def stray(self) -> list[str]:
        """The signs in it that no text may hold."""
        return stray_signs(self.draft.document.text)

    @cached_property
    def doubts(self) -> list[str]:
        """Why its words may not be the right ones, or not all of them."""
        words = garbled(self.text)
        return [*filter(None, [self.draft.document.doubt, f"It looks garbled: “{words}”." if words else ""])]

    @cached_property
    def same(self) -> list[OnFile]:
        """Other sources on file that may be this document."""
        return on_file(self.draft.addresses, self.text, self.source.pk if self.source else 0)

    @cached_property
    def is_held(self) -> bool:
        """Whether this very text is held of the source already."""
        held = Snapshot.objects.filter(source=self.source, sha256=digest(self.text))
        return self.source is not None and held.exists()

    @cached_property
    def losing(self) -> list[Citation]:
        """The passages that stand in the newest text held of the source, and not in this one."""
        return would_lose(self.source, self.text) if self.source else []

    @cached_property
    def selected(self) -> Span | None:
        """Where the words stand that a browser sent along."""
        return find(self.text, self.draft.selection).span if self.draft.selection else None


def of_file(name: str, data: bytes, address: str = "") -> Draft:
    """What a file holds. Raises RefusedText."""
    media_type = media_type_of(name)
    document = document_of(data, media_type)
    if media_type == TEXT and is_source_of_a_page(document.text):
        document = document_of(data, HTML)
    return Draft(document, address)


def of_paste(text: str, html: str = "", address: str = "") -> Draft:
    """What was pasted: of a page, its words; ``html`` is what the browser had of it beside the text."""
    if html.strip():
        return Draft(document_of(html.encode(errors="replace"), HTML, "utf-8"), address)
    media_type = HTML if is_source_of_a_page(text) else TEXT
    return Draft(document_of(text.encode(errors="replace"), media_type, "utf-8"), address)


def fetched(address: str) -> Draft:
    """What stands at an address. Raises FetchError or RefusedText."""
    answer = site_fetcher(DELAY, PATIENCE, loopback=LOOPBACK).get(address)
    return Draft(document_of(answer.body, *answer.type_and_charset), answer.url)


def complete(draft: Draft, title: str, selection: str) -> Draft:
    """The draft with what the browser sent along. Raises RefusedText where it has no words, or too many."""
    text = draft.document.text
    if not normalise(text, take_out=True).strip():
        raise RefusedText("There are no words in it.")
    if len(text) > MOST_CHARACTERS:
        raise RefusedText(f"It holds {len(text):,} characters; this page takes up to {MOST_CHARACTERS:,}. {BY_COMMAND}")
    return replace(draft, title=title, selection=selection)
