"""Bringing a database up to this program's shape: numbered scripts, forward only, all in one transaction.

A database that has a shape already is backed up first. Two programs that start at once do no harm: whoever is second
finds the work done.
"""

from pathlib import Path
from typing import Any

import peewee

from salescoach.errors import StoreError
from salescoach.store.backups import Backups
from salescoach.store.connection import Connection
from salescoach.store.snapshot import HISTORY

SCRIPTS = Path(__file__).parent / "migrations"


def bring_up_to_date(connection: Connection, scripts: Path = SCRIPTS, backups: Backups | None = None) -> None:
    """
    Apply the scripts that this database has not seen.

    Args:
        backups: Where one is kept before anything changes; None for a file that is a copy itself.

    Raises:
        StoreError: It is newer than this program, it is some other program's, or a step failed (and left no trace).
    """
    known = steps(scripts)
    with connection.guard():
        applied = _applied(connection)
    if unknown := applied - set(known):
        raise StoreError("store-newer", path=connection.path, step=max(unknown))
    if not applied.issuperset(known):
        _migrate(connection, scripts, applied, backups)


def steps(scripts: Path = SCRIPTS) -> list[str]:
    """The names of the scripts, in order."""
    return sorted(script.stem for script in scripts.glob("[0-9]*.py"))


def _applied(connection: Connection) -> set[str]:
    database = connection.database
    if HISTORY in (tables := database.get_tables()):
        name = peewee.Table(HISTORY).c.name
        return {found for (found,) in connection.tuples(peewee.Table(HISTORY).select(name))}
    if tables:
        raise StoreError("store-foreign", path=connection.path)
    return set()


def _migrate(connection: Connection, scripts: Path, applied: set[str], backups: Backups | None) -> None:
    from playhouse.migrations import Runner  # type: ignore[import-untyped]

    if connection.refusal:
        raise connection.refusal
    runner: Any = Runner(connection.database, scripts, table_name=HISTORY)
    if applied and backups is not None:
        backups.take("migration")
    with connection.transaction(), connection.guard():  # all steps or none; nobody finds the book half-way
        while _pending(runner):  # asked under the lock: another program may have been faster
            runner.up()


def _pending(runner: Any) -> list[str]:
    return [step.name for step in runner.status() if not step.applied]
