"""The public log of changes, newest first, a page at a time: entries, and in one line what was done all at once.

A load of a data package publishes hundreds of rows in one minute and under one note. They stand as one line, which
leads to the entries of that minute.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import CharField, Count, Func, Max, Min, Q, QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.text import get_text_list

from claims.changes.history import KINDS, LogEntry, prepared
from claims.filtering import Once, Option, Page, cursors, refuse_unknown
from claims.models import Change, ChangeKind, public

FEW = 3  # done at once, that still stand each by itself
PAGE_SIZE = 25
NEAR = 1_000  # changes among which the next page is looked for first
DONE = {kind: label.lower() for kind, label in ChangeKind.choices}
COUNTED = ("claim", "event", "position", "source", "actor", "issue")

type Key = tuple[str, str, str]


class Minute(Func):
    """The minute of a moment, in UTC, as text: native on each engine, where SQLite's ``TruncMinute`` runs in Python."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="REPLACE(SUBSTR(%(expressions)s, 1, 16), ' ', 'T')")

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "TO_CHAR(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI')"
        return self.as_sql(compiler, connection, template=template)


@dataclass(frozen=True, slots=True)
class Batch:
    """More than a few changes of one kind, made in one minute and under one note."""

    pk: int
    kind: str
    at: datetime
    note: str
    counted: str
    url: str

    @property
    def label(self) -> str:
        """The kind of change in a word."""
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """What was done in a line: "388 claims, 52 events and 148 positions published"."""
        return f"{self.counted} {DONE[self.kind]}"


class ChangeForm(forms.Form):
    """What of the log is asked for: a kind of change, one minute; ``after`` is the cursor of the page before.

    ``left_out`` are the kinds that are only given where they are asked for.
    """

    left_out: tuple[str, ...] = ()

    kind = Option("Kind of change", {"": "Any kind", **KINDS})
    at = Once("Minute")
    after = Once("Page")

    def clean_at(self) -> datetime | None:
        """The minute; raises ValidationError for what is none."""
        typed = self.cleaned_data["at"]
        try:
            minute = datetime.fromisoformat(typed) if typed else None
        except ValueError:
            minute = None
        if typed and (minute is None or _written(minute) != typed):
            raise forms.ValidationError("Write a minute as 2024-01-15T09:30.")
        return minute.replace(tzinfo=UTC) if minute else None

    def clean_after(self) -> cursors.Cursor | None:
        """The place after which to go on; raises ValidationError for what is none."""
        typed = self.cleaned_data["after"]
        try:
            return cursors.MOMENTS.parse(typed) if typed else None
        except cursors.InvalidCursor:
            raise forms.ValidationError("This is no place in this list. Go on from the first page.") from None

    def clean(self) -> dict[str, Any]:
        """Refuse parameters that the log does not know."""
        refuse_unknown(self, "The log of changes")
        return self.cleaned_data

    @property
    def at_written(self) -> str:
        """The minute asked for, as the address writes it; "" for none. Only of a valid form, as all that follows."""
        minute = self.cleaned_data["at"]
        return _written(minute) if minute else ""

    @property
    def heading(self) -> str:
        """What is asked for, in a word or two."""
        kind = self.cleaned_data["kind"]
        return KINDS[kind] if kind else "All changes"

    @property
    def cursor(self) -> cursors.Cursor | None:
        """The place after which the page begins."""
        cursor: cursors.Cursor | None = self.cleaned_data["after"]
        return cursor

    def changes(self) -> QuerySet[Change]:
        """The public changes asked for."""
        kind, minute = self.cleaned_data["kind"], self.cleaned_data["at"]
        found = public.changes().select_related("content_type")
        found = found.filter(kind=kind) if kind else found.exclude(kind__in=self.left_out)
        return found.filter(_within(minute)) if minute else found

    def url(self, name: str = "claims:changes", *, after: str = "") -> str:
        """The address of this part of the log in its canonical form, as the page or feed of this name."""
        pairs = {"kind": self.cleaned_data["kind"], "at": self.at_written, "after": after}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{reverse(name)}?{query}" if query else reverse(name)


def page(form: ChangeForm, size: int = PAGE_SIZE) -> Page:
    """The page of the log that a valid form asks for; of one minute, each change by itself."""
    if form.at_written:
        changes, cursor = each(form, size)
        lines: list[LogEntry | Batch] = [*prepared(changes)]
    else:
        lines, cursor = _together(form, size)
    first_url, next_url = form.url() if form.cursor else "", form.url(after=cursor) if cursor else ""
    return Page(lines, first_url=first_url, next_url=next_url)


