"""What the last commands changed, row by row, so that the last change can be taken back.

Written by temporary triggers, which a connection makes before its first change: nothing that changes is forgotten, what
goes with a deleted record is noted too, and a command that only reads pays nothing. A half-finished walk is noted only
where it ends: who takes back a debrief has its answers again as the draft that they were.
"""

import json
from collections.abc import Iterator
from typing import Literal

from peewee import FloatField, Model

from salescoach.errors import StoreError
from salescoach.shape import value
from salescoach.store.connection import Connection
from salescoach.store.tables import TABLES, ClientRow, ClientSpellingRow, DraftRow, UnmatchedRow

Event = Literal["insert", "update", "delete"]
EVENTS: tuple[Event, ...] = ("insert", "update", "delete")
#: What waits to become something: noted only where it ends, and not put back in the place of a newer one.
PASSING: tuple[type[Model], ...] = (DraftRow, UnmatchedRow)
#: Runs of commands that can be taken back.
KEPT = 20
#: Names of clients that are told of a change.
NAMES = 3

#: Not with OR IGNORE: within a trigger the statement that set it off decides what a conflict means.
NOTE = """
CREATE TEMP TRIGGER note_{event}_{table} AFTER {event} ON main."{table}" BEGIN
    INSERT INTO change (id, command)
    SELECT '{id}', '{command}' WHERE NOT EXISTS (SELECT 1 FROM change WHERE id = '{id}');
    INSERT INTO change_row (change_id, kept, row, event, before) VALUES ('{id}', '{table}', {row}, '{event}', {before});
END
"""
PRUNE = f"""
CREATE TEMP TRIGGER note_prune AFTER INSERT ON main.change BEGIN
    DELETE FROM change WHERE seq <= NEW.seq - {KEPT};
END
"""
WATCHING = "SELECT name FROM temp.sqlite_schema WHERE type = 'trigger' AND name GLOB 'note_*'"
LAST = "SELECT id, command FROM change ORDER BY seq DESC LIMIT 1"
#: The first thing that happened to a row says what it was before.
FIRST = "SELECT min(seq) FROM change_row WHERE change_id = :id AND kept = '{table}' GROUP BY row"
NEW_ROWS = f"""
DELETE FROM "{{table}}" WHERE id IN (SELECT row FROM change_row WHERE seq IN ({FIRST}) AND event = 'insert')
AND {{owner}} NOT IN (SELECT subject FROM draft)
"""
#: Clients that a change brought and a half-finished walk is about: they stay, or its answers would be about nobody.
STAYING = f"""
SELECT name FROM client WHERE id IN (SELECT subject FROM draft)
AND id IN (SELECT row FROM change_row WHERE seq IN ({FIRST.format(table="client")}) AND event = 'insert')
"""
OLD_ROWS = f"SELECT before FROM change_row WHERE seq IN ({FIRST}) AND event <> 'insert'"
PUT_BACK = 'INSERT INTO "{table}" ({columns}) VALUES ({places}) ON CONFLICT {conflict}'
ONE = (
    "SELECT kept, row, before FROM change_row WHERE change_id = :id AND kept <> 'client_spelling' ORDER BY seq LIMIT 3"
)
TOLD_ROWS, TOLD = "DELETE FROM change_row WHERE change_id = :id", "DELETE FROM change WHERE id = :id"
COUNTS = """
SELECT first.kept, first.event, last.event, count(*)
FROM (SELECT min(seq) AS began, max(seq) AS ended FROM change_row WHERE change_id = :id GROUP BY kept, row)
JOIN change_row AS first ON first.seq = began JOIN change_row AS last ON last.seq = ended
GROUP BY first.kept, first.event, last.event ORDER BY first.kept
"""
ENDED = "SELECT DISTINCT row FROM change_row WHERE change_id = :id AND kept = 'draft'"
OWNERS_THERE = """
SELECT DISTINCT "{table}".{owner} FROM "{table}" JOIN change_row ON change_row.row = "{table}".id
WHERE change_id = :id AND kept = '{table}'
"""
OWNERS_BEFORE = """
SELECT DISTINCT json_extract(before, '$.{owner}') FROM change_row WHERE change_id = :id AND kept = '{table}'
"""
GONE = "SELECT row, json_extract(before, '$.name') FROM change_row WHERE change_id = :id AND kept = 'client'"


@value
class Change:
    """What one run of a command changed."""

    id: str  # a ULID, which tells when
    command: str
    counts: dict[tuple[str, Event], int]  # how many records of a table were added, changed, removed
    clients: tuple[str, ...]  # whom it was about: `NAMES` at most, as they are called now, or were
    drafts: tuple[str, ...] = ()  # it ended these walks, whose answers come back as drafts
    words: str = ""  # what is written in it, where it is one record


