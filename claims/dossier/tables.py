"""Every table of the data package, in the order in which they are loaded and dumped; each column is declared once."""

from actors.models import Actor, Affiliation
from claims.dossier.columns import ALL, FIRST, REST, WEB, date, date_words, optional, required, row_id, state
from claims.dossier.provenance_tables import CHANGES, OLD_SLUGS, RECORDS, SNAPSHOTS, TAKEDOWNS
from claims.dossier.schema import EXPECTED, FROM_REVIEW, Column, Table
from claims.models import (
    AttributionStep,
    Citation,
    Claim,
    ClaimRelation,
    Event,
    Issue,
    Position,
    PositionEvidence,
    Source,
    Stance,
)
from conflict_site.models import TAG, Site

ACTORS = Table(
    "actors",
    Actor,
    "persons, states, bodies, media, collectives and unnamed speakers",
    ("id",),
    (
        row_id,
        required("name", "name in English"),
        required("kind", "kind of actor"),
        Column("description", "one neutral line, own words", required=EXPECTED),
        Column("other_names", "other spellings, separated by ; (within a name \\;)", "names", list_items=ALL),
        Column("wikidata", "Wikidata id, only where certain", "wikidata_id", pattern=r"Q\d+"),
        optional("name_in_text", "the name inside a sentence, where it differs: “the White House”"),
        optional("sort_name", "the name in a directory, where it differs from surname first (persons) or name"),
        optional(
            "other_names_lang", "languages of the other names, in their order, separated by ;", "names", list_items=ALL
        ),
    ),
)  # fmt: skip
AFFILIATIONS = Table(
    "affiliations",
    Affiliation,
    "roles of persons in states and bodies",
    ("person", "organisation", "role"),
    (
        required("person", "actor id", target="actors"),
        required("organisation", "actor id", target="actors"),
        required("role", "role held"),
        date("start", "when it began"),
        date("end", "when it ended"),
        date_words("start"),
        date_words("end"),
    ),
)
ISSUES = Table(
    "issues",
    Issue,
    "questions on which statements are compared, in the order of the site",
    ("id",),
    (
        row_id,
        required("title", "title"),
        required("question", "neutral question"),
        Column("scope_note", "what belongs to the issue", required=EXPECTED),
        optional("order", "order on the site; that of the rows where the column is absent"),
    ),
    order=("order", "slug"),
)
STANCES = Table(
    "stances",
    Stance,
    "answers to the question of an issue; no for/against scale across issues",
    ("issue", "id"),
    (
        required("issue", "issue id", target="issues"),
        required("id", "stance id, unique within its issue", "slug"),
        required("label", "neutral label"),
        required("order", "order of display, 1 to 8, without rank"),
    ),
)
SOURCES = Table(
    "sources",
    Source,
    "documents on which the claims rest",
    ("id",),
    (
        row_id,
        required("kind", "kind of document"),
        required("title", "title as the publisher gives it, or a description where there is none"),
        required("publisher", "actor id", target="actors"),
        Column("author", "author as named in the document"),
        Column("url", "address of the document", pattern=WEB),
        Column("archive_url", "address of an archived copy", pattern=WEB),
        required("language", "language of the document, ISO 639", pattern="[a-z]{2,3}"),
        date("published", "date of publication", required=EXPECTED),
        Column("rights", "rights in the text of the document", required=EXPECTED),
        required("text_is_public", "true where the whole text may be shown"),
        date_words("published"),
        optional("accessed", "the day on which the document was read"),
        optional("text_may_be_kept", "true where the licence of the text allows to keep a copy"),
    ),
)
EVENTS = Table(
    "events",
    Event,
    "occasions to which claims belong",
    ("id",),
    (
        row_id,
        required("title", "neutral title, own words"),
        required("kind", "kind of event"),
        date("date", "when it happened", required=FROM_REVIEW),
        Column("date_text", "the date in the words of the source"),
        Column("place", "place"),
        Column("description", "neutral description, own words", required=FROM_REVIEW),
        Column("participants", "actor ids, separated by ;", target="actors", list_items=ALL),
        Column("source", "source id", "sources", target="sources", list_items=FIRST, required=FROM_REVIEW),
        optional(
            "more_sources", "source ids beyond the first, separated by ;", "sources", target="sources", list_items=REST
        ),
        state,
    ),
)
CLAIMS = Table(
    "claims",
    Claim,
    "statements: who said what, when",
    ("id",),
    (
        row_id,
        required("speaker", "actor id of the person or body to whom the words are attributed", target="actors"),
        Column("as_stated", "the words by which the source names the speaker"),
        Column("on_behalf_of", "actor id of the state or body for which the speaker speaks", target="actors"),
        required("act", "what the speaker does with the statement"),
        required("form", "how the source gives the words"),
        Column("content", "the statement in our own neutral words, one that-clause", required=FROM_REVIEW),
        date("said", "when it was said", required=FROM_REVIEW),
        Column("said_text", "when it was said, in the words of the source"),
        date("about", "period of which the content speaks"),
        Column("occasion", "occasion"),
        Column("addressees", "actor ids, separated by ;", target="actors", list_items=ALL),
        Column("issues", "issue ids, separated by ;", target="issues", list_items=ALL, required=FROM_REVIEW),
        Column("events", "event ids, separated by ;", target="events", list_items=ALL),
        date_words("about"),
        state,
    ),
)
ATTRIBUTIONS = Table(
    "attributions",
    AttributionStep,
    "the voices between the document and the speaker",
    ("claim", "order"),
    (
        required("claim", "claim id", target="claims"),
        required("order", "1 = outermost"),
        required("actor", "actor id of the intermediary", target="actors"),
        Column("as_stated", "the words by which the source names the intermediary"),
        Column("cue", "reporting words in the source"),
        required("identification", "how the intermediary is identified"),
    ),
    owner="claim",
)
CITATIONS = Table(
    "citations",
    Citation,
    "the passages on which the claims rest",
    ("claim", "source", "exact"),
    (
        required("claim", "claim id", target="claims"),
        required("source", "source id", target="sources"),
        required("exact", "verbatim run of 4 to 25 words of the document"),
        Column("prefix", "up to 6 words before"),
        Column("suffix", "up to 6 words after"),
        Column("locator", "paragraph or turn in the text of the document"),
        required("lang", "language of the quoted words, ISO 639", "language", pattern="[a-z]{2,3}"),
        optional("translation", "the quoted words in English"),
        optional("translator", "who translated them"),
        optional("machine_translated", "true where a machine translated them"),
        optional("checked", "the day on which the words were found in the text of the document", "checked_on"),
        optional("checked_sha256", "SHA-256 of that text, in UTF-8 and put into its one form", pattern="[0-9a-f]{64}"),
    ),
    owner="claim",
    spelled=("exact",),
)
RELATIONS = Table(
    "relations",
    ClaimRelation,
    "how claims stand to one another",
    ("from", "to", "kind"),
    (
        required("from", "claim id", "from_claim", target="claims"),
        required("to", "claim id", "to_claim", target="claims"),
        required("kind", "kind of relation"),
        required("basis", "whether a source states the relation or a curator sees it"),
        Column("note", "reason, own words"),
    ),
    owner="from",
)
POSITIONS = Table(
    "positions",
    Position,
    "the stance of an actor on an issue in one period",
    ("id",),
    (
        row_id,
        required("actor", "actor id", target="actors"),
        required("issue", "issue id", target="issues", lookup="stance__issue__slug", derived=True),
        required("stance", "stance id", target="stances", composite_key=("issue", "stance")),
        Column("summary", "own words, at most 35", required=FROM_REVIEW),
        state,
    ),
)
EVIDENCE = Table(
    "evidence",
    PositionEvidence,
    "claims that show, qualify or contradict a position",
    ("position", "claim", "role"),
    (
        required("position", "position id", target="positions"),
        required("claim", "claim id", target="claims"),
        required("role", "what the claim does for the position"),
    ),
    owner="position",
)
SITE = Table(
    "site",
    Site,
    "the site's own words: one row",
    (),
    (
        Column("title", "title"),
        Column("subtitle", "what the site is, in one sentence"),
        Column("about", "about the site, in Markdown"),
        Column("contact", "address for readers' reports"),
        optional(
            "tag_authority", "in whose name feeds give out ids, and since when: example.org,2026", pattern=TAG.pattern
        ),
    ),
    optional=True,
)
CONTENT = (
    ACTORS,
    AFFILIATIONS,
    ISSUES,
    STANCES,
    SOURCES,
    EVENTS,
    CLAIMS,
    ATTRIBUTIONS,
    CITATIONS,
    RELATIONS,
    POSITIONS,
    EVIDENCE,
    SITE,
)
TABLES = {table.name: table for table in (*CONTENT, RECORDS, SNAPSHOTS, TAKEDOWNS, CHANGES, OLD_SLUGS)}
WITH_SLUG = (ACTORS, ISSUES, SOURCES, EVENTS, CLAIMS, POSITIONS)
EDITORIAL = (EVENTS, CLAIMS, POSITIONS)
