"""The one filter of claims: its parameters, conditions, facets, dates, pages, and the sentence it is read back as."""

from claims.filtering import cursors, facets, filter, readback, results, totals
from claims.filtering.clocks import published_on
from claims.filtering.cursors import PAGE_SIZE
from claims.filtering.dimensions import DIMENSIONS
from claims.filtering.filter import ClaimFilter
from claims.filtering.horizon import AsOfForm, Horizon, ending, refuse_unknown
from claims.filtering.near import like, near
from claims.filtering.pages import LAST_PAGE, Page, PageNumber, page_of
from claims.filtering.parameters import (
    LONGEST_ADDRESS,
    MAX_LENGTH,
    MAX_PHRASES,
    MAX_VALUES,
    MAX_WORDS,
    MOST,
    Address,
    DayOnce,
    Listed,
    Once,
    Option,
    Phrases,
    Several,
    Whole,
    shown,
)
from claims.filtering.suggestions import suggestions
from claims.filtering.totals import Tally

__all__ = [
    "DIMENSIONS",
    "LAST_PAGE",
    "LONGEST_ADDRESS",
    "MAX_LENGTH",
    "MAX_PHRASES",
    "MAX_VALUES",
    "MAX_WORDS",
    "MOST",
    "PAGE_SIZE",
    "Address",
    "AsOfForm",
    "ClaimFilter",
    "DayOnce",
    "Horizon",
    "Listed",
    "Once",
    "Option",
    "Page",
    "PageNumber",
    "Phrases",
    "Several",
    "Tally",
    "Whole",
    "cursors",
    "ending",
    "facets",
    "filter",
    "like",
    "near",
    "page_of",
    "published_on",
    "readback",
    "refuse_unknown",
    "results",
    "shown",
    "suggestions",
    "totals",
]
