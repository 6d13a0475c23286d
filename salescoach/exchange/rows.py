"""Rows of a table become arrivals: whom a row names, and what it says of them in our fields."""

import re
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
#: A last line that names a column of these names somebody.
NAMING = ("company", "name", "family", "given", "mail", "phone")
#: How reports end.
ENDING = re.compile(
    r"(?i)(?:grand |sub)?totals?\b|copyright |confidential information|generated (?:by|on)|合计|总计|共\d+条"
)
#: A number of which a spreadsheet has kept the beginning alone.
ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
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
        self.footer = self._footer()
        days = columns.places.get("birthday", ())
        self.european = values.day_first(row.cells[days[0]] for row in self.rows if days and isinstance(row, Row))

    def _footer(self) -> list[str]:
        """Takes the last rows off that have one cell alone, which names nobody or ends a report; and tells them."""
        naming = {place for field in NAMING for place in self.columns.places.get(field, ())}
        told: list[str] = []
        while self.rows and isinstance(last := self.rows[-1], Row):
            first = last.cells[0].strip()
            if not first or any(cell.strip() for cell in last.cells[1:]) or (0 in naming and not ENDING.match(first)):
                break
            told.insert(0, first)
            self.rows.pop()
        return told

    def understood(self) -> list[tuple[int, str]]:
        """The columns that are understood and not empty, from 0, and their fields; in the order of the file."""
        meant = sorted((place, field) for field, places in self.columns.places.items() for place in places)
        return [(place, field) for place, field in meant if self._filled(place)]

    def _filled(self, place: int) -> bool:
        return any(isinstance(row, Row) and row.cells[place].strip() for row in self.rows)

    def unused(self) -> list[str]:
        """The headers of columns that are not understood and not empty."""
        filled = [place for place in self.columns.unused if self._filled(place)]
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
        self.noted: list[str] = []

    def cells(self, field: str) -> list[str]:
        """What the columns of a field hold, none of them empty."""
        cells, found = self.row.cells, []
        for place in self.reading.columns.places.get(field, ()):
            if text := cells[place].strip():
                found.append(values.unguarded(cells[place]).strip() if text[0] == "'" else text)
        return [cell for cell in found if cell]

    def cell(self, field: str) -> str:
        """What the column of a field holds."""
        if field not in self.reading.columns.places:
            return ""
        return next(iter(self.cells(field)), "")

    def arrival(self) -> Arrival:
        """What the row says."""
        name = self.cell("name") or values.full_name(self.cell("family"), self.cell("given"), self.cell("middle"))
        company = self.cell("company")
        mail, phone = self._first("mail"), self._first("phone")
        if not company and not name:
            name = mail  # as an address book shows it
        born = self._birthday()
        self._labelled()
        of_client = self._client(company)
        of_contact = self._contact(name, mail, phone) if name else None
        if of_contact is None and (mail or phone):
            said = [("mail", mail), ("phone", phone)]
            self.company_remarks += [self._line(self.reading.label(at), text) for at, text in said if text]
        client = Client(**of_client, remarks=self._of_company(alone=of_contact is None))
        contact = Contact(**of_contact, remarks=self._joined("remarks", self.remarks)) if of_contact else None
        return Arrival(
            line=self.row.line,
            client=client,
            contact=contact,
            birthday=born if contact else None,
            noted=tuple(self.noted),
        )

    def _client(self, company: str) -> dict[str, Any]:
        country = self._fitting("country", values.country, self.company_remarks)
        return {
            "id": "",
            "name": company,
            "kind": self._fixed("kind", self.company_remarks) or "company",
            "aliases": values.parted(self.cell("company-aliases")),
            "industry": self.cell("industry"),
            "country": country or "",
            "language": self._fitting("company-language", parse_lang, self.company_remarks),
            "stage": self._fixed("stage", self.company_remarks) or "developing",
            "key_account": values.is_yes(self.cell("key-account")),
            "tags": tuple(dict.fromkeys(tag for cell in self.cells("tags") for tag in _tags(cell))),
        }

    def _contact(self, name: str, mail: str, phone: str) -> dict[str, Any]:
        roles = [(role, values.one_of(role, BuyingRole)) for role in values.parted(self.cell("roles"))]
        for said in (said for said, role in roles if role is None):
            self._note("roles", said, self.remarks)
        influence = self._fitting("influence", lambda text: int(text) if text in tuple("12345") else None, self.remarks)
        fixed: dict[str, Any] = {name: self._fixed(name, self.remarks) for name in ("stance", "style", "behaviour")}
        found: tuple[Any, ...] = tuple(role for _, role in roles if role is not None)
        return fixed | {
            "id": "",
            "client_id": "",
            "name": name,
            "aliases": tuple(word for cell in self.cells("aliases") for word in values.parted(cell)),
            "position": self.cell("position"),
            "department": self.cell("department"),
            "roles": found,
            "influence": influence,
            "language": self._fitting("language", parse_lang, self.remarks),
            "mail": mail,
            "phone": phone,
        }

    def _first(self, field: str) -> str:
        """The first of several; the others go into remarks."""
        found = list(dict.fromkeys(word for cell in self.cells(field) for word in cell.split(PARTED) if word))
        if field == "phone" and (rounded := [word for word in found if ROUNDED.fullmatch(word)]):
            found = [word for word in found if word not in rounded]
            for word in rounded:
                self._note(field, word, self.remarks)
        self.remarks += [self._line(self.reading.label(field), word) for word in found[1:]]
        return found[0] if found else ""

    def _birthday(self) -> date | None:
        text = self.cell("birthday")
        day = values.birthday(text, self.reading.european)
        if text and day is None and not values.NO_DAY.fullmatch(text):
            self._note("birthday", text, self.remarks)
        return day

    def _labelled(self) -> None:
        """What we have no field for."""
        if address := ", ".join(dict.fromkeys(self._address())):
            self.remarks.append(self._line(self.reading.label("address"), address))
        for field in ("web", "fax"):
            self.remarks += [self._line(self.reading.label(field), text) for text in self.cells(field)]

    def _address(self) -> list[str]:
        """Its parts on one line each; what stands in one that is written out already is none."""
        columns, whole = self.reading.columns, key("Address - Formatted")
        places = columns.places.get("address", ())
        cells = [(place, values.unguarded(self.row.cells[place]).strip()) for place in places]
        found = [(place, ", ".join(text.splitlines())) for place, text in cells]
        written_out = [text for place, text in found if text and key(columns.headers[place]) == whole]
        within = "\n".join(written_out)
        return [*written_out, *(text for _, text in found if text and text not in within)]

    def _of_company(self, *, alone: bool) -> str:
        """The client's remarks; of a row without a person all of it."""
        if alone:
            return self._joined("company-remarks", [*self._said("remarks"), *self.company_remarks, *self.remarks])
        return self._joined("company-remarks", self.company_remarks)

    def _joined(self, field: str, lines: list[str]) -> str:
        """The remarks of the file, then what went there."""
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
            self._note(field, text, remarks)
        return found

    def _note(self, field: str, text: str, remarks: list[str]) -> None:
        """Into remarks, since it is no value of the field."""
        remarks.append(self._line(self.title(field), text))
        self.noted.append(field)

    def title(self, field: str) -> str:
        """The header over a field."""
        if self.reading.table.headless:
            return own(field, self.reading.lang == "zh")
        return self.reading.columns.headers[self.reading.columns.places[field][0]].strip()

    def _line(self, label: str, text: str) -> str:
        return say("importing.remark", self.reading.lang, label=label, text=text)


def _tags(cell: str) -> list[str]:
    """The tags of a cell, also between commas; what Google puts into everybody's cell is none."""
    words = (word.removeprefix("* ") for part in cell.split(PARTED) for word in values.parted(part, commas=True))
    return [word for word in words if word.lower().replace(" ", "") != "mycontacts"]


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
    key_account = say("importing.yes", lang) if one.key_account else ""
    return [*words, key_account, values.joined(one.tags, commas=True), one.remarks]


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
