"""What gunicorn reads where it is started in this folder: requests of which only half comes, and who does not hang up,
hold no thread for ever and keep nobody waiting; and what a worker begins with.
"""

import socket
import struct
import sys
from functools import partial
from typing import Any

from gunicorn import util

SECONDS = 10  # without a byte of a request that has begun; a proxy before the site is stricter
FAREWELL = 0.02  # seconds for the other side to hang up after its last answer

# The thread that takes in connections does this waiting: each that stayed open took two seconds from all after it.
util.close_graceful = partial(util.close_graceful, timeout=FAREWELL)


def post_worker_init(worker: Any) -> None:
    """Connections inherit from the socket that they come in by how long is waited for what they send.

    A worker of the site, which is a process of its own by now, begins to read ahead.
    """
    for listener in worker.sockets:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SECONDS, 0))
    if ahead := sys.modules.get("conflict_site.ahead"):
        ahead.begin()
