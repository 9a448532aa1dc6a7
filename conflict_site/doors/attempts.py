"""How often somebody may be wrong: by name and network, by network, and by name from networks that are new to it.

One who mistypes waits alone, and only where they sit: the others of a newsroom, behind the same address, do not, nor
does the one whose name strangers try from elsewhere.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conflict_site.doors.models import Failure, KnownNetwork
from conflict_site.doors.networks import is_shared

AT_ONE_PLACE, OF_A_NETWORK, ELSEWHERE = 5, 50, 20  # times wrong within ...
MINUTES, HOUR = timedelta(minutes=15), timedelta(hours=1)  # the last for a name from new networks

log = logging.getLogger("conflict_site.doors")


def wait(name: str, network: str) -> int:
    """The seconds until this name may be tried again from this network; 0 for now."""
    failures, now = Failure.objects.order_by("-at"), timezone.now()
    of_name = failures.filter(name=_digest(name))
    ends = [_end(of_name.filter(network=network), AT_ONE_PLACE, MINUTES)]
    if not is_shared(network):
        ends.append(_end(failures.filter(network=network), OF_A_NETWORK, MINUTES))
    if not KnownNetwork.objects.filter(person__username=name, network=network).exists():
        ends.append(_end(of_name, ELSEWHERE, HOUR))
    latest = max((end for end in ends if end), default=now)
    return max(0, round((latest - now).total_seconds() + 0.5)) if latest > now else 0


def fail(name: str, network: str, why: str) -> None:
    """Keep one more, and log it."""
    Failure.objects.filter(at__lt=timezone.now() - HOUR).delete()
    Failure.objects.create(name=_digest(name), network=network)
    refuse(name, network, why)


def refuse(name: str, network: str, why: str) -> None:
    """Log one line. A name that nobody has is left out: it may be a password."""
    known = get_user_model()._default_manager.filter(username=name).exists()
    log.warning("Sign-in refused, %s: %s, from %s", why, repr(name) if known else "a name that nobody has", network)


def succeed(person: Any, network: str) -> None:
    """Forget what was wrong before, of this person and from there."""
    Failure.objects.filter(name=_digest(person.username), network=network).delete()
    KnownNetwork.objects.update_or_create(person=person, network=network, defaults={"at": timezone.now()})
    log.info("Signed in: %r, from %s", person.username, network)


def _end(failures: QuerySet[Failure], most: int, within: timedelta) -> datetime | None:
    """When there will have been fewer than ``most`` within that time; None where there were not as many."""
    nth = failures.values_list("at", flat=True)[most - 1 : most].first()
    return nth + within if nth else None


def _digest(name: str) -> str:
    return salted_hmac("conflict_site.doors.attempts", name.strip().casefold(), algorithm="sha256").hexdigest()
