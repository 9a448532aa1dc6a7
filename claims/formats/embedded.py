"""What reference managers read in the head of a page: Highwire's ``citation_*`` and Dublin Core. Pure.

Zotero's translator "Embedded Metadata" takes the kind of item from ``DC.type`` (without it, it guesses an article in a
journal) and the name of the web site from ``DC.source``, which on the page of a claim is ``og:site_name``.
"""

import re
from collections.abc import Mapping

from claims.models import Source
from claims.wording import ClaimLine, Reference
from conflict_site.base.edtf import FuzzyDate

HIGHWIRE = {
    "title": "citation_title",
    "creator": "citation_author",
    "date": "citation_publication_date",
    "publisher": "citation_publisher",
    "identifier": "citation_public_url",
    "language": "citation_language",
}
PLAIN = re.compile(r"\d{4}(-\d{2}){0,2}")

type Tags = list[tuple[str, str]]


def of_claim(line: ClaimLine, reference: Reference) -> Tags:
    """A claim: titled with its attribution, by its speaker where a source names one, on the day it was said."""
    return _tags(
        {
            "title": reference.title,
            "creator": "" if line.speaker.is_unnamed else line.speaker.name,
            "date": iso(line.said),
            "publisher": reference.publisher,
            "identifier": reference.url,
            "language": "en",
            "type": "webpage",
            "description": reference.origin,
        }
    )


def of_source(source: Source, url: str) -> Tags:
    """A document, which is cited by its own address where it has one; ``url`` is that of its page here."""
    described = {
        "title": source.title,
        "creator": source.author,
        "date": iso(source.published) if source.published else "",
        "publisher": source.publisher.name,
        "identifier": source.url or url,
        "language": source.language,
        "type": "webpage",
        "source": source.publisher.name,
    }
    return [*_tags(described), ("citation_abstract_html_url", url)]


def iso(date: FuzzyDate) -> str:
    """A day, month or year as ISO 8601; where it is none of these, the first and the last possible day."""
    plain = date.edtf.removesuffix("~")
    if PLAIN.fullmatch(plain):
        return plain
    return "/".join(day.isoformat() if day else ".." for day in (date.earliest, date.latest))


def _tags(described: Mapping[str, str]) -> Tags:
    """Names and contents of what is known, in either vocabulary."""
    known = {term: text for term, text in described.items() if text}
    highwire = [(HIGHWIRE[term], text) for term, text in known.items() if term in HIGHWIRE]
    return [*highwire, *((f"DC.{term}", text) for term, text in known.items())]
