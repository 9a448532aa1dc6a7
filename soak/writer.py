"""A process of its own: threads that write. Prints a line for each row that was acknowledged, and for each error.

``python -m soak.writer THREADS SECONDS [impatient]``; ``impatient`` writers give up at once where another one writes.
"""

import os
import sys
from threading import Lock, Thread
from time import monotonic

import django
from django.db import Error, connection, transaction

PRINTING = Lock()


def write(thread: int, until: float, impatient: bool) -> None:
    """Add a draft and a group, and acknowledge them, again and again."""
    from django.contrib.auth.models import Group

    from actors.models import Actor
    from claims.models import Act, Claim, Form
    from conflict_site.base import limits

    if impatient and connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 0
        limits.allow(0.001)  # of this thread
    speaker, number = Actor.objects.order_by("pk")[0], 0
    while monotonic() < until:
        number += 1
        name = f"{os.getpid()}-{thread}-{number}"
        try:
            with transaction.atomic():
                if impatient and connection.vendor == "postgresql":
                    connection.cursor().execute("SET LOCAL lock_timeout = 1")
                Claim.objects.create(slug=name, speaker=speaker, content=name, act=Act.ASSERTS, form=Form.PARAPHRASE)
                Group.objects.create(name=name)
            say(f"ack {name}")
        except Error as error:
            say(f"error {type(error).__name__} {str(error).splitlines()[0]}")
            connection.close()


def say(line: str) -> None:
    with PRINTING:
        print(line, flush=True)


def main() -> None:
    django.setup()
    impatient = sys.argv[3:] == ["impatient"]
    until = monotonic() + float(sys.argv[2])
    threads = [Thread(target=write, args=(number, until, impatient)) for number in range(int(sys.argv[1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_site.settings")
    main()
