"""Fills the database that DATABASE_URL names with an invented record of so many claims, the same at every run.

DATABASE_URL=sqlite:///var/bench/claims.sqlite3 python -m bench.generate 100000
"""

import os
import sys
from collections.abc import Callable
from time import perf_counter

import django
from django.db import connection


def fill(size: int, say: Callable[[str], None] = lambda text: None) -> None:
    """Fill a migrated database that holds no claims yet; ``say`` is told what has been done."""
    from bench import draws, loading, rows, world

    made = world.world()
    world.save(made)
    writer, held = rows.Writer(made), draws.holders(size)
    with loading.bare_tables(rows.TABLES.values()):
        for first, number in draws.blocks(size):
            for name, found in writer.rows(draws.draw(first, number, held)).items():
                loading.insert(rows.TABLES[name], found)
            say(f"{first + number - 1:,} claims")
    loading.settle()


def main() -> None:
    """Migrate and fill."""
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.settings")
    django.setup()
    from claims.models import permitted

    start = perf_counter()
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000"):
                cursor.execute(f"PRAGMA {pragma}")
    with permitted(reason="Invented for a measurement."):
        fill(int(sys.argv[1]), lambda done: print(f"  {done}, {perf_counter() - start:.0f} s", flush=True))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"  filled in {perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
