"""What `manage.py check --deploy` says of a release before readers are led to it."""

from collections.abc import Sequence
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connections

from conflict_site import health, replicas

CATCH_UP = 10.0  # seconds that a replica has after the migrations
LACKING = {"behind": "is behind the primary, or follows another", "does not answer": "does not answer"}


def register() -> None:
    """With ``--database default``, which asks the database, also whether the release would be ready for readers."""
    checks.register(hosts, checks.Tags.security, deploy=True)
    checks.register(caches, checks.Tags.security, deploy=True)
    checks.register(pools_named, checks.Tags.database, deploy=True)
    checks.register(ready, checks.Tags.database, deploy=True)
    checks.register(following, checks.Tags.database, deploy=True)


def hosts(**given: Any) -> list[checks.CheckMessage]:
    """Whether any name at all is taken for the site's."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [checks.Error("ALLOWED_HOSTS=* takes any name for the site's; name its own.", id="deployment.E001")]


def caches(**given: Any) -> list[checks.CheckMessage]:
    """Whether caches that need not ask are told what is withdrawn."""
    if not settings.SHARED_CACHE_SECONDS or settings.PURGE:
        return []
    words = "SHARED_CACHE_SECONDS lets caches show what is withdrawn for so long, and PURGE names none to tell."
    return [checks.Warning(words, id="deployment.W001")]


def ready(databases: Sequence[str] | None = None, **given: Any) -> list[checks.CheckMessage]:
    """What is in the way of readers: see ``health``."""
    found = {name: health.tried(check) for name, check in health.CHECKS.items()} if databases else {}
    return [
        checks.Error(f"{name.replace('_', ' ').capitalize()}: {words}", id="deployment.E002")
        for name, words in found.items()
        if words != health.WELL
    ]


def pools_named(databases: Sequence[str] | None = None, **given: Any) -> list[checks.CheckMessage]:
    """Whether each address that leads to a pool of connections says so."""
    found: list[checks.CheckMessage] = []
    for alias in connections if databases else ():
        try:
            with suppress(Error):  # who does not answer is told of by others
                connections[alias].ensure_connection()
        except ImproperlyConfigured as error:
            found.append(checks.Error(f"{alias}: {error}", id="deployment.E003"))
    return found


def following(databases: Sequence[str] | None = None, **given: Any) -> list[checks.CheckMessage]:
    """Which replicas have not, after a while, all that the primary has."""
    if not databases or pools_named(databases):
        return []
    states = {alias: _state_after_a_while(alias) for alias in replicas.names()}
    return [
        checks.Error(f"{alias} of REPLICA_URLS {LACKING[state]}.", id="deployment.E004")
        for alias, state in states.items()
        if state != health.WELL
    ]


def _state_after_a_while(alias: str) -> str:
    end = monotonic() + CATCH_UP
    while (state := replicas.state(alias)) == "behind" and monotonic() < end:
        sleep(0.1)
    return state
