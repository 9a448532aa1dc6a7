"""The entry point for gunicorn.

BENCH_FACETS=four leaves the site only the facets that all peers have, BENCH_KEPT=no makes each request the first
after a change: the rows of every condition are looked for and counted anew.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bench.peers import FACETS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.settings")
application = get_wsgi_application()

if os.environ.get("BENCH_FACETS") == "four":
    from claims.filtering import facets

    facets.FACETS = FACETS  # type: ignore[assignment]  # before the first request imports what reads it

if os.environ.get("BENCH_KEPT") == "no":
    from dataclasses import replace

    from claims.readmodel import Found, freshness

    kept = freshness.newest

    def anew() -> freshness.Held:
        """All published claims, of which nothing has been looked for or counted yet."""
        held = kept()
        snapshot = held.published.snapshot
        parts = tuple(replace(standing, part=replace(standing.part)) for standing in snapshot.parts)
        return freshness.Held(Found.of(replace(snapshot, parts=parts)), held.mark)

    freshness.newest = anew

if settings.ROOT_URLCONF == "conflict_site.urls":  # as the site's own entry point does, once it is as it is measured
    from conflict_site import ahead

    ahead.prepare()
