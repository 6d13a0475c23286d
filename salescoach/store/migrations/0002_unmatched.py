"""Version 2: what customers said and no topic fitted."""

# ruff: noqa: D101 - frozen, and described in tables.py

from typing import Any

from peewee import DateField, IntegerField, Model, TextField


class Unmatched(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    said = TextField()
    on = DateField()
    times = IntegerField()
    folded = TextField(unique=True)


def up(migrator: Any, db: Any) -> None:
    """Create the table."""
    with db.bind_ctx([Unmatched]):
        db.create_tables([Unmatched])
