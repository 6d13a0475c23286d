"""The one place where queries are run, and where what a database complains about becomes a `StoreError`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import peewee

from salescoach.errors import InvalidError, StoreError
from salescoach.store import sqlite


class Connection:
    """
    An open database. Everything that can go wrong with it leaves as a `StoreError`.

    Args:
        refusal: It is only read, since its place cannot be written to: what is said to whoever changes something.
    """

    def __init__(self, database: peewee.SqliteDatabase, path: Path, refusal: StoreError | None = None) -> None:
        self.database = database
        self.path = path
        self.refusal = refusal
        self._before_changes: Callable[[], None] | None = None
        #: Something was written, or begun to be; until then a command that stops has changed nothing.
        self.written = False

    def all(self, query: Any) -> list[dict[str, Any]]:
        """The rows of a select, as dictionaries by column."""
        with self.guard():
            return list(query.dicts().execute(self.database))

    def tuples(self, query: Any) -> list[tuple[Any, ...]]:
        """The rows of a select, as tuples."""
        with self.guard():
            return list(query.tuples().execute(self.database))

    def texts(self, query: Any) -> list[tuple[Any, ...]]:
        """The rows of a select of plain texts and numbers, unconverted: several times faster over many rows."""
        with self.guard():
            rows: list[tuple[Any, ...]] = self.database.execute(query).fetchall()  # type: ignore[no-untyped-call]
            return rows

    def named(self, query: str, facts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run a statement in SQL with named places; the rows of a select, unconverted."""
        with self.guard():
            rows: list[tuple[Any, ...]] = self.database.connection().execute(query, facts).fetchall()  # type: ignore[no-untyped-call]
            return rows

    def one(self, query: Any) -> dict[str, Any] | None:
        """The first row of a select, or None."""
        return next(iter(self.all(query.limit(1))), None)

    def number(self, query: Any) -> int:
        """The single number of a select."""
        return int(self.tuples(query)[0][0])

    def run(self, query: Any) -> None:
        """Run an insert, update or delete; on its own it is a transaction of its own."""
        self._prepare()
        self.written = True
        with self.guard():
            query.execute(self.database)

    def many(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement for each of many rows: several times faster than a query for each."""
        self._prepare()
        with self.guard():
            self.database.connection().executemany(statement, rows)  # type: ignore[no-untyped-call]

    @contextmanager
    def indexes_later(self, tables: Sequence[str]) -> Iterator[None]:
        """
        What is written to these tables inside is put in order once, at the end, and what their triggers keep worked
        out: many times faster for a hundred thousand rows. Only inside a transaction, and where nothing looks for rows
        otherwise than by id meanwhile.
        """
        with self.guard():
            made = [statement for table in tables for statement in sqlite.set_aside(self.database, table)]
        yield
        with self.guard():
            for statement in made:
                self.database.execute_sql(statement)  # type: ignore[no-untyped-call]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment, whoever else writes meanwhile; nobody waits for it."""
        with self._translated(), self.database.atomic("DEFERRED"):
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside is kept, or nothing. Inside another one, it belongs to that."""
        self._prepare()
        with self._translated(), self.database.atomic():
            yield

    def before_changes(self, prepare: Callable[[], None] | None) -> None:
        """What is done once, before this connection changes anything for the first time; None: nothing."""
        self._before_changes = prepare

    def _prepare(self) -> None:
        if self.refusal:
            raise self.refusal
        if prepare := self._before_changes:
            self._before_changes = None
            prepare()

    @contextmanager
    def without_references(self) -> Iterator[None]:
        """No row goes with another one inside: for what puts whole rows back. Never within a transaction."""
        self.named("PRAGMA foreign_keys = 0", {})
        try:
            yield
        finally:
            self.named("PRAGMA foreign_keys = 1", {})

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Everything that one query can meet, as a `StoreError`; what no column can hold as an `InvalidError`."""
        try:
            with self._translated():
                yield
        except (UnicodeEncodeError, OverflowError) as error:
            raise InvalidError("store-value", detail=str(error)) from error
        except msgspec.MsgspecError as error:
            raise StoreError("store-corrupt", path=self.path, backups=self.path.parent / sqlite.BACKUPS) from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite.DRIVER_ERRORS as error:
            if earlier := _earlier(error):  # the database had given up already, so that ending the transaction failed
                raise earlier from error
            raise sqlite.store_error(_first(error), self.path) from error

    def changes(self) -> int:
        """How many rows were written through this connection; 0 once it is closed."""
        if self.database.is_closed() or self.refusal:
            return 0
        return int(self.database.connection().total_changes)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Close it; nothing is pending, since every change was committed by its transaction."""
        with self.guard():
            self.database.close()


def _earlier(error: BaseException | None) -> StoreError | None:
    """The trouble that this error came on top of."""
    while error is not None and not isinstance(error, StoreError):
        error = error.__context__
    return error


def _first(error: Exception) -> Exception:
    """The driver's error that this one came on top of: where a commit fails, so does taking it back."""
    found, below = error, error.__context__
    while below is not None:
        found = below if isinstance(below, sqlite.DRIVER_ERRORS) and isinstance(below, Exception) else found
        below = below.__context__
    return found


def in_batches(values: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    """Slices small enough for one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))
