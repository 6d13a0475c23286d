"""The tables, as peewee models. They are bound to no database: every query is run by a `Connection`.

A column has the name of the field that it keeps. Where a table has more columns than the value has fields, they serve
to find rows: `tail` is the end of the id backwards, so that an id is found by its last characters through an index.
A change here needs a migration; a test holds the two against each other.
"""

# ruff: noqa: D106 - peewee reads the nested Meta classes

from typing import Any

from peewee import BooleanField, DateField, Field, FloatField, ForeignKeyField, IntegerField, Model, TextField

from salescoach.records.account import LogEntry, Said
from salescoach.records.models import Debrief, Plan
from salescoach.records.packing import pack, unpack

TAIL = 8


class PackedField(TextField):
    """A column of JSON text whose value has a type of its own."""

    def __init__(self, holds: Any, **options: Any) -> None:
        super().__init__(**options)
        self.holds = holds

    def db_value(self, value: Any) -> str | None:
        """JSON text for the database."""
        return None if value is None else pack(value)

    def python_value(self, value: str | None) -> Any:
        """The value from the JSON text."""
        return None if value is None else unpack(value, self.holds)


Texts = tuple[str, ...]


def _words() -> PackedField:
    return PackedField(Texts)


def _of(table: type[Model], *, null: bool = False) -> Any:
    """A reference by id: the row goes with what it belongs to, or stays without it where it may."""
    if null:
        return ForeignKeyField(table, on_delete="SET NULL", null=True, index=False)
    return ForeignKeyField(table, on_delete="CASCADE", index=False)


class Row(Model):
    """What every table but `me` has."""

    id = TextField(primary_key=True)
    tail = TextField(index=True)

    class Meta:
        legacy_table_names = False


class MeRow(Model):
    """The one row about the rep."""

    id = IntegerField(primary_key=True)
    name = TextField()
    company = TextField()
    products = _words()
    proof_points = _words()
    style = TextField(null=True)

    class Meta:
        table_name = "me"


class ClientRow(Row):
    """Companies, and persons who buy in their own name."""

    name = TextField(index=True)
    kind = TextField()
    aliases = _words()
    industry = TextField()
    country = TextField(index=True)
    language = TextField(null=True)
    stage = TextField()
    key_account = BooleanField()
    tags = _words()
    remarks = TextField()

    class Meta:
        table_name = "client"


class ClientSpellingRow(Model):
    """How each name and alias of a client is compared; worked out whenever the client is saved."""

    client_id = _of(ClientRow)
    position = IntegerField()  # 0: the name, then the aliases
    text = TextField()
    folded = TextField(index=True)
    loose = TextField(index=True)
    pinyin = TextField(index=True)
    initials = TextField(index=True)

    class Meta:
        table_name = "client_spelling"
        indexes = ((("client_id", "position"), True),)


class ContactRow(Row):
    """People at clients."""

    client_id = _of(ClientRow)
    name = TextField()
    aliases = _words()
    position = TextField()
    department = TextField()
    roles = _words()
    stance = TextField(null=True)
    influence = IntegerField(null=True)
    style = TextField(null=True)
    behaviour = TextField(null=True)
    language = TextField(null=True)
    mail = TextField()
    phone = TextField()
    remarks = TextField()
    spellings = TextField()  # JSON: how name and aliases are compared

    class Meta:
        table_name = "contact"
        indexes = ((("client_id", "name"), False),)


class VisitRow(Row):
    """Calls, planned and held."""

    client_id = _of(ClientRow)
    when = DateField()
    purpose = TextField(null=True)
    contact_ids = _words()
    status = TextField()
    plan = PackedField(Plan, null=True)
    debrief = PackedField(Debrief, null=True)
    playbooks = PackedField(dict[str, int])
    next_date = DateField(null=True)  # of its debrief; worked out whenever the visit is saved

    class Meta:
        table_name = "visit"
        indexes = (
            (("client_id", "when"), False),
            (("client_id", "status", "when", "id", "next_date"), False),
            (("status", "when"), False),
            (("when", "id"), False),
        )


class PromiseRow(Row):
    """Who owes what to whom by when."""

    client_id = _of(ClientRow)
    owner = TextField()
    who = TextField()
    what = TextField()
    by = DateField(null=True)
    state = TextField()
    closed_on = DateField(null=True)
    visit_id = _of(VisitRow, null=True)

    class Meta:
        table_name = "promise"
        indexes = ((("client_id", "state", "by"), False), (("state", "by"), False), (("visit_id",), False))


class ObjectionRow(Row):
    """Objections heard."""

    client_id = _of(ClientRow)
    on = DateField()
    said = TextField()
    topic = TextField(null=True)
    kind = TextField(null=True)
    technique = TextField(null=True)
    resolved = BooleanField()
    visit_id = _of(VisitRow, null=True)
    contact_id = _of(ContactRow, null=True)

    class Meta:
        table_name = "objection"
        indexes = (
            (("client_id", "on"), False),
            (("topic",), False),
            (("visit_id",), False),
            (("contact_id",), False),
        )


