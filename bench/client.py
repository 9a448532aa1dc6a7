"""A client that keeps its connection, as a browser or a proxy does, and takes the time."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

TIMEOUT = 60  # seconds, after which a peer is said to take longer


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, and the milliseconds from sending the request to holding the whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    milliseconds: float


class Client:
    """A connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Ask for a path. Connects anew where the server has closed the connection. Raises TimeoutError."""
        try:
            return self._get(path, headers or {})
        except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
            self.connection.close()
            return self._get(path, headers or {})

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def _get(self, path: str, headers: Mapping[str, str]) -> Reply:
        start = perf_counter()
        self.connection.request("GET", path, headers={"Host": "localhost", **headers})
        response = self.connection.getresponse()
        body = response.read()
        return Reply(response.status, dict(response.headers), body, (perf_counter() - start) * 1_000)
