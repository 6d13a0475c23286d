"""Rows of a table become arrivals: whom a row names, and what it says of them in our fields."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from salescoach.exchange import values
from salescoach.exchange.arrival import Arrival, Broken
from salescoach.exchange.headers import key, known, own
from salescoach.exchange.table import Columns, Row, Table, written
from salescoach.language import Lang, parse_lang, say
from salescoach.records.account import NO_YEAR
from salescoach.records.ids import Behaviour, BuyingRole, ClientKind, RelationshipStage, Stance, Style
from salescoach.records.models import Client, Contact

#: Fields that say something of a person, so that there is one.
OF_PEOPLE = (
    "position", "department", "mail", "phone", "aliases", "roles", "stance", "influence", "style", "behaviour",
)  # fmt: skip
#: Google writes several mails and numbers into one cell.
PARTED = " ::: "
#: Field of a client or contact → its fixed ids.
FIXED = {"kind": ClientKind, "stage": RelationshipStage, "stance": Stance, "style": Style, "behaviour": Behaviour}


class Reading:
    """
    One table in one language: what does not fit a field goes into remarks with a label before it.

    Args:
        lang: Of the labels.
    """

    def __init__(self, table: Table, columns: Columns, lang: Lang) -> None:
        self.table, self.columns, self.lang = table, columns, lang
        self.synonyms = known()
        self.rows = list(table.rows())
        days = columns.places.get("birthday", ())
        self.european = values.day_first(row.cells[days[0]] for row in self.rows if days and isinstance(row, Row))

    def unused(self) -> list[str]:
        """The headers of columns that are not understood and not empty."""
        filled = [
            place
            for place in self.columns.unused
            if any(isinstance(row, Row) and row.cells[place].strip() for row in self.rows)
        ]
        return [self.columns.headers[place].strip() or f"#{place + 1}" for place in filled]

    def arrivals(self) -> Iterator[Arrival | Broken]:
        """Row by row."""
        for row in self.rows:
            yield row if isinstance(row, Broken) else self._arrival(row)

    def _arrival(self, row: Row) -> Arrival:
        return _OneRow(self, row).arrival()

    def label(self, field: str) -> str:
        """What stands before words of such a column in remarks."""
        return say(f"importing.label-{field}", self.lang)


class _OneRow:
    """One row on its way: what is taken, and what goes into whose remarks."""

    def __init__(self, reading: Reading, row: Row) -> None:
        self.reading, self.row = reading, row
        self.remarks: list[str] = []
        self.company_remarks: list[str] = []

    def cells(self, field: str) -> list[str]:
        """What the columns of a field hold, none of them empty."""
        places = self.reading.columns.places.get(field, ())
        found = (values.unguarded(self.row.cells[place]).strip() for place in places)
        return [cell for cell in found if cell]

    def cell(self, field: str) -> str:
        """What the column of a field holds."""
        return next(iter(self.cells(field)), "")

    def arrival(self) -> Arrival:
        """What the row says."""
        name = self.cell("name") or values.full_name(self.cell("family"), self.cell("given"), self.cell("middle"))
        company = self.cell("company")
        mail, phone = self._first("mail"), self._first("phone")
        if not company and not name:
            name = mail or phone  # as an address book shows it
        born = self._birthday()
        self._labelled()
        client = self._client(company)
        contact = self._contact(name, mail, phone) if name else None
        if contact is None and (mail or phone):
            said = [("mail", mail), ("phone", phone)]
            self.company_remarks += [self._line(self.reading.label(at), text) for at, text in said if text]
        client = Client(**(_held(client) | {"remarks": self._text("company-remarks", self.company_remarks, contact)}))
        if contact is not None:
            contact = Contact(**(_held(contact) | {"remarks": self._text("remarks", self.remarks, contact)}))
        return Arrival(line=self.row.line, client=client, contact=contact, birthday=born if contact else None)

    def _client(self, company: str) -> Client:
        country = self._fitting("country", values.country, self.company_remarks)
        return Client(
            id="",
            name=company,
            kind=self._fixed("kind", self.company_remarks) or "company",
            aliases=values.parted(self.cell("company-aliases")),
            industry=self.cell("industry"),
            country=country or "",
            language=self._fitting("company-language", parse_lang, self.company_remarks),
            stage=self._fixed("stage", self.company_remarks) or "developing",
            key_account=values.is_yes(self.cell("key-account")),
            tags=tuple(dict.fromkeys(tag for cell in self.cells("tags") for tag in _tags(cell))),
        )

    def _contact(self, name: str, mail: str, phone: str) -> Contact:
        roles = [(role, values.one_of(role, BuyingRole)) for role in values.parted(self.cell("roles"))]
        self.remarks += [self._line(self.title("roles"), said) for said, role in roles if role is None]
        influence = self._fitting("influence", lambda text: int(text) if text in tuple("12345") else None, self.remarks)
        fixed: dict[str, Any] = {name: self._fixed(name, self.remarks) for name in ("stance", "style", "behaviour")}
        found: tuple[Any, ...] = tuple(role for _, role in roles if role is not None)
        return Contact(
            id="",
            client_id="",
            name=name,
            aliases=tuple(word for cell in self.cells("aliases") for word in values.parted(cell)),
            position=self.cell("position"),
            department=self.cell("department"),
            roles=found,
            influence=influence,
            language=self._fitting("language", parse_lang, self.remarks),
            mail=mail,
            phone=phone,
            **fixed,
        )

    def _first(self, field: str) -> str:
        """The first of several; the others go into remarks."""
        found = list(dict.fromkeys(word for cell in self.cells(field) for word in cell.split(PARTED) if word))
        self.remarks += [self._line(self.reading.label(field), word) for word in found[1:]]
        return found[0] if found else ""

    def _birthday(self) -> date | None:
        text = self.cell("birthday")
        day = values.birthday(text, self.reading.european)
        if text and day is None and not values.NO_DAY.fullmatch(text):
            self.remarks.append(self._line(self.title("birthday"), text))
        return day

    def _labelled(self) -> None:
        """What we have no field for."""
        if address := ", ".join(
            dict.fromkeys(", ".join(cell.split("\n")).replace("\r", "") for cell in self.cells("address"))
        ):
            self.remarks.append(self._line(self.reading.label("address"), address))
        for field in ("web", "fax"):
            self.remarks += [self._line(self.reading.label(field), text) for text in self.cells(field)]

    def _text(self, field: str, lines: list[str], contact: Contact | None) -> str:
        """The remarks of the file, then what went there. Of a row without a person all of it is the client's."""
        if field == "company-remarks" and contact is None:
            return "\n".join([*self._said("company-remarks"), *self._said("remarks"), *lines, *self.remarks])
        return "\n".join([*self._said(field), *lines])

    def _said(self, field: str) -> list[str]:
        columns, found = self.reading.columns, []
        for place in columns.places.get(field, ()):
            text = values.unguarded(self.row.cells[place]).strip()
            own_header = place not in columns.titled or self.reading.synonyms.get(key(columns.headers[place]))
            found += [text if own_header else self._line(columns.headers[place].strip(), text)] if text else []
        return found

    def _fixed(self, field: str, remarks: list[str]) -> Any:
        return self._fitting(field, lambda text: values.one_of(text, FIXED[field]), remarks)

    def _fitting(self, field: str, read: Any, remarks: list[str]) -> Any:
        """The value of a cell; where it is none, the words go into remarks."""
        text = self.cell(field)
        found = read(text) if text else None
        if text and found is None:
            remarks.append(self._line(self.title(field), text))
        return found

    def title(self, field: str) -> str:
        """The header over a field."""
        return self.reading.columns.headers[self.reading.columns.places[field][0]].strip()

    def _line(self, label: str, text: str) -> str:
        return say("importing.remark", self.reading.lang, label=label, text=text)


