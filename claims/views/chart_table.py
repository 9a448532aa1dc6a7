"""The table that a chart can be read from, a page at a time."""

from collections.abc import Mapping
from dataclasses import replace

from django.core.paginator import Paginator

from claims.charts import A_PAGE
from claims.filtering import AsOfForm, Option, Page, PageNumber, page_of
from claims.positions import Chart, stances
from claims.wording import ClaimLine

PLACE = "#table"


class ChartForm(AsOfForm):
    """The days, and the page of the table under the chart, which can be of what has no coded stance alone."""

    page = PageNumber("Page of the table")
    rows = Option("Rows of the table", {"all": "All", "uncoded": "On file without a coded stance"})

    @property
    def is_of_uncoded(self) -> bool:
        """Whether the table is of what has no coded stance alone."""
        return bool(self.cleaned_data["rows"] == "uncoded")

    @property
    def uncoded_url(self) -> str:
        """The same page with the table of what has no coded stance."""
        return self.url(rows="uncoded") + PLACE

    def page_of(self, chart: Chart | None) -> Page:
        """The page asked for; none, with an error in the form, where there is no such page."""
        rows = chart.rows if chart else []
        shown = [row for row in rows if not (self.is_of_uncoded and row[1].is_coded)]
        pages = Paginator(shown, A_PAGE)
        number = self.cleaned_data["page"]
        if number > pages.num_pages:
            self.add_error("page", f"The last page of the table is {pages.num_pages}.")
            return Page()
        return page_of(pages, number, lambda other: self.url(page=other if other > 1 else None) + PLACE)

    @property
    def paged(self) -> str:
        """The address of a page of the table but for its number, for marks that lead there."""
        plain = self.url(page=None, rows=None)
        return f"{plain}{'&' if '?' in plain else '?'}page="


def claims_of(page: Page) -> list[int]:
    """The keys of the claims in the rows of a page."""
    return [item.claim for _, item in page.rows]


def printed(page: Page, claims: Mapping[int, ClaimLine]) -> Page:
    """The page with the entries of its claims."""
    rows = [(title, item) for title, item in page.rows if item.claim in claims]
    items = stances.with_entries((item for _, item in rows), claims)
    return replace(page, rows=[(title, item) for (title, _), item in zip(rows, items, strict=True)])
