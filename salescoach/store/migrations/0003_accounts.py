"""Version 3: contracts, answers on account sheets, occasions, touches, and crises, which were drafts until now."""

# ruff: noqa: D101, D106 - frozen, and described in tables.py

from typing import Any

from peewee import BooleanField, DateField, FloatField, ForeignKeyField, IntegerField, Model, TextField


class Client(Model):
    id = TextField(primary_key=True)

    class Meta:
        table_name = "client"


class Contact(Model):
    id = TextField(primary_key=True)

    class Meta:
        table_name = "contact"


class Row(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = ForeignKeyField(Client, on_delete="CASCADE", index=False)

    class Meta:
        legacy_table_names = False


class Contract(Row):
    signed = DateField()
    months = IntegerField(null=True)
    motive = TextField(null=True)
    least = TextField()
    revenue = FloatField(null=True)
    currency = TextField()
    subject = TextField()

    class Meta:
        table_name = "contract"
        indexes = ((("client_id", "signed"), False),)


class Assessment(Row):
    sheet = TextField()
    version = IntegerField()
    on = DateField()
    answers = TextField()
    contact_id = ForeignKeyField(Contact, on_delete="CASCADE", null=True, index=False)

    class Meta:
        table_name = "assessment"
        indexes = ((("client_id", "sheet", "on"), False), (("contact_id",), False))


class Occasion(Row):
    kind = TextField()
    what = TextField()
    day = DateField()
    yearly = BooleanField()
    contact_id = ForeignKeyField(Contact, on_delete="CASCADE", null=True, index=False)

    class Meta:
        table_name = "occasion"
        indexes = ((("client_id",), False), (("contact_id",), False))


class Touch(Row):
    clock = TextField()
    on = DateField()
    state = TextField()
    contact_id = ForeignKeyField(Contact, on_delete="SET NULL", null=True, index=False)

    class Meta:
        table_name = "touch"
        indexes = ((("client_id", "on"), False), (("contact_id",), False))


class Crisis(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    kind = TextField()
    opened = DateField()
    client_id = ForeignKeyField(Client, on_delete="SET NULL", null=True, index=False)
    answers = TextField()
    log = TextField()
    closed = DateField(null=True)

    class Meta:
        table_name = "crisis"
        indexes = ((("client_id",), False), (("closed",), False))


TABLES = (Contract, Assessment, Occasion, Touch, Crisis)

#: A crisis plan was kept as the draft of its walk.
CRISES = """
INSERT INTO crisis (id, tail, kind, opened, client_id, answers, log, closed)
SELECT id, tail, subject, updated, NULL, answers, '[]', NULL FROM draft WHERE command = 'crisis'
"""


def up(migrator: Any, db: Any) -> None:
    """Create the tables; a crisis plan becomes a record of its own."""
    with db.bind_ctx([Client, Contact, *TABLES]):
        db.create_tables(TABLES)
    db.execute_sql(CRISES)
    db.execute_sql("DELETE FROM draft WHERE command = 'crisis'")
