"""What the tests of pages share."""

from typing import Any

import pytest

from claims.readmodel import freshness


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Any) -> Any:
    """Counts the queries of a process that has read the claims into memory, as all have after their first request."""

    def counting(number: int) -> Any:
        freshness.current()
        return django_assert_num_queries(number)

    return counting
