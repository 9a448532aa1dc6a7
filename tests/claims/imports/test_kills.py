"""An import that is killed leaves all of its rows or none; without its transaction it would not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def killed(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Kill imports into a SQLite file."""
    given = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "x", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "scripts.kill_imports", "--rows", "200", *arguments]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)


def test_after_kills_there_is_no_part_of_the_rows_save_without_the_transaction(empty_site, tmp_path):
    file = Path(shutil.copy(empty_site, tmp_path))
    run = killed(file, "--kills", "3")
    assert run.stdout.splitlines()[-1:] == ["3 kills, after 0 of which a part of the rows was there"], run.stderr
    assert run.returncode == 0
    control = killed(file, "--kills", "1", "--control")
    assert ("TORN" in control.stdout, control.returncode) == (True, 1), control.stderr
