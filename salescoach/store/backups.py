"""Copies of the book: made, checked by reading them back, named so that they sort, found again, and thinned out.

A name says when and why: `salescoach-2026-12-01-143015-import.db`. What is not so named is never touched.
"""

import errno
import os
import re
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from salescoach.errors import NotFoundError, StoreError
from salescoach.shape import value
from salescoach.store import snapshot
from salescoach.store.snapshot import Contents, UnsoundError

Why = Literal["asked", "migration", "import", "merge", "restore", "daily"]
Clock = Callable[[], datetime]
FOLDER = "backups"
STEM = "salescoach"
#: Taken while somebody waits for something else, or of a book that was looked through just before.
QUICK: tuple[Why, ...] = ("daily", "restore")
#: Being written, or cut off while it was: never taken for a backup.
PART = ".part"
#: A part that nobody has touched for so long is nobody's work any more.
STALE = timedelta(hours=1)
#: The same of a copy beside a file of the rep's own: soon the same command is given again.
LEFT_SECONDS = 300.0
#: How every database file begins.
HEAD = b"SQLite format 3\0"
#: Days, and weeks, of which the last backup is kept.
DAYS, WEEKS = 7, 4
#: Of backups without a client so many stay, where others have some.
BARE = 2
#: Dated later than this after now, a backup was made while the clock was wrong; a journey puts it back less.
AHEAD = timedelta(days=1)
PATIENCE_SECONDS = 5.0

_NAME = re.compile(rf"{STEM}-(\d{{4}}-\d\d-\d\d-\d{{6}})-({'|'.join(get_args(Why))})(?:-(\d{{1,9}}))?\.db")
#: As they were named before 0.2: after the step that the book had.
_OLD_NAME = re.compile(rf"{STEM}-\d{{4}}_\w+-(\d{{1,9}})\.db")
_STAMP = "%Y-%m-%d-%H%M%S"


@value
class Backup:
    """A copy of the book."""

    path: Path
    taken: datetime  # by the rep's own clock, without a zone; never before one that was made earlier
    why: Why
    size: int  # bytes
    number: int = 1  # of those made in the same second
    contents: Contents | None = None  # of one that was made just now

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name


