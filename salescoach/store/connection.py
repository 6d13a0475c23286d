"""The one place where queries are run, and where what a database complains about becomes a `StoreError`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import peewee

from salescoach.errors import InvalidError, StoreError
from salescoach.store import sqlite


class Connection:
    """An open database. Everything that can go wrong with it leaves as a `StoreError`."""

    def __init__(self, database: peewee.SqliteDatabase, path: Path) -> None:
        self.database = database
        self.path = path

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
        """The rows of a select in SQL with named places, unconverted."""
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
        with self.guard():
            query.execute(self.database)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside is kept, or nothing. Inside another one, it belongs to that."""
        with self._translated(), self.database.atomic():
            yield

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
            raise sqlite.store_error(error, self.path) from error

    def close(self) -> None:
        """Close it; nothing is pending, since every change was committed by its transaction."""
        with self.guard():
            self.database.close()


def _earlier(error: BaseException | None) -> StoreError | None:
    """The trouble that this error came on top of."""
    while error is not None and not isinstance(error, StoreError):
        error = error.__context__
    return error


def in_batches(values: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    """Slices small enough for one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))
