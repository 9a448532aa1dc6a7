"""What an edit changed, in words for readers, from what the desk recorded (``claims.changes.revisions.values``).

No words of a claim stand alone: a change of content, act, speaker or chain is shown as a change of the whole
attribution sentence, as it read at the time. Rows that may be drafts (events, other claims) are never named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from actors.models import Actor
from claims.changes.diffs import Segment, diff
from claims.models import Change, Claim, Form, Issue, Source, Stance, public
from claims.wording import attribution, document_name, place
from conflict_site.base import edtf
from conflict_site.base.languages import language_name

Values = Mapping[str, Any]

# The values that make the attribution sentence, and what is said where only a part of them shows.
SENTENCE = ("speaker", "as_stated", "act", "form", "content", "steps", "citations")
UNSHOWN = {
    "slug": "its id",
    "steps": "how the voices are named that pass it on",
    "citations": "its passages",
    "events": "its events",
    "relations_out": "its relations to other claims",
    "evidence": "the claims that it rests on",
}
NAMED = {
    "speaker": Actor, "on_behalf_of": Actor, "addressees": Actor, "participants": Actor, "actor": Actor,
    "publisher": Actor, "organisation": Actor, "source": Source, "sources": Source, "issues": Issue, "stance": Stance,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of an entry that was changed, before and after as one run of segments."""

    label: str
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Version:
    """A change with all that is known of its row before and after it."""

    change: Change
    before: Values
    after: Values

    @property
    def changed(self) -> set[str]:
        """The names of the values that the change touched."""
        return {*self.change.before, *self.change.after}


def spoken(claim: Claim) -> dict[str, Any]:
    """The values of the sentence of a claim that was fetched with ``for_list()``, as it now reads."""
    return {
        "speaker": claim.speaker.slug,
        **{name: getattr(claim, name) for name in ("as_stated", "act", "form", "content")},
        "steps": [{"actor": step.actor.slug, "order": step.order} for step in claim.steps.all()],
        "citations": [{"source": citation.source.slug} for citation in claim.citations.all()],
    }


def versions(changes: Iterable[Change], now: Values) -> Iterator[Version]:
    """The versions that the changes of one row, newest first, lead back through from how it is now."""
    for change in changes:
        after = {**now, **change.after}
        now = {**after, **change.before}
        yield Version(change, now, after)


class Names:
    """How the rows read that versions name by their slugs: one query a table in use, however many versions."""

    def __init__(self, versions: Iterable[Version]) -> None:
        wanted: dict[Any, set[str]] = {}
        for version in versions:
            for model, slug in (*_named(version.before), *_named(version.after)):
                wanted.setdefault(model, set()).add(slug)
        self.actors = {row.slug: row for row in _rows(Actor, wanted)}
        shown = Exists(public.sources().filter(pk=OuterRef("pk")))
        sources = _rows(Source, wanted, lambda rows: rows.select_related("publisher").annotate(is_shown=shown))
        self.sources = {row.slug: row for row in sources}
        self.issues = {row.slug: row.title for row in _rows(Issue, wanted)}
        self.stances = {(row.issue_id, row.slug): row.label for row in _rows(Stance, wanted)}

    def sentence(self, values: Values) -> str:
        """The attribution sentence that the values make; "" where one of their rows is no longer known."""
        steps = sorted(values["steps"], key=lambda step: step["order"])
        try:
            speaker = self.actors[values["speaker"]]
            voices = [self.actors[step["actor"]] for step in steps]
            publisher = self.sources[values["citations"][0]["source"]].publisher
        except (KeyError, IndexError):
            return ""
        parts = attribution.sentence(
            speaker=speaker.sentence_name,
            act=values["act"],
            form=values["form"],
            content=values["content"],
            steps=[voice.sentence_name for voice in voices],
            document=document_name(publisher, speaker, voices, bool(values["as_stated"])),
        )
        return attribution.text(parts)

    def actor(self, slug: str | None) -> str:
        """The name of an actor; the slug where it is no longer known."""
        return self.actors[slug].name if slug in self.actors else slug or ""

    def passage(self, citation: Values) -> str:
        """A quoted passage with its translation and its document; "" where readers do not see the document."""
        source = self.sources.get(citation["source"])
        if source is None or not source.is_shown or source.is_taken_down:
            return ""
        translation = citation.get("translation")
        words = f"“{citation['exact']}”" + (f", translated as “{translation}”" if translation else "")
        return f"{words} ({', '.join(filter(None, [source.label, place(citation.get('locator') or '')]))})"


Text = Callable[[Any, Names, Any], str]


def _plain(value: Any, names: Names, thing: Any) -> str:
    return str(value or "")


def _date(value: Any, names: Names, thing: Any) -> str:
    return edtf.parse(value).words() if value else ""


def _actor(value: Any, names: Names, thing: Any) -> str:
    return names.actor(value)


def _actors(value: Any, names: Names, thing: Any) -> str:
    return ", ".join(names.actor(slug) for slug in value or ())


