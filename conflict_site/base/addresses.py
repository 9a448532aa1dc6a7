"""Addresses of pages that are named by a slug, at the cost of a replacement instead of a search through all patterns.

A list of fifty claims prints some two hundred of them.
"""

from collections.abc import Callable
from functools import cache

from django.urls import get_script_prefix, reverse

type Absolute = Callable[[str], str]  # makes an address of this site whole

PLACE = "slug-goes-here"


def address(page: str, *slugs: str) -> str:
    """The address of a page (``app:name``) of slugs. These are ASCII letters, digits, hyphens and underscores."""
    first, *rest = _pattern(page, get_script_prefix(), len(slugs))
    return first + "".join(slug + after for slug, after in zip(slugs, rest, strict=True))


@cache
def _pattern(page: str, prefix: str, number: int) -> list[str]:
    """What stands around so many slugs."""
    return reverse(page, args=[PLACE] * number).split(PLACE)
