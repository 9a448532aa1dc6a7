"""What was acknowledged is there: after a backup and its way back, after kills, where the disk is full."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from soak import disks, interruptions
from soak.places import ROOT, NotTried, Place, environment, manage, script, site

LONGEST = 60  # seconds, of a backup and a restore
BACK_WITHIN = 3  # seconds after the server is back
FILLING = 60  # seconds, of writing onto a small disk until it is full
BEYOND = 3  # seconds, of writing onto one that is full


def backup(place: Place) -> str:
    """Fails where a backup made amid writes does not come back whole; ``restore`` checks rows, audit and passages."""
    url, file = place.database(), place.folder / f"{place.engine}-{time.time_ns()}.backup"
    writer = script(url, "writer", 4, 600)
    try:
        writer.stdout.readline()  # type: ignore[union-attr]
        begun = monotonic()
        manage(url, "backup", file)
        kept = monotonic() - begun
    finally:
        writer.kill()
        writer.communicate()
    begun = monotonic()
    said = manage(place.empty(), "restore", file, check=False)
    back = monotonic() - begun
    assert said.returncode == 0, said.stderr.splitlines()[-1]
    assert kept + back < LONGEST, f"{kept + back:.0f} s"
    return f"kept amid writes in {kept:.1f} s, back and checked in {back:.1f} s"


def backup_control(place: Place) -> str:
    """What is left of a file after a bit of it was lost on the way."""
    url, file = place.database(), place.folder / f"{place.engine}-control.backup"
    manage(url, "backup", file)
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size - 1)
    said = manage(place.empty(), "restore", file, check=False)
    assert said.returncode == 0, said.stderr.splitlines()[-1]
    return "it came back"


def killed(place: Place, seconds: int = 10, commit: str = "on") -> str:
    """Kill the database's server, or who writes to a file, amid writes; fails where what was acknowledged is gone."""
    url = place.database()
    if place.engine == "postgresql":
        return _restarted(place, url, seconds, commit)
    acknowledged: list[str] = []
    for _ in range(3):
        writer = script(url, "writer", 4, 600)
        acknowledged += [writer.stdout.readline() for _ in range(50)]  # type: ignore[union-attr]
        writer.kill()
        acknowledged += writer.stdout.readlines()  # type: ignore[union-attr]
        writer.wait()
    if commit == "off":
        name = acknowledged[0].split()[1]
        code = f"from django.contrib.auth.models import Group as G; G.objects.filter(name='{name}').delete()"
        manage(url, "shell", "-v0", "-c", code)
    return _missing(url, acknowledged)


def killed_control(place: Place) -> str:
    """A server that acknowledges before it has written; with a file, a row that somebody took away."""
    return killed(place, 10, commit="off")


def _restarted(place: Place, url: str, seconds: int, commit: str) -> str:
    """The site answers again once its connections were ended, and once the server was killed."""
    with site(url) as port:
        writer = script(f"{url}?options=-c%20synchronous_commit%3D{commit}", "writer", 4, seconds)
        for what in (interruptions.end_backends, interruptions.restart):
            time.sleep(seconds / 4)
            what(place.server)
            time.sleep(BACK_WITHIN)
            wrong, asked = interruptions.errors_after(port, 2)
            assert not wrong, f"{wrong} of {asked} pages failed {BACK_WITHIN} s after {what.__name__}"
        acknowledged = writer.communicate()[0].splitlines()
    return f"{_missing(url, acknowledged)}; every page answers {BACK_WITHIN} s after"


def _missing(url: str, acknowledged: list[str]) -> str:
    names = [
        line.split()[1] for line in acknowledged if line.startswith("ack ") and line.endswith(tuple("0123456789\n"))
    ]
    code = "from django.contrib.auth.models import Group as G; print(*G.objects.values_list('name', flat=True))"
    there = {*manage(url, "shell", "-v0", "-c", code).stdout.split()}
    gone = [name for name in names if name not in there]
    assert names, "nothing was acknowledged"
    assert not gone, f"{len(gone)} of {len(names)} acknowledged rows are gone"
    return f"{len(names)} acknowledged rows, none gone"


def full(place: Place, control: bool = False) -> str:
    """Fill a disk of some megabytes; fails where nobody can read any more, or where more was acknowledged than is there
    once the disk has room again.
    """
    with disks.small(place) as (url, give_room):
        with site(url) as port:
            lines = _filled(url)
            wrong, asked = interruptions.errors_after(port, 2)
        give_room()
        rows = _missing(url, [*lines, *(["ack never-1"] if control else [])])
    assert not wrong, f"{wrong} of {asked} pages failed"
    said = next(line for line in lines if line.startswith("error")).split(" ", 2)[2].strip()
    return f"{rows}; then “{said}”; {asked} pages read, none failed"


def _filled(url: str) -> list[str]:
    """What was said of writing onto a disk, up to some seconds after the first error. Raises NotTried without one."""
    writer, lines = script(url, "writer", 2, FILLING), []
    for line in writer.stdout:  # type: ignore[union-attr]
        lines.append(line)
        if line.startswith("error"):
            break
    else:
        raise NotTried(f"the disk did not fill within {FILLING} s")
    time.sleep(BEYOND)
    writer.kill()
    lines += writer.stdout.readlines()  # type: ignore[union-attr]
    writer.wait()
    return lines


def full_control(place: Place) -> str:
    """One row more was acknowledged than written."""
    return full(place, control=True)


def imports(place: Place, kills: int = 30, *options: str) -> str:
    """Kill imports in the middle, those of two databases at once; fails where a part of one is there."""
    with ThreadPoolExecutor(2) as pool:
        told = [*pool.map(lambda url: _killed_imports(url, kills, *options), [place.empty(), place.empty()])]
    return " and ".join(told)


def _killed_imports(url: str, kills: int, *options: str) -> str:
    command = [sys.executable, "-m", "scripts.kill_imports", "--kills", str(kills), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment(url), capture_output=True, text=True)
    last = (done.stdout.splitlines() or [done.stderr[-200:]])[-1]
    assert done.returncode == 0, last
    return last


def imports_control(place: Place) -> str:
    """Imports without a transaction."""
    return imports(place, 2, "--control")
