"""Runs what must hold before a change is kept, several checks at a time: one line for each that holds, a log if not.

python scripts/test.py [lint] [sqlite] [postgres] [e2e]     (all of them when none is named)
"""

import os
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.prefix, "bin")
SQLITE = {"DATABASE_URL": "sqlite:///:memory:"}
PRODUCTION = SQLITE | {"ALLOWED_HOSTS": "attributed.example", "HTTPS": "1"}


@dataclass(frozen=True)
class Check:
    """A command that must succeed, and the environment it needs."""

    name: str
    command: str
    environment: dict[str, str] = field(default_factory=dict)


# The slow ones first, so that the short ones fill the gaps.
CHECKS = {
    "postgres": [Check("tests on PostgreSQL", "python scripts/with_postgres.py pytest -q")],
    "sqlite": [Check("tests on SQLite", "pytest -q", SQLITE)],
    "e2e": [Check("tests in a browser", "pytest -q tests/e2e", SQLITE)],
    "lint": [
        Check("types", "mypy conflict_site actors claims scripts"),
        Check("templates", "djlint --lint ."),
        Check("style", "ruff check"),
        Check("layout", "ruff format --check"),
        Check("migrations", "python manage.py makemigrations --check --dry-run", SQLITE),
        Check("deployment", "python manage.py check --deploy --fail-level WARNING", PRODUCTION),
    ],
}


def run(check: Check) -> bool:
    """Runs one check, prints how it went, and returns whether it holds."""
    plain = {"SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "0", "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    environment = os.environ | plain | check.environment
    start = monotonic()
    result = subprocess.run(
        check.command.split(), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = [line.strip("= ") for line in result.stdout.splitlines() if line.strip()] or [""]
    print(f"{'FAILED' if result.returncode else 'ok':<7}{monotonic() - start:5.1f} s  {check.name:<20} {lines[-1]}")
    if result.returncode:
        print(f"\n$ {check.command}\n{result.stdout}")
    else:
        print(*(f"{'':<16}{line}\n" for line in lines if line.startswith("Left out: ")), sep="", end="", flush=True)
    return result.returncode == 0


def main() -> None:
    """Runs the groups named on the command line; exits with 1 if one check fails."""
    groups = sys.argv[1:] or list(CHECKS)
    for group, tool in {"postgres": "find-postgres", "e2e": "find-chromium"}.items():
        if group in groups and subprocess.run([ROOT / "scripts" / tool], stdout=subprocess.DEVNULL).returncode:
            sys.exit(1)  # the tool has said what is missing
    checks = [check for group in CHECKS if group in groups for check in CHECKS[group]]
    print(f"Running {len(checks)} checks ...", flush=True)
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 1)) as pool:
        results = [future.result() for future in as_completed(pool.submit(run, check) for check in checks)]
    failed = results.count(False)
    sys.exit(f"{failed} of {len(results)} checks failed." if failed else None)


if __name__ == "__main__":
    main()
