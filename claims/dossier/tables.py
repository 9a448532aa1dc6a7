"""The one declaration of the data package: every table and column, in the order in which they are loaded and dumped."""

from actors.models import Actor, Affiliation
from claims.dossier.columns import ALL, FIRST, REST, WEB, date, maybe, needs, row_id, state, words_of
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
from conflict_site.models import Site

ACTORS = Table(
    "actors",
    Actor,
    "persons, states, bodies, media, collectives and unnamed speakers",
    ("id",),
    (
        row_id,
        needs("name", "name in English"),
        needs("kind", "kind of actor"),
        Column("description", "one neutral line, own words", needed=EXPECTED),
        Column("other_names", "other spellings, separated by ; (within a name \\;)", "names", part=ALL),
        Column("wikidata", "Wikidata id, only where certain", "wikidata_id", pattern=r"Q\d+"),
        maybe("name_in_text", "the name inside a sentence, where it differs: “the White House”"),
        maybe("sort_name", "the name in a directory, where it differs from surname first (persons) or name"),
        maybe("other_names_lang", "languages of the other names, in their order, separated by ;", "names", part=ALL),
    ),
)  # fmt: skip
AFFILIATIONS = Table(
    "affiliations",
    Affiliation,
    "roles of persons in states and bodies",
    ("person", "organisation", "role"),
    (
        needs("person", "actor id", to="actors"),
        needs("organisation", "actor id", to="actors"),
        needs("role", "role held"),
        date("start", "when it began"),
        date("end", "when it ended"),
        words_of("start"),
        words_of("end"),
    ),
)
ISSUES = Table(
    "issues",
    Issue,
    "questions on which statements are compared, in the order of the site",
    ("id",),
    (
        row_id,
        needs("title", "title"),
        needs("question", "neutral question"),
        Column("scope_note", "what belongs to the issue", needed=EXPECTED),
        maybe("order", "order on the site; that of the rows where the column is absent"),
    ),
    order=("order", "slug"),
)
STANCES = Table(
    "stances",
    Stance,
    "answers to the question of an issue; no for/against scale across issues",
    ("issue", "id"),
    (
        needs("issue", "issue id", to="issues"),
        needs("id", "stance id, unique within its issue", "slug"),
        needs("label", "neutral label"),
        needs("order", "order of display, 1 to 8, without rank"),
    ),
)
SOURCES = Table(
    "sources",
    Source,
    "documents on which the claims rest",
    ("id",),
    (
        row_id,
        needs("kind", "kind of document"),
        needs("title", "title as the publisher gives it, or a description where there is none"),
        needs("publisher", "actor id", to="actors"),
        Column("author", "author as named in the document"),
        Column("url", "address of the document", pattern=WEB),
        Column("archive_url", "address of an archived copy", pattern=WEB),
        needs("language", "language of the document, ISO 639", pattern="[a-z]{2,3}"),
        date("published", "date of publication", needed=EXPECTED),
        Column("rights", "rights in the text of the document", needed=EXPECTED),
        needs("text_is_public", "true where the whole text may be shown"),
        words_of("published"),
        maybe("accessed", "the day on which the document was read"),
    ),
)
EVENTS = Table(
    "events",
    Event,
    "occasions to which claims belong",
    ("id",),
    (
        row_id,
        needs("title", "neutral title, own words"),
        needs("kind", "kind of event"),
        date("date", "when it happened", needed=FROM_REVIEW),
        Column("date_text", "the date in the words of the source"),
        Column("place", "place"),
        Column("description", "neutral description, own words", needed=FROM_REVIEW),
        Column("participants", "actor ids, separated by ;", to="actors", part=ALL),
        Column("source", "source id", "sources", to="sources", part=FIRST, needed=FROM_REVIEW),
        maybe("more_sources", "source ids beyond the first, separated by ;", "sources", to="sources", part=REST),
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
        needs("speaker", "actor id of the person or body to whom the words are attributed", to="actors"),
        Column("as_stated", "the words by which the source names the speaker"),
        Column("on_behalf_of", "actor id of the state or body for which the speaker speaks", to="actors"),
        needs("act", "what the speaker does with the statement"),
        needs("form", "how the source gives the words"),
        Column("content", "the statement in our own neutral words, one that-clause", needed=FROM_REVIEW),
        date("said", "when it was said", needed=FROM_REVIEW),
        Column("said_text", "when it was said, in the words of the source"),
        date("about", "period of which the content speaks"),
        Column("occasion", "occasion"),
        Column("addressees", "actor ids, separated by ;", to="actors", part=ALL),
        Column("issues", "issue ids, separated by ;", to="issues", part=ALL, needed=FROM_REVIEW),
        Column("events", "event ids, separated by ;", to="events", part=ALL),
        words_of("about"),
        state,
    ),
)
ATTRIBUTIONS = Table(
    "attributions",
    AttributionStep,
    "the voices between the document and the speaker",
    ("claim", "order"),
    (
        needs("claim", "claim id", to="claims"),
        needs("order", "1 = outermost"),
        needs("actor", "actor id of the intermediary", to="actors"),
        Column("as_stated", "the words by which the source names the intermediary"),
        Column("cue", "reporting words in the source"),
        needs("identification", "how the intermediary is identified"),
    ),
    owner="claim",
)
CITATIONS = Table(
    "citations",
    Citation,
    "the passages on which the claims rest",
    ("claim", "source", "exact"),
    (
        needs("claim", "claim id", to="claims"),
        needs("source", "source id", to="sources"),
        needs("exact", "verbatim run of 4 to 25 words of the document"),
        Column("prefix", "up to 6 words before"),
        Column("suffix", "up to 6 words after"),
        Column("locator", "paragraph or turn in the text of the document"),
        needs("lang", "language of the quoted words, ISO 639", "language", pattern="[a-z]{2,3}"),
        maybe("translation", "the quoted words in English"),
        maybe("translator", "who translated them"),
        maybe("machine_translated", "true where a machine translated them"),
    ),
    owner="claim",
)
RELATIONS = Table(
    "relations",
    ClaimRelation,
    "how claims stand to one another",
    ("from", "to", "kind"),
    (
        needs("from", "claim id", "from_claim", to="claims"),
        needs("to", "claim id", "to_claim", to="claims"),
        needs("kind", "kind of relation"),
        needs("basis", "whether a source states the relation or a curator sees it"),
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
        needs("actor", "actor id", to="actors"),
        needs("issue", "issue id", to="issues", lookup="stance__issue__slug", derived=True),
        needs("stance", "stance id", to="stances", by=("issue", "stance")),
        Column("summary", "own words, at most 35", needed=FROM_REVIEW),
        state,
    ),
)
EVIDENCE = Table(
    "evidence",
    PositionEvidence,
    "claims that show, qualify or contradict a position",
    ("position", "claim", "role"),
    (
        needs("position", "position id", to="positions"),
        needs("claim", "claim id", to="claims"),
        needs("role", "what the claim does for the position"),
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
NAMED = (ACTORS, ISSUES, SOURCES, EVENTS, CLAIMS, POSITIONS)  # rows with a slug of their own
EDITORIAL = (EVENTS, CLAIMS, POSITIONS)
