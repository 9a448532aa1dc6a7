"""What every page needs to know of the site itself."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from conflict_site.models import Site


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's own words, the page's canonical address and where errors are reported.

    Lazy, so that a page that prints none of it (the admin's, a fragment) asks nothing of the database.
    """
    return {
        "site": SimpleLazyObject(partial(Site.of, request)),
        # As Django does where it is given no address: else //host/ would be taken for another host's.
        "canonical_url": request.build_absolute_uri(f"//{request.path}"),
        "report_url": f"{reverse('privacy')}#report",
    }
