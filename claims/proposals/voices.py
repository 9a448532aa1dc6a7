"""Who speaks in a passage, in whose words the source names them, and who passes the words on."""

import re
from dataclasses import dataclass

from claims.evidence import locating
from claims.proposals.labels import labelled
from claims.proposals.reading import HEADINGS, Reading
from claims.proposals.reported import Reported, reported

BY = re.compile(r"\b(?:statement|remarks|speech|address|message|letter|interview|briefing) (?:from|by|of|with)\b", re.I)
ABOUT = re.compile(r"\W*On ")  # "On the war in Ukraine: “…”" names what is spoken of


@dataclass(frozen=True, slots=True)
class Voices:
    """The speaker by key with the words that name it, and the voice that passes the words on; 0 for nobody known.

    ``verb`` reports the words, and is the ``cue`` of who passes them on.
    """

    speaker: int = 0
    as_stated: str = ""
    why: str = ""
    is_reported: bool = False
    via: int = 0
    via_as_stated: str = ""
    cue: str = ""
    verb: str = ""


def voices(reading: Reading) -> Voices:
    """Whose words a passage is: of whoever is reported in it, else of whoever has the turn, else of the document."""
    own = _own(reading)
    if reading.passage.is_quoted and not reading.is_own_words:
        return own
    told = reported(reading.passage, reading.named, strictly=reading.is_own_words)
    if told and told.speaker != own.speaker:
        return _told(reading, told, own)
    return own


def _told(reading: Reading, told: Reported, own: Voices) -> Voices:
    why = f"“{told.cue}” reports {told.as_stated}"
    via = own if reading.passage.turn else Voices()
    cue = told.cue if via.speaker else ""
    return Voices(told.speaker, told.as_stated, why, True, via.speaker, via.as_stated, cue, told.cue)


def _own(reading: Reading) -> Voices:
    """Who speaks where nobody is reported."""
    turn, passage = reading.passage.turn, reading.passage
    if turn:
        found = labelled(turn, passage.text, reading.source, reading.named, reading.earlier, reading.without)
        if found or reading.source.kind in ("transcript", "interview", "press_briefing"):
            return Voices(found.speaker, turn.label, found.why) if found else Voices(as_stated=turn.label)
    if reading.is_own_words:
        return _of_the_text(reading)
    return _quoted(reading) if passage.is_quoted else _teller(reading)


def _of_the_text(reading: Reading) -> Voices:
    """Whose text it is: by its title, its author, earlier claims from it, or its publisher."""
    source = reading.source
    by = BY.search(source.title)
    for words, why in ((source.title if by else "", "the title"), (source.author, "the author")):
        if found := reading.named(words):
            return Voices(found[0].actor, found[0].written, why)
    own = [claim for claim in reading.earlier if not claim.is_reported]
    if own:
        return Voices(own[0].speaker, own[0].as_stated, "an earlier claim from this source")
    found = reading.named(source.title)
    if found and re.search(r"\bwe\b", reading.passage.paragraph + reading.passage.exact, re.IGNORECASE):
        return Voices(found[0].actor, found[0].written, "the title")
    return Voices(source.publisher_id, "", "the publisher")


def _quoted(reading: Reading) -> Voices:
    """Who is quoted: the first who is named before the quotation marks or after them, else in the nearest heading."""
    passage = reading.passage
    lead = "" if ABOUT.match(passage.lead) else passage.lead
    near = [(locating.sentences(lead)[-1], "the name before the quotation"), (passage.close, "the name after it")]
    for words, why in [*near, *((line, "the heading above") for line in passage.headings[:HEADINGS])]:
        if found := reading.named(words):
            return Voices(found[0].actor, found[0].written, why, True)
    return Voices(is_reported=True)


def _teller(reading: Reading) -> Voices:
    """Who tells in the document's own voice: as in earlier claims, else its publisher."""
    told = [claim.speaker for claim in reading.earlier if not claim.as_stated]
    if told:
        return Voices(told[0], "", "the document’s own voice, as in an earlier claim")
    return Voices(reading.source.publisher_id, "", "the document’s own voice")
