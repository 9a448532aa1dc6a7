"""The Wayback Machine's copies of the sources: looked up, and asked for.

Availability API: https://archive.org/help/wayback_api.php. Saving: Save Page Now, by a plain request.
"""

import json
import re
from urllib.parse import quote, urlencode, urljoin

from django.conf import settings

from claims.capture.answers import FetchError, Trouble
from claims.capture.web import Fetcher
from claims.models import Source

COPY = re.compile(r"https?://[^/]+/web/\d{4,14}")
LONGEST = 500  # characters, as the column


def look_up(source: Source, fetcher: Fetcher) -> str:
    """The address of the copy nearest to the day of publication, or "" where there is none. Raises FetchError."""
    asked = {"url": source.url}
    if source.published and source.published.earliest:
        asked["timestamp"] = f"{source.published.earliest:%Y%m%d}"
    answer = fetcher.get(f"{settings.WAYBACK_LOOKUP}?{urlencode(asked)}", ["application/json"], robots=False)
    try:
        closest = json.loads(answer.body)["archived_snapshots"].get("closest", {})
        return _copy(str(closest["url"])) if closest.get("available") and str(closest.get("status")) == "200" else ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FetchError(Trouble.ERROR, "the archive's answer cannot be read") from error


def save(source: Source, fetcher: Fetcher) -> str:
    """Ask for a copy; its address, or "" where the archive has not made it yet. Raises FetchError."""
    answer = fetcher.ask(settings.WAYBACK_SAVE + quote(source.url, safe=":/?=&%"))
    if answer.status >= 400:
        raise FetchError(Trouble.BUSY if answer.status == 429 else Trouble.ERROR, f"status {answer.status}")
    return _copy(answer.redirect or urljoin(answer.url, answer.headers.get("Content-Location", "")))


def _copy(url: str) -> str:
    """The address if it is one of a copy and fits its column, over HTTPS where the archive offers it; else ""."""
    url = re.sub(r"^http://(?=([\w-]+\.)?archive\.org(:443|:80)?/)", "https://", url)
    return url if COPY.match(url) and len(url) <= LONGEST else ""
