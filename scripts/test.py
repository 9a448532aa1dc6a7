"""Runs what must hold before a change is kept, several checks at a time: one line for each that holds, a log if not.

python scripts/test.py [lint] [sqlite] [postgres] [e2e]     (all of them when none is named)
"""

import os
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.prefix, "bin")
SQLITE = {"DATABASE_URL": "sqlite:///:memory:"}
MANY_REQUESTS = {"API_CASES": "200"}  # that are made up from the OpenAPI document
BESIDE = {"RUN_BESIDE_SQLITE": "1", "API_CASES": "25"}  # leaves out the tests to which the database makes no difference
KEPT = {"PYTHONDONTWRITEBYTECODE": ""}  # what is compiled: tests start the site's commands again and again
PRODUCTION = SQLITE | {"ALLOWED_HOSTS": "attributed.example", "HTTPS": "1", "PROXIES": "1"}


@dataclass(frozen=True)
class Check:
    """A command that must succeed, and the environment it needs."""

    name: str
    command: str
    environment: dict[str, str] = field(default_factory=dict)


# The slow ones first, so that the short ones fill the gaps; two browsers, so that no core is idle at the end.
CHECKS = {
    "postgres": [Check("tests on PostgreSQL", "python scripts/with_postgres.py pytest -q", BESIDE)],
    "sqlite": [Check("tests on SQLite", "pytest -q", SQLITE | MANY_REQUESTS)],
    "e2e": [Check("tests in a browser", "pytest -q -n 2 --dist loadfile tests/e2e", SQLITE)],
    "lint": [
        Check("types", "mypy --explicit-package-bases conflict_site actors audit claims scripts bench soak"),
        Check("templates", "djlint --lint . --extend-exclude templates/jinja2"),
        Check("Jinja2 templates", "djlint --lint templates/jinja2 --profile jinja"),
        Check("style", "ruff check"),
        Check("layout", "ruff format --check"),
        Check("migrations", "python manage.py makemigrations --check --dry-run", SQLITE),
        Check("deployment", "python manage.py check --deploy --fail-level WARNING", PRODUCTION),
    ],
}


def run(check: Check) -> bool:
    """Runs one check, prints how it went, and returns whether it holds."""
    plain = {"SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "0", "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    environment = os.environ | plain | KEPT | check.environment
    start = monotonic()
    result = subprocess.run(
        check.command.split(), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    print(report(check, result.returncode, result.stdout.decode(errors="replace"), monotonic() - start), flush=True)
    return result.returncode == 0


def report(check: Check, status: int, output: str, seconds: float) -> str:
    """How a check went: a line with the last thing it said; all it said if it failed, else which tests it left out."""
    lines = [line.strip("= ") for line in output.splitlines() if line.strip()] or [""]
    heading = f"{'FAILED' if status else 'ok':<7}{seconds:5.1f} s  {check.name:<20} {lines[-1]}"
    if status:
        return f"{heading}\n\n$ {check.command}\n{output}"
    return "\n".join([heading, *(f"{'':<16}{line}" for line in lines if line.startswith("Left out: "))])


def main() -> None:
    """Runs the groups named on the command line; exits with 1 if one check fails."""
    groups = sys.argv[1:] or list(CHECKS)
    checks = [check for group in groups for check in CHECKS[group]]
    for group, tool in {"postgres": "find-postgres", "e2e": "find-chromium"}.items():
        if group in groups and subprocess.run([ROOT / "scripts" / tool], stdout=subprocess.DEVNULL).returncode:
            sys.exit(1)  # the tool has said what is missing
    print("Running:", ", ".join(check.name for check in checks), "...", flush=True)
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 1)) as pool:
        runs = [pool.submit(run, check) for check in checks]
        try:
            failed = sum(not each.result() for each in runs)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            sys.exit("Stopped.")
    sys.exit(f"{failed} of {len(checks)} checks failed." if failed else None)


if __name__ == "__main__":
    main()
