"""The entry point for gunicorn.

BENCH_FACETS=four leaves the site only the facets that all peers have, BENCH_KEPT=no makes it look for the rows of every
condition and count them anew at each request, as for the first reader who asks.
"""

import os

from django.core.wsgi import get_wsgi_application

from bench.peers import FACETS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.settings")
application = get_wsgi_application()

if os.environ.get("BENCH_FACETS") == "four":
    from claims.browser import facets

    facets.FACETS = FACETS  # type: ignore[assignment]  # before the first request imports what reads it

if os.environ.get("BENCH_KEPT") == "no":
    from claims.browser.index.snapshot import Snapshot

    Snapshot.kept = lambda self, key, make: make()  # type: ignore[method-assign]
