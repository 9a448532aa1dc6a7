"""What a claim's own page prints, as plain values: its chain, clocks, role, relations, positions and history."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.db.models import Q
from django.urls import reverse

from actors.models import Actor, Affiliation
from claims.changes import history
from claims.evidence import corroboration as carried
from claims.evidence import passages
from claims.filtering import published_on
from claims.formats import linked_data
from claims.models import Change, ChangeKind, Claim, ClaimRelation, Issue, PositionEvidence, State
from claims.positions import between_known, neighbours
from claims.positions import relations as relating
from claims.wording import ClaimLine, Link, claim_lines, place, upper_first
from conflict_site.base import edtf
from conflict_site.base.addresses import Absolute

TITLE_LENGTH = 110
VOICE_NOTES = {
    "named": "",
    "role": "named by role only",
    "anonymous": "not named by the source",
    "collective": "a group",
    "implicit": "left unsaid by the source",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """A station on the way of the words: what it did with them, who it is, and what else is known of it."""

    cue: str
    label: str
    url: str
    note: str
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the three times in words, with a remark; ``is_open`` where the day is not known."""

    title: str
    when: str
    note: str = ""
    is_open: bool = False


def withdrawal(claim: Claim) -> Change | None:
    """The entry of the log that says why a claim was withdrawn."""
    return Change.objects.about(claim).filter(kind=ChangeKind.WITHDRAWAL).first()


def context(claim: Claim, absolute: Absolute) -> dict[str, Any]:
    """All that the page of a published claim prints. ``absolute`` makes an address of this site whole."""
    found, evidence = carried.relations(claim), positions_shown(claim)
    near = neighbours.neighbours(claim.pk, stories_with(claim, evidence))
    ends = [key for row in found for key in (row.from_claim_id, row.to_claim_id)]
    shown = ClaimLine.of(claim)
    claims = {claim.pk: shown, **claim_lines({*ends, *(key for each in near for key in each.claims)} - {claim.pk})}
    found = between_known(found, claims)
    related = relating.related(claim.pk, found, claims)
    known = {item.entry.key for _, group in related for item in group}
    known |= {claim.pk, *(member.key for member in carried.members(claim, found, claims))}
    return {
        "claim": claim,
        "e": shown,
        "title": shorten(shown.sentence, TITLE_LENGTH, placeholder=" …"),
        "url": absolute(claim.get_absolute_url()),
        "crumbs": [Link("Claims", reverse("claims:list")), *shown.issues[:1]],
        "chain": chain(claim),
        "clocks": clocks(claim),
        "passages": passages(claim),
        "roles": roles_then(claim),
        "addressees": claim.addressees.in_order(),
        "mentions": claim.mentions.in_order(),
        "events": claim.events.published(),
        "carried": carried.corroboration(claim, found, claims),
        "related": [*related, *relating.through_others(found, claims, known)],
        "evidence": evidence,
        "neighbours": neighbours.printed(near, claims),
        "history": history(claim),
        "json_ld": linked_data.in_html(linked_data.schema_claim(shown, absolute)),
    }


def relations(claim: Claim) -> list[ClaimRelation]:
    """The relations of a claim to other published claims, both ways, in the order in which they were entered."""
    public = Q(from_claim__state=State.PUBLISHED, to_claim__state=State.PUBLISHED)
    found = ClaimRelation.objects.filter(Q(from_claim=claim) | Q(to_claim=claim), public)
    return list(found.select_related("from_claim", "to_claim"))


def chain(claim: Claim) -> list[Voice]:
    """How the words reached the archive: the speaker, the voices that passed them on, innermost first, the document."""
    return [_speaker(claim), *_steps(claim), *_document(claim)]


def clocks(claim: Claim) -> list[Clock]:
    """When it was said, when it came out, and when it was recorded here."""
    return [_said(claim), _published(claim), Clock("Recorded", edtf.day(claim.created_at.date()))]


def roles_then(claim: Claim) -> list[Affiliation]:
    """The roles that the speaker held, or may have held, when it was said."""
    said = claim.said
    held = Affiliation.objects.filter(person=claim.speaker).select_related("organisation")
    return list(held.held_between(said.earliest, said.latest or said.earliest).order_by("start_earliest", "id"))


def positions_shown(claim: Claim) -> list[PositionEvidence]:
    """The published positions that this claim is evidence for or against."""
    evidence = PositionEvidence.objects.filter(claim=claim, position__state=State.PUBLISHED)
    return list(evidence.select_related("position__actor", "position__stance__issue"))


def stories_with(claim: Claim, evidence: Iterable[PositionEvidence]) -> list[tuple[Actor, Issue]]:
    """The actors in whose stories the claim stands, each with the issue.

    On an issue on which it is evidence these are those whose stance it shows; on others it is the speaker.
    """
    shown = [(item.position.actor, item.position.stance.issue) for item in evidence]
    coded = {issue for _, issue in shown}
    return [*dict.fromkeys(shown), *((claim.speaker, issue) for issue in claim.issues.all() if issue not in coded)]


def _speaker(claim: Claim) -> Voice:
    note = f"in the source: {claim.as_stated}" if claim.as_stated else "the source names nobody; the words are its own"
    unknown = claim.speaker.is_unnamed
    return Voice("said by", claim.speaker.name, claim.speaker.get_absolute_url(), note, unknown)


def _steps(claim: Claim) -> Iterable[Voice]:
    for step in reversed(claim.steps.all()):
        notes = [VOICE_NOTES[step.identification], f"in the source: {step.as_stated}" if step.as_stated else ""]
        cue = f"passed on by (“{step.cue}”)" if step.cue else "passed on by"
        unknown = step.actor.is_unnamed or step.identification in ("anonymous", "implicit")
        yield Voice(cue, step.actor.name, step.actor.get_absolute_url(), "; ".join(filter(None, notes)), unknown)


def _document(claim: Claim) -> Iterable[Voice]:
    cited = claim.citations.all()
    if cited:
        others = len({citation.source_id for citation in cited}) - 1
        more = f"and {others} other source{'s' if others > 1 else ''}" if others else ""
        note = ", ".join(filter(None, [place(cited[0].locator), more]))
        cue = "reported in" if ClaimLine.of(claim).document else "given in"
        yield Voice(cue, cited[0].source.label, cited[0].source.get_absolute_url(), note)


def _said(claim: Claim) -> Clock:
    said = claim.said
    unsaid = not (said.is_day or said.is_range)  # the words of a range say so themselves
    notes = ["The day is not stated." if unsaid else "", f"In the source: “{said.text}”." if said.text else ""]
    return Clock("Said", upper_first(said.words()), " ".join(filter(None, notes)), not said.is_day)


def _published(claim: Claim) -> Clock:
    day = published_on(claim)
    if day is None:
        return Clock("Published", "Not recorded", "No source on file has a date.", True)
    several = len({citation.source_id for citation in claim.citations.all()}) > 1
    return Clock("Published", upper_first(day.words()), "By the earliest source." if several else "", not day.is_day)
