"""The image, and what starts it with PostgreSQL and nginx, agree with the settings and with what stands in deploy/."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {*re.findall(r'(?:env\.\w+|words)\("([A-Z_]+)"', (ROOT / "conflict_site/settings.py").read_text())}
GUIDE = (ROOT / "docs/deploying.md").read_text().split("## In containers")[1].split("\n## ")[0]
TEXT = (ROOT / "compose.yaml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
IN_IMAGE = {name[1:] for name in (ROOT / ".dockerignore").read_text().splitlines() if name.startswith("!")}


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each as its name and the rest, on one line and without comments."""
    lines = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    joined = lines.replace("\\\n", "").splitlines()
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in joined if line]


def told(name: str) -> list[str]:
    """What the instructions of this name say."""
    return [rest for instruction, rest in instructions() if instruction == name]


def images() -> list[str]:
    """The images that others make: those built upon, and those of the services."""
    stages = {stage.split(" AS ")[1] for stage in told("FROM") if " AS " in stage}
    built = {stage.split(" ")[0] for stage in told("FROM")} - stages
    return sorted(built | {service["image"] for service in SERVICES.values() if "build" not in service})


def test_each_image_is_named_with_its_version():
    assert images() == ["debian:13-slim", "nginx:1.30-trixie", "postgres:17-trixie"]


def test_what_goes_into_the_image_is_there_and_is_all_that_the_site_needs():
    assert [name for name in sorted(IN_IMAGE) if not (ROOT / name).exists()] == []
    beside = {"bench", "scripts", "soak", "tests"}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - beside
    [compiled] = [step.split("compileall -q ")[1] for step in told("RUN") if "compileall" in step]
    assert packages == {*compiled.split()} <= IN_IMAGE
    assert {"manage.py", "gunicorn.conf.py", "requirements.txt", "static", "templates", "data"} <= IN_IMAGE
    copied = {word for step in told("COPY") for word in step.split()[:-1] if not word.startswith(("--from", "/", "."))}
    assert copied <= IN_IMAGE


def test_no_secret_goes_into_the_image():
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"
    assert not IN_IMAGE & {".env", ".git", "var"}
    assert [line for name in ("ENV", "ARG") for line in told(name) if re.search("SECRET|PASSWORD|URL", line)] == []


def test_packages_are_installed_by_their_hashes_alone():
    [installed] = [step for step in told("RUN") if "pip " in step]
    assert {"--require-hashes", "--only-binary", "requirements.txt"} <= {*installed.split()}


def test_the_image_works_as_an_account_that_may_write_in_one_folder_alone():
    names = [name for name, _ in instructions()]
    assert told("USER") == ["10001:10001"]
    assert "RUN" not in names[names.index("USER") :]
    assert told("VOLUME") == ["/srv/attributed/var"]


def test_gunicorn_is_started_as_by_systemd_and_is_asked_for_its_health_where_it_listens():
    unit = (ROOT / "deploy/systemd/attributed.service").read_text()
    [started] = re.findall(r"^ExecStart=\S+/gunicorn (.+)$", unit, re.MULTILINE)
    given = json.loads(told("CMD")[0])
    assert given[2:4] == ["--bind", "0.0.0.0:8000"]
    assert given[:2] + given[4:] == ["gunicorn", *started.split()]
    assert told("EXPOSE") == ["8000"]
    assert "HTTPConnection('127.0.0.1', 8000," in told("HEALTHCHECK")[0]


@pytest.mark.parametrize(("status", "ends"), [(200, 0), (503, 1)])
def test_the_image_is_well_while_the_site_is_ready(httpserver_of, status, ends):
    port, asked = httpserver_of(status)
    python, *rest = json.loads(told("HEALTHCHECK")[0].split(" CMD ")[1])
    command = [sys.executable, rest[0], rest[1].replace("8000", str(port))]
    assert (python, subprocess.run(command, timeout=30).returncode, asked) == ("python", ends, ["/readyz"])


