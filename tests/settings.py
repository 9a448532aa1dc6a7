"""The settings of the tests: the site's own, whatever the environment and `.env` say, except for DATABASE_URL."""

import os

os.environ.update(
    ALLOWED_HOSTS="testserver,localhost",
    DEBUG="0",
    DESK_SECONDS="60",  # where many tests run at once, whatever is asked takes longer
    HTTPS="0",
    LOG_LEVEL="ERROR",
    PUBLIC_SECONDS="60",
    READ_MODEL_DIR="",
    REPLICA_URLS="",
    SECOND_FACTOR="0",
    SECRET_KEY="not-secret-" * 5,
    SITE_NAME="Attributed",
)
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

from conflict_site.settings import *  # noqa: F403
from conflict_site.settings import DATABASES, STORAGES

DATABASES["default"]["CONN_MAX_AGE"] = 0  # the threads of a live server end, and nobody closes what they would keep
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
if DATABASES["default"]["ENGINE"] == "conflict_site.base.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # else processes side by side would leave files here
# Files as they lie in static/, not as collectstatic would name them.
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
