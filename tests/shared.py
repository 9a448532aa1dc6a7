"""Rows that all tests of a module share: made once, and undone after the last of them.

What a test changes in them is undone after it. Who asks for none of them runs before they are made.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import pytest_django
from django.db import transaction

from tests.factories import unreviewed

_NAMES = set[tuple[str, str]]()  # of a module and of a fixture


def of_module(*, autouse: bool = False) -> Callable[[Callable[[], Any]], Any]:
    """Make a fixture of a function that takes nothing: it is called once for its module, with leave to publish."""

    def fixture(make: Callable[[], Any]) -> Any:
        def rows(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[Any]:
            with django_db_blocker.unblock(), transaction.atomic():
                with unreviewed():
                    made = make()
                yield made
                transaction.set_rollback(True)

        _NAMES.add((make.__module__, make.__name__))
        return pytest.fixture(scope="module", autouse=autouse, name=make.__name__)(rows)

    return fixture


def asks(item: Any) -> bool:
    """Whether a test asks for such rows."""
    homes = {item.module.__name__, f"{item.module.__package__}.conftest"}
    return any((home, name) in _NAMES for home in homes for name in item.fixturenames)
