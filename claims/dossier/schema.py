"""What a table of the data package is: its columns, and how they lie in the database."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

Cells = dict[str, str]
Key = tuple[str, ...]

ALWAYS, FROM_REVIEW, EXPECTED = "always", "from review on", "expected"
PUBLISHED = "published"
ID = r"[-a-zA-Z0-9_]+"
TEXT_PATH = rf"texts/({ID})(?:\.([1-9][0-9]*))?\.(?:md|txt)"  # a source, and a number where several are held


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its type, its choices and its length are those of the model's ``field`` (that of its own name if "").

    ``needed`` says when a cell must be filled; "expected" is asked for by a package's own description only.
    ``optional`` columns may be absent. ``to`` is the table to whose rows the cells point, and ``by`` the columns that
    make up the key there (the column itself if empty). A ``part`` makes it a list within a cell, or a part of one.
    ``derived`` columns point at what another column already points at, and have no field.
    """

    name: str
    description: str
    field: str = ""
    needed: str = ""
    optional: bool = False
    to: str = ""
    by: Key = ()
    part: slice | None = None
    lookup: str = ""
    pattern: str = ""
    derived: bool = False

    @property
    def attribute(self) -> str:
        """The name of the model's field."""
        return self.field or self.name

    @property
    def path(self) -> str:
        """Where the database has the cell's value, as a look-up."""
        return self.lookup or (f"{self.attribute}__slug" if self.to else self.attribute)

    @property
    def keys(self) -> Key:
        """The columns whose cells make up the key of the row pointed to."""
        return self.by or (self.name,)


@dataclass(frozen=True)
class Table:
    """One table: rows of a model, known by the cells of ``key``.

    ``owner`` is the column that names the claim or position to which a row belongs. Rows of ``history`` tables are
    added where they are missing, and never changed.
    """

    name: str
    model: type[models.Model]
    description: str
    key: Key
    columns: tuple[Column, ...]
    order: Key = ("pk",)
    owner: str = ""
    optional: bool = False
    history: bool = False

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def scalars(self) -> tuple[Column, ...]:
        """The columns with one value in a cell."""
        return tuple(column for column in self.columns if column.part is None)

    @cached_property
    def lists(self) -> tuple[Column, ...]:
        """The columns with a list in a cell."""
        return tuple(column for column in self.columns if column.part is not None)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The model's field of every column that has one."""
        options = self.model._meta
        return {column.name: options.get_field(column.attribute) for column in self.columns if not column.derived}

    @cached_property
    def has_state(self) -> bool:
        """Whether its rows go from draft to publication."""
        return "state" in self.by_name and not self.history

    def key_of(self, cells: Cells) -> Key:
        """The key of a row."""
        return tuple(cells[name] for name in self.key)

    def implied(self, number: int) -> Cells:
        """What a row says by saying nothing: it is published; issues stand in the order of their rows."""
        if self.name == "issues":
            return {"order": str(number)}
        return {"state": PUBLISHED} if self.has_state else {}
