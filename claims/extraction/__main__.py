"""Reads one file from standard input in a process that holds its limits, and answers in JSON.

The one argument is JSON too: ``media_type``, ``charset`` and the fields of Limits. The answer has ``text``,
``doubt`` and ``about``, or ``refused``.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from threading import Thread
from time import sleep

from resiliparse.parse.html import HTMLParserException

from claims.extraction import OVER_MEMORY, Limits, Unreadable, read

MACOS = sys.platform == "darwin"
UNIT = 1 if MACOS else 1024  # of ru_maxrss, in bytes


def main() -> None:
    asked = json.loads(sys.argv[1])
    limits = Limits(**asked["limits"])
    _hold(limits)
    try:
        found = read(sys.stdin.buffer.read(), asked["media_type"], asked["charset"], limits)
        answer = {"text": found.text, "doubt": found.doubt, "about": found.about}
    except Unreadable as error:
        answer = {"refused": str(error)}
    except (MemoryError, HTMLParserException):  # the parser of pages fails for want of memory alone
        os._exit(OVER_MEMORY)
    except RecursionError:
        answer = {"refused": "It is nested too deeply."}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _hold(limits: Limits) -> None:
    """Let the system end this process beyond its limits. macOS knows none of memory: a thread looks.

    On Linux it may not: there a process begins with the highest memory that its parent ever had.
    """
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(limits.seconds) + 1, int(limits.seconds) + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if MACOS:
        Thread(target=_watch, args=[limits.memory], daemon=True).start()


def _watch(memory: int) -> None:
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT < memory:
        sleep(0.05)
    os._exit(OVER_MEMORY)


if __name__ == "__main__":
    main()
