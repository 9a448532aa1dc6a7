"""Settings, from typed environment variables that fail loudly.

Nothing needs to be set for a trial on one's own machine but SECRET_KEY (``make run`` makes one).
The variables are described in the README under "Configure".
"""

import logging
import os
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env, EnvError, validate
from jinja2 import StrictUndefined

from audit.program import program
from conflict_site.base.databases import database, replicas
from conflict_site.operation import alarms

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def words(name: str, default: str) -> list[str]:
    """The comma-separated words of a variable, without the spaces around them."""
    return [word.strip() for word in env.str(name, default).split(",") if word.strip()]


try:
    DEBUG = env.bool("DEBUG", False)
    HTTPS = env.bool("HTTPS", False)
    PUBLIC_ONLY = env.bool("PUBLIC_ONLY", False)  # no desk, and a database that can only be read
    SECRET_KEY = env.str("SECRET_KEY", "only-for-debugging-" + "0123456789abcdef" * 3 if DEBUG else "")
    ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    SITE_NAME = env.str("SITE_NAME", "Attributed")
    LICENCE_NAME = env.str("LICENCE_NAME", "CC0-1.0")  # of the site's own words, by its SPDX name
    LICENCE_URL = env.str("LICENCE_URL", "https://creativecommons.org/publicdomain/zero/1.0/")
    DATABASES = {
        "default": database(
            env.str("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'attributed.sqlite3'}"), program(), PUBLIC_ONLY
        )
    }
    DATABASES |= replicas(words("REPLICA_URLS", ""), program())
    REPLICA_LAG = env.float("REPLICA_LAG", 0.0)  # seconds that what readers get may be behind; 0: never
    EXCERPT_SHARE = env.float("EXCERPT_SHARE", 0.3)  # of a held text's words, where it may not be shown in full
    SILENCE_DAYS = env.int("SILENCE_DAYS", 183)  # without a statement, after which the bar of a position breaks
    CAPTURE_DELAY = env.float("CAPTURE_DELAY", 5.0)  # seconds between two requests to one host
    CAPTURE_MAX_BYTES = env.int("CAPTURE_MAX_BYTES", 5_000_000)  # of a page that is fetched
    CAPTURE_SECONDS = env.float("CAPTURE_SECONDS", 90.0)  # for fetching a page, from the first look-up to the last byte
    CAPTURE_READING_SECONDS = env.float("CAPTURE_READING_SECONDS", 60.0)  # for reading the words of a file or page
    CAPTURE_READING_MEMORY = env.int("CAPTURE_READING_MEMORY", 768_000_000)  # bytes that this may take
    WAYBACK_LOOKUP = env.str("WAYBACK_LOOKUP", "https://archive.org/wayback/available")
    WAYBACK_SAVE = env.str("WAYBACK_SAVE", "https://web.archive.org/save/")
    PUBLIC_SECONDS = env.float("PUBLIC_SECONDS", 1.0)  # that the database may take for a statement of a public page
    DESK_SECONDS = env.float("DESK_SECONDS", 10.0)  # and for one of the desk
    DESK_AT_ONCE = env.int("DESK_AT_ONCE", 3)  # forms of the desk under way in a process; one less than its threads
    AUDIT_HEADS = env.str("AUDIT_HEADS", str(BASE_DIR / "var" / "audit-heads"))
    READ_MODEL_DIR = env.str("READ_MODEL_DIR", str(BASE_DIR / "var" / "read-model"))  # which all processes map
    SECOND_FACTOR = env.bool("SECOND_FACTOR", not DEBUG)  # who has set one up is asked for it in any case
    IDLE_MINUTES = env.int("IDLE_MINUTES", 30)  # without a request, after which whoever is signed in no longer is
    SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")  # where a weakness is reported: mailto:… or https://…
    SECURITY_EXPIRES = env.date("SECURITY_EXPIRES", None)  # until when that is so
    LOG_LEVEL = env.log_level("LOG_LEVEL", logging.WARNING)
    ACCESS_LOG = env.str("ACCESS_LOG", "off", validate=validate.OneOf(["off", "text", "json"]))  # a line a request
    PROXIES = env.int("PROXIES", 0)  # of our own, one before the other, that say who asks
    SHARED_CACHE_SECONDS = env.int("SHARED_CACHE_SECONDS", 0)  # that a cache on the way need not ask whether it holds
    PURGE = words("PURGE", "")  # the caches that are told what no longer holds
    METRICS_DIR = env.str("METRICS_DIR", "")  # where workers add up figures for a monitor
    ERROR_MAIL = words("ERROR_MAIL", "")  # addresses that are told of faults
    ERROR_MAIL_FROM = env.str("ERROR_MAIL_FROM", "attributed@localhost")
    MAIL_URL = env.str("MAIL_URL", "smtp://localhost")
    SENTRY_DSN = env.str("SENTRY_DSN", "")
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from error

