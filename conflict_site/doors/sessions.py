"""Sessions that end: half an hour after the last request, and in any case after half a day. Django's SESSION_ENGINE."""

from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from conflict_site.base import limits
from conflict_site.doors.models import Session
from conflict_site.doors.networks import network

NOTED = timedelta(minutes=1)  # so exactly is it known when a session was used
A_MOMENT = 0.1  # seconds that this note may wait for others who write
OPENED = "opened"  # in the session: when, from where and with what it was opened


class SessionStore(db.SessionStore):
    """The sessions of the database that nobody has left."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Any:
        found, now = super()._get_session_from_db(), timezone.now()  # type: ignore[misc]
        if found is None or found.seen_at <= now - idle() or found.opened_at <= now - longest():
            self._session_key = None
            return None
        if found.person_id and found.seen_at <= now - NOTED:
            _note_seen(found)
        return found

    def create_model_instance(self, data: Any) -> Any:
        row: Any = super().create_model_instance(data)
        row.person_id = data.get("_auth_user_id")
        for name, value in data.get(OPENED, {}).items():
            setattr(row, name, parse_datetime(value) if name == "opened_at" else value)
        return row

    @classmethod
    def clear_expired(cls) -> None:
        super().clear_expired()
        left = Session.objects.filter(seen_at__lt=timezone.now() - idle())
        (left | Session.objects.filter(opened_at__lt=timezone.now() - longest())).delete()


def idle() -> timedelta:
    """After how long without a request a session ends."""
    return timedelta(minutes=settings.IDLE_MINUTES)


def longest() -> timedelta:
    """After how long any session ends."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def note_opened(sender: Any, request: HttpRequest, user: Any, **given: Any) -> None:
    """Receives the signal that somebody has signed in: keep when, from where and with what."""
    browser = str(request.META.get("HTTP_USER_AGENT", ""))[:200]
    opened = {"opened_at": timezone.now().isoformat(), "network": network(request), "browser": browser}
    request.session[OPENED] = opened


def of(person: Any) -> list[Session]:
    """The sessions of somebody that have not ended, the last used one first."""
    now = timezone.now()
    open_now = person.sessions.filter(expire_date__gt=now, seen_at__gt=now - idle(), opened_at__gt=now - longest())
    return list(open_now.order_by("-seen_at"))


def public_name(key: str) -> str:
    """What a session is called on a page, since whoever knows its key has it."""
    return sha256(key.encode()).hexdigest()[:20]


def end_all(person: Any, but: str | None = None) -> int:
    """End the sessions of somebody, all but one; returns how many."""
    return int(person.sessions.exclude(session_key=but or "").delete()[0])


def _note_seen(session: Session) -> None:
    """That it was used. Where others write all the time, the next request notes it."""
    with limits.within(A_MOMENT), suppress(OperationalError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(seen_at=timezone.now())
