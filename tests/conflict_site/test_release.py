"""deploy/release at work on a checkout whose commands only note that they were called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.loopback import answer, serving

pytestmark = pytest.mark.program("git", "flock")
MANAGE = """
import os, sys
from pathlib import Path

name, *given = sys.argv[1:]
if name != "showmigrations":  # which runs beside way_back
    with Path(os.environ["ROOT"], "said").open("a") as said:
        said.write(" ".join([name, *(word for word in given if not word.startswith("/"))]) + chr(10))
if name == "backup":
    Path(given[0]).write_text("kept")
if name == "way_back" and os.environ.get("AHEAD"):
    print("   claims.0099_gone: Remove field")
if os.environ.get("FAILS") in (name, given and given[-1].rpartition("-before-")[2].removesuffix(".backup")):
    sys.exit("It fails.")
"""
SYSTEMCTL = """#!/bin/sh
# As systemd does: of what it has no file of it starts and stops nothing.
echo "$*" >>"$ROOT/asked"
[ "$1 $2" != "is-active --quiet" ] || exec test "$3" = attributed-purge.service
case $1 in
stop | start) shift && for unit; do [ -e "$ROOT/systemd/$unit" ] || exit 5; done ;;
esac
"""
UNIT = "[Service]\nExecStart=/bin/true\nWorkingDirectory=/srv/attributed/current\n"
PREPARED = ["collectstatic --noinput --verbosity 0", "check --deploy --fail-level WARNING"]
READ_AHEAD = "keep_read_model"
FILLED = ["backup", "migrate --noinput --verbosity 0", "derive", "check --database default"]
ASKED = ["way_back"]


class Checkout:
    """A repository with deploy/release, and the folder that it installs into."""

    def __init__(self, folder: Path) -> None:
        self.here, self.root = folder / "checkout", folder / "site"
        self.units = self.here / "deploy" / "systemd"
        for each in (self.root, self.units, folder / "venv" / "bin"):
            each.mkdir(parents=True)
        shutil.copy(ROOT / "deploy" / "release", self.here / "deploy")
        (folder / "venv" / "bin" / "python").symlink_to(sys.executable)
        (self.here / "manage.py").write_text(MANAGE)
        self.venv, self.number = folder / "venv", 0
        self.git("init", "-q")

    def git(self, *command: str) -> None:
        named = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null"]
        subprocess.run(["git", *named, *command], cwd=self.here, check=True, capture_output=True)

    def commit(self) -> None:
        """Add a commit with what lies there."""
        self.number += 1
        (self.here / "number").write_text(str(self.number))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", str(self.number))

    def release(self, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "ROOT": str(self.root), "SYSTEM": "0", "VENV": str(self.venv)}
        environment |= {word: f"echo {word} >>{self.root}/said" for word in ("STOP", "START")} | given
        script = self.here / "deploy" / "release"
        return subprocess.run([script, *command], env=environment, capture_output=True, text=True, timeout=120)

    def running(self) -> str:
        """The number of the commit that is current."""
        return (self.root / "current" / "number").read_text()

    def said(self) -> list[str]:
        """What was called since this was asked last."""
        file = self.root / "said"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site of which the first release is installed, and a second one waits in the checkout; it is well when asked."""
    checkout = Checkout(tmp_path)
    with serving() as well:
        well.put("/healthz", answer("well"))
        monkeypatch.setattr(checkout, "release", with_address(checkout.release, well.url.removeprefix("http://")))
        (checkout.units / "attributed-old.service").write_text(UNIT)
        checkout.commit()
        installed = checkout.release("install", "record.example.org")
        assert installed.returncode == 0, installed.stderr
        checkout.well = well
        checkout.said()
        checkout.commit()
        yield checkout


@pytest.fixture
def under_systemd(tmp_path):
    """A checkout with units, of which nothing is installed, and a systemctl."""
    checkout = Checkout(tmp_path)
    program = tmp_path / "systemctl"
    program.write_text(SYSTEMCTL)
    program.chmod(0o755)
    for name in ("attributed", "attributed-purge"):
        (checkout.units / f"{name}.service").write_text(UNIT)
    checkout.commit()
    with serving() as well:
        well.put("/healthz", answer("well"))
        given = {"SYSTEMCTL": str(program), "ADDRESS": well.url.removeprefix("http://")}
        plainly = checkout.release
        checkout.release = lambda *command, **more: plainly(*command, **given | more)
        yield checkout


