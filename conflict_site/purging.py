"""Shared caches are told as soon as anything in the record has changed: what is withdrawn is gone from them, too.

Whoever writes, and however, leaves an entry in the journal of changes; so that is what is watched. A page that was
being made during a change may reach a cache after it was told: so it is told a second time, a little later.
"""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection

from claims.readmodel import freshness
from conflict_site.caching import KEY

LOOK = 0.2  # seconds between two looks at the journal
AGAIN = 3.0  # seconds after which caches are told a second time; no page takes so long
PATIENCE = 2.0  # seconds for one cache
NGINX = re.compile(r"[0-9a-f]{32}")  # a file of a cache of nginx

type Purge = Callable[[], None]

log = logging.getLogger(__name__)


def caches() -> list[Purge]:
    """What tells each cache of PURGE to let go of the record. Raises ImproperlyConfigured where an address is none."""
    return [_cache(address) for address in settings.PURGE]


def watch(purges: list[Purge], ends: Callable[[], bool] = lambda: False) -> Iterator[int]:
    """Tell the caches of each change until ``ends`` says so, first of all that everything may have changed; gives the
    number of caches that could be told, each time.
    """
    seen, due = object(), 0.0
    while not ends():
        newest = _newest()
        if newest != seen or (due and monotonic() > due):
            due = monotonic() + AGAIN + settings.REPLICA_LAG if newest != seen else 0.0
            told = sum(map(_tried, purges))
            seen = newest if told == len(purges) else object()  # who could not be told is told at the next look
            yield told
        sleep(LOOK)


def _newest() -> object:
    """The newest entry of the journal; None while the database cannot be asked."""
    try:
        return freshness.mark()
    except Error as error:
        connection.close()
        log.warning("The database cannot be asked: %s", error)
        return None


def _tried(purge: Purge) -> bool:
    try:
        purge()
    except (OSError, urllib3.exceptions.HTTPError) as error:
        log.error("A cache could not be told: %s", error)
        return False
    return True


def _cache(address: str) -> Purge:
    given = urlsplit(address)
    if given.scheme == "folder" and given.path:
        return lambda: _empty(Path(given.path))
    if given.scheme in ("http", "https") and given.hostname:
        return lambda: _ask(address)
    raise ImproperlyConfigured(f"PURGE names caches by http://, https:// or folder:///, not {address!r}.")


def _ask(address: str) -> None:
    """Ask a cache that knows keys (Varnish, a CDN) to let go of all that bears ours."""
    headers = {"Surrogate-Key": KEY}
    answer = urllib3.request("PURGE", address, headers=headers, timeout=PATIENCE, retries=False)
    if answer.status >= 300:
        raise urllib3.exceptions.HTTPError(f"{address} answered {answer.status}")


def _empty(folder: Path) -> None:
    """Remove the files of a cache of nginx, which takes that for never having kept them. Raises OSError."""
    for within, _, names in folder.walk(on_error=_refuse):
        for name in filter(NGINX.fullmatch, names):
            (within / name).unlink(missing_ok=True)


def _refuse(error: OSError) -> None:
    """A folder that is not there or cannot be read is no empty one."""
    raise error
