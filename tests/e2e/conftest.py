"""A real browser, in front of a running site that holds the opening dossier.

Every test fails on what the browser complains of: an error in a script, a breach of the content security policy,
a file that is missing, a request to another site.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

ROOT = Path(__file__).resolve().parent.parent.parent
QUIET = ["gpu", "quic", "background-networking", "component-update", "sync"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop runs in the thread of the tests


def pytest_configure(config: pytest.Config) -> None:
    """Keeps a picture of every page on which a test failed."""
    config.option.screenshot = "only-on-failure"
    config.option.full_page_screenshot = True
    config.option.output = str(ROOT / "var" / "screenshots")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """A database file with the opening dossier, open to tests and server alike; gives a copy of its first state."""
    connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("site") / "site.sqlite3")
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
        call_command("load_dossier", ROOT / "data" / "opening", verbosity=0)
        first_state = sqlite3.connect(":memory:")
        connection.connection.backup(first_state)
        yield first_state
        first_state.close()
        teardown_databases(databases, verbosity=0)


@pytest.fixture(autouse=True)
def leave() -> None:
    """No leave to change what readers see that the site itself has not: nobody is to be let past by its tests."""


@pytest.fixture(autouse=True)
def put_back(django_db_setup: sqlite3.Connection) -> Iterator[None]:
    """Undoes what a test has written: the server commits, so there is no transaction to roll back."""
    before = written()
    yield
    if written() != before:
        django_db_setup.backup(connection.connection)


def written() -> tuple[sqlite3.Connection, int, int]:
    """What differs once anybody has written: by this connection, or by any other one as this one sees it."""
    connection.ensure_connection()
    own = connection.connection
    return own, own.total_changes, own.execute("PRAGMA data_version").fetchone()[0]


@pytest.fixture(scope="session")
def base_url(django_db_setup: sqlite3.Connection) -> Iterator[str]:
    """The address of the running site; `page.goto("/claims/")` starts from it."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, without what it does besides showing pages."""
    chromium = subprocess.run(
        [ROOT / "scripts" / "find-chromium"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    flags = ["--no-first-run", *(f"--disable-{feature}" for feature in QUIET)]
    return {**browser_type_launch_args, "executable_path": chromium.strip(), "args": flags}


def is_complaint(message: ConsoleMessage) -> bool:
    """Whether something is wrong; htmx also notes that it gives up a request for a newer one of the same form."""
    return message.type == "error" and not message.text.startswith(("htmx:afterRequest,", "htmx:sendAbort,"))


@pytest.fixture(autouse=True)
def complaints(browser: Browser) -> list[str]:
    """What the browser has complained of so far. A test that provokes a complaint takes it out of the list."""
    return []


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fails the test while its pages are still open, so that there is a picture."""
    result = yield
    for context in pyfuncitem.funcargs["browser"].contexts:
        for page in context.pages:
            page.wait_for_timeout(50)  # scripts may still be at work
    complaints = pyfuncitem.funcargs["complaints"]
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)
    return result


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], complaints: list[str], base_url: str
) -> Callable[..., BrowserContext]:
    """Opens a browser window of its own (cookies, size, scheme ...), whose complaints are noted."""

    def new_watched_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", lambda message: is_complaint(message) and complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", lambda request: request.url.startswith(base_url) or complaints.append(request.url))
        return context

    return new_watched_context


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens an address in a new window: `open_page("/claims/", javascript=False, scheme="dark", width=360)`."""

    def open_page(path: str, *, javascript: bool = True, scheme: str = "light", width: int = 1280) -> Page:
        viewport = {"width": width, "height": 800}
        page = new_context(java_script_enabled=javascript, color_scheme=scheme, viewport=viewport).new_page()
        page.goto(path)
        return page

    return open_page


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Checks a page against what axe knows of WCAG 2.2, levels A and AA: `axe(page)`; perhaps without a part of it."""

    def check(page: Page, without: str = "") -> None:
        assert page.evaluate("matchMedia('(scripting: enabled)').matches"), "axe would wait for ever without JavaScript"
        whole = {"exclude": [[without]]} if without else None
        results = Axe().run(
            page, whole, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        )
        assert results.violations_count == 0, results.generate_report()

    return check
