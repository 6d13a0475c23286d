"""What is SQLite's alone: opening the file, its settings and its error codes."""

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import peewee

from salescoach.errors import StoreError
from salescoach.store.tables import KEPT_BY_TRIGGERS

#: How long a command waits for another one that is writing.
PATIENCE_SECONDS = 5
#: Bytes that SQLite keeps beside an open file, whatever is done to it.
BESIDE = 65_536
BACKUPS = "backups"
DRIVER_ERRORS = (peewee.PeeweeException, sqlite3.Error)

#: A full sync at every commit (the default): an answer that was taken survives a power cut.
SETTINGS = (("journal_mode", "wal"), ("foreign_keys", 1))

MESSAGE_KEYS = {
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_CORRUPT: "store-corrupt",
    sqlite3.SQLITE_NOTADB: "store-not-database",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-cannot-open",
    sqlite3.SQLITE_IOERR: "store-io",
    sqlite3.SQLITE_CONSTRAINT: "store-constraint",
}


def connect(path: Path, patience: float = PATIENCE_SECONDS) -> peewee.SqliteDatabase:
    """
    Open the file. Transactions take the write lock as they begin, so that none fails half-way for want of it.

    Raises:
        peewee.PeeweeException, sqlite3.Error: It cannot be opened, or is no database.
    """
    database = peewee.SqliteDatabase(str(path), pragmas=SETTINGS, lock_type="IMMEDIATE", timeout=patience)
    database.connect()
    return database


def make_private_file(path: Path) -> None:
    """Create an empty file that the rep alone may read, or take others' rights from the one that is there."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if path.stat().st_mode & 0o777 != 0o600:
        with suppress(PermissionError):  # somebody else's file: opening it will tell
            path.chmod(0o600)


def make_private_folder(folder: Path) -> None:
    """Create a folder, and what is missing above it, for the rep alone. One that is there stays as it is."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(0o700)
        folder.chmod(0o700)


def _is_full(folder: Path) -> bool:
    """There is no room for what SQLite keeps beside the file; it calls that a failed read or write."""
    try:
        return shutil.disk_usage(folder).free < BESIDE
    except OSError:
        return False


#: The indexes of a table, those apart that keep rows unique, and its triggers.
BESIDE_ROWS = """
SELECT type, name, sql FROM sqlite_master
WHERE tbl_name = ? AND (type = 'index' AND sql LIKE 'CREATE INDEX%' OR type = 'trigger')
"""


def set_aside(database: peewee.SqliteDatabase, table: str) -> list[str]:
    """Take indexes and triggers off a table; returns what makes them again, and what the triggers would have kept."""
    found = database.connection().execute(BESIDE_ROWS, (table,)).fetchall()  # type: ignore[no-untyped-call]
    for sort, name, _ in found:
        database.execute_sql(f'DROP {sort} "{name}"')  # type: ignore[no-untyped-call]
    return [*(made for *_, made in found), *KEPT_BY_TRIGGERS.get(table, ())]


def store_error(error: Exception, path: Path) -> StoreError:
    """What a driver's error means for the rep."""
    cause = getattr(error, "orig", error)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    key = MESSAGE_KEYS.get(code, "store-failed")
    if key == "store-io" and _is_full(path.parent):
        key = "store-full"
    if key == "store-cannot-open" and path.is_file() and not os.access(path.parent, os.W_OK):
        key = "store-read-only"
    if key == "store-cannot-open" and path.is_symlink() and not path.exists():
        key = "store-link"
    return StoreError(key, path=path, backups=path.parent / BACKUPS, seconds=PATIENCE_SECONDS, detail=str(cause))
