"""The state of the book and its files, found out without changing anything: for when something is wrong."""

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

from salescoach.shape import value
from salescoach.store import snapshot
from salescoach.store.backups import beside, leads_nowhere
from salescoach.store.snapshot import Contents, UnsoundError
from salescoach.store.unfinished import QUERY, Started, started

State = Literal[
    "missing", "sound", "damaged", "not-database", "foreign", "newer", "older", "busy", "unreadable", "link"
]
#: The version of the database library.
SQLITE = sqlite3.sqlite_version
#: What others may not do with the rep's folder and files.
OTHERS = 0o077


@value
class Health:
    """What was found."""

    state: State
    detail: str = ""
    size: int = 0
    contents: Contents | None = None
    drafts: tuple[Started, ...] = ()


def known_steps() -> list[str]:
    """The shapes that this program knows, without the libraries that bring a book into them."""
    return sorted(script.stem for script in (Path(__file__).parent / "migrations").glob("[0-9]*.py"))


def examine(book: Path, known_steps: Sequence[str]) -> Health:
    """What state the book is in; nothing is raised for anything that may be wrong with it."""
    try:
        size = book.stat().st_size + sum(path.stat().st_size for path in beside(book) if path.exists())
    except FileNotFoundError:
        return Health(state="link" if leads_nowhere(book) else "missing")
    except OSError as error:
        return Health(state="unreadable", detail=error.strerror or str(error))
    try:
        with book.open("rb"), closing(snapshot.open_to_read(book)) as database:
            found = snapshot.contents(database)
            drafts = _drafts(database, found)
    except UnsoundError as error:
        return Health(state=_STATES[error.reason], size=size)
    except sqlite3.Error as error:
        return Health(state=_state(error), detail=str(error), size=size)
    except OSError as error:
        return Health(state="unreadable", detail=error.strerror or str(error), size=size)
    return Health(state=_shape(found, known_steps), size=size, contents=found, drafts=drafts)


def read_only_disk(path: Path) -> bool:
    """Nobody can write there: no right that is given helps."""
    try:
        return os.name == "posix" and bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def too_open(folder: Path) -> tuple[Path, ...]:
    """The data folder, and files with records in it, that others than the rep may look into."""
    if os.name != "posix":
        return ()
    return tuple(path for path in _private(folder) if _mode(path) & OTHERS)


def close_to_others(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Take others' rights away; those where that failed come back."""
    failed = []
    for path in paths:
        try:
            path.chmod(0o700 if path.is_dir() else 0o600)
        except OSError:
            failed.append(path)
    return tuple(failed)


_STATES: dict[str, State] = {
    "damaged": "damaged",
    "not-database": "not-database",
    "foreign": "foreign",
    "empty": "missing",
}
_CODES: dict[int, State] = {
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "not-database",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
}


def _state(error: sqlite3.Error) -> State:
    return _CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "unreadable")


def _shape(found: Contents, known: Sequence[str]) -> State:
    if set(found.steps) - set(known):
        return "newer"
    return "sound" if set(found.steps) >= set(known) else "older"


def _drafts(database: sqlite3.Connection, found: Contents) -> tuple[Started, ...]:
    if not found.rows.get("draft"):
        return ()
    return started(database.execute(QUERY).fetchall())


def _private(folder: Path) -> Iterator[Path]:
    """The folder, its database files, and the backups. Playbooks are no secret."""
    if not folder.is_dir():
        return
    yield folder
    backups = folder / "backups"
    for place in (folder, backups):
        if place.is_dir() and not place.is_symlink():
            if place == backups:
                yield place
            yield from sorted(path for path in place.glob("salescoach*.db*") if not path.is_symlink())


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.lstat().st_mode)
    except OSError:
        return 0
