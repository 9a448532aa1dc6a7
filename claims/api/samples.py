"""Things on file that examples can name, so that each of them works as it stands."""

from typing import Any

from claims.models import Claim, Event, public


def samples() -> dict[str, str]:
    """Slugs by what they name: the newest claim, its speaker, issue and source, another speaker, the newest event.

    What is not on file is missing.
    """
    published = Claim.objects.published()
    claim = published.newest_first().select_related("speaker").first()
    found: dict[str, Any] = {"event": Event.objects.published().first()}
    if claim:
        other = published.exclude(speaker=claim.speaker).newest_first().select_related("speaker").first()
        found |= {
            "claim": claim,
            "actor": claim.speaker,
            "issue": claim.issues.first(),
            "source": public.sources().filter(citations__claim=claim).first(),
            "other": other.speaker if other else None,
        }
    return {name: thing.slug for name, thing in found.items() if thing}
