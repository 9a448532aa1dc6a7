"""Loops that try passwords as fast as they are answered."""

import http.client
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Event, Process, Queue
from typing import Any
from urllib.parse import urlencode

from soak.places import HOST

LOOPS = 8
TOKEN = "a" * 32


def attempt(port: int, name: str, password: str) -> int:
    """Try one password; the status of the answer, 0 where there was none."""
    body = urlencode({"username": name, "password": password, "csrfmiddlewaretoken": TOKEN})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}"}
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("POST", "/admin/login/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _loop(port: int, number: int, over: Any, told: Any) -> None:
    statuses: Counter[int] = Counter()
    while not over.is_set():
        statuses[attempt(port, f"nobody-{number}-{statuses.total() // 4}", "wrong password")] += 1
    told.put(statuses)


@contextmanager
def trying(port: int, loops: int = LOOPS) -> Iterator[Counter[int]]:
    """Loops as long as the block lasts, each with another name after four attempts, so that none is locked out; the
    statuses of their answers are counted once they have ended."""
    over, found = Event(), Counter[int]()
    told: Any = Queue()
    processes = [Process(target=_loop, args=(port, number, over, told)) for number in range(loops)]
    for process in processes:
        process.start()
    try:
        yield found
    finally:
        over.set()
        for _ in processes:
            found.update(told.get(timeout=90))
        for process in processes:
            process.join()
