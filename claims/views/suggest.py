"""What may be meant while somebody types, and the description of the site's search for browsers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.filtering import suggestions
from claims.views.list_forms import ListForm, Words


class SuggestForm(ListForm):
    """What has been typed so far."""

    q = Words("Search")


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Links to the actors and issues that may be meant, to stand below a search field; 400 for what is no search."""
    form = SuggestForm(request.GET)
    groups = suggestions(form.cleaned_data["q"]) if form.is_valid() else []
    return render(request, "parts/suggestions.html", {"groups": groups}, status=200 if form.is_valid() else 400)


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The site's search, so that a browser can offer it (OpenSearch 1.1)."""
    return render(request, "opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")
