"""Bringing a database up to this program's shape: numbered scripts, forward only, each in one transaction.

A database that has a shape already is backed up first. Two programs that start at once do no harm: whoever is second
finds the work done.
"""

from pathlib import Path
from typing import Any

import peewee

from salescoach.errors import StoreError
from salescoach.store import sqlite
from salescoach.store.connection import Connection

SCRIPTS = Path(__file__).parent / "migrations"
HISTORY = "schema_migration"


def bring_up_to_date(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """
    Apply the scripts that this database has not seen.

    Raises:
        StoreError: It is newer than this program, it is some other program's, or a step failed (and left no trace).
    """
    known = sorted(script.stem for script in scripts.glob("[0-9]*.py"))
    with connection.guard():
        applied = _applied(connection)
    if unknown := applied - set(known):
        raise StoreError("store-newer", path=connection.path, step=max(unknown))
    if not applied.issuperset(known):
        _migrate(connection, scripts, applied)


def _applied(connection: Connection) -> set[str]:
    database = connection.database
    if HISTORY in (tables := database.get_tables()):
        name = peewee.Table(HISTORY).c.name
        return {found for (found,) in connection.tuples(peewee.Table(HISTORY).select(name))}
    if tables:
        raise StoreError("store-foreign", path=connection.path)
    return set()


def _migrate(connection: Connection, scripts: Path, applied: set[str]) -> None:
    from playhouse.migrations import Runner  # type: ignore[import-untyped]

    runner: Any = Runner(connection.database, scripts, table_name=HISTORY)
    if applied:
        _back_up(connection, max(applied))
        _step_by_step(connection, runner)
        return
    with connection.transaction():  # a new book all at once: nobody finds it half made, and backs up nothing
        _step_by_step(connection, runner)


def _step_by_step(connection: Connection, runner: Any) -> None:
    with connection.guard():
        while before := _pending(runner):
            try:
                runner.up()
            except peewee.DatabaseError:
                if _pending(runner) == before:  # else another program was faster
                    raise


def _pending(runner: Any) -> list[str]:
    return [step.name for step in runner.status() if not step.applied]


def _back_up(connection: Connection, step: str) -> None:
    folder = connection.path.parent / sqlite.BACKUPS
    taken = {path.name for path in folder.glob("*.db")}
    names = (f"{connection.path.stem}-{step}-{count}.db" for count in range(1, len(taken) + 2))
    target = folder / next(name for name in names if name not in taken)
    with connection.guard():
        try:
            sqlite.backup(connection.database, target)
        except OSError as error:
            raise StoreError("store-backup", path=target, detail=error.strerror or str(error)) from error
