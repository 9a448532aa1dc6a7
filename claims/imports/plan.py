"""What an import would do with each statement: new, changed, the same, or refused and why. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import batched, pairwise

from claims.capture import address_key
from claims.dossier import Fault, quote
from claims.imports import reading_dates, web
from claims.imports.matching import Matched, match
from claims.imports.statements import Statement
from claims.models import Act, Citation, Claim, Form, ImportedRow, Issue, Source, SourceKind, State
from conflict_site.base import edtf
from conflict_site.base.languages import LANGUAGES
from conflict_site.base.spelling import spelling
from conflict_site.base.text import fold

BATCH = 500
LONGEST = {"quote": 1000, "content": 5_000, "title": 400, "locator": 100, "occasion": 300, "speaker": 300, "id": 200}
UKRAINIAN, CYRILLIC = set("іїєґІЇЄҐ"), range(0x400, 0x500)


class What(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(slots=True)
class Outcome:
    """What becomes of a statement. ``claim`` is the one on file, ``url`` the tidied address of its document."""

    statement: Statement
    what: What = What.REFUSED
    claim: Claim | None = None
    row: ImportedRow | None = None
    url: str = ""
    said: str = ""
    published: str = ""
    language: str = ""
    issues: list[int] = field(default_factory=list)

    def refuse(self, name: str, words: str) -> None:
        """Refuse the statement for what stands under a field."""
        self.statement.fault(name, words)
        self.what = What.REFUSED

    @property
    def faults(self) -> list[Fault]:
        """Why it is refused."""
        return self.statement.faults


@dataclass(slots=True)
class Plan:
    """What an import would do: an outcome for each statement, in their order, and what the names mean."""

    outcomes: list[Outcome]
    matched: Matched
    sources: dict[str, Source]  # by the key of their addresses
    publishers: dict[str, int]  # by host

    def count(self) -> Counter[str]:
        """How many statements there are of each outcome."""
        return Counter(outcome.what.value for outcome in self.outcomes)


def plan(statements: list[Statement], *, dates: str = reading_dates.AS_WRITTEN) -> Plan:
    """What an import of these statements would do."""
    matched = match(_names(statements))
    sources, publishers = _sources()
    known = Known(statements, matched, sources)
    outcomes = [_outcome(statement, known, dates) for statement in statements]
    _check_pairs(outcomes)
    return Plan(outcomes, matched, sources, publishers)


def _names(statements: list[Statement]) -> Iterator[str]:
    """The names to be matched; of what no text may hold nobody is asked."""
    for statement in statements:
        yield from (name for name in map(statement.cell, ("speaker", "publisher")) if not _has_odd_signs(name))


def _sources() -> tuple[dict[str, Source], dict[str, int]]:
    """The sources on file by the keys of their addresses, and the publisher that each host has most often.

    The address of one that was merged into another is the other's too.
    """
    found: dict[str, Source] = {}
    hosts: dict[str, Counter[int]] = defaultdict(Counter)
    rows = {source.pk: source for source in Source._base_manager.order_by("-pk")}
    for source in rows.values():
        for key in filter(None, map(address_key, (source.archive_url, source.url))):
            found[key] = rows[source.merged_into_id or source.pk]
        if source.url and not source.merged_into_id:
            hosts[web.host(source.url)][source.publisher_id] += 1
    return found, {host: count.most_common(1)[0][0] for host, count in hosts.items()}


class Known:
    """What is on file, as far as these statements may meet it."""

    def __init__(self, statements: list[Statement], matched: Matched, sources: dict[str, Source]) -> None:
        self.matched, self.sources = matched, sources
        self.seen: dict[str, Statement] = {}
        self.rows = {
            row.key: row
            for keys in batched({one.key for one in statements}, BATCH)
            for row in ImportedRow.objects.filter(key__in=keys).select_related("claim")
        }
        self.issues: dict[str, int] = {}
        for issue in Issue.objects.all():
            self.issues |= {issue.slug: issue.pk, fold(issue.title): issue.pk}
        self.quoted = self._quoted(statements)

    def _quoted(self, statements: list[Statement]) -> dict[tuple[int, int, str], Claim]:
        """The claims on file by source, speaker and words, for the sources of these statements."""
        wanted = {self.sources[key].pk for one in statements if (key := web.key(one.cell("url"))) in self.sources}
        return {
            (citation.source_id, citation.claim.speaker_id, spelling(citation.exact)): citation.claim
            for keys in batched(wanted, BATCH)
            for citation in Citation.objects.filter(source__in=keys).select_related("claim")
        }


def _outcome(statement: Statement, known: Known, dates: str) -> Outcome:
    outcome = Outcome(statement)
    if statement.faults:
        return outcome
    _read(outcome, known, dates)
    if outcome.faults:
        return outcome
    first = known.seen.setdefault(statement.key, statement)
    if first is statement:
        _compare(outcome, known)
    elif first.digest == statement.digest:
        outcome.what = What.SAME
    else:
        outcome.refuse("quote", f"the same statement stands already on line {first.line}, with other details")
    return outcome


def _read(outcome: Outcome, known: Known, dates: str) -> None:
    """Read the cells of a statement, and note what can't be taken."""
    statement = outcome.statement
    for name, cell in statement.cells.items():
        if problem := _problem(cell, LONGEST.get(name, 1000)):
            outcome.refuse(name, problem)
    for name in ("speaker", "quote", "url"):
        if not statement.cell(name):
            outcome.refuse(name, "it must not be empty")
    if outcome.faults:
        return
    _read_names(outcome, known)
    try:
        outcome.url = web.tidy(statement.cell("url"))
    except ValueError as error:
        outcome.refuse("url", str(error))
    outcome.said = _date(outcome, "said", dates)
    outcome.published = _date(outcome, "published", dates)
    _read_choices(outcome)
    outcome.issues = list(_issues(outcome, known))
    outcome.language = _language(outcome)


