"""Runs what belongs to the doors and limits on the database of DATABASE_URL, which it fills, and prints the figures.

DATABASE_URL=sqlite:////tmp/soak.sqlite3 python -m soak.doors
python scripts/with_postgres.py python -m soak.doors
"""

import os

from soak import interruptions, logins, readers, site, writers

PORT, SECONDS = 8471, 15.0


def main() -> None:
    url = os.environ["DATABASE_URL"]
    site.fill(url)
    with site.served(url, PORT):
        print("readers alone:", readers.seen_for(PORT, SECONDS).words(), flush=True)
        with logins.trying(PORT) as told:
            seen = readers.seen_for(PORT, SECONDS)
        print(f"beside {logins.LOOPS} loops of logins:", seen.words(), dict(told), flush=True)
        if url.startswith("postgresql"):
            _interrupt(url)
    print(f"{writers.WRITERS} writers:", writers.write_for(url, SECONDS).words())
    if url.startswith("sqlite"):
        print("the same without a queue:", writers.write_for(url, SECONDS, backend="stock").words())


def _interrupt(url: str) -> None:
    with interruptions.held(url):
        print("beside locks that stay:", readers.seen_for(PORT, SECONDS).words(), flush=True)
    for what in (interruptions.end_backends, interruptions.restart):
        what(url)
        wrong, asked = interruptions.errors_after(PORT, 5)
        print(f"after {what.__name__}: {wrong} errors of {asked}", flush=True)


if __name__ == "__main__":
    main()
