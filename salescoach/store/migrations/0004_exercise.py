"""Version 4: what the rep practised."""

# ruff: noqa: D101, D106 - frozen, and described in tables.py

from typing import Any

from peewee import DateField, IntegerField, Model, TextField


class Exercise(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    case = TextField()
    on = DateField()
    answer = TextField()
    hit = TextField()
    of = IntegerField()

    class Meta:
        table_name = "exercise"
        legacy_table_names = False
        indexes = ((("case", "on"), False),)


def up(migrator: Any, db: Any) -> None:
    """Create the table."""
    with db.bind_ctx([Exercise]):
        db.create_tables([Exercise])
