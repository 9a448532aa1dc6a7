"""What a table and a column of the data package are, and to which models and fields they belong."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from conflict_site.base.spelling import spelling

Cells = dict[str, str]
Key = tuple[str, ...]

ALWAYS, FROM_REVIEW, EXPECTED = "always", "from review on", "expected"
PUBLISHED = "published"
ID = r"[-a-zA-Z0-9_]+"
TEXT_PATH = rf"texts/({ID})(?:\.([1-9][0-9]*))?\.(?:md|txt)"  # a source, and a number where several are held


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its type, choices and length are those of the model's ``field``, which has its name if "".

    - ``required``: when a cell must be filled; ``EXPECTED`` is demanded by a package's own descriptor only
    - ``optional``: the column may be absent
    - ``target``: the table to whose rows the cells point
    - ``composite_key``: the columns that make up the key of such a row; if empty, this column alone
    - ``list_items``: which items of the field a cell lists; None if a cell holds one value
    - ``lookup``: the query path of the value, where it does not follow from the field
    - ``pattern``: the regular expression that a cell matches
    - ``derived``: the column has no field of its own: it names a row or a file, or repeats what another column says
    """

    name: str
    description: str
    field: str = ""
    required: str = ""
    optional: bool = False
    target: str = ""
    composite_key: Key = ()
    list_items: slice | None = None
    lookup: str = ""
    pattern: str = ""
    derived: bool = False

    @property
    def field_name(self) -> str:
        """The name of the model's field."""
        return self.field or self.name

    @property
    def is_list(self) -> bool:
        """Whether a cell holds a list."""
        return self.list_items is not None

    @property
    def path(self) -> str:
        """The path of the cell's value in a query."""
        return self.lookup or (f"{self.field_name}__slug" if self.target else self.field_name)

    @property
    def foreign_key(self) -> Key:
        """The columns whose cells make up the key of the row in the target table."""
        return self.composite_key or (self.name,)


@dataclass(frozen=True)
class Table:
    """One table: rows of a model, known by the cells of ``key``.

    ``spelled`` are columns of the key whose cells are equal where they are spelled alike: a quote is known again after
    it was put as its text has it. ``owner`` is the column that names the claim or position to which a row belongs.
    ``provenance`` tables are made by dumps; a load adds their rows where they are missing, and never changes one.
    """

    name: str
    model: type[models.Model]
    description: str
    key: Key
    columns: tuple[Column, ...]
    order: Key = ("pk",)
    owner: str = ""
    optional: bool = False
    provenance: bool = False
    spelled: Key = ()

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def value_columns(self) -> tuple[Column, ...]:
        """The columns with one value in a cell."""
        return tuple(column for column in self.columns if not column.is_list)

    @cached_property
    def list_columns(self) -> tuple[Column, ...]:
        """The columns with a list in a cell."""
        return tuple(column for column in self.columns if column.is_list)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The model's fields by the names of their columns."""
        options = self.model._meta
        return {column.name: options.get_field(column.field_name) for column in self.columns if not column.derived}

    @cached_property
    def has_state(self) -> bool:
        """Whether its rows have an editorial state: draft, in review, published or withdrawn."""
        return "state" in self.by_name and not self.provenance

    def key_of(self, cells: Cells) -> Key:
        """The key of a row with these cells."""
        return tuple(spelling(cells[name]) if name in self.spelled else cells[name] for name in self.key)

    def defaults(self, number: int) -> Cells:
        """What absent columns and empty cells stand for: published; as the order of an issue, the number of its row."""
        if self.name == "issues":
            return {"order": str(number)}
        return {"state": PUBLISHED} if self.has_state else {}
