"""Sources on file that may be the one that is typed."""

from datetime import timedelta

from rapidfuzz import fuzz, process

from claims.capture import on_file
from claims.helps.near_claims import moved
from claims.models import Doubt, Source, possibly_within
from conflict_site.base.text import fold

DAY = timedelta(days=1)
ALIKE = 80.0  # of 100, by the words in any order
MOST = 3


def of_source(source: Source) -> list[Doubt]:
    """The sources that have its address, and those of its publisher and date under a title like its own."""
    by_address = {one.source.pk: one.source for one in on_file([source.url, source.archive_url], apart=source.pk or 0)}
    by_title = [one for one in _titled_alike(source) if one.pk not in by_address]
    return [
        *(_doubt("url", "Its address is that of", one) for one in by_address.values()),
        *(_doubt("title", "Publisher, date and title are like those of", one) for one in by_title),
    ]


def _doubt(field: str, why: str, other: Source) -> Doubt:
    when = f", {other.published.words()}" if other.published else ""
    return Doubt(field, "duplicate", f"{why} “{other.title}”{when}.", about=f"source {other.pk}", record=other)


def _titled_alike(source: Source) -> list[Source]:
    date = source.published
    if not (date and source.title.strip() and source.publisher_id):
        return []
    first = moved(date.earliest, -DAY) if date.earliest else None
    last = moved(date.latest, DAY) if date.latest else None
    near = Source.objects.exclude(pk=source.pk).filter(
        possibly_within("published", first, last), publisher=source.publisher_id
    )
    titles = dict(near.order_by().values_list("pk", "title"))
    found = process.extract(
        source.title, titles, scorer=fuzz.token_sort_ratio, processor=fold, score_cutoff=ALIKE, limit=MOST
    )
    rows = Source.objects.in_bulk([key for _, _, key in found])
    return [rows[key] for _, _, key in found]
