"""Which of many pages are worth a look in a browser."""

from collections.abc import Iterable

from playwright.sync_api import Page

MOST = 25


def longest(page: Page, paths: Iterable[str]) -> list[str]:
    """The pages at these addresses that hold the most bytes: the tallest on a phone are among the first twenty."""
    return sorted(paths, key=lambda path: len(page.request.get(path).body()), reverse=True)[:MOST]
