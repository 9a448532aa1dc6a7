"""What the columns of a table hold (CSV on the Web): at the address of the table with ``-metadata.json`` after it."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, JsonResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

from claims.formats import citations, csvw, files
from claims.positions import table as positions
from claims.views import timeline
from claims.views.described import METADATA

SAFE = (
    "An apostrophe stands in a cell before what a spreadsheet would take for a formula; JSON gives the very words. "
    "The header alone means that nothing is on file."
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the site: what it is called, what a row is, and the names of its columns."""

    title: str
    row: str
    columns: Sequence[str]


EVIDENCE = "A row for each claim that bears on a position, or is on file without one."
TABLES = {
    "claims:csv": Table(
        "Claims", "A row for each claim; quote and source are those of its first citation.", files.COLUMNS
    ),
    "claims:citations-csv": Table("Citations of claims", "A row for each citation.", citations.COLUMNS),
    "claims:actor-csv": Table("The positions of an actor", EVIDENCE, positions.COLUMNS),
    "claims:issue-csv": Table("The positions on an issue", EVIDENCE, positions.COLUMNS),
    "claims:story-csv": Table("An actor on an issue", "A row for each statement.", positions.OF_STORIES),
    "claims:compare-pair-csv": Table("Two actors compared", EVIDENCE, positions.COLUMNS),
    "claims:timeline-csv": Table("The timeline", "A row for each event, claim or part of the period.", timeline.HEAD),
}


@require_safe
def metadata(request: HttpRequest, table: str, **slugs: str) -> HttpResponseBase:
    """The description of a table under the same parameters; where there is none, what the table itself answers."""
    address = reverse(table, kwargs=slugs)
    found = _head(request, address)
    if found.status_code == 301:
        return HttpResponsePermanentRedirect(found.headers["Location"] + METADATA)
    if found.status_code != 200:
        return found
    query = request.META["QUERY_STRING"]
    url = request.build_absolute_uri(f"{address}?{query}" if query else address)
    what = TABLES[table]
    data = csvw.metadata(url, what.title, f"{what.row} {SAFE}", what.columns)
    return JsonResponse(data, content_type=csvw.CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def _head(request: HttpRequest, address: str) -> HttpResponseBase:
    """What the table's own view answers to a request for its head."""
    asked = copy(request)
    asked.method = "HEAD"
    view, _, slugs = resolve(address)
    return view(asked, **slugs)