def _tags(cell: str) -> list[str]:
    """The tags of a cell; what Google puts into everybody's cell is none."""
    words = (word.removeprefix("* ") for part in cell.split(PARTED) for word in values.parted(part))
    return [word for word in words if word != "myContacts"]


def _held(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


#: The fields of a table that `export` writes, the client's first.
OF_CLIENT = (
    "company", "kind", "company-aliases", "industry", "country", "company-language", "stage", "key-account", "tags",
    "company-remarks",
)  # fmt: skip
OF_CONTACT = (
    "name", "aliases", "position", "department", "mail", "phone", "birthday", "roles", "stance", "influence", "style",
    "behaviour", "language", "remarks",
)  # fmt: skip


def exported(people: "Iterator[tuple[Client, Contact | None, date | None]]", lang: Lang) -> bytes:
    """
    The table of clients and contacts: a row a contact, a client without any on a row of its own.

    Args:
        people: Each with the client it is at, and a birthday where one is known.
    """
    headers = [own(field, lang == "zh") for field in (*OF_CLIENT, *OF_CONTACT)]
    rows = ([*_client_cells(client, lang), *_contact_cells(contact, born)] for client, contact, born in people)
    return written([headers, *([values.guarded(cell.replace("\0", "")) for cell in row] for row in rows)])


def _client_cells(one: Client, lang: Lang) -> list[str]:
    words = [one.name, one.kind, values.joined(one.aliases), one.industry, one.country, one.language or "", one.stage]
    return [*words, say("importing.yes", lang) if one.key_account else "", values.joined(one.tags), one.remarks]


def _contact_cells(one: Contact | None, born: date | None) -> list[str]:
    if one is None:
        return [""] * len(OF_CONTACT)
    judged = [values.joined(one.roles), one.stance or "", str(one.influence or ""), one.style or ""]
    words = [one.name, values.joined(one.aliases), one.position, one.department, one.mail, one.phone, day_text(born)]
    return [*words, *judged, one.behaviour or "", one.language or "", one.remarks]


def day_text(born: date | None) -> str:
    """A birthday as it is written: without the year where none is known."""
    if born is None:
        return ""
    return f"--{born:%m-%d}" if born.year == NO_YEAR else born.isoformat()
