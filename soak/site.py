"""A site under load: a database with the opening dossier, served by gunicorn as it is deployed."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
GUNICORN = ["--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket", "--log-level=critical"]
ACCOUNT = "from django.contrib.auth.models import User; User.objects.create_superuser('{}', password='{}')"
NAME, PASSWORD = "keeper", "correct horse battery"


def environment(url: str, **more: str) -> dict[str, str]:
    """The environment of a process of this site."""
    own = {"DATABASE_URL": url, "SECRET_KEY": "soak" * 16, "DEBUG": "0", "HTTPS": "0", "LOG_LEVEL": "CRITICAL"}
    return os.environ | own | {"SECOND_FACTOR": "0"} | more


def manage(url: str, *arguments: str) -> None:
    """Run one of the site's commands. Raises CalledProcessError."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(url), check=True, stdout=subprocess.DEVNULL)


def fill(url: str) -> None:
    """Make the tables, with the opening dossier and one account."""
    manage(url, "collectstatic", "--noinput", "-v0")
    manage(url, "migrate", "-v0")
    manage(url, "load_dossier", "data/opening", "-v0")
    manage(url, "shell", "-v0", "-c", ACCOUNT.format(NAME, PASSWORD))


@contextmanager
def served(url: str, port: int, **more: str) -> Iterator[None]:
    """Serve a database on a port of this machine as long as the block lasts."""
    command = [sys.executable, "-m", "gunicorn", f"--bind={HOST}:{port}", *GUNICORN, "conflict_site.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment(url, **more), process_group=0)
    try:
        _wait(port)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        if status(port, "/claims/") == 200:
            return
        sleep(0.1)
    raise TimeoutError("The site did not answer within half a minute.")


def status(port: int, path: str) -> int:
    """The status of one answer; 0 where there was none."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
