"""Addresses of pages that are named by a slug, at the cost of a replacement instead of a search through all patterns.

A list of fifty claims prints some two hundred of them.
"""

from collections.abc import Callable
from functools import cache

from django.urls import get_script_prefix, reverse

type Absolute = Callable[[str], str]  # makes an address of this site whole

PLACE = "slug-goes-here"


def address(page: str, slug: str) -> str:
    """The address of a page (``app:name``) of a slug. Slugs are ASCII letters, digits, hyphens and underscores."""
    return _pattern(page, get_script_prefix()).replace(PLACE, slug)


@cache
def _pattern(page: str, prefix: str) -> str:
    return reverse(page, args=[PLACE])
