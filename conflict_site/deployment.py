"""What `manage.py check --deploy` says of a release before readers are led to it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks

from conflict_site import health


def register() -> None:
    """With ``--database default``, which asks the database, also whether the release would be ready for readers."""
    checks.register(hosts, checks.Tags.security, deploy=True)
    checks.register(caches, checks.Tags.security, deploy=True)
    checks.register(ready, checks.Tags.database, deploy=True)


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
