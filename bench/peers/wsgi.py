"""The entry point for gunicorn; BENCH_FACETS=four leaves the site only the facets that all peers have."""

import os

from django.core.wsgi import get_wsgi_application

from bench.peers import FACETS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.settings")
application = get_wsgi_application()

if os.environ.get("BENCH_FACETS") == "four":
    from claims.browser import facets

    facets.FACETS = FACETS  # type: ignore[assignment]  # before the first request imports what reads it
