"""Many records at once: rows as plain tuples, looked up and written in batches."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from peewee import DateField

from salescoach.store.connection import in_batches
from salescoach.store.shelf import Shelf
from salescoach.store.tables import PackedField, column

Row = tuple[Any, ...]


class Bulk:
    """The table of a repository, for whoever writes thousands of rows to it."""

    def __init__(self, shelf: Shelf[Any]) -> None:
        self.shelf, self.connection = shelf, shelf.connection
        table = shelf.table._meta
        self.table: str = table.table_name
        self.names = list(table.fields)
        changes = [(at, _change(column(shelf.table, name))) for at, name in enumerate(self.names)]
        self._changes = [(at, change) for at, change in changes if change]
        columns = [f'"{column(shelf.table, name).column_name}"' for name in self.names]
        listed = ", ".join(columns)
        self._select = f"SELECT {listed} FROM {table.table_name}"
        self._ids = f"SELECT id FROM {table.table_name}"
        self._insert = f"INSERT INTO {table.table_name} ({listed}) VALUES ({', '.join('?' * len(columns))})"
        changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name != '"id"')
        self._update = f"{self._insert} ON CONFLICT (id) DO UPDATE SET {changed}"
        self.at_id = self.names.index("id")
        ((self.last,),) = self.connection.named(f"SELECT coalesce(max(id), '') FROM {table.table_name}", {})

    def row(self, value: Any) -> Row:
        """What is kept of a record, as the database has it."""
        row = self.shelf.row(value)
        cells = [row[name] for name in self.names]
        for at, change in self._changes:
            cells[at] = change(cells[at])
        return tuple(cells)

    def rows(self, identifiers: Sequence[str]) -> dict[str, Row]:
        """The rows that are there, by id. Nothing is looked up where all ids are later than any that is there."""
        if not identifiers or min(identifiers) > self.last:
            return {}
        at = self.at_id
        return {row[at]: row for batch in in_batches(identifiers) for row in self._asked(self._select, batch)}

    def there(self, identifiers: Iterable[str]) -> set[str]:
        """Which of these ids are there."""
        wanted = sorted(set(identifiers))
        if not wanted or wanted[0] > self.last:
            return set()
        return {row[0] for batch in in_batches(wanted) for row in self._asked(self._ids, batch)}

    def insert(self, rows: Sequence[Row]) -> None:
        """Write rows that are not there yet, all or none."""
        if rows:
            with self.connection.transaction():
                self.connection.many(self._insert, rows)
            self.last = max(self.last, *(row[self.at_id] for row in rows))

    def update(self, rows: Sequence[Row]) -> None:
        """Write rows that are there, all or none."""
        if rows:
            with self.connection.transaction():
                self.connection.many(self._update, rows)

    def _asked(self, select: str, identifiers: Sequence[str]) -> list[Row]:
        places = {f"p{number}": identifier for number, identifier in enumerate(identifiers)}
        return self.connection.named(f"{select} WHERE id IN ({', '.join(f':{name}' for name in places)})", places)


def _change(field: Any) -> Callable[[Any], Any] | None:
    """From the value to what the database keeps, where that is something else."""
    if isinstance(field, PackedField):
        return field.db_value
    return _iso if isinstance(field, DateField) else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
