"""One at a time, among threads and processes; and those who cannot wait are told so."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from conflict_site.base.turnstile import Crowded, Turnstile

HOLDER = """
import sys
from pathlib import Path
from conflict_site.base.turnstile import Turnstile
Turnstile(Path(sys.argv[1])).enter()
print("in", flush=True)
sys.stdin.read()
"""


def test_one_at_a_time_passes(tmp_path):
    turnstiles = [Turnstile(tmp_path / "queue") for _ in range(2)]  # as two processes have them
    inside, most = [], []

    def once(number):
        turnstile = turnstiles[number % 2]
        turnstile.enter()
        inside.append(number)
        most.append(len(inside))
        sleep(0.002)
        inside.remove(number)
        turnstile.leave()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(once, range(64)))
    assert (len(most), max(most)) == (64, 1)


def test_whoever_may_not_wait_longer_is_told_so(tmp_path):
    turnstile, another = (Turnstile(tmp_path / "queue") for _ in range(2))
    turnstile.enter()
    for one in (turnstile, another):
        begun = monotonic()
        with pytest.raises(Crowded):
            one.enter(seconds=0.1)
        assert monotonic() - begun < 0.5
    turnstile.leave()
    another.enter(seconds=0.1)
    another.leave()


def test_only_so_many_wait(tmp_path):
    turnstile = Turnstile(tmp_path / "queue", waiting=1)
    turnstile.enter()
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(turnstile.enter, 5)
        sleep(0.1)
        with pytest.raises(Crowded):
            turnstile.enter(5)
        turnstile.leave()
        waits.result()
        turnstile.leave()


def test_a_process_that_is_killed_lets_go(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "queue")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"in\n"
        turnstile = Turnstile(tmp_path / "queue")
        with pytest.raises(Crowded):
            turnstile.enter(seconds=0)
        holder.kill()
        turnstile.enter(seconds=5)
    turnstile.leave()