class ObservationRow(Row):
    """Style cues seen. What was seen in a person goes with that person."""

    client_id = _of(ClientRow)
    on = DateField()
    cue = TextField()
    contact_id = ForeignKeyField(ContactRow, on_delete="CASCADE", null=True, index=False)
    visit_id = _of(VisitRow, null=True)

    class Meta:
        table_name = "observation"
        indexes = ((("client_id", "on"), False), (("contact_id",), False), (("visit_id",), False))


class NoteRow(Row):
    """Free remarks on clients."""

    client_id = _of(ClientRow)
    on = DateField()
    text = TextField()

    class Meta:
        table_name = "note"
        indexes = ((("client_id", "on"), False),)


class UnmatchedRow(Row):
    """What customers said and no topic fitted."""

    said = TextField()
    on = DateField()
    times = IntegerField()
    folded = TextField(unique=True)  # what is equal where it is said again

    class Meta:
        table_name = "unmatched"


class DraftRow(Row):
    """Half-finished walks, one for a command and what it is about."""

    command = TextField()
    subject = TextField()
    answers = PackedField(dict[str, Any])
    updated = DateField()

    class Meta:
        table_name = "draft"
        indexes = ((("command", "subject"), True), (("subject",), False))


class ContractRow(Row):
    """What was signed."""

    client_id = _of(ClientRow)
    signed = DateField()
    months = IntegerField(null=True)
    motive = TextField(null=True)
    least = TextField()
    revenue = FloatField(null=True)
    currency = TextField()
    subject = TextField()
    ends = DateField(null=True)  # the first day after the term; worked out whenever the contract is saved

    class Meta:
        table_name = "contract"
        indexes = ((("client_id", "signed"), False), (("signed",), False), (("ends",), False))


class AssessmentRow(Row):
    """Answers on account sheets. What was answered of a person goes with that person."""

    client_id = _of(ClientRow)
    sheet = TextField()
    version = IntegerField()
    on = DateField()
    answers = PackedField(dict[str, Said])
    contact_id = ForeignKeyField(ContactRow, on_delete="CASCADE", null=True, index=False)

    class Meta:
        table_name = "assessment"
        indexes = ((("client_id", "sheet", "on"), False), (("sheet", "on"), False), (("contact_id",), False))


class OccasionRow(Row):
    """Days that matter to a client. A person's go with that person."""

    client_id = _of(ClientRow)
    kind = TextField()
    what = TextField()
    day = DateField()
    yearly = BooleanField()
    contact_id = ForeignKeyField(ContactRow, on_delete="CASCADE", null=True, index=False)

    class Meta:
        table_name = "occasion"
        indexes = ((("client_id",), False), (("contact_id",), False))


class TouchRow(Row):
    """Lines of care that are settled."""

    client_id = _of(ClientRow)
    clock = TextField()
    on = DateField()
    state = TextField()
    contact_id = _of(ContactRow, null=True)

    class Meta:
        table_name = "touch"
        indexes = ((("client_id", "on"), False), (("contact_id",), False))


class CrisisRow(Row):
    """Crises that are managed; one without a client is nobody's."""

    kind = TextField()
    opened = DateField()
    client_id = _of(ClientRow, null=True)
    answers = PackedField(dict[str, Any])
    log = PackedField(tuple[LogEntry, ...])
    closed = DateField(null=True)

    class Meta:
        table_name = "crisis"
        indexes = ((("client_id",), False), (("closed",), False))


class ExerciseRow(Row):
    """Cases that the rep practised; they are about no client."""

    case = TextField()
    on = DateField()
    answer = TextField()
    hit = PackedField(tuple[str, ...])
    of = IntegerField()

    class Meta:
        table_name = "exercise"
        indexes = ((("case", "on"), False),)


TABLES: tuple[type[Model], ...] = (
    MeRow,
    ClientRow,
    ClientSpellingRow,
    ContactRow,
    VisitRow,
    PromiseRow,
    ObjectionRow,
    ObservationRow,
    NoteRow,
    UnmatchedRow,
    DraftRow,
    ContractRow,
    AssessmentRow,
    OccasionRow,
    TouchRow,
    CrisisRow,
    ExerciseRow,
)


#: What the triggers of a table keep: how it is worked out at once, by who has set them aside.
KEPT_BY_TRIGGERS: dict[str, tuple[str, ...]] = {
    VisitRow._meta.table_name: (
        "DELETE FROM last_held",
        """
        INSERT INTO last_held SELECT client_id, id, "when", next_date FROM visit WHERE id IN (
            SELECT (SELECT id FROM visit WHERE client_id = client.id AND status = 'done'
                    ORDER BY "when" DESC, id DESC LIMIT 1) FROM client)
        """,
    )
}


def column(table: type[Model], name: str) -> "Field[Any]":
    """A table's column by name."""
    return table._meta.fields[name]  # type: ignore[no-any-return]
