"""The site that is asked: the opening dossier in a new database, some of it edited, always on the same days."""

import datetime as datetimes
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

OPENING = Path(__file__).resolve().parents[2] / "data" / "opening"
LOADED, EDITED, ASKED = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (24, 25, 28))
CURATOR = "curator"
SHOWN = ("actors.Actor", "claims.Issue", "claims.Source", "claims.Event", "claims.Claim")


class _IsADate(type):
    """Every datetime is an instance, not only those of the clock that stands still."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, datetime)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Django's clock stands still as long as the block lasts.

    The class that `timezone.now` asks is replaced, not the function: models hold on to that as a default.
    """
    still = _IsADate("still", (datetime,), {"now": classmethod(lambda cls, tz=None: moment)})
    module = SimpleNamespace(**{**vars(datetimes), "datetime": still})  # feeds without entries are of this moment
    with patch("django.utils.timezone.datetime", still), patch("django.utils.feedgenerator.datetime", module):
        yield


@contextmanager
def opened() -> Iterator[None]:
    """The site as it is asked; its database lasts as long as the block."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _fill()
        with clock_at(ASKED):
            yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _fill() -> None:
    with clock_at(LOADED):
        call_command("load_dossier", OPENING, verbosity=0)
        accounts: Any = get_user_model()._default_manager
        accounts.create_superuser(CURATOR, password=None)
    from claims.models import permitted

    with clock_at(EDITED), permitted(reason="To be compared."):
        _edit()


def _edit() -> None:
    """What the opening dossier has none of: rows that are renamed, corrected, withdrawn, taken down, not yet public."""
    for label in SHOWN:
        row = _rows(label)[0]
        apps.get_model("claims.OldSlug").keep(row, f"old-{row.slug}"[:80])
    for label in ("claims.Position", "claims.Event", "claims.Claim"):
        row = _rows(label)[1]
        row.withdraw(note="It was said by somebody else.")
        for place, state in ((2, "draft"), (3, "in_review")):
            _rows(label).filter(pk=_rows(label)[place].pk).update(state=state)
    _rows("claims.Source")[1].take_down(reason="The publisher asked for it.")
    claim = _rows("claims.Claim")[4]
    before, claim.content = claim.content, f"{claim.content} again"
    claim.save()
    words = {"before": {"content": before}, "after": {"content": claim.content}}
    apps.get_model("claims.Change").objects.record(claim, "correction", public_note="A word was missing.", **words)


def _rows(label: str) -> Any:
    """The rows of a model by slug."""
    return apps.get_model(label)._default_manager.order_by("slug")
