"""What `manage.py check` says of the doors: of the rights to files, and for a public site of what is not shut."""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections
from django.utils import timezone

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def register() -> None:
    checks.register(private_files, checks.Tags.database)
    checks.register(private_files, checks.Tags.security, deploy=True)
    checks.register(shut, checks.Tags.security, deploy=True)


def secret_files() -> list[Path]:
    """The files that only their owner should read: the settings, and those of SQLite."""
    named = [Path(str(one.settings_dict["NAME"])) for one in connections.all() if one.vendor == "sqlite"]
    databases = [Path(f"{name}{end}") for name in named for end in ("", "-wal", "-shm", "-queue")]
    return [path for path in (settings.BASE_DIR / ".env", *databases) if path.is_file()]


def open_to_others() -> list[Path]:
    """Those of them that others can read."""
    return [path for path in secret_files() if path.stat().st_mode & OTHERS]


def shut_to_others() -> None:
    """Take from others the rights to what only its owner should read."""
    for path in open_to_others():
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def private_files(**given: Any) -> list[checks.CheckMessage]:
    hint = "chmod 600 {}"
    return [
        checks.Warning(f"Others can read {path.name}.", hint=hint.format(path), id="doors.W001")
        for path in open_to_others()
    ]


def shut(**given: Any) -> list[checks.CheckMessage]:
    found: list[checks.CheckMessage] = []
    if not (settings.SECOND_FACTOR or settings.PUBLIC_ONLY):
        found.append(checks.Warning("SECOND_FACTOR is off: a password alone opens the desk.", id="doors.W002"))
    if settings.HTTPS and not (settings.PROXIES or settings.PUBLIC_ONLY):
        words = "PROXIES is 0 behind a proxy: attempts to log in are not told apart by network."
        found.append(checks.Warning(words, hint="See docs/deploying.md.", id="doors.W003"))
    expires = settings.SECURITY_EXPIRES
    if expires and timezone.now().date() >= expires:
        found.append(checks.Warning("SECURITY_EXPIRES has passed: see whether the contact holds.", id="doors.W004"))
    return found
