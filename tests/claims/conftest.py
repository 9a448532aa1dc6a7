"""What the tests of claims share."""

from collections.abc import Iterator

import pytest

from tests.loopback import Pages, serving


@pytest.fixture
def web() -> Iterator[Pages]:
    """A web server on this machine."""
    with serving() as pages:
        yield pages
