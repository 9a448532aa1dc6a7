"""The terms of JSON-LD contexts that the site uses, and those alone: what a document says beyond them is dropped.

The context of schema.org maps every word, also one that its vocabulary does not have; this one does not.
"""

from typing import Any

OA, SCHEMA, XSD = "http://www.w3.org/ns/oa#", "http://schema.org/", "http://www.w3.org/2001/XMLSchema#"
DC, DCTERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
ACTIVITY = "http://www.w3.org/ns/activitystreams#"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"


def thing(name: str, **given: str) -> dict[str, str]:
    """A term whose values are things."""
    return {"@id": name, "@type": "@id", **given}


def typed(name: str, kind: str) -> dict[str, str]:
    """A term whose values are of a type of XML Schema."""
    return {"@id": name, "@type": XSD + kind}


ANNOTATION = {
    "id": "@id",
    "type": "@type",
    "Annotation": f"{OA}Annotation",
    "TextualBody": f"{OA}TextualBody",
    "SpecificResource": f"{OA}SpecificResource",
    "TextQuoteSelector": f"{OA}TextQuoteSelector",
    "TextPositionSelector": f"{OA}TextPositionSelector",
    "TimeState": f"{OA}TimeState",
    "AnnotationCollection": f"{ACTIVITY}OrderedCollection",
    "AnnotationPage": f"{ACTIVITY}OrderedCollectionPage",
    "describing": f"{OA}describing",
    "body": thing(f"{OA}hasBody"),
    "target": thing(f"{OA}hasTarget"),
    "source": thing(f"{OA}hasSource"),
    "selector": thing(f"{OA}hasSelector"),
    "state": thing(f"{OA}hasState"),
    "first": thing(f"{ACTIVITY}first"),
    "items": thing(f"{ACTIVITY}items", **{"@container": "@list"}),
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "format": f"{DC}format",
    "language": f"{DC}language",
    "value": f"{RDF}value",
    "label": f"{RDFS}label",
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "created": typed(f"{DCTERMS}created", "dateTime"),
    "sourceDate": typed(f"{OA}sourceDate", "dateTime"),
    "start": typed(f"{OA}start", "nonNegativeInteger"),
    "end": typed(f"{OA}end", "nonNegativeInteger"),
    "total": typed(f"{ACTIVITY}totalItems", "nonNegativeInteger"),
    "startIndex": typed(f"{ACTIVITY}startIndex", "nonNegativeInteger"),
}
CLASSES = [
    "Claim", "CreativeWork", "DataFeed", "Event", "ItemList", "ListItem", "Organization", "Person", "Place",
    "Question", "Quotation", "WebPage",
]  # fmt: skip
PROPERTIES = [
    "about", "alternateName", "appearance", "attendee", "author", "copyrightNotice", "creator", "dataFeedElement",
    "description", "identifier", "inLanguage", "isPartOf", "item", "itemListElement", "location", "name",
    "numberOfItems", "position", "publisher", "subjectOf", "temporal", "text",
]  # fmt: skip
LINKS = ["archivedAt", "isBasedOn", "itemListOrder", "license", "sameAs", "sdLicense", "url"]
DATES = ["dateCreated", "datePublished", "endDate", "startDate"]
CONTEXTS: dict[str, dict[str, Any]] = {
    "http://www.w3.org/ns/anno.jsonld": ANNOTATION,
    "https://schema.org": {
        **{name: SCHEMA + name for name in CLASSES + PROPERTIES},
        **{name: thing(SCHEMA + name) for name in LINKS},
        **{name: {"@id": SCHEMA + name, "@type": f"{SCHEMA}Date"} for name in DATES},
    },
}


def loaded(url: str, _: dict[str, Any]) -> dict[str, Any]:
    """A document loader that knows these contexts and asks nobody."""
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": CONTEXTS[url]},
    }
