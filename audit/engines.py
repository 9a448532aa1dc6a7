"""Which module knows the triggers of a database."""

from types import ModuleType

from django.db import connections

from audit import postgresql, sqlite


def engine(using: str) -> ModuleType:
    """The module for the engine of this database."""
    return postgresql if connections[using].vendor == "postgresql" else sqlite
