"""Which issues a passage bears on, by the words of earlier claims of each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from claims.models import Claim, ClaimWords
from conflict_site.base.words import words

MOST = 2_000  # claims that are read; the newest
NEAREST = 25  # of them, those whose issues count
AROUND = 0.25  # what a word beside the passage counts, against one of its own
SHORTEST = 3  # letters of a form that tells something


@dataclass(frozen=True)
class Learned:
    """The words of earlier claims, by key, with their issues; and how rare each word is."""

    held: Mapping[int, frozenset[str]]
    issues: Mapping[int, list[int]]
    rare: Mapping[str, float]


def learned(without: int | None = None) -> Learned:
    """The newest claims on file, of which one may be left out. Two queries."""
    newest = ClaimWords.objects.exclude(claim=without).order_by("-claim")[:MOST]
    held = {claim: frozenset(forms.split()) for claim, forms in newest.values_list("claim", "forms")}
    issues = defaultdict(list)
    for claim, issue in Claim.issues.through.objects.filter(claim__gte=min(held, default=0)).values_list(
        "claim", "issue"
    ):
        issues[claim].append(issue)
    often = Counter(form for forms in held.values() for form in forms)
    return Learned(held, issues, {form: log(len(held) / times) for form, times in often.items()})


def likely(passage: str, around: str, known: Learned) -> list[int]:
    """The issues that a passage may bear on, by key, likeliest first: those of the claims that are most like it."""
    asked = _forms(passage)
    beside = _forms(around) - asked
    near = sorted(
        ((_likeness(held, asked, beside, known.rare), claim) for claim, held in known.held.items()), reverse=True
    )
    scores: Counter[int] = Counter()
    for likeness, claim in near[:NEAREST]:
        for issue in known.issues.get(claim, ()) if likeness > 0 else ():
            scores[issue] += likeness  # type: ignore[assignment]
    return sorted(scores, key=lambda issue: (-scores[issue], issue))


def _forms(text: str) -> set[str]:
    return {form for word in words(text) for form in word.forms if len(form) >= SHORTEST}


def _likeness(held: frozenset[str], asked: set[str], beside: set[str], rare: Mapping[str, float]) -> float:
    """How much a claim's words are like these: the more and the rarer the words they share, and the fewer it has."""
    shared = sum(rare[form] ** 2 for form in asked & held) + AROUND * sum(rare[form] ** 2 for form in beside & held)
    return shared / sqrt(1 + sum(rare[form] ** 2 for form in held)) if shared else 0.0