def each(form: ChangeForm, size: int) -> tuple[list[Change], str]:
    """A page of single changes, newest first, and the cursor of the next; "" on the last."""
    changes: Any = form.changes()
    rows = list(_after(changes.order_by("-at", "-pk"), form.cursor)[: size + 1])
    last = cursors.Cursor(rows[size - 1].at, rows[size - 1].pk) if len(rows) > size else None
    return rows[:size], cursors.MOMENTS.text(last) if last else ""


def _after(changes: Any, cursor: cursors.Cursor | None) -> Any:
    """Those that come after a place, newest first; all without one."""
    if cursor is None:
        return changes
    return changes.filter(at__lte=cursor.key).exclude(at=cursor.key, pk__gte=cursor.pk)


def url_of_minute(kind: str, moment: datetime) -> str:
    """The address of the changes of one kind in the minute of this moment, each by itself."""
    return f"{reverse('claims:changes')}?{urlencode({'kind': kind, 'at': _written(_start(moment))})}"


def _together(form: ChangeForm, size: int) -> tuple[list[LogEntry | Batch], str]:
    """A page of lines, newest minute first: batches, and the entries of what is not one."""
    groups = _newest_groups(form, size + 1)
    kept = groups[:size]
    lines: dict[Key, list[LogEntry | Batch]] = {_key(group): [_batch(group)] for group in kept if group["n"] > FEW}
    changes = _singles(form, [group for group in kept if group["n"] <= FEW])
    for change, entry in zip(changes, prepared(changes), strict=True):
        lines.setdefault((change.kind, change.public_note, _written(change.at)), []).append(entry)
    last = kept[-1] if len(groups) > size else None
    cursor = cursors.MOMENTS.text(cursors.Cursor(_moment(last), last["newest"])) if last else ""
    return [line for group in kept for line in lines[_key(group)]], cursor


def _singles(form: ChangeForm, groups: list[dict[str, Any]]) -> list[Change]:
    """The changes of groups that come newest first."""
    if not groups:
        return []
    span = Q(at__gte=_moment(groups[-1]), at__lte=_end(_moment(groups[0])))  # lets an index find the few in the log
    return list(form.changes().filter(span, reduce(or_, map(_members, groups))))


def _newest_groups(form: ChangeForm, number: int) -> list[dict[str, Any]]:
    """The newest groups, at most so many; looked for in the newest changes first, so that a long log costs little."""
    cursor = form.cursor
    changes = form.changes().filter(at__lte=_end(cursor.key)) if cursor else form.changes()
    near = changes.order_by("-at").values_list("at", flat=True)[NEAR : NEAR + 1].first()
    groups = list(_groups(changes.filter(at__gte=_start(near)), cursor)[:number]) if near else []
    return groups if len(groups) == number else list(_groups(changes, cursor)[:number])


def _groups(changes: QuerySet[Change], cursor: cursors.Cursor | None) -> QuerySet[Change, Any]:
    """These changes by kind, minute and note, with the number of each thing that they are about.

    They must be those of whole minutes, so that no group is counted in part.
    """
    counts = {name: Count("pk", filter=Q(content_type__model=name)) for name in COUNTED}
    groups = changes.order_by().annotate(minute=Minute("at")).values("minute", "kind", "public_note")
    groups = groups.annotate(newest=Max("pk"), oldest=Min("pk"), n=Count("pk"), **counts).order_by("-minute", "-newest")
    passed = Q(minute__lt=_written(cursor.key)) | Q(newest__lt=cursor.pk) if cursor else Q()
    return groups.filter(passed)


def _batch(group: dict[str, Any]) -> Batch:
    counted = [f"{group[name]} {name}{pluralize(group[name])}" for name in COUNTED if group[name]]
    return Batch(
        pk=group["oldest"],
        kind=group["kind"],
        at=_moment(group),
        note=group["public_note"],
        counted=get_text_list(counted, "and"),
        url=url_of_minute(group["kind"], _moment(group)),
    )


def _key(group: dict[str, Any]) -> Key:
    return group["kind"], group["public_note"], group["minute"]


def _moment(group: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(group["minute"]).replace(tzinfo=UTC)


def _members(group: dict[str, Any]) -> Q:
    return Q(kind=group["kind"], public_note=group["public_note"]) & _within(_moment(group))


def _within(minute: datetime) -> Q:
    """The changes of a minute."""
    return Q(at__gte=minute, at__lte=_end(minute))


def _start(moment: datetime) -> datetime:
    """The first instant of the minute of a moment."""
    return moment.replace(second=0, microsecond=0)


def _end(moment: datetime) -> datetime:
    """The last instant of the minute of a moment."""
    return moment.replace(second=59, microsecond=999_999)


def _written(minute: datetime) -> str:
    """A minute in UTC as the address writes it: "2024-01-15T09:30"."""
    return minute.replace(tzinfo=None).isoformat(timespec="minutes")