def _read_names(outcome: Outcome, known: Known) -> None:
    for name in ("speaker", "publisher"):
        written = outcome.statement.cell(name)
        if written and written not in known.matched.actors and written not in known.matched.new:
            outcome.refuse(name, f"{quote(written)} is nobody on file for certain; confirm whom it means")


def _date(outcome: Outcome, name: str, order: str) -> str:
    try:
        return reading_dates.read(outcome.statement.cell(name), order)
    except edtf.InvalidDate as error:
        outcome.refuse(name, str(error))
        return ""


def _read_choices(outcome: Outcome) -> None:
    for name, choices in (("act", Act), ("form", Form), ("kind", SourceKind)):
        cell = outcome.statement.cell(name)
        if cell and cell not in choices.values:
            outcome.refuse(name, f"{quote(cell)} is none of {', '.join(choices.values)}")


def _issues(outcome: Outcome, known: Known) -> Iterator[int]:
    for written in filter(None, map(str.strip, outcome.statement.cell("issues").split(";"))):
        found = known.issues.get(written) or known.issues.get(fold(written))
        if found is None:
            outcome.refuse("issues", f"there is no issue {quote(written)}")
        else:
            yield found


def _language(outcome: Outcome) -> str:
    """The code of the language of the words: as given, or by their letters."""
    given = outcome.statement.cell("language").lower()
    if given and given not in LANGUAGES:
        outcome.refuse("language", f"{quote(given)} is no code of a language, such as en, ru or uk")
    words = outcome.statement.cell("quote")
    letters = "uk" if UKRAINIAN & {*words} else "ru" if any(ord(sign) in CYRILLIC for sign in words) else "en"
    return given or letters


def _problem(cell: str, longest: int) -> str:
    if _has_odd_signs(cell):
        return "it holds signs that no text may hold"
    return f"it has {len(cell):,} characters; at most {longest:,} are taken" if len(cell) > longest else ""


def _has_odd_signs(cell: str) -> bool:
    return "\0" in cell or any("\ud800" <= sign <= "\udfff" for sign in cell)


def _compare(outcome: Outcome, known: Known) -> None:
    """Compare a statement that can be taken with what became of it before."""
    statement = outcome.statement
    row = outcome.row = known.rows.get(statement.key)
    if row is None:
        outcome.claim = _on_file(outcome, known)
        outcome.what = What.SAME if outcome.claim else What.NEW
        return
    claim = outcome.claim = row.claim
    if row.digest == statement.digest:
        outcome.what = What.SAME
    elif claim is None:
        outcome.refuse("quote", "somebody has removed the claim that it became; enter it anew at the desk")
    elif claim.state != State.DRAFT:
        outcome.refuse("quote", f"the claim {claim} is {claim.get_state_display().lower()}; edit it at the desk")
    elif claim.version != row.version:
        outcome.refuse("quote", f"somebody has worked on the claim {claim} since; edit it at the desk")
    else:
        outcome.what = What.CHANGED


def _on_file(outcome: Outcome, known: Known) -> Claim | None:
    """The claim of the same words by the same speaker from the same document, if there is one."""
    source = known.sources.get(address_key(outcome.url))
    speaker = known.matched.actors.get(outcome.statement.cell("speaker"))
    if source is None or speaker is None:
        return None
    return known.quoted.get((source.pk, speaker, spelling(outcome.statement.cell("quote"))))


def _check_pairs(outcomes: list[Outcome]) -> None:
    """What assesses a statement, and stands right behind it, comes in with it or not at all."""
    for one, other in pairwise(outcomes):
        if other.statement.assesses and other.statement.assesses == one.statement.key:
            _bind(one, other)
            _bind(other, one)


def _bind(outcome: Outcome, half: Outcome) -> None:
    if outcome.what is What.REFUSED and half.what in (What.NEW, What.CHANGED):
        half.refuse("quote", f"the other half of this item is refused: {outcome.faults[0].message}")
