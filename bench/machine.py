"""The machine and the versions, in terms that name neither host nor owner."""

import os
import platform
import re
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench.peers import datasette


def machine() -> dict[str, str]:
    """What the figures depend on, by name."""
    return dict(_facts())


def _facts() -> Iterator[tuple[str, str]]:
    yield "Processor", f"{_line('cpuinfo', 'model name')}, {os.cpu_count()} cores"
    yield "Memory", f"{int(_line('meminfo', 'MemTotal').split()[0]) / 1024**2:.0f} GB"
    yield "Python", platform.python_version()
    yield "Django", version("django")
    yield "NumPy", version("numpy")
    yield "SQLite", sqlite3.sqlite_version
    yield "Datasette", datasette.release()


def _line(file: str, name: str) -> str:
    found = re.search(rf"^{name}\s*:\s*(.+)$", Path("/proc", file).read_text(), re.MULTILINE)
    return found[1] if found else "unknown"
