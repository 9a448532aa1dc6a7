"""The small forms above the lists of actors, sources and events, and the pages of a list.

A parameter that is unknown, repeated or wrong is an error beside its field, and then no row is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from actors.models import Actor, Kind
from actors.querysets import ActorQuerySet
from claims.evidence import Note
from claims.filtering import DayOnce, Once, Option, Page, PageNumber, ending, page_of, refuse_unknown
from claims.models import Claim, Event, EventKind, Issue, Source, SourceKind, possibly_within
from claims.readmodel import Having, Selection
from claims.views.source_page import ALL, Asked, Part
from conflict_site.base.text import fold

A_PAGE = 100
LONGEST = 100
PLACES = ("page", "claim")  # parameters that say where a page begins


class Words(Once):
    """A few words to look for."""

    def to_python(self, value: list[str] | None) -> Any:
        """The words; raises ValidationError for too many."""
        typed = super().to_python(value)
        if len(typed) > LONGEST:
            raise forms.ValidationError(f"This is too long; {LONGEST} characters are the most.")
        return typed


class Offered(Option):
    """One of the values that a list knows, or any."""

    def __init__(self, label: str, anything: str) -> None:
        super().__init__(label, {"": anything})

    def offer(self, choices: Mapping[str, str]) -> None:
        """Let these be chosen too: labels by value."""
        self.choices = {**self.choices, **choices}
        self.widget.choices = list(self.choices.items())

    def to_python(self, value: list[str] | None) -> Any:
        """The slug; raises ValidationError for one that is not among them. They may be too many to name."""
        chosen = Once.to_python(self, value)
        if chosen not in self.choices:
            raise forms.ValidationError(f"“{chosen}” is not on this list.")
        return chosen


def named(actors: Iterable[Actor]) -> dict[str, str]:
    """The names of actors by their slugs."""
    return {actor.slug: actor.name for actor in actors}


class ListForm(forms.Form):
    """The filter of a list."""

    what = "This list"

    def clean(self) -> dict[str, Any]:
        """Refuse parameters that this list does not know."""
        refuse_unknown(self, self.what)
        return self.cleaned_data

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields if name not in PLACES)


class PagedForm(ListForm):
    """The filter of a list that is shown in pages."""

    page = PageNumber("Page")

    def page_of(self, rows: QuerySet[Any]) -> Page:
        """The page asked for of these rows; none, with an error in the form, where there is no such page."""
        pages = Paginator(rows, A_PAGE)
        number = self.cleaned_data["page"]
        if number > pages.num_pages:
            self.add_error("page", f"The last page is {pages.num_pages}.")
            return Page()
        return page_of(pages, number, self._url)

    def _url(self, number: int) -> str:
        given = {name: self.data[name] for name in self.fields if self.data.get(name) and name != "page"}
        return f"?{urlencode({**given, **({'page': number} if number > 1 else {})})}"


class ActorListForm(ListForm):
    """Actors by name in any spelling, and by kind."""

    q = Words("Name, in any spelling")
    kind = Option("Kind", {"": "Any kind", **dict(Kind.choices)})

    def apply(self, actors: ActorQuerySet) -> ActorQuerySet:
        """Those of these actors that are asked for."""
        chosen = self.cleaned_data
        found = actors.named(chosen["q"])
        return found.of_kind(chosen["kind"]) if chosen["kind"] else found


class SourceListForm(PagedForm):
    """Sources by words of the title, publisher and kind."""

    q = Words("Words of the title")
    publisher = Offered("Publisher", "Any publisher")
    kind = Option("Kind", {"": "Any kind", **dict(SourceKind.choices)})

    def __init__(self, query: QueryDict, publishers: Iterable[Actor]) -> None:
        super().__init__(query)
        self.fields["publisher"].offer(named(publishers))  # type: ignore[attr-defined]

    def apply(self, sources: QuerySet[Source]) -> QuerySet[Source]:
        """Those of these sources that are asked for."""
        chosen = self.cleaned_data
        if chosen["publisher"]:
            sources = sources.filter(publisher__slug=chosen["publisher"])
        if chosen["kind"]:
            sources = sources.filter(kind=chosen["kind"])
        words = fold(chosen["q"]).split()
        if words:
            # Folded here, because the databases differ in which letters they take as equal.
            titles = sources.values_list("pk", "title")
            sources = sources.filter(pk__in=[pk for pk, title in titles if all(word in fold(title) for word in words)])
        return sources


class PartForm(ListForm):
    """The claim with which a page begins of a source that is read in pages."""

    what = "This address"

    claim = Once("Claim")

    def __init__(self, query: QueryDict, source: Source) -> None:
        super().__init__(query)
        self.source = source

    def clean_claim(self) -> Claim | None:
        """The claim; raises ValidationError for one that does not rest on the source."""
        slug = self.cleaned_data["claim"]
        found = Claim.objects.published().cited_to(self.source).filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(f"“{slug}” does not rest on this source.")
        return found

    @property
    def asked(self) -> Asked:
        """What is asked of the source; everything where the form is not valid."""
        return Asked(first=self.cleaned_data["claim"]) if self.is_valid() else ALL


class ReadingForm(PartForm):
    """The passages of a source by issue and by speaker, too. ``carried`` are the claims that it carries."""

    what = "This list"

    issue = Offered("Issue", "Any issue")
    speaker = Offered("Speaker", "Anybody")

    def __init__(self, query: QueryDict, source: Source, carried: Selection) -> None:
        super().__init__(query, source)
        found = carried.found()
        self.issues = {one.slug: one for one in Issue.objects.filter(pk__in=found.keys_of("issue"))}
        self.speakers = {one.slug: one for one in Actor.objects.filter(pk__in=found.keys_of("speaker")).in_order()}
        self.fields["issue"].offer({slug: issue.title for slug, issue in self.issues.items()})  # type: ignore[attr-defined]
        self.fields["speaker"].offer(named(self.speakers.values()))  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """What is asked of the source; everything where the form is not valid."""
        if not self.is_valid():
            return ALL
        things = (("issue", self.issues), ("speaker", self.speakers))
        chosen = [(name, offered.get(self.cleaned_data[name])) for name, offered in things]
        return replace(super().asked, conditions=[Having(name, thing.pk) for name, thing in chosen if thing])

    def apply(self, notes: Sequence[Note]) -> list[Note]:
        """Those of these notes that are asked for."""
        issue, speaker = self.cleaned_data["issue"], self.cleaned_data["speaker"]
        return [
            note
            for note in notes
            if speaker in ("", note.speaker.slug) and (not issue or issue in {one.slug for one in note.issues})
        ]

    def page_of(self, part: Part) -> Page:
        """The place of a part among the others."""
        following = part.following
        return Page(
            part.claims,
            start=part.before + 1,
            end=part.before + len(part.claims),
            total=part.total,
            first_url=self._url("") if part.before else "",
            next_url=self._url(following.slug) if following else "",
        )

    def _url(self, claim: str) -> str:
        chosen = {name: self.cleaned_data[name] for name in ("issue", "speaker")}
        return self.source.get_absolute_url() + ending(chosen | {"claim": claim})


class EventListForm(PagedForm):
    """Events by kind, participant and date."""

    participant = Offered("Participant", "Anybody")
    kind = Option("Kind", {"": "Any kind", **dict(EventKind.choices)})
    date_from = DayOnce("From", begins=True)
    date_to = DayOnce("To")

    def __init__(self, query: QueryDict, participants: Iterable[Actor]) -> None:
        super().__init__(query)
        self.fields["participant"].offer(named(participants))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        chosen = super().clean()
        first, last = chosen.get("date_from"), chosen.get("date_to")
        if first and last and first.first > last.last:
            self.add_error("date_to", "This lies before the first day.")
        return chosen

    def apply(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those of these events that are asked for; of a period, all that may have been within it."""
        chosen = self.cleaned_data
        which = Q()
        if chosen["participant"]:
            which &= Q(participants__slug=chosen["participant"])
        if chosen["kind"]:
            which &= Q(kind=chosen["kind"])
        first, last = chosen["date_from"], chosen["date_to"]
        if first or last:
            which &= possibly_within("date", first.first if first else None, last.last if last else None)
        return events.filter(which)
