"""Starts the site on one's own machine: makes a secret key, prepares the database, and serves until Ctrl-C.

Two at once in one folder wait for each other while they prepare it. A server that a killed run has left is named.

Called by `make run`. Reads PORT (8000) and EMPTY (1: leave the opening dossier out).
"""

import fcntl
import http.client
import io
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os.path import getmtime
from pathlib import Path
from time import sleep

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
OPENING_DOSSIER = ROOT / "data" / "opening"
ENTERED = ("actors.Actor", "claims.Issue", "claims.Source", "claims.Event", "claims.Claim", "claims.Position")
SECONDS_TO_START = 30
SERVER_OPTIONS = [
    "--worker-class=gthread",
    "--workers=2",
    "--threads=4",
    "--graceful-timeout=5",
    "--no-control-socket",
    "--log-level=warning",
]


def free_port() -> int:
    """The port to serve on. Exits with an explanation when it is no port, or taken."""
    wanted = os.environ.get("PORT", "8000")
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(wanted)))
        except OSError as error:
            words = f"Port {wanted} cannot be used ({error.strerror}). {left_behind(int(wanted))}Try another one:"
            sys.exit(f"{words}\n\n    PORT=8001 make run\n")
    return int(wanted)


def pid_file(port: int) -> Path:
    """Where the number of the server on this port is kept while it runs."""
    return ROOT / "var" / f"run-{port}.pid"


def left_behind(port: int) -> str:
    """A sentence on the server that a run from this folder has started on this port, if one has."""
    try:
        number = int(pid_file(port).read_text())
        os.kill(number, 0)
    except (OSError, ValueError):
        return ""
    return f"A server that was started from this folder may be there; `kill {number}` ends it. "


@contextmanager
def alone() -> Iterator[None]:
    """Lets no other run prepare this folder meanwhile; says so where one has to wait."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another run is preparing this folder; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep_secret_key(env_file: Path) -> None:
    """Adds a random SECRET_KEY to the file of settings, readable by its owner only, unless there is one."""
    if os.environ.get("SECRET_KEY") or (env_file.exists() and dotenv_values(env_file).get("SECRET_KEY")):
        return
    with os.fdopen(os.open(env_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(f"\nSECRET_KEY={secrets.token_urlsafe(50)}\n")
    print("Wrote a new SECRET_KEY to .env.")


def ask_for_a_password_only(env_file: Path) -> None:
    """A trial on one's own machine needs no second factor, unless somebody has said so."""
    if not dotenv_values(env_file).get("SECOND_FACTOR"):
        os.environ.setdefault("SECOND_FACTOR", "0")


def has_content() -> bool:
    """Whether anybody has entered or loaded anything; what the database writes of itself is nothing."""
    entered = [apps.get_model(name) for name in ENTERED]
    return any(model._default_manager.exists() for model in entered)


def static_files_are_current() -> bool:
    """Whether the static files have been collected since the last of them changed. To compress them takes seconds."""
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    if not manifest.exists():
        return False
    ignored = StaticFilesConfig.ignore_patterns
    files = {name: Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list(ignored)}
    collected = json.loads(manifest.read_text())["paths"].keys()
    return files.keys() == collected and max(map(getmtime, files.values())) < getmtime(manifest)


def prepare() -> None:
    """Brings static files and database up to date."""
    if settings.HTTPS:
        raise ImproperlyConfigured("HTTPS=1 is for a server behind a proxy that speaks TLS. Here: HTTPS=0 make run")
    print("Preparing static files and the database ...")
    if not static_files_are_current():
        call_command("collectstatic", interactive=False, verbosity=0)
    shut_files_to_others()
    call_command("migrate", interactive=False, verbosity=0)
    fill()


def shut_files_to_others() -> None:
    """Takes from others the rights to the settings and the database, which an older release has left them."""
    from conflict_site.doors import checks  # the folder of the site is only now on the path

    checks.shut_to_others()


def fill() -> None:
    """The first time, loads the opening dossier; later, writes the words that a newer release finds claims by."""
    if has_content() or os.environ.get("EMPTY") == "1":
        call_command("derive", stdout=io.StringIO())
        return
    print("Loading the opening dossier ...")
    call_command("load_dossier", OPENING_DOSSIER)


def answers(port: int) -> bool:
    """Whether the site answers that it is well."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """Returns once the site answers. Exits with an explanation when it stops, or does not answer in time."""
    for _ in range(SECONDS_TO_START * 10):
        if server.poll() is not None:
            sys.exit("The server stopped; it says why above.")
        if answers(port):
            return
        sleep(0.1)
    sys.exit(f"The site did not answer on port {port} within {SECONDS_TO_START} seconds.")


def serve(port: int) -> int:
    """Serves until interrupted; returns the exit status."""
    command = [sys.executable, "-m", "gunicorn", f"--bind={HOST}:{port}", *SERVER_OPTIONS, "conflict_site.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, process_group=0)  # Ctrl-C does not reach it: it is told below, once
    pid_file(port).write_text(str(server.pid))
    try:
        wait_until_it_answers(server, port)
        print(f"\n    http://{HOST}:{port}/\n\nReady. Ctrl-C stops it. An account for a curator: make curator")
        print("The texts of the sources: make texts\n")
        return server.wait()
    except KeyboardInterrupt:
        print("\nStopping ...")
        return 0
    finally:
        server.terminate()
        server.wait()
        pid_file(port).unlink(missing_ok=True)


def main() -> int:
    """Prepares and serves; returns the exit status."""
    for told_to_stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told_to_stop, signal.default_int_handler)  # as Ctrl-C does
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_site.settings")
    port = free_port()
    try:
        with alone():
            keep_secret_key(ROOT / ".env")
            ask_for_a_password_only(ROOT / ".env")
            django.setup()
            prepare()
    except OSError as error:
        sys.exit(
            f"{error.filename or ROOT}: {error.strerror}. `make run` writes into its own folder; it must be yours."
        )
    except (CommandError, DatabaseError, ImproperlyConfigured) as error:
        sys.exit(f"The site could not be prepared: {error}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. `make run` goes on from here.")
    return serve(port)


if __name__ == "__main__":
    sys.exit(main())
