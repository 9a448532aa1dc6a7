"""What a passage and its document tell of the claim that it carries, each value with how it is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actors.models import Affiliation
from claims.models import Claim, Identification
from claims.proposals import dates, issues
from claims.proposals.earlier import Earlier, like, spoken_for
from claims.proposals.forms import form
from claims.proposals.reading import Reading
from claims.proposals.verbs import act_of_cue, act_of_words
from claims.proposals.voices import Voices, voices
from conflict_site.base.words import CYRILLIC, RUSSIAN, UKRAINIAN

TODAY = re.compile(r"\b(?:today|сьогодні|сегодня)\b", re.IGNORECASE)
AS_BEFORE = "as in an earlier claim from this source"

type Told = tuple[str, Any, str]  # the name of a field, its value, and how it is known


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field of a claim, and how it is known, in words."""

    value: Any
    why: str


def propose(reading: Reading) -> dict[str, Proposal]:
    """A value for each field of the claim of which something tells; others are left out.

    Actors and issues are keys, issues a list with the likeliest alone. ``via`` is who passes the words on.
    """
    who = voices(reading)
    before = _alike(reading, who)
    told = [*_of_voices(who), *_of_words(reading, who), *_of_the_day(reading, who, before)]
    told += [*_of_those_spoken_for(reading, who), *_of_issues(reading), *_of_events(before)]
    return {name: Proposal(value, why) for name, value, why in told if value}


def language(passage: str, otherwise: str) -> str:
    """The language of a passage, where its letters are another script's than its source's; else that of the source."""
    if not CYRILLIC.search(passage):
        return otherwise
    lower = passage.lower()
    known = "uk" if UKRAINIAN.search(lower) else "ru" if RUSSIAN.search(lower) else ""
    return known or otherwise


def _alike(reading: Reading, who: Voices) -> Earlier | None:
    """The claim from the source that a new one is like: told in the same way, of the same speaker if others' words
    are reported in somebody's own speech, where each report is of its own time."""
    found = like(reading.earlier, reported=who.is_reported, speaker=who.speaker)
    own_report = who.is_reported and reading.is_own_words
    return None if own_report and found and found.speaker != who.speaker else found


def _of_voices(who: Voices) -> Iterator[Told]:
    yield "speaker", who.speaker, who.why
    yield "as_stated", who.as_stated, "the text"
    yield "via", who.via, "the turn’s speaker passes the words on"
    yield "via_as_stated", who.via_as_stated, "the text"
    yield "cue", who.cue, "the text"
    yield "identification", Identification.NAMED if who.via else "", "the text names the voice"


def _of_words(reading: Reading, who: Voices) -> Iterator[Told]:
    passage = reading.passage
    yield "form", *form(passage, is_own_words=reading.is_own_words, reported=who.is_reported)
    if who.verb:
        yield "act", act_of_cue(who.verb), f"“{who.verb}”"
    else:
        act, words = act_of_words(passage.exact)
        yield "act", act, f"“{words}”" if words else "no verb says otherwise"
    yield "language", language(passage.exact, reading.source.language), "the source and its letters"


def _of_the_day(reading: Reading, who: Voices, before: Earlier | None) -> Iterator[Told]:
    source, passage = reading.source, reading.passage
    published = source.published.edtf if source.published else ""
    day, written = dates.own_day(passage.text, published)
    today = TODAY.search(passage.turn_so_far + passage.exact)
    if before and before.said_edtf:
        yield "said_edtf", before.said_edtf, AS_BEFORE
    elif who.is_reported and reading.is_own_words and not today:
        return
    elif day:
        yield "said_edtf", day, f"“{written}” at the head of the text"
    elif source.kind != "briefing":
        yield "said_edtf", published, "the source’s date"
    if before and before.occasion:
        yield "occasion", before.occasion, AS_BEFORE
    elif reading.is_own_words and not who.is_reported:
        yield "occasion", source.title[:300], "the source’s title"


def _of_those_spoken_for(reading: Reading, who: Voices) -> Iterator[Told]:
    known, actor = spoken_for(who.speaker, reading.without) if who.speaker else (True, None)
    if known:
        yield "on_behalf_of", actor, "as in the speaker’s other claims"
        return
    published = reading.source.published
    day = published.earliest if published else None
    held = Affiliation.objects.filter(person=who.speaker)
    roles = held.held_between(day, day) if day else held
    role = roles.select_related("organisation").order_by("organisation__kind", "pk").last()
    if role:
        yield "on_behalf_of", role.organisation_id, f"{role.role}, {role.organisation}"


def _of_issues(reading: Reading) -> Iterator[Told]:
    passage = reading.passage
    found = issues.likely(passage.exact, passage.before + passage.after, issues.learned(reading.without))
    yield "issues", found[:1], "the words of earlier claims of it"


def _of_events(before: Earlier | None) -> Iterator[Told]:
    if before:
        through = Claim.events.through.objects.filter(claim=before.key).order_by("event")
        yield "events", list(through.values_list("event", flat=True)), AS_BEFORE
