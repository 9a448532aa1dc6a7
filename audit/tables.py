"""Which tables are audited: all that have a model, through tables too, but those that are left out here and say why."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

LEFT_OUT = {
    "audit_entry": "the audit itself",
    "claims_changedrow": "written by triggers, for the read model",
    "claims_claimwords": "derived from claims",
    "claims_importedrow": "keys and digests of what a file brought, which is audited",
    "claims_loadedrow": "digests of what a package brought, which is audited",
    "auth_permission": "made from the models, by migrate",
    "django_content_type": "made from the models, by migrate",
    "django_session": "who is signed in, and changes with every page",
}
# Who is signed in, and who tried to, which has a log of its own; who has which page open.
NOISE = ("doors_", "claims_presence")
# What no entry repeats: secrets, and texts that are immutable and whose digest is noted.
HIDDEN = {
    "claims_import": ("report",),  # what a check found, which is found again
    "auth_user": ("password",),
    "claims_snapshot": ("text",),
    "otp_static_statictoken": ("token",),
    "otp_totp_totpdevice": ("key",),
}
# Logs: rows are added and then neither changed nor deleted. The columns are those that must stay; none means all.
KEPT: dict[str, tuple[str, ...]] = {
    "claims_change": (),
    "claims_oldslug": ("content_type_id", "slug"),  # an old address leads on to whoever had it last
    "django_admin_log": (),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of which every change is noted: its name, its key, its columns, and those of them that are hidden."""

    name: str
    key: str
    columns: tuple[str, ...]
    hidden: tuple[str, ...]

    @property
    def shown(self) -> list[str]:
        """The columns whose values are noted."""
        return [column for column in self.columns if column not in self.hidden]


def audited() -> list[Table]:
    """All tables that are audited, by name."""
    found = {each._meta.db_table: each for each in apps.get_models(include_auto_created=True) if each._meta.managed}
    return [_table(found[name]) for name in sorted(found) if name not in LEFT_OUT and not name.startswith(NOISE)]


def _table(model: type[models.Model]) -> Table:
    meta = model._meta
    fields: list[Any] = [*meta.concrete_fields]
    secret = HIDDEN.get(meta.db_table, ())
    hidden = [each.column for each in fields if each.column in secret or isinstance(each, models.BinaryField)]
    (key,) = (each.column for each in fields if each.primary_key)
    return Table(meta.db_table, key, tuple(each.column for each in fields), tuple(hidden))


def kept(table: str) -> str:
    """What is told to who tries to change or delete an entry of a log."""
    return f"What stands in {table} is neither changed nor deleted."
