"""Books to be harmed: written once, copied for every test, read as they lie on the disk, without the program."""

import json
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from salescoach.store import FILE_NAME

#: What may lie in the data folder: the book, and the log of changes that the next start takes in.
LOGS = tuple(f"{FILE_NAME}{end}" for end in ("-wal", "-journal"))
EXPECTED = {FILE_NAME, *LOGS, f"{FILE_NAME}-shm", "backups", "playbooks"}
#: In a draft, and no answer: the cost in questions and seconds, and the day of a visit that was not planned.
BESIDE = ("_spent", "_when")
#: Drafts, and what the program notes for itself: its shape, what can be taken back, what is found by an index.
NO_RECORD = re.compile(r"(draft|schema_migration|change|change_row|last_held|words.*|sqlite_.*)$")
ULID = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b")
EFFORT = re.compile(r'"effort":(\{[^}]*\}|null)')


class OnDisk:
    """
    A data folder as a process that was killed left it.

    It is read from a copy, so that whatever is still to be mended in the file, the program itself has to mend.
    """

    def __init__(self, home: Path) -> None:
        self.data = home / "data"
        self.copy = home.with_name(f"{home.name}-looked-at")

    def strays(self) -> set[str]:
        """Files that have no business there."""
        return {path.name for path in self.data.glob("*")} - EXPECTED if self.data.exists() else set()

    def _opened(self) -> sqlite3.Connection:
        shutil.rmtree(self.copy, ignore_errors=True)
        self.copy.mkdir()
        for name in (FILE_NAME, *LOGS):
            if (self.data / name).exists():
                shutil.copy(self.data / name, self.copy / name)
        return sqlite3.connect(self.copy / FILE_NAME)

    def ask(self, query: str, *facts: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with closing(self._opened()) as database:
            return database.execute(query, facts).fetchall()

    def unsound(self) -> str:
        """What is wrong with the file; "" where nothing is."""
        with closing(self._opened()) as database:
            whole = database.execute("PRAGMA integrity_check").fetchall()
            dangling = database.execute("PRAGMA foreign_key_check").fetchall()
        return "" if (whole, dangling) == ([("ok",)], []) else f"{whole} {dangling} {sorted(self.strays())}"

    def draft(self, command: str) -> dict[str, Any] | None:
        """The answers that wait in a draft."""
        found = self.ask("SELECT answers FROM draft WHERE command = ?", command)
        return {key: said for key, said in json.loads(found[0][0]).items() if key not in BESIDE} if found else None

    def records(self) -> Counter[str]:
        """Every record, whatever its id, without what a walk took of the rep's time."""
        with closing(self._opened()) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            kept = {name: self._rows(database, name) for name in names if not NO_RECORD.match(name)}
        return Counter(f"{name} {row}" for name, rows in kept.items() for row in rows)

    def _rows(self, database: sqlite3.Connection, table: str) -> list[str]:
        found = database.execute(f'SELECT * FROM "{table}"')
        columns = [name for name, *_ in found.description]
        rows = [{key: one for key, one in zip(columns, row, strict=True) if key != "tail"} for row in found]
        return [EFFORT.sub('"effort":0', ULID.sub("#", json.dumps(row, default=str).replace("\\", ""))) for row in rows]


def lay_out(kept: Path, home: Path) -> None:
    """A fresh copy of a home; what is compiled in it is shared, since it holds for its own folder alone."""
    shutil.rmtree(home / "data", ignore_errors=True)
    shutil.copytree(kept / "data", home / "data")
