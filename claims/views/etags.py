"""Whether an answer that is made of the record alone is still what a reader has: known before any of it is made.

The validator (RFC 9110, section 8.8.3) names the program, the newest entry of the journal of changes, the site's own
words and the request, which is all that such an answer is made of.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from claims.readmodel import Found, freshness
from conflict_site.models import Site

PROGRAM = ("conflict_site", "actors", "claims", "templates", "static")
SHORT = 16  # bytes of a digest


def etag(request: HttpRequest) -> str | None:
    """The validator of an answer to this request; None where the journal of changes is empty."""
    newest = _newest(request)
    if newest.mark is None:
        return None
    site = Site.of(request, lambda: newest.published.snapshot.for_page("site", Site.current))
    asked = (request.get_full_path(), request.get_host(), request.scheme, _asked_by_htmx(request))
    words = (site.title, site.subtitle, site.about, site.contact)
    made_of = (program(), newest.mark, *words, timezone.localdate(), asked)
    return f'"{_digest(repr(made_of).encode())}"'


def published(request: HttpRequest) -> Found:
    """The claims that the answer to this request is made of: as they stood when its validator was asked for."""
    return _newest(request).published


def etag_of(made_of: object) -> str:
    """The validator of an answer that is made of this alone, which says all that it is when it is printed."""
    return f'"{_digest(repr((program(), made_of)).encode())}"'


@cache
def program() -> str:
    """A digest of the program's own files, the same on every machine that runs it."""
    files = sorted(path for name in PROGRAM for path in Path(settings.BASE_DIR, name).rglob("*") if path.is_file())
    kept = [path for path in files if path.suffix != ".pyc"]
    return _digest(b"".join(_digest(path.read_bytes()).encode() for path in kept))


def _newest(request: HttpRequest) -> freshness.Held:
    """The newest snapshot, asked for once a request."""
    kept = vars(request)
    if "newest" not in kept:
        kept["newest"] = freshness.newest()
    newest: freshness.Held = kept["newest"]
    return newest


def _asked_by_htmx(request: HttpRequest) -> tuple[bool, bool, bool]:
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    return bool(htmx), bool(htmx.boosted), bool(htmx.history_restore_request)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=SHORT).hexdigest()
