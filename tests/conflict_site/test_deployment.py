"""What a release is asked before readers are led to it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from conflict_site import deployment

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "deploying.md").read_text()
UNITS = ROOT / "deploy" / "systemd"


@pytest.mark.django_db
def test_migrations_that_are_not_applied_stop_a_deployment_where_the_database_is_asked():
    assert deployment.ready(databases=["default"]) == []
    MigrationRecorder.Migration.objects.filter(app="claims", name="0001_initial").delete()
    assert [found.msg for found in deployment.ready(databases=["default"])] == [
        "Migrations: to be applied: claims.0001_initial"
    ]
    assert deployment.ready() == []
    with pytest.raises(SystemCheckError, match=re.escape("to be applied: claims.0001_initial")):
        call_command("check", "--deploy", "--database", "default")


@pytest.mark.parametrize(("allowed", "faults"), [(["*"], 1), (["record.example"], 0)])
def test_a_site_under_any_name_stops_a_deployment(settings, allowed, faults):
    settings.ALLOWED_HOSTS = allowed
    assert len(deployment.hosts()) == faults


@pytest.mark.parametrize(("seconds", "told", "faults"), [(60, [], 1), (60, ["http://127.0.0.1:6081/"], 0), (0, [], 0)])
def test_caches_that_need_not_ask_and_are_not_told_hold_up_a_deployment(settings, seconds, told, faults):
    settings.SHARED_CACHE_SECONDS, settings.PURGE = seconds, told
    assert len(deployment.caches()) == faults


def test_every_command_of_a_unit_is_one_of_the_site():
    from django.core.management import get_commands

    named = {word for unit in UNITS.glob("*.service") for word in re.findall(r"manage\.py (\w+)", unit.read_text())}
    named |= {timer.name.split("@")[1].removesuffix(".timer") for timer in UNITS.glob("*@*.timer")}
    assert named >= {"backup", "capture", "check_links", "metrics", "purge_caches", "verify_audit", "verify_citations"}
    assert named <= get_commands().keys()


def test_what_a_job_says_stands_in_the_journal_as_it_is_said_and_its_reason_last():
    """What Python holds back until the end would come after why it ended."""
    jobs = [unit for unit in map(Path.read_text, UNITS.glob("*.service")) if "manage.py" in unit]
    assert len(jobs) == 5
    assert all("\nEnvironment=PYTHONUNBUFFERED=1\n" in unit for unit in jobs)


def test_each_timer_starts_a_unit_that_is_there():
    for timer in UNITS.glob("*.timer"):
        started = re.sub(r"@\w+", "@", timer.name).replace(".timer", ".service")
        assert (UNITS / started).exists(), timer.name


@pytest.mark.parametrize(
    ("command", "address"),
    [
        ("migrate", "postgresql://a:b@127.0.0.1:1/a"),
        ("verify_audit", "postgresql://a:b@127.0.0.1:1/a"),
        ("verify_audit", "sqlite:///{}"),  # a folder
    ],
)
def test_a_command_whose_database_does_not_answer_says_so_in_a_sentence(command, address, tmp_path):
    given = os.environ | {"SECRET_KEY": "x" * 60, "DJANGO_SETTINGS_MODULE": "conflict_site.settings"}
    given["DATABASE_URL"] = address.format(tmp_path)
    ended = subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=given, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.partition(":")[0]) == (1, "The database does not answer"), ended.stderr


@pytest.mark.parametrize("only", ["0", "1"])
def test_a_site_passes_its_own_checks_with_a_desk_and_without(only, tmp_path):
    given = {"PUBLIC_ONLY": only, "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3", "HTTPS": "1", "DEBUG": "0"}
    (tmp_path / "a.sqlite3").touch(0o600)
    given |= {
        "PROXIES": "1",
        "SECOND_FACTOR": "1",
        "SECRET_KEY": "0123456789" * 6,
        "DJANGO_SETTINGS_MODULE": "conflict_site.settings",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, umask=0o077)
    assert ended.returncode == 0, ended.stderr


def test_the_guide_names_no_unit_command_or_file_that_is_not_there():
    from django.core.management import get_commands

    told = [
        name
        for line in re.findall(r"systemctl ([^`\n]*)", GUIDE)
        for name in re.findall(r"attributed(?:[\w.-]*\w)?", line)
    ]
    units = {name if "." in name else f"{name}.service" for name in told}
    assert units >= {"attributed.service", "attributed.socket", "attributed-purge.service"}
    assert units <= {unit.name for unit in UNITS.iterdir()}
    assert {*re.findall(r"manage\.py ([a-z_]+)", GUIDE)} <= get_commands().keys()
    assert "/srv/attributed/web.env" in GUIDE
    assert "EnvironmentFile=-/srv/attributed/web.env" in (UNITS / "attributed.service").read_text()


if connection.vendor == "postgresql":

    @pytest.mark.django_db
    def test_the_guide_has_each_postgresql_set_alike_and_what_it_sets_is_a_setting():
        block = GUIDE.partition("**Each PostgreSQL**")[2].partition("\n\n")[2].partition("\n\n")[0]
        names = set(re.findall(r"^ +(\w+) =", block, re.MULTILINE))
        assert names == {"listen_addresses", "wal_keep_size", "hot_standby_feedback"}
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s)", [[*names]])
            assert {name for (name,) in cursor.fetchall()} == names


def released(root, *command, **given):
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "ROOT": str(root), "SYSTEM": "0", **given}
    return subprocess.run(
        [ROOT / "deploy" / "release", *command], env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["upgrade"], "Nothing is installed in"),
        (["install"], "Under which name is it to be found?"),
        (["rollback"], "There is no release before"),
    ],
)
def test_a_release_that_cannot_be_says_why_and_changes_nothing(tmp_path, command, words):
    ended = released(tmp_path, *command)
    assert (ended.returncode, words in ended.stderr, list(tmp_path.iterdir())) == (1, True, [])


def test_who_asks_for_help_gets_it(tmp_path):
    assert "install HOST [DATABASE_URL]" in released(tmp_path).stdout
