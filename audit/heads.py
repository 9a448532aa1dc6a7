"""The head of the audit: number and hash of an entry. Who kept it can tell that none before it was changed since."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from audit.models import Entry


@dataclass(frozen=True, slots=True)
class Head:
    """Number, moment and hash of an entry."""

    seq: int
    at: str
    hash: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(entry.seq, entry.at.isoformat(), entry.hash)


def newest(using: str = "default") -> Head | None:
    """The head as it stands now; None of an empty audit."""
    return _last(Entry.objects.using(using).order_by("-seq"))


def published() -> Head | None:
    """The head as it stood at the end of yesterday, in UTC: the same all day. None where there was no entry yet."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return _last(Entry.objects.filter(at__lt=today).order_by("-at", "-seq"))


def keep(head: Head, folder: Path | None = None) -> Path:
    """Write a head into the file of its day, unless there is one; returns the file."""
    folder = folder or Path(settings.AUDIT_HEADS)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{timezone.now():%Y-%m-%d}.json"
    if not file.exists():
        file.write_text(json.dumps(asdict(head)) + "\n")
    return file


def kept(folder: Path | None = None) -> dict[Path, Head]:
    """The heads that were written before, by their files. Raises ValueError for a file that holds none."""
    files = sorted((folder or Path(settings.AUDIT_HEADS)).glob("*.json"))
    return {file: read(file.read_text()) for file in files}


def read(text: str) -> Head:
    """The head in a file. Raises ValueError where there is none."""
    try:
        return Head(**json.loads(text))
    except TypeError as error:
        raise ValueError(f"No head of an audit: {error}") from error


def _last(entries: QuerySet[Entry]) -> Head | None:
    entry = entries.filter(seq__gt=0).only("seq", "at", "hash").first()  # all that readers may see
    return Head.of(entry) if entry else None
