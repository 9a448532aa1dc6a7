"""What is on file as linked data: schema.org for things and claims, W3C Web Annotations for the passages.

A claim's ``name`` is its attribution sentence, which is ours; the words of its speaker stand in quotations alone. What
of the data is ours, and under which licence, say ``sdPublisher`` and ``sdLicense``: neither the statement nor the
passage is. The content of a claim never stands alone.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from actors.models import Actor, Kind
from claims.models import Citation, Claim, Event, Form, Issue, Source
from claims.wording import ClaimLine, Document, Passage, Topic, Voice, quotation
from conflict_site.base.addresses import Absolute, address
from conflict_site.base.edtf import FuzzyDate

type Record = dict[str, Any]

SCHEMA_ORG = "https://schema.org"
WIKIDATA = "http://www.wikidata.org/entity/"  # of its linked data; the pages have another address
IN_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def text(data: Record) -> str:
    """The data as a document of its own, in the words of schema.org."""
    return json.dumps({"@context": SCHEMA_ORG, **data}, ensure_ascii=False)


def in_html(data: Record) -> str:
    """The same as it can stand within HTML: it cannot end the script it stands in."""
    return text(data).translate(IN_HTML)


def schema_claim(line: ClaimLine, absolute: Absolute) -> Record:
    """A claim: its sentence, its day, its issues, and where its words appear. ``absolute`` makes an address whole.

    It is based on all documents that it cites; the site's own texts among them are no appearance of it.
    """
    url = absolute(line.url)
    cited = list(enumerate(line.passages, 1))
    return {
        "@type": "Claim",
        "@id": url,
        "url": url,
        "identifier": line.slug,
        "name": line.sentence,
        **_created(line.said),
        **_some("about", [_issue(topic, absolute) for topic in line.topics]),
        "appearance": [_quotation(line, n, one, absolute) for n, one in cited if not one.source.is_own],
        "isBasedOn": [
            {"@id": absolute(source.get_absolute_url())} for source in dict.fromkeys(one.source for _, one in cited)
        ],
        "sdLicense": settings.LICENCE_URL,
    }


def feed(url: str, title: str) -> Record:
    """The head of a feed of claims at this address; ``title`` is that of the site, which puts it together."""
    return {
        "@type": "DataFeed",
        "@id": url,
        "url": url,
        "license": settings.LICENCE_URL,
        "publisher": {"@type": "Organization", "name": title},
        "dataFeedElement": [],
    }


def story(name: str, url: str, lines: Iterable[ClaimLine], absolute: Absolute) -> Record:
    """Claims in the order of time as a list, which has this name and whole address."""
    claims = [schema_claim(line, absolute) for line in lines]
    return {
        "@type": "ItemList",
        "@id": url,
        "name": name,
        "url": url,
        "itemListOrder": f"{SCHEMA_ORG}/ItemListOrderAscending",
        "numberOfItems": len(claims),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "item": claim} for number, claim in enumerate(claims, 1)
        ],
    }


def actor(actor: Actor, names: Iterable[str], absolute: Absolute) -> Record:
    """An actor with its other names; of somebody whom no source names only that there is a page."""
    url = absolute(actor.get_absolute_url())
    if actor.is_unnamed:
        return {"@type": "WebPage", "@id": url, "url": url, "name": actor.name}
    return {
        **_voice(Voice.of(actor), absolute),
        "url": url,
        **_some("alternateName", list(names)),
        **_some("description", actor.description),
    }


def issue(issue: Issue, absolute: Absolute) -> Record:
    """An issue as the question that it is."""
    named = _issue(Topic(issue.slug, issue.title), absolute)
    return {**named, "url": named["@id"], "text": issue.question, **_some("description", issue.scope_note)}


def event(event: Event, participants: Iterable[Actor], sources: Iterable[Source], absolute: Absolute) -> Record:
    """An event with its days, its place, who took part, and the documents that tell of it."""
    url, day = absolute(event.get_absolute_url()), event.date
    who = [_voice(Voice.of(one), absolute) for one in participants if not one.is_unnamed]
    return {
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": event.title,
        **_some("startDate", day.earliest and day.earliest.isoformat()),
        **_some("endDate", day.latest and day.latest.isoformat()),
        **({"location": {"@type": "Place", "name": event.place}} if event.place else {}),
        **_some("description", event.description),
        **_some("attendee", who),
        **_some("subjectOf", [_work(Document.of(source), absolute) for source in sources]),
    }


def source(source: Source, absolute: Absolute) -> Record:
    """A document, with its language and what is on record of its rights."""
    author = {"author": {"@type": "Person", "name": source.author}} if source.author else {}
    return {
        **_work(Document.of(source), absolute),
        **author,
        **_some("inLanguage", source.language),
        **_some("copyrightNotice", source.rights),
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


def _quotation(line: ClaimLine, number: int, passage: Passage, absolute: Absolute) -> Record:
    """A passage as a quotation of the speaker; none is named where the speaker is somebody whom no source names.

    Its words are the speaker's where they are verbatim. Elsewhere they are the document's, and describe it.
    """
    words = "" if passage.source.is_taken_down else passage.exact
    return {
        "@type": "Quotation",
        "@id": f"{absolute(line.url)}#quotation-{number}",
        **_some("text" if line.form == Form.VERBATIM else "description", words),
        **(_some("inLanguage", passage.language) if words else {}),
        **({} if line.speaker.is_unnamed else {"creator": _voice(line.speaker, absolute)}),
        **_created(line.said),
        "isPartOf": _work(passage.source, absolute),
    }


def _created(said: FuzzyDate) -> Record:
    """When something was said: the day, month or year where it is one, and all days on which it may have been."""
    first, last = (day.isoformat() if day else ".." for day in (said.earliest, said.latest))
    return {**_some("dateCreated", _plain(said)), "temporal": f"{first}/{last}"}


def _plain(date: FuzzyDate) -> str:
    """The date as one of schema.org; "" where it is a period, which has no place in one."""
    written = date.edtf.removesuffix("~")
    return written if written.replace("-", "").isdecimal() else ""


def _voice(voice: Voice, absolute: Absolute) -> Record:
    kind = "Person" if voice.kind == Kind.PERSON else "Organization"
    return {
        "@type": kind,
        "@id": absolute(address("actors:detail", voice.slug)),
        "name": voice.name,
        **_some("sameAs", voice.wikidata_id and WIKIDATA + voice.wikidata_id),
    }


def _issue(topic: Topic, absolute: Absolute) -> Record:
    return {"@type": "Question", "@id": absolute(address("claims:issue", topic.slug)), "name": topic.title}


def _work(source: Document, absolute: Absolute) -> Record:
    page = absolute(source.get_absolute_url())
    publisher = {} if source.publisher.is_unnamed else {"publisher": _voice(source.publisher, absolute)}
    day = source.published
    return {
        "@type": "CreativeWork",
        "@id": page,
        "name": source.title,
        "url": source.url or page,
        **_some("archivedAt", source.archive_url),
        **publisher,
        **_some("datePublished", day and _plain(day)),
    }


def _some(name: str, value: Any) -> Record:
    """The member, where there is something to say."""
    return {name: value} if value else {}
