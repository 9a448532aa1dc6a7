"""Actors, issues, sources, events and what is said of them as data for other programs."""

from collections.abc import Callable, Sequence
from functools import wraps
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from actors.models import Actor, Affiliation
from claims.evidence import Note
from claims.filtering import Horizon, Tally, refuse_unknown
from claims.formats import actor_record, check_record, date_record, thing_record
from claims.positions import ChangeOfStance, Evidence, Others, Story, all_of, on_file
from claims.wording import ClaimLine
from conflict_site.base.addresses import Absolute
from conflict_site.base.problems import problem


class PlainForm(forms.Form):
    """What an address that takes no parameters reads: whether it was sent one."""

    def clean(self) -> dict[str, Any]:
        """Refuse every parameter but those that other sites append to links."""
        refuse_unknown(self, "This address")
        return self.cleaned_data


def without_parameters(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view of an address that takes no parameters: a request with one is answered by 400, which names it."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = PlainForm(request.GET)
        return view(request, *args, **kwargs) if form.is_valid() else answer({"errors": form.errors}, status=400)

    return checked


def answer(data: dict[str, Any], status: int = 200) -> JsonResponse:
    """An answer for programs, which says where its next page is; an error as a problem."""
    if status >= 400:
        return problem(status, **data)
    headers = {"Link": f'<{data["next"]}>; rel="next"'} if data.get("next") else {}
    return JsonResponse(
        data,
        status=status,
        content_type="application/json; charset=utf-8",
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )


def office_record(office: Affiliation, other: Actor, absolute: Absolute) -> dict[str, Any]:
    """A role, with the actor at its other end."""
    held: Any = office
    return {
        "role": office.role,
        "actor": actor_record(other, absolute),
        "start": date_record(held.start),
        "end": date_record(held.end),
    }


def tally_record(tally: Tally) -> dict[str, Any]:
    """How many claims, from how many sources, over which time."""
    return {
        "count": tally.claims,
        "sources": tally.sources,
        "first": tally.first.isoformat() if tally.first else None,
        "last": tally.last.isoformat() if tally.last else None,
    }


def claim_record(entry: ClaimLine, absolute: Absolute) -> dict[str, Any]:
    """A claim in short: its attribution sentence and when it was said. Its own JSON has the rest."""
    return {
        "id": entry.slug,
        "url": absolute(entry.url),
        "attribution": entry.sentence,
        "said": {"text": entry.when, "earliest": entry.earliest or None, "latest": entry.latest or None},
    }


def position_records(evidence: Sequence[Evidence], absolute: Absolute) -> list[dict[str, Any]]:
    """The positions that the evidence shows in the order in which they begin, each with its period and its claims."""
    in_order = sorted((item for item in evidence if item.is_coded), key=lambda item: item.position)
    records = [_position(list(group), absolute) for _, group in groupby(in_order, key=lambda item: item.position)]
    return sorted(records, key=lambda record: record["begins"])


def filing_records(
    evidence: Sequence[Evidence], others: Others | None, absolute: Absolute
) -> list[dict[str, Any]] | dict[str, Any]:
    """What is on file without a coded stance of those for whom it stands, in the order in which it was said.

    Where it is counted: how much it is, and where it is listed.
    """
    if others:
        coded = len({item.claim for item in evidence if item.is_coded})
        return {"claims": others.claims - coded, "claims_url": absolute(others.json_url)}
    return [
        {
            "actor": actor_record(item.actor, absolute),
            "issue": thing_record(item.issue, absolute),
            "note": item.role_label,
            **claim_record(item.entry, absolute),
        }
        for item in evidence
        if not item.is_coded
    ]


def _position(evidence: Sequence[Evidence], absolute: Absolute) -> dict[str, Any]:
    one = evidence[0]
    shown = [item for item in evidence if item.shows]
    return {
        "id": one.position,
        "actor": actor_record(one.actor, absolute),
        "issue": thing_record(one.issue, absolute),
        "stance": one.label,
        "summary": one.summary,
        "begins": min(item.first for item in shown).isoformat(),
        "ends": max(item.last for item in shown).isoformat(),
        "evidence": [{"role": item.role, **claim_record(item.entry, absolute)} for item in evidence],
    }


def change_record(change: ChangeOfStance, absolute: Absolute) -> dict[str, Any]:
    """A change of stance: the last statement of the one, the first of the next."""
    return {
        "actor": actor_record(change.before.actor, absolute),
        "before": {"stance": change.before.label, **claim_record(change.before.entry, absolute)},
        "after": {"stance": change.after.label, **claim_record(change.after.entry, absolute)},
        "notes": change.notes,
    }


def story_record(story: Story, horizon: Horizon, absolute: Absolute) -> dict[str, Any]:
    """How one actor moved on one issue: its turns, and all statements that have their entries, in the order of time."""
    tally = story.tally
    return {
        "issue": thing_record(story.issue, absolute),
        "question": story.issue.question,
        "actor": actor_record(story.actor, absolute),
        "url": absolute(story.get_absolute_url()),
        "summary": story.words,
        "claims": {name: value for name, value in tally_record(tally).items() if name != "sources"},
        "turns": [_turn(chapter, absolute) for chapter in story.chapters if chapter.turn],
        "gaps": [{"from": gap.first.isoformat(), "to": gap.last.isoformat()} for gap in story.gaps],
        "statements": [
            {
                "turn": number or None,
                "role": item.evidence.role if item.evidence else None,
                "stance": item.evidence.label if item.evidence else None,
                "under": actor_record(item.under, absolute) if item.under else None,
                **claim_record(item.loaded, absolute),
            }
            for number, item in story.numbered
            if item.loaded
        ],
        **({"left_out": _left_out(story, horizon, absolute)} if on_file.unlisted(story) else {}),
    }


def _left_out(story: Story, horizon: Horizon, absolute: Absolute) -> dict[str, Any]:
    """How many statements are not told one by one, and where all are listed."""
    url = all_of(story.actor, horizon, "claims:json", issue=story.issue.slug)
    return {"claims": on_file.unlisted(story), "claims_url": absolute(url)}


def _turn(chapter: Any, absolute: Absolute) -> dict[str, Any]:
    """A turn: its statement with what readers may be given of its words, how it follows, and what bears on it."""
    turn, change = chapter.turn, chapter.turn.change
    entry = turn.said.entry
    return {
        "number": turn.number,
        "stance": turn.said.label,
        "position": turn.said.position,
        "form": entry.form,
        "quote": entry.quote or None,
        "passage_url": absolute(entry.source_url),
        "change": {"kind": change.kind, "words": change.words, "notes": change.notes} if change else None,
        "bearing": [
            {"how": title, "note": note, **claim_record(other, absolute)}
            for title, found in chapter.around
            for other, note in found
        ],
        **claim_record(entry, absolute),
    }


def citation_record(note: Note, absolute: Absolute) -> dict[str, Any]:
    """A cited passage with its claim; ``exact`` and ``translation`` are None where the words may not be given here."""
    return {
        "claim": claim_record(note.entry, absolute),
        "exact": note.exact or None,
        "locator": note.locator,
        "language": note.language,
        "translation": note.translation if note.exact else None,
        "translator": note.translator,
        "status": note.status,
        **check_record(note),
    }
