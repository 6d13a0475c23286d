"""Putting a backup in the book's place: looked at in a copy first, then all at once, also while others have it open."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from salescoach.errors import InvalidError, StoreError
from salescoach.shape import value
from salescoach.store import FILE_NAME, snapshot, sqlite
from salescoach.store.backups import FOLDER, PART, PATIENCE_SECONDS, STEM, beside, leads_nowhere, sync_folder
from salescoach.store.connection import Connection
from salescoach.store.migrating import SCRIPTS, bring_up_to_date, steps
from salescoach.store.snapshot import Contents, Difference, UnsoundError

DAMAGED = f"{STEM}-damaged-"
#: What another way of putting the file in place would not get round.
FATAL = ("store-full", "store-io")
#: The book itself is something that must not be replaced.
REFUSED = {"foreign": "store-foreign"}


@value
class Staged:
    """A file that may take the book's place: a private copy of it, of this program's shape."""

    path: Path
    contents: Contents
    old_step: str | None  # the shape that the file had, where it was an older one


@value
class Present:
    """The book as it is: `missing`, `sound` or `damaged`."""

    state: str
    contents: Contents | None = None


@contextmanager
def staged(file: Path, folder: Path, scripts: Path = SCRIPTS) -> Iterator[Staged]:
    """
    The file as it would be restored into a data folder, for as long as it is looked at.

    Raises:
        InvalidError: It is no sound book, or one of a newer program.
        StoreError: There is no room for the copy.
    """
    place = _workplace(folder)
    try:
        before, copy = _looked_at(file, scripts), place / FILE_NAME
        after = _migrated_copy(file, copy, scripts)
        yield Staged(path=copy, contents=after, old_step=before.step if before.step != after.step else None)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def present(book: Path) -> Present:
    """
    What is there now.

    Raises:
        StoreError: Another program's database, or nothing that can be read.
    """
    if leads_nowhere(book):
        raise StoreError("store-link", path=book)
    if not book.exists():
        return Present(state="missing")
    try:
        with closing(snapshot.open_book(book, PATIENCE_SECONDS)) as database:
            return Present(state="sound", contents=snapshot.contents(database))
    except UnsoundError as error:
        if error.reason in REFUSED:
            raise StoreError(REFUSED[error.reason], path=book) from error
        return Present(state="missing" if error.reason == "empty" else "damaged")
    except sqlite3.Error as error:
        told = sqlite.store_error(error, book)
        if told.key in ("store-corrupt", "store-not-database"):
            return Present(state="damaged")
        raise told from error


def differences(book: Path, made: Staged) -> tuple[Difference, ...]:
    """What the rep would lose and gain. Raises StoreError where the book cannot be read."""
    try:
        return snapshot.differences(book, made.path)
    except sqlite3.Error as error:
        raise sqlite.store_error(error, book) from error


def put_in_place(
    made: Staged, book: Path, now: datetime, *, damaged: bool, keep: Callable[[], None] | None = None
) -> Path | None:
    """
    Make the book what the staged file is.

    Other programs may have it open: they see the old book until all of it is changed, then the new one.

    Args:
        damaged: The present file is no sound book; it is kept aside.
        keep: Copies a book that is sound, while nobody can write to it: what others record until then is in the copy,
            what they record later in the restored book.

    Returns:
        Where the damaged file is kept.

    Raises:
        StoreError: It could not be done; the book is as it was.
    """
    try:
        if not damaged:
            sqlite.make_private_file(book)
            _pour(made.path, book, keep)
            return None
        aside = _set_aside(book, now)
        if not _poured_over_damage(made.path, book):
            _replace(made.path, book)
        return aside
    except TimeoutError as error:
        raise StoreError("store-busy", path=book, seconds=int(PATIENCE_SECONDS)) from error
    except sqlite3.Error as error:
        raise sqlite.store_error(error, book) from error
    except OSError as error:
        key = "store-read-only" if isinstance(error, PermissionError) else "store-cannot-open"
        raise StoreError(key, path=book, detail=error.strerror or str(error)) from error


def damaged_files(folder: Path) -> list[Path]:
    """Damaged books that were kept aside, the newest first."""
    try:
        return sorted((path for path in folder.iterdir() if path.name.startswith(DAMAGED)), reverse=True)
    except OSError:
        return []


def _looked_at(file: Path, scripts: Path) -> Contents:
    """What the file holds, which must be a sound book that this program knows."""
    try:
        found = snapshot.read_back(file)
    except UnsoundError as error:
        raise InvalidError(f"restore-{error.reason}", path=file) from error
    except OSError as error:
        raise InvalidError("restore-unreadable", path=file, why=error.strerror or str(error)) from error
    except sqlite3.Error as error:
        raise InvalidError("restore-unreadable", path=file, why=str(error)) from error
    if unknown := set(found.steps) - set(steps(scripts)):
        raise InvalidError("restore-newer", path=file, step=max(unknown))
    return found


def _migrated_copy(file: Path, copy: Path, scripts: Path) -> Contents:
    try:
        sqlite.make_private_file(copy)
        snapshot.copy(file, copy, PATIENCE_SECONDS)
        connection = Connection(sqlite.connect(copy), copy)
        try:
            bring_up_to_date(connection, scripts)
            connection.database.pragma("journal_mode", "delete")
        finally:
            connection.database.close()
        return snapshot.read_back(copy, thorough=False)
    except sqlite.DRIVER_ERRORS as error:
        raise sqlite.store_error(error, copy) from error
    except OSError as error:
        raise StoreError("store-backup", path=copy, detail=error.strerror or str(error)) from error


def _workplace(folder: Path) -> Path:
    """A private folder on the disk of the book; one that a killed program left is swept away with the next backup."""
    place = folder / FOLDER
    try:
        sqlite.make_private_folder(place)
        return Path(tempfile.mkdtemp(prefix="restoring-", suffix=PART, dir=place))
    except OSError as error:
        raise StoreError("store-backup", path=place, detail=error.strerror or str(error)) from error


def _pour(source: Path, book: Path, keep: Callable[[], None] | None = None) -> None:
    """Through the database's own locks and log: atomic, and safe with any number of readers and writers."""
    with closing(sqlite3.connect(book, timeout=PATIENCE_SECONDS)) as target:
        (size,) = target.execute("PRAGMA page_size").fetchone()
        if keep is not None:  # in this mode alone it can be copied while it is locked
            target.execute("PRAGMA journal_mode = wal")
        with closing(sqlite3.connect(source)) as made:
            if made.execute("PRAGMA page_size").fetchone() != (size,):
                made.execute(f"PRAGMA page_size = {size:d}")
                made.execute("VACUUM")
            snapshot.pour(made, target, PATIENCE_SECONDS, keep)


