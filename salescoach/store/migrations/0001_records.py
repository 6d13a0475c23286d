"""Version 1: the rep, clients, contacts, visits, promises, objections, observations, notes and drafts.

The models here are a frozen copy: what later versions make of the tables is the later migrations' affair.
"""

# ruff: noqa: D101, D106 - frozen, and described in tables.py

from typing import Any

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, Model, TextField


def _of(table: type[Model], on_delete: str = "CASCADE") -> Any:
    if on_delete == "SET NULL":
        return ForeignKeyField(table, on_delete=on_delete, null=True, index=False)
    return ForeignKeyField(table, on_delete=on_delete, index=False)


class Me(Model):
    id = IntegerField(primary_key=True)
    name = TextField()
    company = TextField()
    products = TextField()
    proof_points = TextField()
    style = TextField(null=True)


class Client(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    name = TextField(index=True)
    kind = TextField()
    aliases = TextField()
    industry = TextField()
    country = TextField()
    language = TextField(null=True)
    stage = TextField()
    key_account = BooleanField()
    tags = TextField()
    remarks = TextField()


class ClientSpelling(Model):
    client_id = _of(Client)
    position = IntegerField()
    text = TextField()
    folded = TextField(index=True)
    loose = TextField(index=True)
    pinyin = TextField(index=True)
    initials = TextField(index=True)

    class Meta:
        table_name = "client_spelling"
        indexes = ((("client_id", "position"), True),)


class Contact(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = _of(Client)
    name = TextField()
    aliases = TextField()
    position = TextField()
    department = TextField()
    roles = TextField()
    stance = TextField(null=True)
    influence = IntegerField(null=True)
    style = TextField(null=True)
    behaviour = TextField(null=True)
    language = TextField(null=True)
    mail = TextField()
    phone = TextField()
    remarks = TextField()
    spellings = TextField()

    class Meta:
        indexes = ((("client_id", "name"), False),)


class Visit(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = _of(Client)
    when = DateField()
    purpose = TextField(null=True)
    contact_ids = TextField()
    status = TextField()
    plan = TextField(null=True)
    debrief = TextField(null=True)
    playbooks = TextField()

    class Meta:
        indexes = (
            (("client_id", "when"), False),
            (("client_id", "status", "when"), False),
            (("status", "when"), False),
            (("when", "id"), False),
        )


class Promise(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = _of(Client)
    owner = TextField()
    who = TextField()
    what = TextField()
    by = DateField(null=True)
    state = TextField()
    closed_on = DateField(null=True)
    visit_id = _of(Visit, "SET NULL")

    class Meta:
        indexes = ((("client_id", "state", "by"), False), (("state", "by"), False), (("visit_id",), False))


class Objection(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = _of(Client)
    on = DateField()
    said = TextField()
    topic = TextField(null=True)
    kind = TextField(null=True)
    technique = TextField(null=True)
    resolved = BooleanField()
    visit_id = _of(Visit, "SET NULL")
    contact_id = _of(Contact, "SET NULL")

    class Meta:
        indexes = (
            (("client_id", "on"), False),
            (("topic",), False),
            (("visit_id",), False),
            (("contact_id",), False),
        )


class Observation(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = _of(Client)
    on = DateField()
    cue = TextField()
    contact_id = ForeignKeyField(Contact, on_delete="CASCADE", null=True, index=False)
    visit_id = _of(Visit, "SET NULL")

    class Meta:
        indexes = ((("client_id", "on"), False), (("contact_id",), False), (("visit_id",), False))


class Note(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    client_id = _of(Client)
    on = DateField()
    text = TextField()

    class Meta:
        indexes = ((("client_id", "on"), False),)


class Draft(Model):
    id = TextField(primary_key=True)
    tail = TextField(index=True)
    command = TextField()
    subject = TextField()
    answers = TextField()
    updated = DateField()

    class Meta:
        indexes = ((("command", "subject"), True), (("subject",), False))


def up(migrator: Any, db: Any) -> None:
    """Create the tables."""
    tables = [Me, Client, ClientSpelling, Contact, Visit, Promise, Objection, Observation, Note, Draft]
    with db.bind_ctx(tables):
        db.create_tables(tables)