def local_now() -> datetime:
    """Now, as a clock on the wall says."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


class Backups:
    """
    The backups of one book, in the folder `backups` beside it.

    Args:
        book: The database file; it need not be sound, or there, to list what was kept of it.
        clock: What time it is; backups are named by it.
        patience: Seconds to wait for another program.
    """

    def __init__(self, book: Path, clock: Clock = local_now, patience: float = PATIENCE_SECONDS) -> None:
        self.book, self.clock, self.patience = book, clock, patience
        self.folder = book.parent / FOLDER

    def take(self, why: Why, spare: Sequence[Path] = ()) -> Backup:
        """
        Keep a copy of the book as it is now, checked; then thin out the old ones.

        Args:
            spare: Files that stay, however old.

        Raises:
            StoreError: It could not be made, or is not sound. Nothing half-made stays behind.
        """
        self._private_folder()
        now = self._after_all()
        with _told_as_store_error(self.book, self.folder):
            part, made = self._claim(now, why)
            held = self._fill(part, made.path, thorough=why not in QUICK)
            size = made.path.stat().st_size
        self._sweep()
        self.thin_out(spare=[made.path, *spare])
        return replace(made, size=size, contents=held)

    def copy_to(self, target: Path) -> Backup:
        """
        A checked copy in a place of the rep's own: a file that is not there yet.

        Raises:
            StoreError: As `take`; or the file is there already.
        """
        from salescoach.store import sqlite

        with _told_as_store_error(self.book, target):
            sqlite.make_private_folder(target.parent)
            if os.path.lexists(target):
                raise StoreError("backup-there", path=target)
            part = _part_of(target)
            held = self._fill(part, target, thorough=True)
            size = target.stat().st_size
        return Backup(path=target, taken=self.clock(), why="asked", size=size, contents=held)

    def list(self) -> list[Backup]:
        """All there are, the newest first."""
        try:
            paths = list(self.folder.iterdir())
        except OSError:
            return []
        found = [backup for path in paths if (backup := recognised(path))]
        return sorted(found, key=_age, reverse=True)

    def find(self, name: str) -> Backup:
        """
        The backup of this name, or the only one with these words in its name.

        Raises:
            NotFoundError: None, or several.
        """
        known = self.list()
        exact = [one for one in known if name in (one.name, one.path.stem)]
        found = exact or [one for one in known if name and name in one.name]
        if len(found) == 1:
            return found[0]
        nearest = [one.name for one in found or known]
        raise NotFoundError("backup-ambiguous" if found else "backup-unknown", nearest=nearest, given=name)

    def thin_out(self, spare: Iterable[Path] = ()) -> None:
        """
        Delete what is outdated. One that cannot be deleted stays until next time.

        Backups that were made while the clock was wrong count for themselves, and those without a client hardly at
        all: neither ever pushes out one that is worth more.
        """
        stay = {path.absolute() for path in spare}
        known, ahead = self.list(), self.ahead()
        bare = [one for one in known if not has_clients(one.path)]
        if len(bare) == len(known):
            bare = []
        worth = [one for one in known if one not in bare]
        gone = [
            *outdated(one for one in worth if one not in ahead), *outdated(one for one in worth if one in ahead),
            *bare[BARE:],
        ]  # fmt: skip
        for one in gone:
            if one.path.absolute() not in stay:
                with suppress(OSError):
                    one.path.unlink()

    def ahead(self) -> "Sequence[Backup]":
        """Those dated after now, the newest first: the clock was wrong then, or is."""
        last = self.clock().replace(tzinfo=None) + AHEAD
        return [one for one in self.list() if one.taken > last]

    def with_clients(self) -> Backup | None:
        """The newest that has a client."""
        return next((one for one in self.list() if has_clients(one.path)), None)

    def leftovers(self) -> "Sequence[Path]":
        """What a program that was killed left half-made: files and folders."""
        try:
            return sorted(path for path in self.folder.iterdir() if path.name.endswith(PART))
        except OSError:
            return []

    def _after_all(self) -> datetime:
        """Now; where the clock was put back a little, the time of the newest, so that this one sorts after it."""
        now, ahead = self.clock().replace(tzinfo=None, microsecond=0), self.ahead()
        return max([now, *(one.taken for one in self.list() if one not in ahead)])

    def _sweep(self) -> None:
        before = time.time() - STALE.total_seconds()  # files carry the computer's own time, whatever day is played
        for path in self.leftovers():
            with suppress(OSError):
                if path.lstat().st_mtime < before:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _private_folder(self) -> None:
        from salescoach.store import sqlite

        with _told_as_store_error(self.book, self.folder):
            sqlite.make_private_folder(self.folder)

    def _claim(self, now: datetime, why: Why) -> tuple[Path, Backup]:
        """A name that nobody has, and the empty private file that reserves it."""
        number = 1
        while True:
            taken = [one.number for one in self.list() if one.taken == now]
            number = max([number, *(at + 1 for at in taken)])
            name = f"{STEM}-{now.strftime(_STAMP)}-{why}{f'-{number}' if number > 1 else ''}.db"
            made = Backup(path=self.folder / name, taken=now, why=why, size=0, number=number)
            part = self.folder / f"{STEM}-{now.strftime(_STAMP)}-{number}.db{PART}"
            try:
                _private_file(part)
            except FileExistsError:  # another program is making one this very second
                number += 1
                continue
            if not any(one.taken == now and one.number == number for one in self.list()):
                return part, made
            part.unlink()  # it was made between the two looks

    def _fill(self, part: Path, target: Path, *, thorough: bool) -> Contents:
        try:
            with _blaming(target):
                snapshot.copy(self.book, part, self.patience)
            held = snapshot.read_back(part, thorough=thorough)
            part.replace(target)
            sync_folder(target.parent)
            return held
        finally:
            for path in (part, *beside(part)):
                path.unlink(missing_ok=True)


def recognised(path: Path) -> Backup | None:
    """The backup that a file is by its name; None for anything else, and for one that is gone already."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    size, changed = found.st_size, found.st_mtime
    if match := _NAME.fullmatch(path.name):
        with suppress(ValueError):
            taken = datetime.strptime(match[1], _STAMP)  # noqa: DTZ007 - a clock on a wall
            why: Why = match[2]  # type: ignore[assignment]
            return Backup(path=path, taken=taken, why=why, size=size, number=int(match[3] or 1))
    if match := _OLD_NAME.fullmatch(path.name):
        taken = datetime.fromtimestamp(changed, UTC).astimezone().replace(tzinfo=None, microsecond=0)
        return Backup(path=path, taken=taken, why="migration", size=size, number=int(match[1]))
    return None


