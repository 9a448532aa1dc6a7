"""What is wrong with a data package, in plain words."""

from dataclasses import dataclass

SHOWN = 200
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: in which file, on which line (that on which the row begins), in which column."""

    file: str
    message: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = [self.file, f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else ""]
        return f"{', '.join(filter(None, where))}: {self.message}"


class PackageError(Exception):
    """A package that can't be loaded; the message lists its faults, one on a line."""


class Faults:
    """The faults found so far: the first 200 to be shown, the others counted. A cell is reported once.

    ``files`` are the files of the package, in the order in which their faults are shown.
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self.shown: list[Fault] = []
        self.more = 0
        self._cells: set[tuple[str, int, str]] = set()

    def __bool__(self) -> bool:
        return bool(self.shown)

    def add(self, file: str, message: str, line: int = 0, column: str = "") -> None:
        """Take note of a fault."""
        if column:
            if (file, line, column) in self._cells:
                return
            self._cells.add((file, line, column))
        if len(self.shown) < SHOWN:
            self.shown.append(Fault(file, message, line, column))
        else:
            self.more += 1

    def raise_if_any(self) -> None:
        """Raise PackageError if there is a fault."""
        if not self:
            return
        files = {file: number for number, file in enumerate(self.files)}
        lines = [str(fault) for fault in sorted(self.shown, key=lambda fault: (files.get(fault.file, -1), fault.line))]
        raise PackageError("\n".join([*lines, *([f"… and {self.more} more."] if self.more else [])]))


def quote(text: str) -> str:
    """A text within a message: cut short, its unprintable characters as escapes."""
    printable = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[: QUOTED + 1])
    return f"“{printable[:QUOTED]}{'…' if len(text) > QUOTED else ''}”"