@pytest.fixture
def httpserver_of() -> Iterator[Callable[[int], tuple[int, list[str]]]]:
    """Makes a server that answers everything with one status; gives its port, and the paths asked for."""
    servers = []

    def make(status: int) -> tuple[int, list[str]]:
        asked: list[str] = []

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *given: Any) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Answers))
        Thread(target=servers[-1].serve_forever).start()
        return servers[-1].server_port, asked

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_shut_in(name):
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert ("cap_add" in service, "ports" in service) == (name == "nginx", name == "nginx")


def test_each_variable_of_the_site_is_one_that_the_settings_read():
    for name in ("migrate", "app"):
        assert SERVICES[name]["environment"].keys() <= SETTINGS


def test_what_stands_in_the_file_of_secrets_is_explained():
    asked = {*re.findall(r"\$\{(\w+)", TEXT)}
    assert asked == {
        "SITE",
        "POSTGRES_PASSWORD",
        "ACCESS_LOG",
        "CERTIFICATES",
        "ACME",
        "HTTP_PORT",
        "HTTPS_PORT",
        "REVISION",
    }
    assert [
        name for name in sorted(asked | {"SECRET_KEY"}) if f"`{name}" not in GUIDE and f"{name}=" not in GUIDE
    ] == []


def test_each_service_waits_for_what_it_needs():
    waits = {
        name: {on: how["condition"] for on, how in one.get("depends_on", {}).items()} for name, one in SERVICES.items()
    }
    assert waits == {
        "database": {},
        "migrate": {"database": "service_healthy"},
        "app": {"migrate": "service_completed_successfully"},
        "nginx": {"app": "service_healthy"},
    }
    assert SERVICES["migrate"]["restart"] == "no"
    said = SERVICES["migrate"]["command"][-1]
    assert re.findall(r"manage\.py (\w+)", said) == ["migrate", "derive", "keep_read_model", "check"]


def test_what_is_to_last_lies_in_volumes_and_the_database_can_be_asked_from_inside_alone():
    used = {volume.split(":")[0] for one in SERVICES.values() for volume in one["volumes"] if volume[0] not in "./$"}
    assert used == COMPOSE["volumes"].keys() == {"cache", "database", "var"}
    assert (SERVICES["database"]["networks"], COMPOSE["networks"]["inside"]) == (["inside"], {"internal": True})
    assert f"var:{told('VOLUME')[0]}" in SERVICES["app"]["volumes"]


def test_a_backup_is_made_by_programs_of_the_servers_version():
    [version] = re.findall(r"postgres:(\d+)-", SERVICES["database"]["image"])
    assert f"postgresql-client-{version} " in " ".join(told("RUN"))
    assert "manage.py backup var/" in GUIDE


def nginx_in_container(folder: Path) -> str:
    """The configuration of nginx in its container; here a program that does nothing stands in the place of nginx."""
    (folder / "nginx").symlink_to("/bin/true")
    given = {"PATH": f"{folder}:{os.environ['PATH']}", "SITE": "words.example", "CONF": str(folder / "conf")}
    subprocess.run(["sh", ROOT / "deploy/nginx-in-container"], env=given, check=True, timeout=30)
    return (folder / "conf").read_text()


def test_nginx_follows_the_same_rules_in_a_container(tmp_path):
    rules = (ROOT / "deploy/nginx.conf").read_text().replace("record.example.org", "words.example").splitlines()
    made = nginx_in_container(tmp_path).splitlines()
    assert [line for line in rules if line not in made] == ["    server 127.0.0.1:8000;"]
    [server] = [line for line in made if line not in rules]
    assert re.fullmatch(r"    zone app 64k; resolver \S* ?valid=5s; server app:8000 resolve;", server)


@pytest.mark.program("hadolint")
def test_the_dockerfile_is_one_by_the_rules_of_others(program):
    checked = subprocess.run([program, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.program("docker-compose")
def test_compose_takes_its_file(program, tmp_path):
    given = {"SITE": "words.example", "POSTGRES_PASSWORD": "x", "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for name in ("compose.yaml", "Dockerfile"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    (tmp_path / ".env").write_text("SECRET_KEY=x\n")
    checked = subprocess.run(
        [program, "config", "--quiet"], cwd=tmp_path, env=given, capture_output=True, text=True, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, "")
