"""The drill of an upgrade: a site of an earlier commit, with the opening dossier, read and written to, is brought to
the present by ``deploy/release`` and back. No request may fail, and no row be lost.

python -m soak.drill [--engine sqlite] [COMMIT ...]

COMMIT is one of this repository's history. Where none is named: the one before the newest migration, and the last one
of the days before the audit, from which no way leads back but to a backup.
"""

import argparse
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from soak.__main__ import ENGINES, attempt, engine
from soak.busy import ADD, Busy
from soak.desk import Desk
from soak.places import ROOT, Place
from soak.released import Site

BEFORE_THE_AUDIT = "d740265"
AROUND = 3  # seconds of work before and after what is tried
COUNTS = """
import json
from django.db import connection
with connection.cursor() as cursor:
    def count(table):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]
    tables = connection.introspection.django_table_names(only_existing=True)
    print(json.dumps({table: count(table) for table in tables}))
"""
SAVED = """
import json
from django.contrib.auth.models import Group
print(json.dumps([*Group.objects.values_list('name', flat=True)]))
"""
NOT_KEPT = {"claims_changedrow", "claims_claimwords", "django_session"}  # worked out anew, or let go of in time


@contextmanager
def installed(place: Place, commit: str, ends_by: signal.Signals = signal.SIGTERM) -> Iterator[Site]:
    """A site of a commit, as long as the block lasts."""
    with TemporaryDirectory(prefix="drill-") as folder, Site(Path(folder), place.empty(), ends_by) as site:
        site.set_up(commit)
        yield site


def there_and_back(place: Place, commit: str) -> str:
    """Fails where a request fails, a row is lost, or the audit or a passage does not hold."""
    with installed(place, commit) as site:
        before = site.asked(COUNTS)
        said, there = amid_work(site, "upgrade")
        told = [there.words(f"upgrade to {head()}"), whole(site, before, there.saved)]
        if "could not live with these" not in said:
            _, back = amid_work(site, "rollback")
            return "; ".join([*told, back.words("rollback"), whole(site, before, there.saved | back.saved)])
        stays_where_it_is(site)
        _, back = amid_work(site, "rollback", "--to-backup", "--yes", writes=False)
        return "; ".join(
            [*told, "rollback refused before it began", back.words("rollback --to-backup"), whole(site, before)]
        )


def amid_work(site: Site, *command: str, writes: bool = True) -> tuple[str, Busy]:
    """Run ``deploy/release`` amid work, while somebody has a form open; what it said, and what those who worked saw."""
    desk, name = Desk(site.port), f"open during {command[0]}"
    with Busy(site.port, writes) as busy:
        form = desk.opened(ADD).body
        sleep(AROUND)
        said = site.must(*command, heard=busy.hear)
        if writes:
            busy.note(name, desk.sent(ADD, form, name=name))
        sleep(AROUND)
    assert not busy.failed, busy.words(" ".join(command))
    return said, busy


def whole(site: Site, before: dict[str, int], saved: Mapping[str, str] | None = None) -> str:
    """Fails where a table has fewer rows than before, what was saved is missing, or what is on file does not hold.
    ``saved``: by its name, the stage in which something was.
    """
    now = site.asked(COUNTS)
    fewer = {name: (rows, now.get(name)) for name, rows in before.items() if now.get(name, 0) < rows}
    there = {*site.asked(SAVED)}
    lost = {name: stage for name, stage in (saved or {}).items() if name not in there}
    assert not fewer.keys() - NOT_KEPT, f"rows are gone: {fewer}"
    assert not lost, f"{len(lost)} of {len(saved or {})} saved rows are gone, by when they were saved: {lost}"
    known = site.manage("help", "--commands").split()
    for name in {"verify_citations", "verify_audit"} & {*known}:
        site.manage(name)
    return "none lost"


def stays_where_it_is(site: Site) -> None:
    """Fails where a rollback that cannot be is begun."""
    running = (site.root / "current").resolve()
    done = site.release("rollback")
    assert "could not live with the database" in done.stderr, done.stdout + done.stderr
    assert (done.returncode, (site.root / "current").resolve(), site.served()) == (1, running, True)


def killed(place: Place) -> str:
    """The control: a server that is killed, not asked to end."""
    with installed(place, head(), signal.SIGKILL) as site:
        _, busy = amid_work(site, "upgrade")
    return busy.words("upgrade")


def head(of: str = "HEAD") -> str:
    """A commit by its short name. Raises CalledProcessError where the history does not go so far."""
    command = ["git", "rev-parse", "--short", "--verify", f"{of}^{{commit}}"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def earlier() -> list[str]:
    """The commit before the newest migration, and the last one before the audit."""
    command = ["git", "log", "-1", "--format=%h", "--diff-filter=A", "--", "*/migrations/0*.py"]
    newest = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    return [head(f"{newest}^"), head(BEFORE_THE_AUDIT)]


def main() -> int:
    """Try each commit on each engine, a line for each; 1 where one falls short."""
    parser = argparse.ArgumentParser(description="Tries an upgrade from an earlier commit, and the way back.")
    parser.add_argument("commits", nargs="*", metavar="COMMIT")
    parser.add_argument("--engine", choices=ENGINES)
    given = parser.parse_args()
    try:
        commits = [head(commit) for commit in given.commits] or earlier()
    except subprocess.CalledProcessError as error:
        sys.exit(f"NOT TRIED: this clone has no such history (git fetch --unshallow). {error.stderr.strip()}")
    held = [tried(name, commits) for name in ([given.engine] if given.engine else ENGINES)]
    return 0 if all(held) else 1


def tried(name: str, commits: list[str]) -> bool:
    """Try the commits and the control on an engine; whether all held, and the control did not."""
    found = []
    with engine(name) as place:
        for commit in commits:
            held, words = attempt(partial(there_and_back, commit=commit), place)
            found.append(held)
            print(f"{'ok' if held else 'FELL SHORT':<11}{name:<11}from {commit}: {words}", flush=True)
        held, words = attempt(killed, place)
    print(f"{'DID NOT FAIL' if held else 'ok':<11}{name:<11}control, a server that is killed: {words}", flush=True)
    return all(found) and not held


if __name__ == "__main__":
    sys.exit(main())
