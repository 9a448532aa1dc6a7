"""Figures for a monitor, in the words of Prometheus. Off unless METRICS_DIR names a folder.

Each worker adds up its own requests in files of that folder; ``manage.py metrics`` reads them all, asks the database
for the rest, and answers at an address of its own, which is never the site's.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from claims.models import ChangedRow, Claim, Event, Merge, Position, Revision, Snapshot, Source

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
SECONDS = Histogram(
    "attributed_request_seconds", "Seconds from a request to the beginning of its answer.", ["route"], buckets=BUCKETS
)
REQUESTS = Counter("attributed_requests", "Requests answered.", ["method", "route", "status"])


def make_folder() -> None:
    """Make the folder of the figures, for who serves or asks: no other command needs a right to it."""
    if settings.METRICS_DIR:
        Path(settings.METRICS_DIR).mkdir(parents=True, exist_ok=True)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Add a request that was answered to the figures, where any are kept."""
    if settings.METRICS_DIR:
        SECONDS.labels(route).observe(seconds)
        REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()


def registry() -> CollectorRegistry:
    """The figures of all workers, and those that the database tells."""
    make_folder()
    found = CollectorRegistry()
    MultiProcessCollector(found, settings.METRICS_DIR)
    found.register(Record())
    return found


class Record(Collector):
    """What the database tells, asked for anew each time."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield _rows()
            yield _one("attributed_texts_held", "Texts captured.", Snapshot.objects.count())
            yield _one("attributed_texts_missing", "Sources without a text.", Source.objects.missing_texts().count())
            yield _one("attributed_changes_noted", "Number of the newest entry of the journal.", _newest())
        finally:
            connection.close()  # the thread that asks ends with its answer


def _rows() -> Metric:
    found = GaugeMetricFamily("attributed_rows", "Rows on file, by their state.", labels=["kind", "state"])
    for model in (Claim, Position, Event, Revision, Merge):
        states = model._default_manager.order_by().values_list("state").annotate(Count("pk"))
        for state, number in states:
            found.add_metric([str(model._meta.model_name), state], number)
    return found


def _one(name: str, meaning: str, value: int) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _newest() -> int:
    newest = ChangedRow.objects.order_by("seq").last()
    return newest.seq if newest else 0
