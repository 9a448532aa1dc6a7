"""Short ways to declare a column."""

from collections.abc import Callable
from functools import partial

from claims.dossier.schema import ALWAYS, ID, Column

ALL, FIRST, REST = slice(None), slice(0, 1), slice(1, None)
WEB = r"https?://.+"
WRITTEN_AS = "day, month, year, approximate (~), held throughout (a/b, a/.., ../b), once within ([a..b])"

required: Callable[..., Column] = partial(Column, required=ALWAYS)
optional: Callable[..., Column] = partial(Column, optional=True)
row_id = required("id", "stable id", "slug")


def date(name: str, meaning: str, required: str = "") -> Column:
    """A column with a fuzzy date, in the subset of EDTF that we use."""
    return Column(name, f"{meaning}; a date of a subset of EDTF: {WRITTEN_AS}", f"{name}_edtf", required=required)


def date_words(name: str) -> Column:
    """The column with the source's own words for the date ``name``."""
    return optional(f"{name}_text", f"{name}, in the words of the source")


def row_reference(tables: str) -> tuple[Column, Column]:
    """The two columns that point to a row of any of several tables; ``tables`` is a pattern of their names."""
    return (
        Column("table", "table of the row", required=ALWAYS, pattern=tables, derived=True),
        Column("id", "id of the row", required=ALWAYS, pattern=ID, derived=True),
    )


state = optional("state", "draft, in_review, published or withdrawn; published where the column is absent")
