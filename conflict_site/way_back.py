"""Which migrations a release that does not know them can live with: those that only add.

A new table, a column that may be empty or that the database fills by itself, an index: a program that has never heard
of them reads and writes as before. Whatever else a migration does may stop it. One whose Python or SQL does no such
harm, or which does some that is not seen here, says so by its attribute ``adds_only``.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

ADDS = (
    operations.CreateModel,
    operations.AddIndex,
    operations.RemoveIndex,
    operations.RemoveConstraint,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
)


def in_the_way(known: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    """The migrations, as ``(app, name)``, that are not known and do more than add, each with what it does."""
    executor, known, made = MigrationExecutor(connection), {*known}, set[tuple[str, str]]()
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True):
        key = (migration.app_label, migration.name)
        if key not in known and not {*migration.replaces} & known:
            done = does_more(migration, executor.loader.project_state(key, at_end=False), made)
            if done:
                yield key, ", ".join(done)


def does_more(migration: Migration, state: ProjectState, made: set[tuple[str, str]]) -> list[str]:
    """What a migration does beside adding, in words; ``state`` is the one before it. With tables that were ``made``
    meanwhile, to which it adds its own, it may do as it likes: nobody else writes to them.
    """
    app, found = migration.app_label, []
    for operation in migration.operations:
        if isinstance(operation, operations.CreateModel):
            made.add((app, operation.name_lower))
        if (app, _model(operation)) not in made and not _adds(operation, app, state):
            found.append(operation.describe())
        operation.state_forwards(app, state)
    said = getattr(migration, "adds_only", None)
    return found if said is None else [] if said else ["what it says of itself"]


def _model(operation: Any) -> str:
    return str(getattr(operation, "model_name_lower", ""))


def _adds(operation: Any, app: str, state: ProjectState) -> bool:
    match operation:
        case operations.AddField(field=field):
            return field.null or field.many_to_many or field.generated or field.has_db_default()
        case operations.AlterField():
            before = state.models[app, operation.model_name_lower].get_field(operation.name)
            return _column(before) == _column(operation.field)
        case operations.RunPython(code=code):
            return code is operations.RunPython.noop
        case operations.SeparateDatabaseAndState(database_operations=inner):
            return all(_adds(one, app, state) for one in inner)
    return isinstance(operation, ADDS)


def _column(field: Any) -> tuple[Any, ...]:
    """What of a field its column is made of."""
    _, path, arguments, options = field.deconstruct()
    return (
        path,
        arguments,
        {name: value for name, value in options.items() if name not in (*field.non_db_attrs, "default")},
    )
