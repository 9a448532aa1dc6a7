"""Databases with the opening dossier on file, and servers before them as docs/deploying.md starts them."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import unquote, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
NUMBERS = count(1)
PLAIN = {
    "SECRET_KEY": "soak-" * 12,
    "DEBUG": "0",
    "HTTPS": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "LOG_LEVEL": "CRITICAL",
}


class NotTried(Exception):
    """Why a promise can't be tried on this machine."""


@dataclass
class Place:
    """Where the databases of one engine are: a folder for SQLite's files, the URL of a server of PostgreSQL."""

    engine: str
    folder: Path
    server: str = ""
    filled: str = field(default="", init=False)

    def database(self) -> str:
        """The URL of a new database with the opening dossier."""
        if not self.filled:
            self.filled = self._new("filled")
            manage(self.filled, "collectstatic", "--noinput", "-v0")
            manage(self.filled, "migrate", "-v0")
            manage(self.filled, "load_dossier", "data/opening", "-v0")
        return self._new(f"site{next(NUMBERS)}", self.filled)

    def empty(self) -> str:
        """The URL of a new database without a table."""
        return self._new(f"empty{next(NUMBERS)}")

    def beside(self) -> Path:
        """A folder that the database's server can reach."""
        return server_folder(self.server) if self.server else self.folder

    def _new(self, name: str, model: str = "") -> str:
        if self.engine == "sqlite":
            file = self.folder / f"{name}.sqlite3"
            if model:
                shutil.copy(model.removeprefix("sqlite:///"), file)
            return f"sqlite:///{file}"
        with psycopg.connect(self.server, autocommit=True) as connection:
            template = f" TEMPLATE {model.rpartition('/')[2]}" if model else ""
            connection.execute(f"CREATE DATABASE {name}{template}".encode())
        return f"{self.server.rpartition('/')[0]}/{name}"


def server_folder(url: str) -> Path:
    """The folder of the server of `scripts.with_postgres`."""
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


def environment(url: str, **given: str) -> dict[str, str]:
    """The variables under which the site runs on a database."""
    return os.environ | PLAIN | {"DATABASE_URL": url} | given


def manage(url: str, *arguments: object, check: bool = True, **given: str) -> subprocess.CompletedProcess[str]:
    """Run one of the site's commands."""
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment(url, **given), check=check, text=True, capture_output=True)


def script(url: str, name: str, *arguments: object, **given: str) -> subprocess.Popen[str]:
    """Start a module of ours as a process of its own."""
    command = [sys.executable, "-m", f"soak.{name}", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(url, **given), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


@contextmanager
def site(url: str, **given: str) -> Iterator[int]:
    """A server before a database as long as the block lasts; its port."""
    port = free_port()
    options = ["--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket", "--log-level=critical"]
    command = [sys.executable, "-m", "gunicorn", f"--bind={HOST}:{port}", *options, "conflict_site.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment(url, **given), stderr=subprocess.DEVNULL)
    try:
        wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """A port on which nobody listens yet."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by their name in small letters, and body of an answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def status(port: int, path: str) -> int:
    """The status of an answer; 0 where there was none."""
    try:
        return ask(port, path)[0]
    except (OSError, http.client.HTTPException):
        return 0


def wait(port: int, path: str = "/claims/", seconds: float = 60) -> float:
    """Until a page is there; the seconds that it took. Raises TimeoutError."""
    begun = monotonic()
    while monotonic() - begun < seconds:
        try:
            if ask(port, path, X_Forwarded_Proto="https", X_Forwarded_For="127.0.0.1")[0] < 400:
                return monotonic() - begun
        except (OSError, http.client.HTTPException):
            pass
        sleep(0.1)
    raise TimeoutError(f"{path} did not answer within {seconds} s")
