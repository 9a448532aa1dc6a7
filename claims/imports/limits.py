"""How much a file may hold, and the faults of one that holds more."""

from typing import NoReturn

from claims.dossier import Fault, PackageError

LARGEST_FILE = 20_000_000  # bytes
LARGEST_UNPACKED = 200_000_000  # bytes of all that an archive holds
MOST_PARTS = 5_000  # files in an archive
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 100_000  # characters


def refuse(file: str, words: str, line: int = 1, column: str = "1") -> NoReturn:
    """Raise PackageError with one fault of a file."""
    raise PackageError(str(Fault(file, words, line, column)))


def check_size(file: str, data: bytes) -> None:
    """Raise PackageError where a file is empty or too large."""
    if not data.strip():
        refuse(file, "it is empty")
    if len(data) > LARGEST_FILE:
        refuse(file, f"it is larger than {LARGEST_FILE // 1_000_000} MB; divide it")
