"""The WSGI entry point for the production server."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_site.settings")

django = get_wsgi_application()

from conflict_site import ahead  # noqa: E402 (needs the settings)
from conflict_site.backup.running import hold  # noqa: E402
from conflict_site.middleware import is_utf_8  # noqa: E402

hold()
ahead.prepare()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django, without the Content-Types of which it can make no request, or by whose charset it would read addresses.

    In their place it is told that the body is some bytes.
    """
    if not is_utf_8(environ.get("CONTENT_TYPE", "")):
        environ["CONTENT_TYPE"] = "application/octet-stream"
    return django(environ, start_response)
