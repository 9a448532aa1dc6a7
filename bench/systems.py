"""The systems that are compared, each with one worker, and how each is started, stopped and asked."""

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.client import Client
from bench.filters import Filter
from bench.peers import datasette
from bench.processes import Server, free_port, serving

PAGE = "/claims/"
TITLES = {
    "floor": "floor",
    "floor-full": "floor, all facets",
    "site-sqlite": "site, SQLite",
    "site-postgresql": "site, PostgreSQL",
    "cold-sqlite": "site, nothing kept, SQLite",
    "cold-postgresql": "site, nothing kept, PostgreSQL",
    "full-sqlite": "site, all facets, SQLite",
    "full-postgresql": "site, all facets, PostgreSQL",
    "orm-sqlite": "plain ORM, SQLite",
    "orm-postgresql": "plain ORM, PostgreSQL",
    "datasette": "Datasette",
}
ONE_WORKER = ("--worker-class=gthread", "--workers=1", "--threads=1", "--keep-alive=300", "--timeout=300")
AS_DEPLOYED = ("--worker-class=gthread", "--workers=2", "--threads=4")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the record is: the SQLite file, and the URL and main process of the PostgreSQL server, if it runs."""

    file: Path
    url: str = ""
    postmaster: int = 0

    def of(self, engine: str) -> str:
        """What ``record.connect`` takes for an engine."""
        return str(self.file) if engine == "sqlite" else self.url

    def database_url(self, engine: str) -> str:
        """What the site takes for an engine."""
        return f"sqlite:///{self.file}" if engine == "sqlite" else self.url


class System:
    """One of ``TITLES``, to be used in a with statement."""

    def __init__(self, key: str, places: Places) -> None:
        self.key, self.places = key, places
        self.engine = "postgresql" if key.endswith("postgresql") else "sqlite"
        self.is_slow = key.startswith(("orm", "datasette"))
        self.running = ExitStack()
        self.server = Server(0, 0)
        self.client = Client(0)

    def __enter__(self) -> "System":
        self.server = self.running.enter_context(self._serving())
        self.client = Client(self.server.port)
        self.running.callback(self.client.close)
        return self

    def __exit__(self, *_: object) -> None:
        self.running.close()

    @property
    def processes(self) -> list[int]:
        """The main processes of all that works for an answer."""
        return [self.server.pid, *([self.places.postmaster] if self.engine == "postgresql" else [])]

    def address(self, claim_filter: Filter) -> str:
        """Where it shows a filter."""
        if self.key == "datasette":
            return datasette.address(self.places.file, claim_filter)
        return claim_filter.url(PAGE)

    def restart(self) -> None:
        """Stop it, whatever it is still at, and start it anew."""
        self.__exit__()
        self.__enter__()

    def _serving(self) -> AbstractContextManager[Server]:
        port = free_port()
        if self.key == "datasette":
            return serving(datasette.command(self.places.file, port), port, {}, "/-/versions.json")
        kind = self.key.partition("-")[0]
        return gunicorn(
            port,
            ONE_WORKER,
            DATABASE_URL=self.places.database_url(self.engine),
            BENCH_URLS={"floor": "bench.peers.floor", "orm": "bench.peers.plain"}.get(kind, "conflict_site.urls"),
            BENCH_FACETS="all" if "full" in self.key else "four",
            BENCH_KEPT="no" if kind == "cold" else "yes",
        )


def gunicorn(port: int, options: Iterable[str], **environment: str) -> AbstractContextManager[Server]:
    """The production server with the benchmark's settings."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        f"--bind=127.0.0.1:{port}",
        "--no-control-socket",
        "--log-level=warning",
        *options,
    ]
    settings = {"DJANGO_SETTINGS_MODULE": "bench.peers.settings"}
    return serving([*command, "bench.peers.wsgi"], port, settings | environment, "/healthz")


def chosen(wanted: Iterable[str]) -> list[str]:
    """The keys of the systems named; the first part of a name stands for all that begin with it."""
    wanted = list(wanted)
    return [key for key in TITLES if not wanted or any(key == name or key.startswith(f"{name}-") for name in wanted)]
