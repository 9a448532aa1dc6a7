"""What must hold between the cells of a row, between rows, and between texts."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from claims.dossier.cell_format import split_list
from claims.dossier.faults import Faults, quote
from claims.dossier.package.resources import Package, Row, TableResource
from claims.models import ChangeKind, EvidenceRole, State, digest
from conflict_site.base.json_places import Lines

Problem = tuple[Row, str, str]  # the row, the column, what is wrong
Rule = Callable[[TableResource, Package], Iterator[Problem]]
SUPPORTED = (State.IN_REVIEW, State.PUBLISHED)  # states in which a claim needs a citation, a position evidence
DATE_COLUMNS = {"events": "date", "claims": "said"}


def check(package: Package, faults: Faults) -> None:
    """Add to the faults every breach of the rules."""
    for name, rules in RULES.items():
        resource = package.tables.get(name)
        if resource and resource.columns:
            for row, column, problem in chain.from_iterable(rule(resource, package) for rule in rules):
                if not row.broken:
                    faults.add(resource.path, problem, row.line, column)
    _check_texts(package, faults)


def _differ(first: str, second: str, problem: str) -> Rule:
    """The rule that two columns differ."""

    def rule(resource: TableResource, package: Package) -> Iterator[Problem]:
        for row in resource.rows:
            if row.cells[first] and row.cells[first] == row.cells[second]:
                yield row, second, problem

    return rule


def _languages_fit(resource: TableResource, package: Package) -> Iterator[Problem]:
    for row in resource.rows:
        names, languages = split_list(row.cells["other_names"]), split_list(row.cells.get("other_names_lang", ""))
        if languages and len(languages) != len(names):
            yield row, "other_names_lang", f"{len(languages)} languages for {len(names)} other names"


def _orders_are_unique(resource: TableResource, package: Package) -> Iterator[Problem]:
    seen = set()
    for row in resource.rows:
        order = (row.cells["issue"], row.cells["order"])
        if order in seen:
            yield row, "order", f"the issue has another stance with the order {order[1]}"
        seen.add(order)


def _first_day_is_known(resource: TableResource, package: Package) -> Iterator[Problem]:
    """From review on, the first day of a date is known."""
    column = DATE_COLUMNS[resource.table.name]
    for row in resource.rows:
        if row.cells["state"] != State.DRAFT and row.cells[column].startswith("../"):
            yield row, column, "the beginning of the period must be known; only a draft may leave it open"


def _sources_are_unique(resource: TableResource, package: Package) -> Iterator[Problem]:
    for row in resource.rows:
        more = split_list(row.cells.get("more_sources", ""))
        if more and not row.cells["source"]:
            yield row, "source", "it must not be empty where more_sources is not"
        elif row.cells["source"] in more:
            yield row, "more_sources", f"{quote(row.cells['source'])} stands already under source"


def _claims_rest_on_a_passage(resource: TableResource, package: Package) -> Iterator[Problem]:
    cited = {row.cells["claim"] for row in package.rows("citations")}
    for row in resource.rows if "citations" not in package.unreadable else []:
        if row.cells["state"] in SUPPORTED and row.cells["id"] not in cited:
            yield row, "id", f"{quote(row.cells['id'])} has no citation; only a draft may do without"


def _positions_are_shown(resource: TableResource, package: Package) -> Iterator[Problem]:
    shown = {row.cells["position"] for row in package.rows("evidence") if row.cells["role"] == EvidenceRole.SHOWS}
    for row in resource.rows if "evidence" not in package.unreadable else []:
        if row.cells["state"] in SUPPORTED and row.cells["id"] not in shown:
            yield row, "id", f"no claim shows the position {quote(row.cells['id'])}; only a draft may do without"


def _checks_are_whole(resource: TableResource, package: Package) -> Iterator[Problem]:
    for row in resource.rows:
        day, sha256 = row.cells.get("checked", ""), row.cells.get("checked_sha256", "")
        if bool(day) != bool(sha256):
            yield row, "checked", "the day and the SHA-256 of the text belong together; one of them is missing"


def _voices_are_numbered(resource: TableResource, package: Package) -> Iterator[Problem]:
    """The voices of a claim are numbered 1, 2, 3 ... whatever the order of the rows."""
    chains = defaultdict(list)
    for row in resource.rows:
        chains[row.cells["claim"]].append(row)
    for claim, rows in chains.items():
        numbers = {row.cells["order"] for row in rows}
        missing = next((number for number in range(1, len(rows) + 1) if str(number) not in numbers), 0)
        if missing:
            last = max(rows, key=lambda row: row.line)
            yield last, "order", f"the voices of {quote(claim)} are numbered without a gap; {missing} is missing"


def _targets_exist(resource: TableResource, package: Package) -> Iterator[Problem]:
    """Every row that is referred to by table and id is in the package."""
    there = {(name, row.cells["id"]) for name in package.tables for row in package.rows(name) if "id" in row.cells}
    for row in resource.rows:
        table, key = row.cells["table"], row.cells["id"]
        if table not in package.unreadable and (table, key) not in there:
            yield row, "id", f"the table {table} has no row with id {quote(key)}"


def _changes_say_why(resource: TableResource, package: Package) -> Iterator[Problem]:
    for row in resource.rows:
        if not row.cells["public_note"] and row.cells["kind"] != ChangeKind.PUBLICATION:
            yield row, "public_note", "it must not be empty; only a publication needs no reason"


def _takedowns_say_why(resource: TableResource, package: Package) -> Iterator[Problem]:
    for row in resource.rows:
        if row.cells["reason"].isspace():
            yield row, "reason", "it must say why"


def _captures_are_unaltered(resource: TableResource, package: Package) -> Iterator[Problem]:
    texts = {text.path: text.text for text in package.texts}
    for row in resource.rows:
        path = row.cells["path"]
        if path not in texts:
            yield row, "path", f"the package has no text {quote(path)}"
        elif digest(texts[path]) != row.cells["sha256"]:
            yield row, "sha256", f"the text {quote(path)} has been altered since"


def _check_texts(package: Package, faults: Faults) -> None:
    sources = {row.cells["id"] for row in package.rows("sources")}
    seen = set()
    for text in package.texts:
        if "sources" not in package.unreadable and text.source not in sources:
            faults.add(text.path, f"the table sources has no row with id {quote(text.source)}", 1, "1", alone=False)
        if not text.text.strip():
            faults.add(text.path, "it is empty", 1, "1", alone=False)
        elif "\0" in text.text:
            line, column = Lines(text.text).at(text.text.index("\0"))
            faults.add(text.path, "there is a NUL, which no text may hold; take it out", line, str(column))
        if (text.source, digest(text.text)) in seen:
            faults.add(text.path, "it is the same as another text of its source", 1, "1", alone=False)
        seen.add((text.source, digest(text.text)))


RULES: dict[str, list[Rule]] = {
    "actors": [_languages_fit],
    "affiliations": [_differ("person", "organisation", "nobody is a member of oneself")],
    "stances": [_orders_are_unique],
    "events": [_first_day_is_known, _sources_are_unique],
    "claims": [_first_day_is_known, _claims_rest_on_a_passage],
    "attributions": [_voices_are_numbered],
    "citations": [_checks_are_whole],
    "relations": [_differ("from", "to", "a claim has no relation to itself")],
    "positions": [_positions_are_shown],
    "records": [_targets_exist],
    "snapshots": [_captures_are_unaltered],
    "takedowns": [_takedowns_say_why],
    "changes": [_targets_exist, _changes_say_why],
    "old_slugs": [_targets_exist],
}
