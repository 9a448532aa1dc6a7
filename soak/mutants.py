"""A plugin of pytest that takes away what some tests guard, so that they must fail: ``SOAK_MUTANT`` says what."""

import os
import re
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest


def leaks() -> None:
    from claims.readmodel import rows

    rows._PUBLISHED = "state IN ('published', 'draft', 'in_review')"


def formulas() -> None:
    from claims.formats import csv_file

    csv_file.FORMULA = re.compile("(?!)")


def places() -> None:
    from claims.dossier.faults import Fault

    Fault.__str__ = lambda fault: "wrong"  # type: ignore[method-assign]


def times() -> None:
    from conflict_site.base import limits

    limits.allow = lambda seconds: None


def caches() -> None:
    from claims.views import claims

    claims.patch_vary_headers = lambda response, newheaders: None


def edits() -> None:
    from claims.admin.forms import RecordForm

    RecordForm._show_what_is_stored = lambda self: None  # type: ignore[method-assign]


def desks() -> None:
    tests: Any = import_module("tests.http.test_public_only")
    run = tests.subprocess.run

    def with_a_desk(*command: Any, env: dict[str, str], **given: Any) -> Any:
        return run(*command, env=env | {"PUBLIC_ONLY": "0"}, **given)

    tests.subprocess = SimpleNamespace(run=with_a_desk)


MUTANTS: dict[str, Callable[[], None]] = {
    each.__name__: each for each in (leaks, formulas, places, times, caches, edits, desks)
}


@pytest.fixture(autouse=True, scope="session")
def planted() -> None:
    """The fault is there before the first test."""
    MUTANTS[os.environ["SOAK_MUTANT"]]()
