"""Opening the store: folder, file, connection, shape."""

import errno
from pathlib import Path

from salescoach.errors import StoreError
from salescoach.store import FILE_NAME, sqlite
from salescoach.store.backups import Backups, Clock, leads_nowhere, local_now
from salescoach.store.connection import Connection
from salescoach.store.migrating import SCRIPTS, bring_up_to_date
from salescoach.store.store import Store

FOLDER_KEYS = {
    errno.ENOSPC: "store-full",
    errno.EDQUOT: "store-full",
    errno.EROFS: "store-read-only",
    errno.EACCES: "store-read-only",
    errno.EPERM: "store-read-only",
}


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
        sqlite.make_private_folder(folder)
        sqlite.make_private_file(path)
    except OSError as error:
        key = FOLDER_KEYS.get(error.errno or 0, "store-cannot-open")
        raise StoreError(key, path=error.filename or path, detail=error.strerror or str(error)) from error
    return Store(_connect(path, patience, scripts, Backups(path, clock)), command, clock)


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