def asked(checkout):
    """What systemctl was told to stop and to start since this was asked last."""
    file = checkout.root / "asked"
    lines = file.read_text().splitlines()
    file.unlink()
    return [line for line in lines if line.startswith(("stop", "start"))]


def test_a_first_installation_stops_nothing_that_systemd_does_not_know(under_systemd):
    installed = under_systemd.release("install", "record.example.org")
    assert (installed.returncode, installed.stderr) == (0, "")
    assert asked(under_systemd) == ["start attributed.service"]


def test_whoever_is_connected_is_stopped_where_a_backup_is_put_back_and_started_again(under_systemd):
    under_systemd.release("install", "record.example.org")
    under_systemd.commit()
    under_systemd.release("upgrade")
    asked(under_systemd)
    assert under_systemd.release("rollback", "--to-backup", "--yes").returncode == 0
    told = ["stop attributed.service", "stop attributed-purge.service"]
    assert asked(under_systemd) == [*told, "start attributed.service attributed-purge.service"]


def test_an_installation_that_fails_leaves_no_settings_and_one_with_other_settings_is_refused(under_systemd):
    settings = under_systemd.root / ".env"
    assert under_systemd.release("install", "a.example.org", "postgresql://a@wrong/a", FAILS="migrate").returncode == 1
    assert not settings.exists()
    settings.write_text("DATABASE_URL=postgresql://a@right/a\n")
    ended = under_systemd.release("install", "a.example.org", "postgresql://a@other/a")
    assert (ended.returncode, "names another database" in ended.stderr) == (1, True)
    assert under_systemd.release("install", "a.example.org", "postgresql://a@right/a").returncode == 0


def test_a_machine_for_readers_alone_only_looks_whether_the_database_is_up_to_date(under_systemd):
    (under_systemd.root / ".env").write_text("PUBLIC_ONLY=1\n")
    assert under_systemd.release("install", "record.example.org").returncode == 0
    assert under_systemd.said() == [*PREPARED, "check --database default", READ_AHEAD, "STOP", "START"]


def with_address(release, address):
    return lambda *command, **given: release(*command, **{"ADDRESS": address} | given)


def test_an_upgrade_prepares_all_while_the_site_runs_and_a_rollback_leads_back(site):
    assert site.release("upgrade").returncode == 0
    assert (site.running(), site.said()) == ("2", [*PREPARED, *ASKED, *FILLED, READ_AHEAD, "STOP", "START"])
    assert site.release("rollback").returncode == 0
    assert (site.running(), site.said()) == ("1", [*ASKED, "STOP", "START"])


def test_a_release_without_what_readers_would_wait_for_is_installed_all_the_same(site):
    ended = site.release("upgrade", FAILS="keep_read_model")
    assert (ended.returncode, site.running()) == (0, "2")
    assert "whoever asks first waits for it" in ended.stdout + ended.stderr


@pytest.mark.parametrize("fails", ["collectstatic", "check", "backup", "migrate", "derive"])
def test_what_fails_leaves_the_site_as_it_was(site, fails):
    ended = site.release("upgrade", FAILS=fails)
    assert (ended.returncode, site.running(), len([*(site.root / "releases").iterdir()])) == (1, "1", 1)
    assert "what ran before runs on" in ended.stderr
    assert "STOP" not in site.said()


def test_what_the_running_release_could_not_live_with_is_told_and_done_while_readers_wait(site):
    ended = site.release("upgrade", AHEAD="1")
    assert "claims.0099_gone: Remove field" in ended.stdout
    assert (site.running(), site.said()) == ("2", [*PREPARED, *ASKED, "STOP", *FILLED, "START", READ_AHEAD])


def test_where_that_fails_the_backup_is_put_back_before_the_old_release_goes_on(site):
    ended = site.release("upgrade", AHEAD="1", FAILS="derive")
    assert (ended.returncode, site.running()) == (1, "1")
    assert site.said()[-4:] == ["migrate --noinput --verbosity 0", "derive", "restore --overwrite", "START"]


def test_where_there_is_no_room_for_the_backup_the_old_release_goes_on(site):
    ended = site.release("upgrade", AHEAD="1", FAILS="backup")
    assert (ended.returncode, site.running(), site.said()[-3:]) == (1, "1", ["STOP", "backup", "START"])


def test_a_rollback_to_a_release_that_could_not_live_with_the_database_is_refused_before_it_begins(site):
    site.release("upgrade")
    site.said()
    ended = site.release("rollback", AHEAD="1")
    assert (ended.returncode, site.running(), site.said()) == (1, "2", ASKED)
    assert "claims.0099_gone: Remove field\nNothing was changed." in ended.stderr


