"""The answers that are no single record: pages of claims, the log, charts, refusals. Components as in ``schemas``."""

from claims.api.schemas import ACTOR, BRIEF
from claims.api.words import (
    ATTRIBUTION,
    DAY,
    FLAG,
    HORIZON,
    MOMENT,
    NUMBER,
    OUTWARD,
    SLUG,
    TEXT,
    URL,
    Schema,
    at_least,
    listed,
    mapped,
    maybe,
    one_of,
    paged,
    record,
    ref,
    sometimes,
    widened,
)
from claims.models import Basis, EvidenceRole, Form, RelationKind
from claims.positions import evidence

CLAIM_LIST = paged(
    ref("Claim"),
    facets=mapped(listed(record(value=TEXT, label=TEXT, count=NUMBER, chosen=FLAG, url=URL))),
    histogram=listed(record(**{"from": DAY, "to": DAY, "count": NUMBER})),
)
TIMELINE = record(
    "What is in view. Claims are null where they are too many to be drawn one by one.",
    **{"from": maybe(DAY), "to": maybe(DAY)},
    count=NUMBER,
    events=listed(record(slug=SLUG, title=TEXT, url=URL, date=ref("Date"), claims=NUMBER)),
    claims=maybe(listed(ref("ClaimInView"))),
    lanes=listed(record(lane=TEXT, count=NUMBER, parts=listed(ref("Part")))),
    others=maybe(record(lanes=NUMBER, count=NUMBER, url=URL)),
)
EVIDENCE = record(
    "A claim that shows, qualifies or contradicts a position, or is on file without a coded stance: a row of a chart.",
    issue_id=SLUG,
    issue=TEXT,
    question=TEXT,
    actor_id=SLUG,
    actor=TEXT,
    position=maybe(SLUG),
    stance_order=maybe(NUMBER),
    stance=maybe(TEXT),
    role=one_of([*EvidenceRole.values, evidence.ON_FILE]),
    said=TEXT,
    said_earliest=DAY,
    said_latest=maybe(DAY),
    said_text=TEXT,
    form=one_of(Form.values),
    attribution=ATTRIBUTION,
    quote=maybe(TEXT),
    source=TEXT,
    source_url=OUTWARD,
    archive_url=OUTWARD,
    claim_url=URL,
    year={**NUMBER, "description": "Of the first day on which it may have been said."},
)
COMPARED = sometimes(
    widened(ACTOR, claims=ref("Tally"), left_out={**NUMBER, "description": "Claims outside these dates."}),
    without_stance=ref("Counted"),
)
RELATED = record(
    **{
        "from": ref("ClaimInShort"),
        "kind": one_of(RelationKind.values),
        "to": ref("ClaimInShort"),
        "basis": one_of(Basis.values),
        "note": TEXT,
    }
)
COMPARISON = record(
    "Two actors over the dates where claims of both are on file.",
    **HORIZON,
    actors=listed(COMPARED),
    **{"from": maybe(DAY), "to": maybe(DAY)},
    relations=listed(RELATED),
    evidence=listed(ref("Evidence")),
)
ERRORS: Schema = {
    **mapped(listed(TEXT)),
    "description": "What is wrong, in words, by parameter; under __all__ what belongs to none.",
    "minProperties": 1,
}
PROBLEM = record(
    "A problem (RFC 9457).",
    type={"const": "about:blank"},
    title={**TEXT, "description": "The status in words."},
    status=NUMBER,
)
REFUSAL: Schema = {
    "type": "object",
    "properties": {
        **PROBLEM["properties"],
        "errors": ERRORS,
        "near": {**mapped(listed(record(value=TEXT, label=TEXT))), "description": "Values on file that may be meant."},
    },
    "required": [*PROBLEM["required"], "errors"],
    "additionalProperties": False,
}
AUDIT_HEAD = record(
    "The last entry, on the day before in UTC, of the audit in which the database notes every change: its number,"
    " moment, and a hash on which all entries before have a bearing. Whoever keeps it can have the site held to it.",
    seq=NUMBER,
    at=MOMENT,
    hash=TEXT,
)
ANNOTATIONS: Schema = {
    "type": "object",
    "description": "A W3C Web Annotation collection with its one page.",
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": URL,
        "type": {"const": "AnnotationCollection"},
        "label": ATTRIBUTION,
        "total": NUMBER,
        "first": at_least(
            id=URL, type={"const": "AnnotationPage"}, startIndex=NUMBER, items=listed({"type": "object"})
        ),
    },
    "required": ["@context", "id", "type", "label", "total", "first"],
    "additionalProperties": False,
}
FEED_OF_CLAIMS: Schema = {
    "type": "object",
    "description": "A schema.org DataFeed of Claim.",
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "DataFeed"},
        "@id": URL,
        "url": URL,
        "license": URL,
        "publisher": at_least(**{"@type": {"const": "Organization"}}, name=TEXT),
        "dataFeedElement": listed(
            at_least(
                **{"@type": {"const": "Claim"}, "@id": URL},
                url=URL,
                identifier=SLUG,
                name=ATTRIBUTION,
                temporal=TEXT,
                appearance=listed(at_least(**{"@type": {"const": "Quotation"}, "@id": URL})),
                isBasedOn=listed(at_least(**{"@id": URL})),
            )
        ),
    },
    "required": ["@context", "@type", "@id", "url", "license", "publisher", "dataFeedElement"],
    "additionalProperties": False,
}
CSL: Schema = {
    "type": "array",
    "description": "A reference in CSL-JSON.",
    "items": at_least(id=SLUG, type=TEXT, title=TEXT, issued={"type": "object"}, accessed={"type": "object"}, URL=URL),
    "minItems": 1,
    "maxItems": 1,
}

