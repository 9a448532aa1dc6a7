"""What programs may ask of this site: the OpenAPI document, and the page that says the same to people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.api import document, examples, parameters, samples
from claims.filtering import MAX_PHRASES, MAX_VALUES, PAGE_SIZE
from claims.formats import xlsx_file
from claims.views.api_operations import operations
from claims.views.changes import RECORDS
from claims.views.list_forms import A_PAGE
from claims.views.records import answer, without_parameters
from conflict_site.models import Site


@require_safe
@without_parameters
def openapi(request: HttpRequest) -> JsonResponse:
    """The document that describes all answers to programs (OpenAPI 3.1)."""
    server = request.build_absolute_uri("/")
    return answer(document(Site.current().title, server, operations(), samples()))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is for programs, in words, with examples that work as they stand."""
    offered = operations()
    limits = {
        "page": PAGE_SIZE, "list": A_PAGE, "changes": RECORDS, "values": MAX_VALUES, "phrases": MAX_PHRASES,
        "sheet": f"{xlsx_file.MOST_ROWS:,}",
    }  # fmt: skip
    context = {
        "section": "api",
        "operations": offered,
        "parameters": parameters.tables(offered[0].form),
        "examples": examples(samples(), request.build_absolute_uri),
        "limits": limits,
    }
    return render(request, "api.html", context)
