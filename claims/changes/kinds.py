"""What kind of change an edit is, by what it touches: a changed statement is never a mere edit."""

from typing import Any

from claims.models import ChangeKind

# What a record states: who, what, when, which words. Whoever changes it corrects the record.
STATED = {
    "speaker", "on_behalf_of", "act", "form", "content", "said_edtf",  # of a claim
    "actor", "stance",  # of a position
    "date_edtf", "place",  # of an event
    "publisher", "published_edtf", "url",  # of a source
    "name", "wikidata_id",  # of an actor
    "question",  # of an issue
}  # fmt: skip
# The same of the rows that belong to it; a row that is taken away counts, too.
OF_PARTS = {
    "citations": {"source", "exact"},
    "steps": {"actor", "order"},
    "evidence": {"claim", "role"},
    "affiliations": {"organisation", "role", "start_edtf", "end_edtf"},
    "stances": {"label"},
}
# What readers understand it by. Whoever adds to it, or changes it, makes clearer what was there.
EXPLAINED = {
    "as_stated", "about_edtf", "occasion", "addressees", "issues", "events", "citations", "steps", "relations_out",
    "summary", "evidence", "title", "kind", "description", "participants", "sources", "names", "affiliations",
    "stances", "scope_note", "name_in_text", "language",
}  # fmt: skip

Values = dict[str, Any]


def proposed(before: Values, after: Values) -> ChangeKind:
    """The kind of change between two values of ``revisions.keyed``."""
    changed = {name for name in after if before.get(name) != after[name]}
    if changed & STATED or any(_restated(name, before[name], after[name]) for name in changed & {*OF_PARTS}):
        return ChangeKind.CORRECTION
    return ChangeKind.CLARIFICATION if changed & EXPLAINED else ChangeKind.EDIT


def refused(kind: str, before: Values, after: Values) -> str:
    """Why this is not the kind of the change; "" where it may be."""
    if kind == ChangeKind.EDIT and proposed(before, after) == ChangeKind.CORRECTION:
        return "This changes what the record states: it is a correction or a clarification, not a mere edit."
    return ""


def _restated(name: str, before: list[Values], after: list[Values]) -> bool:
    """Whether a row was taken away, or states something else; a new one beside the others restates nothing."""
    now = {row["id"]: row for row in after}
    return any(
        row["id"] not in now or any(row[column] != now[row["id"]][column] for column in OF_PARTS[name])
        for row in before
    )
