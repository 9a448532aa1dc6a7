"""Whether the site is alive, and ready for readers: asked by load balancers, containers and whoever watches it.

These addresses are answered before hosts are checked and plain HTTP is led to TLS: who asks knows the process by its
number, and has no certificate for that.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from claims.readmodel import freshness
from conflict_site import replicas
from conflict_site.models import Site

ALIVE, READY = "/livez", ("/readyz", "/healthz")
WELL = "ok"


def health(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware that answers what is asked of the site's health. It stands before all others."""

    def checked(request: HttpRequest) -> HttpResponse:
        if request.path_info not in (ALIVE, *READY):
            return answer(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return alive() if request.path_info == ALIVE else ready()

    return checked


def alive() -> JsonResponse:
    """The process answers, whatever else is out of order."""
    return _told({"status": WELL})


def ready() -> JsonResponse:
    """200 where readers would be served; 503 and in words what is in the way where not."""
    replicas.ask_for_reader()
    behind = tried(freshness.behind)
    found = {name: tried(check) for name, check in CHECKS.items()}
    well = all(words == WELL for words in found.values())
    told = {"status": WELL if well else "not ready", **found, "changes_not_read_before": behind, **_replicas()}
    return _told(told, 200 if well else 503)


def _told(said: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})


def tried(check: Callable[[], Any]) -> Any:
    """What a check finds; what it fails with, by kind alone: an error may hold passwords."""
    try:
        return check()
    except Exception as error:  # whatever it is, the site is not ready
        return f"failed: {type(error).__name__}"


def _replicas() -> dict[str, Any]:
    """How each replica does, where there are any. One that is left out is not in the way of readers."""
    states = {alias: tried(partial(replicas.state, alias)) for alias in replicas.names()}
    return {"replicas": states} if states else {}


def _asked() -> str:
    """The database that readers are answered from."""
    return router.db_for_read(Site)


def _database() -> str:
    with connections[_asked()].cursor() as cursor:
        cursor.execute("SELECT 1")
    return WELL


def _migrations() -> str:
    """Whether all that this release needs is there. What a newer one has added does no harm."""
    lacking = sorted(_wanted() - MigrationRecorder(connections[_asked()]).applied_migrations().keys())
    return f"to be applied: {', '.join('.'.join(key) for key in lacking)}" if lacking else WELL


@cache
def _wanted() -> frozenset[tuple[str, str]]:
    """The migrations of this release, as ``(app, name)``, read once."""
    loader = MigrationLoader(None)
    squashed = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return frozenset(loader.disk_migrations.keys() - squashed)


def _static_files() -> str:
    """Whether styles and scripts have been collected. Without a list of them, they are served as they lie."""
    if isinstance(staticfiles_storage, ManifestStaticFilesStorage) and not settings.DEBUG:
        staticfiles_storage.stored_name("css/base.css")
    return WELL


def _read_model() -> str:
    """Whether the columns that pages are counted by can be read and brought up to date."""
    freshness.current()
    return WELL


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "static_files": _static_files,
    "read_model": _read_model,
}
