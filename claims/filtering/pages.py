"""A page of a list: its rows, their places in it, and the ways on. Its number, where lists have numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Paginator

from claims.filtering.parameters import Once

LAST_PAGE = 10**6


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page, where they stand among all that are found (0 where that is not counted), and the others."""

    rows: list[Any] = field(default_factory=list)
    start: int = 0
    end: int = 0
    total: int = 0
    first_url: str = ""
    next_url: str = ""


def page_of(pages: Paginator, number: int, url: Callable[[int], str]) -> Page:
    """One of the pages; ``url`` gives the address of each."""
    page = pages.page(number)
    return Page(
        rows=list(page.object_list),
        start=page.start_index(),
        end=page.end_index(),
        total=pages.count,
        first_url=url(1) if number > 1 else "",
        next_url=url(number + 1) if page.has_next() else "",
    )


class PageNumber(Once):
    """The number of a page. Cleaned: 1 without one."""

    def to_python(self, value: list[str] | None) -> Any:
        """The number; raises ValidationError for what is none."""
        typed = super().to_python(value) or "1"
        if not (typed.isascii() and typed.isdecimal() and 0 < int(typed) < LAST_PAGE):
            raise forms.ValidationError("A page is a number from 1.")
        return int(typed)