OEMBED: Schema = {
    "type": "object",
    "description": "What a page looks like within another one (oEmbed 1.0).",
    "properties": {
        "version": {"const": "1.0"},
        "type": one_of(["rich", "link"]),
        "title": ATTRIBUTION,
        "provider_name": TEXT,
        "provider_url": URL,
        "cache_age": NUMBER,
        "html": TEXT,
        "width": NUMBER,
        "height": NUMBER,
        "thumbnail_url": URL,
        "thumbnail_width": NUMBER,
        "thumbnail_height": NUMBER,
    },
    "required": ["version", "type", "title", "provider_name", "provider_url", "cache_age"],
    "additionalProperties": False,
}
TABLE: Schema = {
    "type": "object",
    "description": "The columns of a table (CSV on the Web, W3C 2015).",
    "properties": {
        "@context": listed({"type": ["string", "object"]}),
        "url": URL,
        "dc:title": TEXT,
        "dc:description": TEXT,
        "dialect": {"type": "object"},
        "tableSchema": at_least(columns=listed(at_least(name=TEXT, titles=TEXT))),
    },
    "required": ["@context", "url", "dc:title", "dc:description", "dialect", "tableSchema"],
    "additionalProperties": False,
}

ANSWERS: dict[str, Schema] = {
    "Annotations": ANNOTATIONS,
    "ChangeList": record(results=listed(ref("Change")), next=maybe(URL), audit=maybe(AUDIT_HEAD)),
    "ClaimInView": widened(BRIEF, lanes=listed(TEXT)),
    "ClaimList": CLAIM_LIST,
    "Comparison": COMPARISON,
    "Csl": CSL,
    "Document": at_least(
        openapi=TEXT,
        info={"type": "object"},
        servers=listed({"type": "object"}),
        paths={"type": "object"},
        components={"type": "object"},
    ),
    "Evidence": EVIDENCE,
    "FeedOfClaims": FEED_OF_CLAIMS,
    "NotFound": widened(PROBLEM, detail=TEXT),
    "Oembed": OEMBED,
    "Part": record(**{"from": DAY, "to": DAY, "count": NUMBER, "possible": NUMBER, "url": URL}),
    "Refusal": REFUSAL,
    "Table": TABLE,
    "Timeline": TIMELINE,
    "WithdrawnClaim": widened(PROBLEM, id=SLUG, withdrawn=maybe(MOMENT), reason=TEXT),
    "WithdrawnEvent": widened(PROBLEM, slug=SLUG, withdrawn=MOMENT, reason=TEXT),
}
