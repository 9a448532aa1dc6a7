"""What all tests share."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.db import connection
from hypothesis import settings

from claims.models import Permit
from tests import shared
from tests.guards import without_guards

settings.register_profile("attributed", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("attributed")

ROOT = Path(__file__).resolve().parent.parent
SHARED = os.environ.get("ATTRIBUTED_SHARED")
LEFT_OUT = pytest.StashKey[dict[pytest.Item, str]]()
RUN_ONCE = pytest.StashKey[list[pytest.Item]]()
WRITERS = (
    "test_admin",
    "test_capture",
    "test_desk",
    "test_guard",
    "test_import",
    "test_load",
    "test_merging",
    "test_reading_desk",
    "test_takedown",
)
DATABASE = {"db", "transactional_db", "django_db_setup"}  # the fixtures of tests that ask one
COMMITTING = {"transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.fixture
def shared_data() -> Path:
    """The folder of texts that are kept outside the repository, for tests marked with `shared_data`."""
    assert SHARED, "mark the test with @pytest.mark.shared_data"
    return Path(SHARED)


def found(name: str) -> str | None:
    """A program beside this Python, on the way, or where servers lie; None where the machine has none."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}:/usr/sbin")


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """The first program that a test marked with `program` asks for."""
    path = found(request.node.get_closest_marker("program").args[0])
    assert path
    return path


@pytest.fixture(autouse=True)
def leave(request: pytest.FixtureRequest) -> None:
    """Tests of what readers get change it as they need it. Those of what writes (the desk, loads, captures) have no
    leave that the program has not: they ask for it where they set something up.
    """
    asks = request.node.get_closest_marker("django_db") or DATABASE & {*request.fixturenames}
    if asks and not (request.path.name.startswith(WRITERS) or request.path.parent.name == "imports"):
        request.getfixturevalue("_django_db_helper")
        Permit.objects.create(reason="Tests of what readers get.")


@pytest.fixture(scope="session")
def empty_site(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A SQLite file with all tables, made once: for programs that are run on a copy of it."""
    file = tmp_path_factory.mktemp("empty") / "site.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as empty:
            connection.ensure_connection()
            connection.connection.backup(empty)
    else:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "x"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return file


@pytest.fixture(autouse=True, scope="session")
def all_goes_after_a_test() -> Iterator[None]:
    """What a test has committed is thrown away after it, whatever the database otherwise refuses to let go."""
    flush = type(connection.ops).execute_sql_flush

    def flush_past_the_guards(operations: Any, statements: Any) -> None:
        if connection.vendor == "sqlite":
            with without_guards():
                flush(operations, [*statements, "DELETE FROM sqlite_sequence WHERE name = 'audit_entry'"])
        else:
            flush(operations, ["SET LOCAL session_replication_role = replica", *statements])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "execute_sql_flush", flush_past_the_guards)
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests that need what this machine does not have, and those that another run has tried. Of a module
    those come last that ask for rows which stay until its end; and last of all those that commit, since after them
    everything is thrown away, what migrations have written too.
    """
    modules = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (commits(item), modules[item.path], shared.asks(item)))
    config.stash[LEFT_OUT] = {item: reason for item in items if (reason := lacking(item))}
    config.stash[RUN_ONCE] = [item for item in items if is_run_once(item)]
    dropped = {*config.stash[LEFT_OUT], *config.stash[RUN_ONCE]}
    if dropped:
        config.hook.pytest_deselected(items=[*dropped])
        items[:] = [item for item in items if item not in dropped]


def commits(item: pytest.Item) -> bool:
    """Whether a test writes for good into the database that all share."""
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return is_marked or not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))


def lacking(item: pytest.Item) -> str:
    """What a test needs that is not here, in words; an empty string where all is."""
    if not SHARED and item.get_closest_marker("shared_data"):
        return "ATTRIBUTED_SHARED names no folder with the texts it needs"
    missing = [name for marker in item.iter_markers("program") for name in marker.args if not found(name)]
    if missing:
        return f"there is no {missing[0]} here"
    if item.get_closest_marker("accounts") and os.geteuid() != 0:
        return "only root acts as another account"
    return ""


def is_run_once(item: pytest.Item) -> bool:
    """Whether the run on SQLite has tried this already: it asks no database, or is marked as the same on both."""
    if not os.environ.get("RUN_BESIDE_SQLITE"):
        return False
    asks = item.get_closest_marker("django_db") or DATABASE & {*getattr(item, "fixturenames", ())}
    return not asks or item.get_closest_marker("run_once") is not None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a run in which a test was skipped: it has not passed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.exitstatus == pytest.ExitCode.OK and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says which tests did not run, and why."""
    for item, reason in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(f"Left out: {item.nodeid} ({reason})")
    if once := config.stash.get(RUN_ONCE, []):
        terminalreporter.write_line(
            f"Left out: {len(once)} tests to which the database makes no difference; SQLite has them"
        )
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"Skipped, which counts as a failure: {report.nodeid} {report.longrepr}", red=True)
