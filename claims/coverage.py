"""How far the record reaches: counts of what is public, so that a reader can judge its balance."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min

from claims import public
from claims.models import Citation, Claim


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a table of coverage."""

    label: str
    count: int
    slug: str = ""


def counts() -> dict[str, Any]:
    """How many claims, speakers and sources are public, and the first and the last day on which one was said."""
    claims = Claim.objects.published().aggregate(
        claims=Count("pk"),
        speakers=Count("speaker", distinct=True),
        first=Min("said_earliest"),
        last=Max("said_latest"),
    )
    return {**claims, "sources": public.sources().count()}


def tables() -> list[tuple[str, list[Share], str]]:
    """Public claims by speaker, issue, publisher, language of the passages and year, most first.

    Each with its title and the parameter of the claims browser that a share's slug fits.
    """
    claims = Claim.objects.published()
    cited = Citation.objects.filter(claim__in=claims.values("pk"))
    year = F("said_earliest__year")
    return [
        ("speaker", _shares(claims, F("speaker__name"), F("speaker__slug")), "speaker"),
        ("issue", _shares(claims, F("issues__title"), F("issues__slug")), "issue"),
        ("publisher", _shares(cited, F("source__publisher__name"), F("source__publisher__slug")), "publisher"),
        ("language", _shares(cited, F("language"), F("language")), "language"),
        ("year", _shares(claims, year, year), "said_from"),
    ]


def _shares(rows: Any, label: Any, key: Any) -> list[Share]:
    of = "claim" if rows.model is Citation else "pk"
    counted = rows.values(label=label, key=key).annotate(n=Count(of, distinct=True)).order_by("-n", "label")
    return [Share(str(row["label"]), row["n"], str(row["key"])) for row in counted if row["label"]]