def outdated(backups: Iterable[Backup]) -> list[Backup]:
    """
    Those to delete: all but the newest of each of the last seven days, and of the last four ISO weeks, that have one.
    Of the newest day more are kept as long as all together are no more than eleven: a second backup on one day never
    costs the first at once.
    """
    newest_first = sorted(backups, key=_age, reverse=True)
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    for one in newest_first:
        days.setdefault(one.taken.date(), one)
        weeks.setdefault(one.taken.isocalendar()[:2], one)
    if not newest_first:
        return []
    kept = [*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]]
    kept = [one for one in newest_first if one in kept]
    last_day = [one for one in newest_first if one.taken.date() == kept[0].taken.date() and one not in kept]
    kept += last_day[: DAYS + WEEKS - len(kept)]
    return [one for one in newest_first if one not in kept]


def has_clients(path: Path) -> bool:
    """A copy has a client in it, as far as can be told: one that cannot be read may well have."""
    try:
        with closing(snapshot.open_to_read(path)) as database:
            return database.execute("SELECT 1 FROM client LIMIT 1").fetchone() is not None
    except (sqlite3.Error, OSError):
        return path.stat().st_size > 0 if path.is_file() else False


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def leads_nowhere(path: Path) -> bool:
    """It is a link to what is not there: a stick that was pulled out, a folder that was moved."""
    return path.is_symlink() and not path.exists()


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may put beside a database."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _age(backup: Backup) -> tuple[datetime, int, str]:
    return backup.taken, backup.number, backup.name


def _private_file(path: Path) -> None:
    """An empty file for the rep alone. Raises FileExistsError where one is there."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        if os.name == "posix":
            with suppress(PermissionError):  # a stick that knows no rights
                os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def _part_of(target: Path) -> Path:
    """A private file beside the target to write first. One that a killed program left is taken over."""
    count = 1
    while True:
        part = target.with_name(f"{target.name}{f'-{count}' if count > 1 else ''}{PART}")
        try:
            _private_file(part)
            return part
        except FileExistsError:
            if _is_left(part):
                for path in (part, *beside(part)):
                    path.unlink(missing_ok=True)
            else:
                count += 1


def _is_left(part: Path) -> bool:
    """It is a copy of a book, as far as one was begun, at which nobody has written for a while."""
    try:
        found = part.lstat()
        if not stat.S_ISREG(found.st_mode) or time.time() - found.st_mtime < LEFT_SECONDS:
            return False
        with part.open("rb") as file:
            return file.read(len(HEAD)) in (b"", HEAD)
    except OSError:
        return False


@contextmanager
def _blaming(target: Path) -> Iterator[None]:
    """Where there is no room, it is the disk of the target that has none: of the book nothing is written."""
    from salescoach.store import sqlite

    try:
        yield
    except sqlite3.Error as error:
        if sqlite.store_error(error, target).key != "store-full":
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error


@contextmanager
def _told_as_store_error(book: Path, target: Path) -> Iterator[None]:
    """What can go wrong with a copy, as a StoreError."""
    try:
        yield
    except UnsoundError as error:
        key = {"foreign": "store-foreign", "not-database": "store-not-database"}.get(error.reason, "store-corrupt")
        raise StoreError(key, path=book, backups=book.parent / FOLDER) from error
    except TimeoutError as error:
        raise StoreError("store-busy", path=book, seconds=int(PATIENCE_SECONDS)) from error
    except sqlite3.Error as error:
        from salescoach.store import sqlite

        raise sqlite.store_error(error, book) from error
    except OSError as error:
        key = "backup-name" if error.errno == errno.ENAMETOOLONG else "store-backup"
        raise StoreError(key, path=target, detail=error.strerror or str(error)) from error
