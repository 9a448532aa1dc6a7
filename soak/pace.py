"""A process of its own: how long a save takes with the audit and without, in turns. Prints both medians, in ms.

``python -m soak.pace ROUNDS [slow]``; with ``slow`` the audit takes ten milliseconds more for each entry.
"""

import os
import sys
import time
from statistics import median

import django
from django.db import connection, transaction


def save(number: int) -> float:
    """Save a claim and its lists as the desk does; milliseconds."""
    from claims.models import Claim, Issue, State
    from claims.search import derive

    claim = Claim.objects.order_by("pk")[number % 50]
    begun = time.perf_counter()
    with transaction.atomic():
        row = Claim.objects.select_for_update().get(pk=claim.pk)
        made = Claim(
            speaker=row.speaker, act=row.act, form=row.form, content=f"{row.content} {number}", said_edtf="2024"
        )
        made.state, made.slug = State.DRAFT, f"soak-{os.getpid()}-{number}"
        made.save()
        made.issues.set(Issue.objects.all()[:2])
        derive(Claim.objects.filter(pk=made.pk))
    return (time.perf_counter() - begun) * 1000


def slowly() -> str:
    """Somebody, after a while."""
    time.sleep(0.01)
    return "somebody"


def slow_down() -> None:
    """The control."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_function("attributed_who", 0, slowly)
        return
    with connection.cursor() as cursor:
        body = "BEGIN PERFORM pg_sleep(0.01); RETURN NULL; END"
        cursor.execute(f"CREATE FUNCTION soak_slow() RETURNS trigger LANGUAGE plpgsql AS '{body}'")
        cursor.execute("CREATE TRIGGER soak_slow AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION soak_slow()")


def main() -> None:
    django.setup()
    from audit.install import install, uninstall

    if sys.argv[2:]:
        slow_down()
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(int(sys.argv[1])):
        audited = number // 20 % 2 == 0
        if number % 20 == 0:
            (install if audited else uninstall)("default")
        times[audited].append(save(number))
    print(median(times[True]), median(times[False]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_site.settings")
    main()
