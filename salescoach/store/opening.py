"""Opening the store: folder, file, connection, shape."""

import errno
from collections.abc import Iterator
from pathlib import Path

import peewee

from salescoach.errors import StoreError
from salescoach.store import FILE_NAME, sqlite
from salescoach.store.backups import Backups, Clock, leads_nowhere, local_now
from salescoach.store.connection import Connection
from salescoach.store.migrating import SCRIPTS, bring_up_to_date
from salescoach.store.snapshot import reading_uri
from salescoach.store.store import Store

FOLDER_KEYS = {
    errno.ENOSPC: "store-full",
    errno.EDQUOT: "store-full",
    errno.EROFS: "store-read-only",
    errno.EACCES: "store-read-only",
    errno.EPERM: "store-read-only",
}
#: Where nothing can be written a book may still be read.
UNWRITABLE = ("store-full", "store-read-only", "store-cannot-open", "store-io")


def open_store(
    folder: Path,
    *,
    command: str = "",
    patience: float = sqlite.PATIENCE_SECONDS,
    scripts: Path = SCRIPTS,
    clock: Clock = local_now,
) -> Store:
    """
    The store in a folder, created (folder 0700, file 0600) and migrated where needed.

    A book on a full disk, or where nobody may write, is opened to be read; whoever changes it hears why that cannot be.

    Args:
        folder: Where data is kept; what is missing of its path is created.
        command: What the changes of this run are noted as, for `undo`.
        patience: Seconds to wait for another program that is writing.
        scripts: Where the numbered migrations are.
        clock: What time it is: backups are named by it.

    Raises:
        StoreError: It cannot be read or written, is damaged, is no database of ours, or is newer than this program.
    """
    path = folder / FILE_NAME
    if leads_nowhere(path):
        raise StoreError("store-link", path=path)
    try:
        _make_private(folder, path)
        connection = _connect(path, patience, scripts, Backups(path, clock))
    except StoreError as error:
        if error.key not in UNWRITABLE or not path.is_file():
            raise
        connection = _connect_to_read(path, patience, scripts, error)
    return Store(connection, command, clock)


def _make_private(folder: Path, path: Path) -> None:
    try:
        sqlite.make_private_folder(folder)
        sqlite.make_private_file(path)
    except OSError as error:
        key = FOLDER_KEYS.get(error.errno or 0, "store-cannot-open")
        raise StoreError(key, path=error.filename or path, detail=error.strerror or str(error)) from error


def _connect(path: Path, patience: float, scripts: Path, backups: Backups) -> Connection:
    try:
        connection = Connection(sqlite.connect(path, patience), path)
    except sqlite.DRIVER_ERRORS as error:
        raise sqlite.store_error(error, path) from error
    try:
        bring_up_to_date(connection, scripts, backups)
    except BaseException:
        connection.database.close()
        raise
    return connection


def _connect_to_read(path: Path, patience: float, scripts: Path, refusal: StoreError) -> Connection:
    """
    A connection that changes nothing.

    Raises:
        StoreError: `refusal`, where the book cannot even be read or has an older shape; else what is wrong with it.
    """
    for database in _readers(path, patience):
        connection = Connection(database, path, refusal)
        try:
            database.connect()
            bring_up_to_date(connection, scripts)
        except (*sqlite.DRIVER_ERRORS, StoreError) as error:
            database.close()
            if isinstance(error, StoreError) and error.key not in UNWRITABLE:
                raise
        else:
            return connection
    raise refusal


def _readers(path: Path, patience: float) -> Iterator[peewee.SqliteDatabase]:
    """Ways to read a book, the first that works is taken: nothing beside the file, or all of it in memory."""
    memory = ("temp_store", 2)
    yield peewee.SqliteDatabase(reading_uri(path), uri=True, pragmas=(memory,), timeout=patience)
    log = ("locking_mode", "exclusive")  # what was written last is in a log that is read without a file beside it
    uri = f"{path.absolute().as_uri()}?mode=rw"
    yield peewee.SqliteDatabase(uri, uri=True, pragmas=(log, memory), timeout=patience)
