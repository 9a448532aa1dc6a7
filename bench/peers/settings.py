"""The site's own settings, whatever `.env` says; DATABASE_URL names the record, BENCH_URLS the peer."""

import os
from typing import Any

os.environ.update(
    ALLOWED_HOSTS="localhost",
    DEBUG="0",
    HTTPS="0",
    LOG_LEVEL="ERROR",
    SECRET_KEY="not-secret-" * 5,
    SITE_NAME="Attributed",
)

from conflict_site.settings import *  # noqa: F403
from conflict_site.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = os.environ.get("BENCH_URLS", "conflict_site.urls")
STATIC_ROOT = BASE_DIR / "var" / "bench" / "static"
READ_MODEL_DIR = os.environ.get("READ_MODEL_DIR", str(BASE_DIR / "var" / "bench" / "read-model"))
templates: Any = TEMPLATES[0]
templates["DIRS"].append(BASE_DIR / "bench" / "peers")
if ROOT_URLCONF == "bench.peers.floor":
    processors = templates["OPTIONS"]["context_processors"]
    processors[processors.index("conflict_site.context.site")] = "bench.peers.floor.words"
