"""A book as a file: copied while others write, read back to see that it is whole, compared with another.

Only the standard library is used here: what looks after damaged files, or runs after a command, must not wait for more.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from salescoach.shape import value

#: Where the numbered migrations are recorded: what has this table is a book of ours.
HISTORY = "schema_migration"
#: What a rep recorded, most important first. What is worked out from these (spellings, indexes) is told nowhere.
RECORDS = (
    "client", "contact", "visit", "promise", "objection", "observation", "note", "contract", "assessment", "occasion",
    "touch", "crisis", "exercise", "unmatched", "draft", "me",
)  # fmt: skip
#: How often a copy that has to wait for a writer looks again.
PAUSE_SECONDS = 0.05
#: Of a large book a check with SQLite's own two megabytes takes twice as long. (Negative: in KiB.)
CACHE_KIB = -64_000


class UnsoundError(Exception):
    """A file that is no sound book; `reason` is `damaged`, `not-database`, `foreign` or `empty`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@value
class Contents:
    """What a file holds."""

    steps: tuple[str, ...]  # its migrations
    rows: Mapping[str, int]  # how many records, by table
    last_visit: date | None
    dangling: int  # references to what is not there; counted by a thorough look alone

    @property
    def step(self) -> str:
        """Its shape."""
        return max(self.steps, default="")


@value
class Difference:
    """What one kind of record would become if another file took this one's place, counted."""

    record: str
    lost: int
    gained: int
    changed: int


def open_to_read(path: Path) -> sqlite3.Connection:
    """
    A connection that changes nothing, and makes no file beside this one where it can be avoided.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    return sqlite3.connect(reading_uri(path), uri=True, timeout=PAUSE_SECONDS)


def reading_uri(path: Path) -> str:
    """A file's address, for reading alone: as one that nobody changes, where no log stands beside it."""
    log = path.with_name(f"{path.name}-wal")
    alone = not log.exists() or not log.stat().st_size
    return f"{path.absolute().as_uri()}?{'immutable=1' if alone else 'mode=ro'}"


def open_book(path: Path, patience: float) -> sqlite3.Connection:
    """A connection to a book that is in use: as other programs have it, or to read only where nobody may write."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience)
    return open_to_read(path)


def read_back(path: Path, *, thorough: bool = True) -> Contents:
    """
    What a file holds, after reading the whole of it.

    Args:
        thorough: Every index and reference is held against its table too, which takes three times as long.

    Raises:
        UnsoundError: It is damaged, no database, or no book of ours.
        OSError, sqlite3.Error: It cannot be read.
    """
    with path.open("rb"):  # a plain reason, where there is one
        pass
    try:
        with closing(open_to_read(path)) as database:
            return contents(database, thorough=thorough)
    except sqlite3.DatabaseError as error:
        raise _unsound(error) or error from error


def contents(database: sqlite3.Connection, *, thorough: bool = True) -> Contents:
    """What an open file holds. Raises as `read_back` does."""
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if HISTORY not in tables:
        raise UnsoundError("foreign" if tables else "empty")
    database.execute(f"PRAGMA cache_size = {CACHE_KIB}")
    if database.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)").fetchone() != ("ok",):
        raise UnsoundError("damaged")
    counts = {
        name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in RECORDS if name in tables
    }
    steps = tuple(name for (name,) in database.execute(f"SELECT name FROM {HISTORY} ORDER BY name"))
    dangling = len(database.execute("PRAGMA foreign_key_check").fetchall()) if thorough else 0
    return Contents(steps=steps, rows=counts, last_visit=_last_visit(database, tables), dangling=dangling)


def _last_visit(database: sqlite3.Connection, tables: set[str]) -> date | None:
    if "visit" not in tables:
        return None
    (day,) = database.execute("SELECT max(\"when\") FROM visit WHERE status = 'done'").fetchone()
    with suppress(ValueError, TypeError):
        return date.fromisoformat(day)
    return None


def _unsound(error: sqlite3.DatabaseError) -> UnsoundError | None:
    reasons = {sqlite3.SQLITE_CORRUPT: "damaged", sqlite3.SQLITE_NOTADB: "not-database"}
    reason = reasons.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return UnsoundError(reason) if reason else None


def pour(
    source: sqlite3.Connection, target: sqlite3.Connection, patience: float, keep: Callable[[], None] | None = None
) -> None:
    """
    Make `target` what `source` is, in one transaction: whoever else has either open sees all of it or nothing.

    Args:
        keep: Done while nobody but this connection can write to `target`, which is as it was to everybody else until
            it is over. What it raises ends all of it.

    Raises:
        TimeoutError: Another program kept one of them for longer than `patience` seconds.
        sqlite3.Error: It could not be done; `target` is as it was.
    """
    last = time.monotonic() + patience

    def between(status: int, remaining: int, _total: int) -> None:
        nonlocal keep
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > last:
                raise TimeoutError
        elif keep is not None and remaining:  # the first step took the lock, and the last one is still to come
            done, keep = keep, None
            done()

    pages = -1 if keep is None else max(1, source.execute("PRAGMA page_count").fetchone()[0] - 1)
    source.backup(target, pages=pages, progress=between, sleep=PAUSE_SECONDS)


def copy(source: Path, target: Path, patience: float) -> None:
    """
    Copy a book, also while others use it, over an empty file; on disk, and one file, when this returns.

    Raises:
        TimeoutError, OSError, sqlite3.Error: It could not be done.
    """
    with closing(open_book(source, patience)) as book, closing(sqlite3.connect(target)) as made:
        made.execute("PRAGMA synchronous = off")  # once at the end is enough
        pour(book, made, patience)
        made.execute("PRAGMA journal_mode = delete")  # nothing beside it: to be carried anywhere
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def differences(now: Path, then: Path) -> tuple[Difference, ...]:
    """
    What becomes of each kind of record if the file `then` takes the place of `now`; kinds that stay the same left out.

    Raises:
        sqlite3.Error: One of them cannot be read.
    """
    with closing(open_book(now, PAUSE_SECONDS)) as database:
        database.execute("ATTACH ? AS there", (f"{then.absolute().as_uri()}?mode=ro",))
        found = [_difference(database, name) for name in RECORDS]
    return tuple(one for one in found if one.lost or one.gained or one.changed)


def _difference(database: sqlite3.Connection, name: str) -> Difference:
    here, there = (_columns(database, schema, name) for schema in ("main", "there"))
    both = ", ".join(f'"{column}"' for column in here if column in there)

    def count(columns: str, left: str, right: str) -> int:
        if not (here if left == "main" else there):
            return 0  # there was no such table at that time
        if not both:
            return int(database.execute(f'SELECT count(*) FROM {left}."{name}"').fetchone()[0])
        taken = f'SELECT {columns} FROM {left}."{name}" EXCEPT SELECT {columns} FROM {right}."{name}"'
        return int(database.execute(f"SELECT count(*) FROM ({taken})").fetchone()[0])

    lost, gained = count("id", "main", "there"), count("id", "there", "main")
    changed = max(0, count(both, "main", "there") - lost) if both else 0
    return Difference(record=name, lost=lost, gained=gained, changed=changed)


def _columns(database: sqlite3.Connection, schema: str, name: str) -> list[str]:
    return [row[1] for row in database.execute(f'PRAGMA {schema}.table_info("{name}")')]
