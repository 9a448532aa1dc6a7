"""How often the reading desk proposes what a curator entered: for passages of the opening dossier, taken as if new.

Needs the texts that are kept outside the repository: `ATTRIBUTED_SHARED` names the folder that has them. 200 passages
are drawn from all that are found in their texts, the same every time; the claim that a passage belongs to is taken as
if it were not on file. Prints for each kind of passage how often the first proposal is right.
"""

import csv
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command
from django.test.utils import setup_databases, teardown_databases

from claims.capture import capture
from claims.evidence import Span
from claims.models import Citation, Source
from claims.proposals import Reading, propose

PASSAGES = 200
TURN, PASSED_ON, OWN, TELLING = (
    "a transcript’s turn",
    "… which passes on others’ words",
    "a text without turns",
    "an article",
)
KINDS = (TURN, PASSED_ON, OWN, TELLING)
FIELDS = ("speaker", "date", "form", "act", "issue", "on behalf of")


def capture_texts(shared: Path, number: int | None = None) -> None:
    """Keep the texts of the opening dossier, which is loaded, as if they had been captured; or so many, by lot."""
    with open(shared / "dossier" / "texts.csv", encoding="utf-8") as index:
        files = {row["source"]: shared / "dossier" / row["file"] for row in csv.DictReader(index)}
    files["se-article"] = shared / "seed" / "article.txt"
    slugs = sorted(files) if number is None else random.Random(2022).sample(sorted(files), number)
    for slug, file in ((slug, files[slug]) for slug in slugs):
        capture(Source.objects.get(slug=slug), file.read_text(encoding="utf-8"))


def drawn(number: int | None = None) -> list[Citation]:
    """The passages that are found in their texts; or so many, by lot."""
    found = Citation.objects.filter(status="verified").order_by("source__slug", "claim__slug", "start")
    rows = list(found.select_related("claim", "snapshot", "source").prefetch_related("claim__issues", "claim__steps"))
    return rows if number is None else random.Random(2022).sample(rows, number)


def kind(citation: Citation, reading: Reading) -> str:
    """What sort of passage it is."""
    if reading.passage.turn:
        return PASSED_ON if citation.claim.steps.all() else TURN
    return OWN if reading.is_own_words else TELLING


def right(citations: Iterable[Citation]) -> Iterator[tuple[str, dict[str, bool]]]:
    """For each passage its kind, and which proposals are what was entered."""
    for citation in citations:
        claim, span = citation.claim, Span(citation.start or 0, citation.end or 0)
        reading = Reading.of(citation.source, citation.snapshot.text if citation.snapshot else "", span, claim.pk)
        found = {name: proposal.value for name, proposal in propose(reading).items()}
        issues = {issue.pk for issue in claim.issues.all()}
        yield (
            kind(citation, reading),
            {
                "speaker": found.get("speaker") == claim.speaker_id,
                "date": found.get("said_edtf") == (claim.said.edtf if claim.said else None),
                "form": found.get("form") == claim.form,
                "act": found.get("act") == claim.act,
                "issue": bool({*found.get("issues", [])} & issues),
                "on behalf of": found.get("on_behalf_of") == claim.on_behalf_of_id,
            },
        )


def measured(citations: Iterable[Citation]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How many passages of each kind there are, and of how many each proposal is right."""
    there: Counter[str] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    for of_kind, outcome in right(citations):
        there[of_kind] += 1
        hits.update((of_kind, field) for field, is_right in outcome.items() if is_right)
    return there, hits


def table(there: Counter[str], hits: Counter[tuple[str, str]]) -> Iterator[str]:
    """The table of the documentation, in Markdown."""
    yield f"| passage stands in | passages | {' | '.join(FIELDS)} |"
    yield f"|---|{'---|' * (len(FIELDS) + 1)}"
    for of_kind in KINDS:
        shares = [f"{100 * hits[of_kind, field] / max(there[of_kind], 1):.0f} %" for field in FIELDS]
        yield f"| {of_kind} | {there[of_kind]} | {' | '.join(shares)} |"
    total = sum(there.values())
    shares = [f"{100 * sum(hits[one, field] for one in KINDS) / total:.0f} %" for field in FIELDS]
    yield f"| all | {total} | {' | '.join(shares)} |"


def main() -> None:
    if "ATTRIBUTED_SHARED" not in os.environ:
        sys.exit("ATTRIBUTED_SHARED names no folder with the texts that this needs.")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_dossier", ROOT / "data" / "opening", verbosity=0)
        capture_texts(Path(os.environ["ATTRIBUTED_SHARED"]))
        print("\n".join(table(*measured(drawn(PASSAGES)))))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