def test_a_rollback_to_the_backup_first_says_what_that_costs_and_changes_nothing(site):
    site.release("upgrade", AHEAD="1")
    site.said()
    ended = site.release("rollback", "--to-backup", AHEAD="1")
    assert (ended.returncode, site.running(), site.said()) == (1, "2", ["restore --tell"])
    assert "--to-backup --yes` goes back to that: what was entered since" in ended.stderr


def test_a_rollback_to_the_backup_keeps_another_one_first(site):
    site.release("upgrade", AHEAD="1")
    site.said()
    ended = site.release("rollback", "--to-backup", "--yes", AHEAD="1")
    assert (ended.returncode, site.running()) == (0, "1"), ended.stderr
    assert site.said() == ["STOP", "backup", "restore --overwrite", "START"]
    assert len([*(site.root / "var" / "backups").glob("*-before-rollback.backup")]) == 1


@pytest.mark.parametrize(("fails", "tried"), [("rollback", ["backup"]), ("restore", ["backup", "restore --overwrite"])])
def test_where_it_keeps_none_or_the_first_does_not_come_back_the_site_goes_on_as_it_was(site, fails, tried):
    site.release("upgrade", AHEAD="1")
    site.said()
    ended = site.release("rollback", "--to-backup", "--yes", AHEAD="1", FAILS=fails)
    assert (ended.returncode, site.running(), site.said()) == (1, "2", ["STOP", *tried, "START"])


def test_a_release_that_does_not_come_to_be_well_is_taken_back(site):
    site.well.put("/healthz", answer("ill", 503))
    ended = site.release("upgrade", PATIENCE="1")
    assert (ended.returncode, site.running()) == (1, "1")
    assert "does not come to be well" in ended.stderr
    assert site.said()[-4:] == ["STOP", "START", "STOP", "START"]


def test_what_was_entered_until_it_is_taken_back_is_kept_before_the_backup_is_put_back(site):
    site.well.put("/healthz", answer("ill", 503))
    ended = site.release("upgrade", AHEAD="1", PATIENCE="1")
    assert (ended.returncode, site.running()) == (1, "1")
    assert site.said()[-5:] == ["START", "STOP", "backup", "restore --overwrite", "START"]
    (kept,) = (site.root / "var" / "backups").glob("*-before-return.backup")
    assert f"What was entered meanwhile is in {kept} alone." in ended.stdout


def test_where_that_cannot_be_kept_nothing_is_thrown_away(site):
    site.well.put("/healthz", answer("ill", 503))
    ended = site.release("upgrade", AHEAD="1", PATIENCE="1", FAILS="return")
    assert (ended.returncode, site.running(), site.said()[-2:]) == (1, "2", ["STOP", "backup"])
    assert "The database stays as the new release has it" in ended.stderr


def test_units_of_systemd_are_those_of_the_release_that_runs_and_lead_to_where_it_is(site):
    (site.units / "attributed-old.service").unlink()
    (site.units / "attributed-new.service").write_text(UNIT)
    site.commit()
    placed = site.root / "systemd"
    (placed / "attributed-ours.service").write_text("not of any release")
    assert {each.name for each in placed.iterdir()} == {"attributed-old.service", "attributed-ours.service"}
    site.release("upgrade")
    assert {each.name for each in placed.iterdir()} == {"attributed-new.service", "attributed-ours.service"}
    assert f"WorkingDirectory={site.root}/current" in (placed / "attributed-new.service").read_text()
    site.release("rollback")
    assert {each.name for each in placed.iterdir()} == {"attributed-old.service", "attributed-ours.service"}


@pytest.mark.program("systemd-analyze")
def test_units_that_systemd_does_not_understand_stop_a_release(site):
    (site.units / "attributed-old.service").write_text(UNIT.replace("/bin/true", "no-such-program"))
    site.commit()
    ended = site.release("upgrade")
    assert (ended.returncode, site.running(), "STOP" in site.said()) == (1, "1", False)
    assert "systemd does not understand the units" in ended.stderr


def test_of_two_at_once_one_is_told(site):
    with subprocess.Popen(["flock", site.root / ".releasing", "sleep", "60"]) as other:
        while not subprocess.run(["flock", "-n", site.root / ".releasing", "true"]).returncode:
            assert other.poll() is None
        ended = site.release("upgrade")
        other.terminate()
    assert (ended.returncode, site.said()) == (1, [])
    assert "Another deploy/release is at work" in ended.stderr