def _poured_over_damage(source: Path, book: Path) -> bool:
    """Whether the damaged file could be written over as a sound one is; else it must be replaced."""
    try:
        _pour(source, book)
        with closing(sqlite3.connect(book)) as database:
            snapshot.contents(database, thorough=False)
    except (sqlite3.DatabaseError, UnsoundError) as error:
        if isinstance(error, sqlite3.Error) and sqlite.store_error(error, book).key in FATAL:
            raise
        return False
    return True


def _set_aside(book: Path, now: datetime) -> Path:
    """A copy of the damaged file with its log, under a name that nobody has."""
    count = 1
    while True:
        again = f"-{count}" if count > 1 else ""
        aside = book.with_name(f"{DAMAGED}{now:%Y-%m-%d-%H%M%S}{again}.db")
        if not aside.exists():
            break
        count += 1
    for path in (book, beside(book)[0]):
        if path.exists():
            kept = aside.with_name(path.name.replace(book.name, aside.name, 1))
            sqlite.make_private_file(kept)
            shutil.copyfile(path, kept)
    return aside


def _replace(source: Path, book: Path) -> None:
    """Take the place of a file that cannot be opened. Its log goes first: it must never be applied to the new one."""
    for path in beside(book):
        path.unlink(missing_ok=True)
    source.replace(book)
    sync_folder(book.parent)