def _issues(value: Any, names: Names, thing: Any) -> str:
    return ", ".join(names.issues.get(slug, slug) for slug in value or ())


def _sources(value: Any, names: Names, thing: Any) -> str:
    rows = (names.sources.get(slug) for slug in value or ())
    return ", ".join(row.title for row in rows if row and row.is_shown)


def _passages(value: Any, names: Names, thing: Any) -> str:
    return "; ".join(filter(None, (names.passage(citation) for citation in value or () if "exact" in citation)))


def _stance(value: Any, names: Names, thing: Any) -> str:
    return names.stances.get((thing.stance.issue_id, value), "")


def _kind(value: Any, names: Names, thing: Any) -> str:
    return str(dict(thing._meta.get_field("kind").flatchoices).get(value, value or ""))


def _yes(value: Any, names: Names, thing: Any) -> str:
    return "yes" if value else "no"


def _language(value: Any, names: Names, thing: Any) -> str:
    return language_name(value) if value else ""


def _spellings(value: Any, names: Names, thing: Any) -> str:
    return ", ".join(row["name"] for row in value or ())


def _roles(value: Any, names: Names, thing: Any) -> str:
    return "; ".join(
        ", ".join(filter(None, [row["role"], names.actor(row["organisation"]), *_period(row, names, thing)]))
        for row in value or ()
    )


def _period(row: Values, names: Names, thing: Any) -> list[str]:
    return [_date(row[name], names, thing) for name in ("start_edtf", "end_edtf")]


def _answers(value: Any, names: Names, thing: Any) -> str:
    return "; ".join(f"{row['order']}. {row['label']}" for row in sorted(value or (), key=lambda row: row["order"]))


def _choice(choices: Any) -> Text:
    return lambda value, names, thing: choices(value).label if value else ""


# What of a record is shown by itself, under which words.
FIELDS: dict[str, tuple[str, Text]] = {
    "as_stated": ("Speaker, as the source puts it", _plain),
    "on_behalf_of": ("For", _actor),
    "form": ("Wording", _choice(Form)),
    "said_edtf": ("Said", _date),
    "said_text": ("Said, in the source’s words", _plain),
    "about_edtf": ("Speaks of", _date),
    "about_text": ("Speaks of, in the source’s words", _plain),
    "occasion": ("Occasion", _plain),
    "addressees": ("To", _actors),
    "issues": ("Issues", _issues),
    "citations": ("Passages", _passages),
    "title": ("Title", _plain),
    "kind": ("Kind", _kind),
    "date_edtf": ("Date", _date),
    "date_text": ("Date, in the source’s words", _plain),
    "place": ("Place", _plain),
    "description": ("Description", _plain),
    "participants": ("Participants", _actors),
    "sources": ("Sources", _sources),
    "actor": ("Actor", _actor),
    "stance": ("Answer", _stance),
    "summary": ("Summary", _plain),
    "publisher": ("Publisher", _actor),
    "author": ("Author", _plain),
    "url": ("Address", _plain),
    "archive_url": ("Archived copy", _plain),
    "language": ("Language", _language),
    "published_edtf": ("Published", _date),
    "published_text": ("Published, in the source’s words", _plain),
    "accessed": ("Read", _plain),
    "rights": ("Rights", _plain),
    "text_is_public": ("Text shown in full", _yes),
    "text_may_be_kept": ("Copy of the text kept", _yes),
    "name": ("Name", _plain),
    "name_in_text": ("Name inside a sentence", _plain),
    "sort_name": ("Sorted as", _plain),
    "wikidata_id": ("Wikidata id", _plain),
    "names": ("Other names", _spellings),
    "affiliations": ("Roles", _roles),
    "question": ("Question", _plain),
    "scope_note": ("Which statements belong here", _plain),
    "order": ("Place among the issues", _plain),
    "stances": ("Answers", _answers),
}


def differences(version: Version, names: Names, thing: Any) -> tuple[list[Difference], list[str]]:
    """What a version changed in a row that readers see, and in words what else it changed that is not shown."""
    rows, shown = [], set()
    if version.changed.intersection(SENTENCE) and "content" in version.before:
        old, new = names.sentence(version.before), names.sentence(version.after)
        if old and new and old != new:
            rows.append(Difference("Reads", diff(old, new)))
            shown.update({*SENTENCE} - {"citations"})
    for name, (label, text) in FIELDS.items():
        if name in version.changed:
            old, new = text(version.before.get(name), names, thing), text(version.after.get(name), names, thing)
            if old != new:
                rows.append(Difference(label, diff(old, new)))
                shown.add(name)
    return rows, [words for name, words in UNSHOWN.items() if name in version.changed - shown]


def _named(values: Values) -> Iterator[tuple[Any, str]]:
    """The model and slug of every row that values name."""
    for name, value in values.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _named(item)
            elif item and name in NAMED:
                yield NAMED[name], item


def _rows(model: Any, wanted: Mapping[Any, set[str]], fetch: Callable[[Any], Any] = lambda rows: rows) -> Any:
    return fetch(model.objects.filter(slug__in=wanted[model])) if model in wanted else []
