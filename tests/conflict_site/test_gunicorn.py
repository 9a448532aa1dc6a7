"""gunicorn with this project's settings: what one client does keeps no other waiting."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from time import sleep

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWERS = "def application(environ, start):\n    start('200 OK', [('Content-Length', '2')])\n    return [b'ok']\n"
NO_REQUEST = b"GET / HTTP/9.9\r\n\r\n"  # is refused


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The socket of one process with four threads, before a program that says `ok`."""
    (tmp_path / "ok.py").write_text(ANSWERS)
    options = ["--worker-class=gthread", "--workers=1", "--threads=4", "--no-control-socket", "--log-level=critical"]
    bind = tmp_path / "socket"
    command = [sys.executable, "-m", "gunicorn", f"--bind=unix:{bind}", *options, "ok:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    try:
        yield str(bind)
    finally:
        process.terminate()
        process.wait()


def connected(address: str, seconds: int = 60) -> socket.socket:
    """A connection, once the server takes them in."""
    opened = socket.socket(socket.AF_UNIX)
    opened.settimeout(seconds)
    while not is_taken_in(opened, address):
        sleep(0.05)
    return opened


def is_taken_in(opened: socket.socket, address: str) -> bool:
    with suppress(FileNotFoundError, ConnectionRefusedError):
        opened.connect(address)
        return True
    return False


def test_who_is_answered_and_does_not_hang_up_keeps_nobody_waiting(server):
    with ExitStack() as stay_open:
        for _ in range(30):  # at two seconds each, the time in which the last one is to be answered is long over
            refused = stay_open.enter_context(connected(server))
            refused.sendall(NO_REQUEST)
        last = stay_open.enter_context(connected(server, seconds=30))
        last.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert last.recv(100).startswith(b"HTTP/1.1 200")
