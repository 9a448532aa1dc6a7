"""Makes of a package one that brings drafts only: it publishes nothing, and rewrites no history."""

from claims.dossier.package.resources import Package
from claims.dossier.tables import SITE
from claims.models import Snapshot, Source, State, digest


def only_drafts(package: Package) -> list[str]:
    """Take out of a package, in place, all that is no draft; return in words what was taken out."""
    notes = []
    for name, resource in [*package.tables.items()]:
        if resource.table.has_state:
            for row in resource.rows:
                row.cells["state"] = State.DRAFT.value
        if resource.table.provenance or resource.table is SITE:
            del package.tables[name]
            notes += [f"{resource.path}: left out; only the command load_dossier takes it"] if resource.rows else []
    known = {*Source.objects.values_list("slug", flat=True)}
    held = {*Snapshot.objects.filter(source__slug__in=known).values_list("source__slug", "sha256")}
    texts = [text for text in package.texts if (text.source, digest(text.text)) not in held]
    kept = [text for text in texts if text.source not in known]
    if len(kept) < len(texts):
        notes.append("texts: those of sources on file are left out; capture them at the desk")
    package.texts = kept
    return notes