NAME = re.compile(r"\.?(([a-z0-9-]+\.)*[a-z][a-z0-9-]*)", re.IGNORECASE)


def authority(hosts: list[str]) -> str:
    """In whose name ids are given out where nothing is set: the first of these hosts that is a name."""
    named = filter(None, map(NAME.fullmatch, hosts))
    return f"{next((name[1].lower() for name in named), 'localhost')},2026"


TAG_AUTHORITY = env.str("TAG_AUTHORITY", "") or authority(ALLOWED_HOSTS)
if not re.fullmatch(r"[a-z0-9][a-z0-9.@-]*,\d{4}(-\d\d){0,2}", TAG_AUTHORITY):  # RFC 4151
    raise ImproperlyConfigured("TAG_AUTHORITY is a name and a date on which it was yours: example.org,2026")
if SECURITY_CONTACT and not re.fullmatch(r"(https://|mailto:|tel:)\S+", SECURITY_CONTACT):  # RFC 9116
    raise ImproperlyConfigured("SECURITY_CONTACT is an address: mailto:security@example.org or https://…")
if SECURITY_CONTACT and not SECURITY_EXPIRES:
    raise ImproperlyConfigured("SECURITY_CONTACT needs SECURITY_EXPIRES, a day within a year: 2027-06-30.")
if SILENCE_DAYS < 1:
    raise ImproperlyConfigured("SILENCE_DAYS is a number of days, from 1.")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. `make run` makes one and keeps it in .env; a server needs its own."
    )

INSTALLED_APPS = [
    "audit",
    "conflict_site",
    "actors",
    "claims",
    "conflict_site.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "conflict_site.doors.apps.DoorsConfig",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_htmx",
]

MIDDLEWARE = [
    "conflict_site.health.health",
    "conflict_site.operation.access.Access",
    "conflict_site.caching.stated_policy",
    "conflict_site.programs.Programs",
    "conflict_site.middleware.told_by_which_protocol",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conflict_site.middleware.forms_that_can_be_read",
    "django.middleware.gzip.GZipMiddleware",
    "conflict_site.unchanged.Unchanged",
    "conflict_site.base.conditional.ConditionalRead",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "conflict_site.limits.Limits",
    "conflict_site.replicas.one_database",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "audit.middleware.acting_account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

OF_THE_DESK = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "audit.middleware.acting_account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
INSTEAD = {  # of the desk's, where there is none
    "conflict_site.apps.DeskConfig": "conflict_site.apps.LogOfTheDesk",
    "django.contrib.auth.middleware.AuthenticationMiddleware": "conflict_site.middleware.nobody_is_signed_in",
}


def without_desk(names: list[str]) -> list[str]:
    """Those of them that a site without a desk has."""
    return [INSTEAD.get(name, name) for name in names if name not in OF_THE_DESK] if PUBLIC_ONLY else names


INSTALLED_APPS, MIDDLEWARE = without_desk(INSTALLED_APPS), without_desk(MIDDLEWARE)
SILENCED_SYSTEM_CHECKS = ["security.W003"] if PUBLIC_ONLY else []  # where there are no forms, none can be forged

CSRF_FAILURE_VIEW = "conflict_site.again.csrf_failure"
ROOT_URLCONF = "conflict_site.urls"
DATABASE_ROUTERS = ["conflict_site.replicas.Router"]
WSGI_APPLICATION = "conflict_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": without_desk(
                [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                    "conflict_site.context.site",
                ]
            ),
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",  # for long lists: see conflict_site.templatetags.jinja
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600  # from signing in, however busy: see conflict_site.doors.sessions
SESSION_ENGINE = "conflict_site.doors.sessions"
OTP_TOTP_ISSUER = SITE_NAME

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a form beside its files
UPLOAD_MAX_BYTES = 25_000_000  # of a form with its files
# A claim with many citations is one large form in the admin; Django's default of 1,000 fields is too few.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

ADMINS = ERROR_MAIL
SERVER_EMAIL = ERROR_MAIL_FROM
if ERROR_MAIL:
    globals().update(alarms.mail_settings(MAIL_URL))
if SENTRY_DSN:
    alarms.start_sentry(SENTRY_DSN)
if METRICS_DIR:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR  # read where the figures are defined

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "numbered": {"()": "conflict_site.operation.numbers.Numbered"},
        "refusals": {"()": "conflict_site.base.logs.Refusals"},
    },
    "formatters": {
        "plain": {"format": "{levelname} {name} {request_id}: {message}", "style": "{"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["numbered", "refusals"]},
        "access": {
            "class": "logging.StreamHandler",
            "formatter": "bare",
            "stream": "ext://sys.stdout",
        },
        "mail": {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR"},
    },
    "loggers": {"attributed.access": {"handlers": ["access"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console", *(["mail"] if ERROR_MAIL else [])], "level": LOG_LEVEL},
}
