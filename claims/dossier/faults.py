"""The faults of a data package, and the error that lists them."""

from dataclasses import dataclass

MAX_LISTED = 200
MAX_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the line on which the row begins, the column, and a message.

    In a table the column is its name; in a text or in JSON it is the number of the character in the line. A file that
    is not there has neither: line 0, column "".
    """

    file: str
    message: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = [self.file, f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else ""]
        return f"{', '.join(filter(None, where))}: {self.message}"


class PackageError(Exception):
    """The package can't be loaded. The message lists its faults, one a line."""


class Faults:
    """The faults found so far: the first ``MAX_LISTED`` are kept, the others counted. A cell has one fault at most.

    ``files`` are the paths of the package's files, in the order in which their faults are listed.
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self.listed: list[Fault] = []
        self.more = 0
        self._cells: set[tuple[str, int, str]] = set()

    def __bool__(self) -> bool:
        return bool(self.listed)

    def add(self, file: str, message: str, line: int = 0, column: str = "", *, alone: bool = True) -> None:
        """Add a fault; where it shall stand ``alone``, only if its place has none already."""
        if alone and column:
            if (file, line, column) in self._cells:
                return
            self._cells.add((file, line, column))
        if len(self.listed) < MAX_LISTED:
            self.listed.append(Fault(file, message, line, column))
        else:
            self.more += 1

    def raise_if_any(self) -> None:
        """Raise PackageError, sorted by file and line, if there is a fault."""
        if not self:
            return
        files = {file: number for number, file in enumerate(self.files)}
        lines = [str(fault) for fault in sorted(self.listed, key=lambda fault: (files.get(fault.file, -1), fault.line))]
        raise PackageError("\n".join([*lines, *([f"… and {self.more} more."] if self.more else [])]))


def quote(text: str) -> str:
    """A text as it stands in a message: quoted, cut to ``MAX_QUOTE`` characters, unprintable ones as escapes."""
    printable = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[: MAX_QUOTE + 1])
    return f"“{printable[:MAX_QUOTE]}{'…' if len(text) > MAX_QUOTE else ''}”"