class Journal:
    """What can be taken back."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def watch(self, identifier: str, command: str) -> None:
        """From now on what this connection changes is noted, as one change."""
        plain = "".join(letter for letter in command if letter.isalnum() or letter in " -")
        for statement in (PRUNE, *_notes(identifier, plain)):
            self.connection.named(statement, {})

    def rest(self) -> None:
        """What this connection changes from now on is not noted."""
        for (name,) in self.connection.named(WATCHING, {}):
            self.connection.named(f"DROP TRIGGER temp.{name}", {})

    def last(self) -> Change | None:
        """The last change that is still there to be taken back."""
        for identifier, command in self.connection.named(LAST, {}):
            counts = self._counts(identifier)
            counts.pop((DraftRow._meta.table_name, "delete"), None)
            drafts = tuple(row for (row,) in self.connection.named(ENDED, {"id": identifier}))
            told = {one: count for one, count in counts.items() if one[0] != ClientSpellingRow._meta.table_name}
            clients, words = self._clients(identifier), self._words(identifier) if sum(told.values()) == 1 else ""
            return Change(id=identifier, command=command, counts=told, clients=clients, drafts=drafts, words=words)
        return None

    def take_back(self, change: Change) -> tuple[str, ...]:
        """
        Bring every row that a change touched back to what it was. That is not noted.

        Returns:
            Clients that it brought and that stay, since a half-finished walk is about them.

        Raises:
            StoreError: It is not the last change any more, or something that came later belongs to what it added;
                nothing is taken back.
        """
        self.rest()
        with self.connection.without_references(), self.connection.transaction():
            if [identifier for identifier, _ in self.connection.named(LAST, {})] != [change.id]:
                raise StoreError("undo-meanwhile")
            self._restore(DraftRow, {"id": change.id})  # first: what a draft is about stays
            for table in TABLES:
                self._restore(table, {"id": change.id})
            staying = tuple(name for (name,) in self.connection.named(STAYING, {"id": change.id}))
            for statement in (TOLD_ROWS, TOLD):
                self.connection.named(statement, {"id": change.id})
            if self.connection.named("PRAGMA foreign_key_check", {}):
                raise StoreError("undo-built-upon")
        return staying

    def forget(self) -> None:
        """Nothing can be taken back any more."""
        self.connection.named("DELETE FROM change", {})

    def _restore(self, table: type[Model], change: dict[str, str]) -> None:
        """What is new goes, what was there is as it was."""
        name = table._meta.table_name
        owner = "client_id" if table is ClientSpellingRow else "id"
        self.connection.named(NEW_ROWS.format(table=name, owner=owner), change)
        put_back = _put_back(table)
        # read here, not by the database: its JSON functions end a text at a NUL
        for (before,) in self.connection.named(OLD_ROWS.format(table=name), change):
            self.connection.named(put_back, json.loads(before))

    def _counts(self, identifier: str) -> dict[tuple[str, Event], int]:
        counts: dict[tuple[str, Event], int] = {}
        for table, first, last, count in self.connection.named(COUNTS, {"id": identifier}):
            if fate := _fate(first, last):
                counts[table, fate] = counts.get((table, fate), 0) + count
        return counts

    def _words(self, identifier: str) -> str:
        """What is, or was, written in the only record of a change."""
        from salescoach.store.search import INDEXED, written

        for table, row, before in self.connection.named(ONE, {"id": identifier}):
            if table in INDEXED:
                columns = INDEXED[table][1]
                listed = ", ".join(f'"{name}"' for name in columns)
                there = self.connection.named(f'SELECT {listed} FROM "{table}" WHERE id = :row', {"row": row})
                held = there[0] if there else [json.loads(before or "{}").get(name) for name in columns]
                return written(dict(zip(columns, held, strict=True)))
        return ""

    def _clients(self, identifier: str) -> tuple[str, ...]:
        owners: dict[str, None] = {}
        for table in TABLES:
            if owner := _owner(table):
                for query in (OWNERS_THERE, OWNERS_BEFORE):
                    asked = query.format(table=table._meta.table_name, owner=owner)
                    owners |= dict.fromkeys(one for (one,) in self.connection.named(asked, {"id": identifier}) if one)
        names = dict(self.connection.named(GONE, {"id": identifier}))
        told = list(owners)[:NAMES]
        names |= dict(
            self.connection.texts(ClientRow.select(ClientRow.id, ClientRow.name).where(ClientRow.id.in_(told)))
        )
        return tuple(name for one in told if (name := names.get(one)))


def _fate(first: str, last: str) -> Event | None:
    """What became of a row in all; None for one that came and went."""
    if last == "delete":
        return None if first == "insert" else "delete"
    return "insert" if first == "insert" else "update"


def _owner(table: type[Model]) -> str | None:
    """The column that names the client."""
    if table is ClientRow:
        return "id"
    return "client_id" if "client_id" in table._meta.columns else None


def _notes(identifier: str, command: str) -> Iterator[str]:
    for table in TABLES:
        name = table._meta.table_name
        for event in ("delete",) if table in PASSING else EVENTS:
            row = "NEW.id" if event == "insert" else "OLD.id"
            before = "NULL" if event == "insert" else _as_json(table)
            yield NOTE.format(event=event, table=name, id=identifier, command=command, row=row, before=before)


def _as_json(table: type[Model]) -> str:
    """The old row; a number with all its digits as text, which its column makes a number again."""
    parts = []
    for name, field in table._meta.columns.items():
        old = f'OLD."{name}"'
        exact = f"CASE WHEN {old} IS NULL THEN NULL ELSE printf('%!.17g', {old}) END"
        parts.append(f"'{name}', {exact if isinstance(field, FloatField) else old}")
    return f"json_object({', '.join(parts)})"


def _put_back(table: type[Model]) -> str:
    """A row as it was; a walk that has been begun again since is not overwritten."""
    columns = [f'"{one}"' for one in table._meta.columns]
    update = ", ".join(f"{one} = excluded.{one}" for one in columns)
    return PUT_BACK.format(
        table=table._meta.table_name,
        columns=", ".join(columns),
        places=", ".join(f":{one}" for one in table._meta.columns),
        conflict="DO NOTHING" if table in PASSING else f"(id) DO UPDATE SET {update}",
    )
