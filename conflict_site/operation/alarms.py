"""Who is told of a fault: addresses by mail, and a service that speaks Sentry's protocol."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings(url: str) -> dict[str, Any]:
    """Django's settings for the server that mail is handed to: ``smtp+tls://user:password@host:port``.

    Raises ImproperlyConfigured where the address is none.
    """
    given = urlsplit(url)
    try:
        port = given.port or PORTS[given.scheme]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured("MAIL_URL begins with smtp://, smtp+tls:// or smtps://") from error
    return {
        "EMAIL_HOST": given.hostname or "localhost",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(given.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(given.password or ""),
        "EMAIL_USE_TLS": given.scheme == "smtp+tls",
        "EMAIL_USE_SSL": given.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def start_sentry(dsn: str) -> None:
    """Send faults to a service that speaks Sentry's protocol, without who asked, cookies or what was sent.

    Raises ImproperlyConfigured where the address is none. Imported here: most sites never need it.
    """
    import sentry_sdk

    try:
        sentry_sdk.init(dsn, max_request_body_size="never")
    except sentry_sdk.utils.BadDsn as error:
        raise ImproperlyConfigured(f"SENTRY_DSN is no address of a project: {error}") from error
