"""What is noted beside a backup: by which it is known to be whole, and to be back."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

type Ask = Callable[[str], list[Any]]  # takes SQL, returns rows


class BackupError(Exception):
    """Why a backup was not made or not put back, in a sentence."""


@dataclass(frozen=True, slots=True)
class Note:
    """Engine, moment, SHA-256 of the file, rows of each table, and the head of the audit: its number and hash."""

    engine: str
    made_at: str
    sha256: str
    counts: dict[str, int]
    head: list[Any]

    def write(self, file: Path) -> None:
        """Write beside a backup; its owner alone can read it."""
        with os.fdopen(private(beside(file)), "w") as stream:
            stream.write(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, file: Path) -> Self:
        """What stands beside a backup. Raises BackupError where there is none."""
        try:
            return cls(**json.loads(beside(file).read_text()))
        except (OSError, ValueError, TypeError) as error:
            raise BackupError(f"{beside(file)} can't be read, which says what {file} holds: {error}") from error


def beside(file: Path) -> Path:
    """Where the note of a backup is."""
    return file.with_name(f"{file.name}.json")


def private(file: Path) -> int:
    """A new file, open for writing, that its owner alone can read. Raises BackupError where there is one already."""
    try:
        return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{file} is there already, and stays as it is.") from None


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def facts(ask: Ask, tables: Iterable[str]) -> tuple[dict[str, int], list[Any]]:
    """The rows of each table, and the head of the audit."""
    counts = {name: ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(tables)}  # noqa: S608
    heads = ask("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1") if "audit_entry" in counts else []
    return counts, [*heads[0]] if heads else []
