"""A site under ``deploy/release``, whose socket this process keeps and whose server it starts and ends, as systemd
does.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Any

from soak.desk import ACCOUNT, page
from soak.places import ROOT

GUNICORN = "conflict_site.wsgi --worker-class gthread --workers 2 --threads 4 --no-control-socket --graceful-timeout 20"
STOP = "rm {root}/wanted; while [ -e {root}/served ]; do sleep 0.1; done"
START = "touch {root}/wanted; until [ -e {root}/served ]; do sleep 0.1; done"


class Site:
    """The releases, and a port on which the one that is current is served whenever it is wanted."""

    def __init__(self, root: Path, url: str, ends_by: signal.Signals = signal.SIGTERM) -> None:
        self.root, self._url, self.ends_by = root, url, ends_by
        self._socket, self._over = socket.create_server(("127.0.0.1", 0), backlog=512), Event()
        self.port = self._socket.getsockname()[1]

    def __enter__(self) -> "Site":
        (self.root / "wanted").touch()
        (self.root / "served").touch()
        self._keeper = Thread(target=self._keep)
        self._keeper.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._keeper.join()
        self._socket.close()

    def _keep(self) -> None:
        server: subprocess.Popen[bytes] | None = None
        wanted, served = self.root / "wanted", self.root / "served"
        while not self._over.wait(0.05):
            if server and not wanted.exists():
                self._end(server)
                server = None
                served.unlink()
            elif wanted.exists() and not server and (self.root / "current").exists():
                server = self._serve()
                served.touch()
            elif not wanted.exists():
                served.unlink(missing_ok=True)
        if server:
            self._end(server)

    def _serve(self) -> subprocess.Popen[bytes]:
        number = self._socket.fileno()
        command = [".venv/bin/gunicorn", *GUNICORN.split(), f"--bind=fd://{number}", "--log-level=critical"]
        given = {"PATH": os.environ["PATH"], "SECOND_FACTOR": "0"}  # so much for a password alone
        folder = self.root / "current"
        return subprocess.Popen(
            command, cwd=folder, env=given, pass_fds=[number], start_new_session=True, stdout=subprocess.DEVNULL
        )

    def _end(self, server: subprocess.Popen[bytes]) -> None:
        """Ask the server alone to end, as systemd does; or end all its processes at once."""
        (os.killpg if self.ends_by == signal.SIGKILL else os.kill)(server.pid, self.ends_by)
        server.wait()

    def set_up(self, commit: str) -> None:
        """Install the release of a commit, with the opening dossier and an account."""
        self.must("install", "127.0.0.1", self._url, commit=commit)
        self.manage("load_dossier", "data/opening", "-v0")
        self.manage("shell", "-v0", "-c", ACCOUNT)

    def release(
        self, *command: str, commit: str = "HEAD", heard: Callable[[str], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ``deploy/release``; each line that it says is ``heard`` at once."""
        given = {
            "ROOT": str(self.root),
            "SYSTEM": "0",
            "COMMIT": commit,
            "VENV": sys.prefix,
            "PATH": os.environ["PATH"],
        }
        given |= {"STOP": STOP.format(root=self.root), "START": START.format(root=self.root)}
        given |= {"ADDRESS": f"127.0.0.1:{self.port}", "LOG_LEVEL": "CRITICAL"}
        started, said = [str(ROOT / "deploy/release"), *command], []
        with TemporaryFile("w+") as errors:
            with subprocess.Popen(started, env=given, text=True, stdout=subprocess.PIPE, stderr=errors) as running:
                for line in running.stdout or ():
                    said.append(line)
                    if heard:
                        heard(line.strip())
            errors.seek(0)
            return subprocess.CompletedProcess(started, running.returncode, "".join(said), errors.read())

    def must(self, *command: str, commit: str = "HEAD", heard: Callable[[str], None] | None = None) -> str:
        """Run ``deploy/release``; what it says. Raises AssertionError where it fails."""
        done = self.release(*command, commit=commit, heard=heard)
        assert done.returncode == 0, f"{command[0]} ended with {' / '.join([*last(done.stdout), *last(done.stderr)])}"
        return done.stdout

    def manage(self, *command: str) -> str:
        """Run a command of the release that is served; what it says. Raises AssertionError where it fails."""
        folder, given = self.root / "current", {"PATH": os.environ["PATH"]}
        started = [".venv/bin/python", "manage.py", *command]
        done = subprocess.run(started, cwd=folder, env=given, text=True, capture_output=True)
        assert done.returncode == 0, f"{command[0]} ended with {' / '.join(last(done.stdout + done.stderr))}"
        return done.stdout

    def served(self) -> bool:
        """Whether pages are there."""
        return page(self.port, "/claims/") == 200

    def asked(self, code: str) -> Any:
        """What a program within the site prints as JSON."""
        return json.loads(self.manage("shell", "-v0", "-c", code))


def last(said: str) -> list[str]:
    """The last lines of what a command said."""
    return [line for line in said.splitlines() if " GET " not in line and " POST " not in line][-8:]
