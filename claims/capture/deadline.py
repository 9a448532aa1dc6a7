"""The moment by which an answer has to be there, whatever a host does: a byte now and then keeps no connection open."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Thread, Timer
from time import monotonic, sleep
from typing import Any

import urllib3


class Deadline:
    """So many seconds from now. Pauses that we make ourselves are not counted."""

    def __init__(self, seconds: float) -> None:
        self.at = monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, 0 when there are none."""
        return max(0.0, self.at - monotonic())

    def pause(self, seconds: float) -> None:
        """Sleep, and put the deadline off by as much."""
        self.at += max(0.0, seconds)
        sleep(max(0.0, seconds))

    def result_of[Found](self, work: Callable[..., Found], *given: Any) -> Found:
        """What a function returns or raises, or TimeoutError: it may then go on in a thread that nobody waits for."""
        future: Future[Found] = Future()
        Thread(target=_fulfil, args=[future, work, *given], daemon=True).start()
        return future.result(self.left)

    @contextmanager
    def over(self, pool: urllib3.HTTPConnectionPool) -> Iterator[None]:
        """Shut the connections of a pool down when the time is over, also within a handshake or a header."""
        held: list[socket.socket] = []
        pool.ConnectionCls = _recording(pool.ConnectionCls, held)
        timer = Timer(self.left, _shut, [held])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            for one in held:
                one.close()


def _fulfil(future: Future[Any], work: Callable[..., Any], *given: Any) -> None:
    try:
        future.set_result(work(*given))
    except BaseException as error:
        future.set_exception(error)


def _recording(kind: Any, held: list[socket.socket]) -> Any:
    """A kind of connection that notes its sockets. Each is a second handle: TLS takes the first one over."""

    class Recording(kind):
        def _new_conn(self) -> socket.socket:
            found: socket.socket = super()._new_conn()
            held.append(found.dup())
            return found

    return Recording


def _shut(held: list[socket.socket]) -> None:
    for one in held:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
