"""Claims as linked data: schema.org ``Claim`` for themselves, W3C Web Annotations for the passages they rest on.

What stands for a claim is always its attribution sentence, never its content alone.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from actors.models import Kind
from claims.models import Citation, Claim
from claims.wording import ClaimLine, Document, Voice, quotation

type Record = dict[str, Any]

IN_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def in_html(data: Record) -> str:
    """The data as JSON that can stand within HTML and cannot end the script it stands in."""
    return json.dumps(data, ensure_ascii=False).translate(IN_HTML)


def schema_claim(line: ClaimLine, url: str) -> Record:
    """A claim in the words of schema.org; ``url`` is its whole address."""
    return {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": url,
        "url": url,
        "text": line.sentence,
        **_author(line.speaker),
        "appearance": [_work(source) for source in dict.fromkeys(passage.source for passage in line.passages)],
    }


def story(name: str, url: str, told: Iterable[tuple[ClaimLine, str]]) -> Record:
    """Claims in the order of time as a list; ``told`` has each with its whole address, as ``url`` is the list's own."""
    claims = [schema_claim(line, address) for line, address in told]
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": name,
        "url": url,
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "numberOfItems": len(claims),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "item": {key: claim[key] for key in claim if key != "@context"}}
            for number, claim in enumerate(claims, 1)
        ],
    }


def annotations(claim: Claim, url: str, source_url: Mapping[int, str], captured: Mapping[int, datetime]) -> Record:
    """The passages of a claim as an annotation collection, its one page within it.

    ``source_url`` are the addresses of the annotated documents, by source; ``captured`` is when the texts were
    captured in which passages stand, by citation.
    """
    items = [
        _annotation(claim, url, number, source_url[citation.source_id], _selection(citation, captured))
        for number, citation in enumerate(claim.citations.all(), 1)
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{url}#passages",
        "type": "AnnotationCollection",
        "label": ClaimLine.of(claim).sentence,
        "total": len(items),
        "first": {"id": f"{url}#passages-1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotation(claim: Claim, url: str, number: int, source: str, selection: Record) -> Record:
    body = {"type": "TextualBody", "value": ClaimLine.of(claim).sentence, "format": "text/plain", "language": "en"}
    target = {"type": "SpecificResource", "source": source, **selection} if selection else source
    return {
        "id": f"{url}#passage-{number}",
        "type": "Annotation",
        "motivation": "describing",
        "created": _zulu(claim.created_at),
        "body": body,
        "target": target,
    }


def _selection(citation: Citation, captured: Mapping[int, datetime]) -> Record:
    """The selectors of a passage; the one by position counts in the text as captured, hence the state."""
    words = quotation(citation)
    if not words.exact:
        return {}
    frame = {"prefix": words.prefix, "suffix": words.suffix}
    quote = {"type": "TextQuoteSelector", "exact": words.exact, **{name: part for name, part in frame.items() if part}}
    if citation.pk not in captured:  # there is no text in which a position could be counted
        return {"selector": [quote]}
    state = {"type": "TimeState", "sourceDate": _zulu(captured[citation.pk])}
    place = {"type": "TextPositionSelector", "start": citation.start, "end": citation.end}
    return {"state": state, "selector": [quote, place]}


def _zulu(moment: datetime) -> str:
    """The moment in UTC, written with a Z as web annotations demand (Web Annotation Data Model, 3.3.1 and 4.3.1)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _author(speaker: Voice) -> Record:
    """The speaker as author; none where the speaker is somebody whom no source names."""
    if speaker.is_unnamed:
        return {}
    kind = "Person" if speaker.kind == Kind.PERSON else "Organization"
    return {"author": {"@type": kind, "name": speaker.name}}


def _work(source: Document) -> Record:
    return {"@type": "CreativeWork", "name": source.title, **({"url": source.url} if source.url else {})}
