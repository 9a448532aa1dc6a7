"""What the records hold that the site gives to programs, as JSON Schema: the components of the OpenAPI document."""

from actors.models import Kind
from claims.api.words import (
    ATTRIBUTION,
    CHECK,
    COUNTED,
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
    either,
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
from claims.evidence import Shown
from claims.models import (
    Act,
    Basis,
    ChangeKind,
    CitationStatus,
    EventKind,
    EvidenceRole,
    Form,
    Identification,
    RelationKind,
    SourceKind,
)
from claims.positions import turns
from claims.wording import TAKEN_DOWN

STATUS = one_of([*CitationStatus.values, TAKEN_DOWN])
DATE = record(
    "A date as precise as its source and no more (EDTF, ISO 8601-2), with its first and its last possible day.",
    edtf=TEXT,
    text={"type": "string", "description": "The source's own words for it; empty where they add nothing."},
    earliest=maybe(DAY),
    latest=maybe(DAY),
)
ACTOR = record("An actor in short.", slug=SLUG, name=TEXT, kind=one_of(Kind.values), url=URL)
THING = record("An issue, source or event in short.", slug=SLUG, title=TEXT, url=URL)
SPAN = record(
    "How many claims, and the first and last possible day of them.", count=NUMBER, first=maybe(DAY), last=maybe(DAY)
)
TALLY = record(
    "How many claims, from how many sources, over which time.",
    count=NUMBER,
    sources=NUMBER,
    first=maybe(DAY),
    last=maybe(DAY),
)
BRIEF = record(
    "A claim in short. Its own record has the rest.",
    id=SLUG,
    url=URL,
    attribution=ATTRIBUTION,
    said=record(text=TEXT, earliest=maybe(DAY), latest=maybe(DAY)),
)
STEP = record(
    "A voice that passes the claim on; the outermost comes first.",
    order=NUMBER,
    actor=ref("Actor"),
    as_stated=TEXT,
    cue=TEXT,
    identification=one_of(Identification.values),
)
CITATION = record(
    "A passage that the claim rests on. Its words are null where they may not be given.",
    source=ref("Thing"),
    source_url=OUTWARD,
    archive_url=OUTWARD,
    exact=maybe(TEXT),
    prefix=maybe(TEXT),
    suffix=maybe(TEXT),
    translation=maybe(TEXT),
    locator=TEXT,
    language=TEXT,
    translator=TEXT,
    machine_translated=FLAG,
    status=STATUS,
    **CHECK,
)
CLAIM = record(
    "One thing that one speaker is said to have said.",
    id=SLUG,
    url=URL,
    attribution=ATTRIBUTION,
    speaker=ref("Actor"),
    as_stated={"type": "string", "description": "How the source names the speaker."},
    on_behalf_of=maybe(ref("Actor")),
    act=one_of(Act.values),
    form=one_of(Form.values),
    content={"type": "string", "description": "What is said; what is denied where the act is denies."},
    said=ref("Date"),
    published=maybe(ref("Date")),
    recorded=MOMENT,
    about=maybe(ref("Date")),
    occasion=TEXT,
    issues=listed(ref("Thing")),
    events=listed(ref("Thing")),
    addressees=listed(ref("Actor")),
    chain=listed(ref("Step")),
    citations=listed(ref("Citation")),
)
RELATION = record(
    "How one claim stands to another.",
    **{"from": SLUG, "kind": one_of(RelationKind.values), "to": SLUG, "basis": one_of(Basis.values), "note": TEXT},
)
POSITION = record(
    "A stance stated by one actor on one issue, from the first to the last claim that shows it.",
    id=SLUG,
    actor=ref("Actor"),
    issue=ref("Thing"),
    stance=TEXT,
    summary=TEXT,
    begins=DAY,
    ends=DAY,
    evidence=listed(widened(BRIEF, role=one_of(EvidenceRole.values))),
)
STANCED = widened(BRIEF, stance=TEXT)
CHANGE_OF_STANCE = record(
    "The last statement of one stance and the first of the next.",
    actor=ref("Actor"),
    before=STANCED,
    after=STANCED,
    notes=listed(TEXT),
)
WITHOUT_STANCE = widened(
    BRIEF,
    actor=ref("Actor"),
    issue=ref("Thing"),
    note={"type": "string", "description": "That it is on file, and for whom its stance is recorded if for another."},
)
TURN = widened(
    BRIEF,
    number=NUMBER,
    stance=TEXT,
    position=SLUG,
    form=one_of(Form.values),
    quote=maybe(TEXT),
    passage_url=URL,
    change=maybe(record(kind=one_of(turns.KINDS), words=TEXT, notes=listed(TEXT))),
    bearing=listed(widened(BRIEF, how=TEXT, note=TEXT)),
)
STORY = sometimes(
    record(
        "How one actor moved on one issue: statements that show another stance than the one before, and all others.",
        **HORIZON,
        issue=ref("Thing"),
        question=TEXT,
        actor=ref("Actor"),
        url=URL,
        summary=TEXT,
        claims=ref("Span"),
        turns=listed(ref("Turn")),
        gaps=listed(record(**{"from": DAY, "to": DAY})),
        statements=listed(
            widened(
                BRIEF,
                turn=maybe(NUMBER),
                role=maybe(one_of(EvidenceRole.values)),
                stance=maybe(TEXT),
                under=maybe(ref("Actor")),
            )
        ),
    ),
    left_out=ref("Counted"),
)
STANCES = listed(record(slug=SLUG, label=TEXT))
ACTOR_PAGE = widened(
    ACTOR,
    **HORIZON,
    description=TEXT,
    wikidata=TEXT,
    names=listed(record(name=TEXT, language=TEXT)),
    roles=listed(ref("Role")),
    members=listed(ref("Role")),
    claims=widened(TALLY, by_capacity=mapped(NUMBER)),
    claims_url=URL,
    positions=listed(ref("Position")),
    without_stance=either(listed(ref("WithoutStance")), ref("Counted")),
    events=listed(ref("Thing")),
)
ISSUE_PAGE = widened(
    THING,
    **HORIZON,
    question=TEXT,
    scope_note=TEXT,
    stances=STANCES,
    claims=ref("Tally"),
    claims_url=URL,
    positions=listed(ref("Position")),
    without_stance=either(listed(ref("WithoutStance")), ref("Counted")),
    changes=listed(ref("ChangeOfStance")),
)
SOURCE_PAGE = widened(
    THING,
    kind=one_of(SourceKind.values),
    publisher=ref("Actor"),
    author=TEXT,
    source_url=OUTWARD,
    archive_url=OUTWARD,
    language=TEXT,
    published=maybe(ref("Date")),
    accessed=maybe(DAY),
    rights=TEXT,
    text_is_held=FLAG,
    text_is_public=FLAG,
    text_shown=one_of(Shown),
    taken_down=maybe(record(at=MOMENT, reason=TEXT)),
    sha256=maybe(TEXT),
    citations=listed(
        record(
            claim=ref("ClaimInShort"),
            exact=maybe(TEXT),
            locator=TEXT,
            language=TEXT,
            translation=maybe(TEXT),
            translator=TEXT,
            status=STATUS,
            **CHECK,
        )
    ),
    next=maybe(URL),
    events=listed(ref("Thing")),
)
EVENT_PAGE = widened(
    THING,
    kind=one_of(EventKind.values),
    date=ref("Date"),
    place=TEXT,
    description=TEXT,
    participants=listed(ref("Actor")),
    sources=listed(ref("Thing")),
    claims=listed(ref("ClaimInShort")),
    claims_url=URL,
)
CHANGE = record(
    "An entry of the log of changes; the address is null where nothing is left to lead to.",
    at=MOMENT,
    kind=one_of(ChangeKind.values),
    object=record(type=one_of(["claim", "event", "position", "source"]), id=SLUG),
    url=maybe(URL),
    note=TEXT,
)

SCHEMAS: dict[str, Schema] = {
    "Actor": ACTOR,
    "ActorPage": ACTOR_PAGE,
    "ActorRow": widened(ACTOR, description=TEXT, claims=ref("Span")),
    "Change": CHANGE,
    "ChangeOfStance": CHANGE_OF_STANCE,
    "WithoutStance": WITHOUT_STANCE,
    "Counted": COUNTED,
    "Citation": CITATION,
    "Claim": CLAIM,
    "ClaimInShort": BRIEF,
    "ClaimPage": widened(CLAIM, relations=listed(ref("Relation"))),
    "Date": DATE,
    "EventPage": EVENT_PAGE,
    "EventRow": widened(THING, kind=one_of(EventKind.values), date=ref("Date"), place=TEXT, claims=ref("Span")),
    "IssuePage": ISSUE_PAGE,
    "IssueRow": widened(THING, question=TEXT, stances=STANCES, claims=ref("Span")),
    "Position": POSITION,
    "Relation": RELATION,
    "Role": record(role=TEXT, actor=ref("Actor"), start=maybe(ref("Date")), end=maybe(ref("Date"))),
    "SourcePage": SOURCE_PAGE,
    "SourceRow": widened(
        THING,
        kind=one_of(SourceKind.values),
        publisher=ref("Actor"),
        language=TEXT,
        published=maybe(ref("Date")),
        claims=record(count=NUMBER),
    ),
    "Span": SPAN,
    "Step": STEP,
    "Story": STORY,
    "Tally": TALLY,
    "Thing": THING,
    "Turn": TURN,
    "ActorList": paged(ref("ActorRow")),
    "IssueList": paged(ref("IssueRow"), **HORIZON),
    "SourceList": paged(ref("SourceRow")),
    "EventList": paged(ref("EventRow")),
}
