"""What all repositories share: a table that keeps values of one class, found by id."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Generic, TypeVar

from peewee import Field, Model

from salescoach.errors import NotFoundError, StoreError
from salescoach.records.names import short_id
from salescoach.store.connection import Connection, in_batches
from salescoach.store.tables import TAIL, column

V = TypeVar("V")
#: A list; a repository has a method of that name.
Several = list[V]

#: The fewest characters of an id that may stand for it.
SHORTEST = 4
#: Characters of a day as it is kept: "2026-12-01".
ISO_DAY = 10
#: Sorts after anything that an index holds.
LAST = "\U0010ffff"


class Shelf(Generic[V]):
    """A repository: values of one class go in and come out; rows stay behind."""

    #: The value class, its table, and the record's name in error keys ("visit-id-unknown").
    holds: type[V]
    table: type[Model]
    record: str

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, given: str) -> V:
        """
        The record with this id, which may be shortened to its last, or first, four or more characters.

        Raises:
            NotFoundError: None has it, or more than one has.
        """
        found = self._by_id(given) or self._by_part(given)
        if len(found) == 1:
            return found[0]
        nearest = [short_id(self._id(value)) for value in found]
        raise NotFoundError("id-ambiguous" if found else f"{self.record}-id-unknown", nearest=nearest, given=given)

    def list(self) -> Several[V]:
        """Every record, oldest id first."""
        return self._values(self._select().order_by(self._column("id")))

    def count(self) -> int:
        """How many there are."""
        from peewee import fn

        return self.connection.number(self.table.select(fn.COUNT(self._column("id"))))

    def is_empty(self) -> bool:
        """There is none; known without counting them."""
        return self.connection.one(self.table.select(self._column("id"))) is None

    def add(self, value: V) -> V:
        """
        Keep a new record.

        Returns:
            It as it was kept.

        Raises:
            StoreError: Its id is there already, or what it refers to is not.
        """
        self.connection.run(self.table.insert(self._row(value)))
        return value

    def add_all(self, values: Sequence[V]) -> None:
        """Keep many new records in one transaction."""
        self._write_all(values, "insert")

    def save(self, value: V) -> V:
        """Keep a record, new or changed; returns it as it was kept."""
        row = self._row(value)
        changed = {self._column(name): content for name, content in row.items() if name != "id"}
        query = self.table.insert(row).on_conflict(conflict_target=[self._column("id")], update=changed)
        self.connection.run(query)
        return value

    def change(self, before: V, after: V) -> V:
        """
        Keep what `after` has otherwise than `before`, which was read a while ago; what another window changed of the
        record since then stays.

        Returns:
            It as it was kept.

        Raises:
            StoreError: The same was changed there, or the record is gone; nothing was kept.
        """
        with self.connection.transaction():
            now = next(iter(self._by_id(self._id(before))), None)
            names = [field.name for field in fields(after)]  # type: ignore[arg-type]
            mine = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
            if now is None or any(getattr(now, name) not in (getattr(before, name), mine[name]) for name in mine):
                raise StoreError("changed-elsewhere")
            return self.save(replace(now, **mine))  # type: ignore[type-var]

    def save_all(self, values: Sequence[V]) -> None:
        """Keep many records, new or changed, in one transaction."""
        self._write_all(values, "update")

    def _write_all(self, values: Sequence[V], how: str) -> None:
        from salescoach.store.bulk import Bulk

        with self.connection.transaction():
            bulk = Bulk(self)
            for batch in in_batches(values):
                getattr(bulk, how)([bulk.row(value) for value in batch])

    def remove(self, identifier: str) -> None:
        """Delete a record by its whole id, with all that belongs to it. One that is not there is no error."""
        self.connection.run(self.table.delete().where(self._column("id") == identifier))

    def of_these(self, client_ids: Sequence[str]) -> Several[V]:
        """What belongs to some clients, oldest id first."""
        owner, order = self._column("client_id"), (self._column("id"),)
        return [one for batch in in_batches(client_ids) for one in self._where(owner.in_(batch), order=order)]

    def row(self, value: V) -> dict[str, Any]:
        """Everything that is kept of a record, by column."""
        return self._row(value)

    def exactly(self, identifiers: Sequence[str]) -> Several[V]:
        """The records with these whole ids, oldest id first."""
        ids, order = self._column("id"), (self._column("id"),)
        return [one for batch in in_batches(identifiers) for one in self._where(ids.in_(list(batch)), order=order)]

    def after(self, identifier: str, limit: int) -> Several[V]:
        """The records that follow an id, oldest id first, so many at most: for reading all without holding all."""
        ids = self._column("id")
        return self._where(ids > identifier, order=(ids,), limit=limit)

    def _by_id(self, given: str) -> Several[V]:
        column = self._column("id")
        return self._values(self._select().where(column.in_([given, given.upper()])).limit(2))

    def _by_part(self, given: str) -> Several[V]:
        part = given.strip().upper()
        if len(part) < SHORTEST:
            return []
        ends = self._select().where(begins(self._column("tail"), part[::-1][:TAIL])).limit(100)
        starts = self._select().where(begins(self._column("id"), part)).limit(3)
        found = [value for value in self._values(ends) if self._id(value).endswith(part)]
        return found + [value for value in self._values(starts) if value not in found]

    def _column(self, name: str) -> "Field[Any]":
        return column(self.table, name)

    def _id(self, value: V) -> str:
        return str(getattr(value, "id"))  # noqa: B009 - the type variable knows no id

    def _select(self) -> Any:
        return self.table.select(*(self._column(field.name) for field in fields(self.holds)))  # type: ignore[arg-type]

    def _where(
        self, *conditions: Any, order: Sequence[Any] = (), limit: int | None = None, after: int = 0
    ) -> Several[V]:
        chosen = self._select().where(*conditions) if conditions else self._select()
        return self._values(chosen.order_by(*order).limit(limit).offset(after or None))

    def _first(self, *conditions: Any, order: Sequence[Any] = ()) -> V | None:
        return next(iter(self._where(*conditions, order=order, limit=1)), None)

    def _last_of_each(self, day: str, *conditions: Any) -> Several[V]:
        """Of every client the record with the latest `day` (a column), in one query."""
        from peewee import fn

        dated = fn.MAX(self._column(day).concat(self._column("id")))
        chosen = self.table.select(fn.SUBSTR(dated, ISO_DAY + 1)).group_by(self._column("client_id"))
        return self._where(self._column("id").in_(chosen.where(*conditions) if conditions else chosen))

    def _values(self, query: Any) -> Several[V]:
        return [self.holds(**row) for row in self.connection.all(query)]

    def _row(self, value: V) -> dict[str, Any]:
        """Everything the table keeps of a value."""
        row = {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]
        return row | {"tail": row["id"][::-1][:TAIL]}


def begins(column: Any, part: str) -> Any:
    """The column begins with `part`: a range, so that the index is used whatever the database's LIKE is."""
    return (column >= part) & (column < part + LAST)
