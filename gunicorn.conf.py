"""What gunicorn reads where it is started in this folder: requests of which only half comes hold no thread for ever."""

import socket
import struct
from typing import Any

SECONDS = 10  # without a byte of a request that has begun; a proxy before the site is stricter


def post_worker_init(worker: Any) -> None:
    """Connections inherit from the socket that they come in by how long is waited for what they send."""
    for listener in worker.sockets:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SECONDS, 0))
