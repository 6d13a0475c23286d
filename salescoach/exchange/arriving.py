"""What a file brings meets what is known: who is new, what is filled in, what stays as the rep wrote it.

Somebody is known by name: a client among all, a person at their client; case, width and accents apart, aliases too.
What is merely like a name becomes a record of its own, and is offered for merging (records/duplicates.py). Of somebody
known only what is empty is filled in; where both say something, the rep's words stay.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, TypeVar

from salescoach.errors import InvalidError
from salescoach.exchange.arrival import Arrival
from salescoach.records.account import Occasion
from salescoach.records.duplicates import another
from salescoach.records.joining import name_apart
from salescoach.records.models import Client, Contact
from salescoach.records.names import clean_name
from salescoach.records.names import fold as folded
from salescoach.shape import value

Became = Literal["created", "updated", "skipped"]
T = TypeVar("T", Client, Contact)
#: What is never filled in.
KEYS = ("id", "client_id", "name", "kind")


#: The fields that are filled in, and what they hold while they are empty.
EMPTY: dict[type, list[tuple[str, Any]]] = {
    kind: [(field.name, field.default) for field in fields(kind) if field.name not in KEYS]
    for kind in (Client, Contact)
}
#: A name is asked for several times while its row is taken.
fold = lru_cache(maxsize=4096)(folded)


@value
class Left:
    """Somebody known of whom the file says something else than the rep: what stays as it is."""

    line: int
    name: str
    fields: tuple[str, ...]


class Arriving:
    """
    The book while a file is taken in.

    Args:
        clients, contacts: All that are known.
        birthdays: All occasions that are one.
        new_id: Gives an id that nobody has.
    """

    def __init__(
        self,
        clients: Iterable[Client],
        contacts: Iterable[Contact],
        birthdays: Iterable[Occasion],
        new_id: Callable[[], str],
    ) -> None:
        self.new_id = new_id
        self.clients: dict[str, Client] = {}
        self.contacts: dict[str, Contact] = {}
        self.named: dict[str, str] = {}
        self.people: dict[tuple[str, str], str] = {}
        self.born = {one.contact_id or one.client_id: one.day for one in birthdays}
        self.new: dict[str, None] = {}
        self.changed: dict[str, None] = {}
        self.occasions: list[Occasion] = []
        self.left: list[Left] = []
        for client in clients:
            self._know_client(client)
        for contact in contacts:
            self._know_contact(contact)

    def take(self, arrival: Arrival) -> Became:
        """
        Take one arrival in.

        Raises:
            InvalidError: A name that cannot be kept; then nothing was taken.
        """
        client, contact = self._meant(arrival)
        known = self.named.get(fold(client.name), "")
        contact = contact and self._apart(contact, known)
        left: list[str] = []
        became = {self._client(client, left)}
        who = client_id = self.named[fold(client.name)]
        if contact is not None and (arrival.client.name or _says(contact)):
            became.add(self._contact(contact, client_id, left))
            who = self.people[client_id, fold(contact.name)]
        if arrival.birthday is not None:
            became.add(self._birthday(arrival.birthday, client_id, who, left))
        if left:
            name = "/".join(dict.fromkeys(one for one in (client.name, contact.name if contact else "") if one))
            self.left.append(Left(line=arrival.line, name=name, fields=tuple(dict.fromkeys(left))))
        return "created" if "created" in became else "updated" if "updated" in became else "skipped"

    def fresh(self, known: dict[str, T]) -> list[T]:
        """Of `clients` or `contacts` those that are new."""
        return [one for identifier, one in known.items() if identifier in self.new]

    def touched(self, known: dict[str, T]) -> list[T]:
        """Of `clients` or `contacts` those that were known and have changed."""
        return [one for identifier, one in known.items() if identifier in self.changed and identifier not in self.new]

    def _meant(self, arrival: Arrival) -> tuple[Client, Contact | None]:
        """Client and person by the names that they are known by."""
        contact = arrival.contact and _named(arrival.contact)
        if contact and (known := self.contacts.get(arrival.uid)):
            owner = self.clients[known.client_id]
            return replace(arrival.client, name=owner.name), replace(contact, name=known.name)
        if arrival.client.name:
            client = _named(arrival.client)
            known_client = self.clients.get(arrival.uid)
            return replace(client, name=known_client.name) if known_client else client, contact
        if contact is None:
            raise InvalidError("import-nobody")
        return self._person(arrival.client, contact)

    def _person(self, said: Client, contact: Contact) -> tuple[Client, Contact]:
        """A person without a company: a client in their own name, told apart from a namesake in the same file."""
        person = replace(said, name=contact.name, kind="person", aliases=contact.aliases)
        apart = replace(person, name=name_apart(contact), aliases=())
        known = self.clients.get(self.named.get(fold(apart.name), ""))
        if known is None and (namesake := self.clients.get(self.named.get(fold(person.name), ""))):
            same = self.contacts.get(self.people.get((namesake.id, fold(namesake.name)), ""))
            if same and namesake.id in self.new and another(same, contact):
                return replace(apart, name=clean_name(apart.name)), contact
            known = namesake
            contact = replace(contact, name=known.name)
        return (replace(person, name=known.name) if known else person), contact

    def _client(self, said: Client, left: list[str]) -> Became:
        known = self.clients.get(self.named.get(fold(said.name), ""))
        if said.aliases:
            mine = (None, known and known.id)
            said = replace(said, aliases=tuple(one for one in said.aliases if self.named.get(fold(one)) in mine))
        if known is None:
            self._know_client(self._made(replace(said, id=self.new_id())))
            return "created"
        filled = self._filled(known, said, left)
        if filled == known:
            return "skipped"
        self.changed[known.id] = None
        self._know_client(filled)
        return "updated"

    def _contact(self, said: Contact, client_id: str, left: list[str]) -> Became:
        known = self.contacts.get(self.people.get((client_id, fold(said.name)), ""))
        if said.aliases:
            mine = (None, known and known.id)
            free = tuple(one for one in said.aliases if self.people.get((client_id, fold(one))) in mine)
            said = replace(said, aliases=free)
        if known is None:
            self._know_contact(self._made(replace(said, id=self.new_id(), client_id=client_id)))
            return "created"
        filled = self._filled(known, said, left)
        if filled == known:
            return "skipped"
        self.changed[known.id] = None
        self._know_contact(filled)
        return "updated"

    def _apart(self, said: Contact, client_id: str) -> Contact:
        """Two people of one name in one file, with nothing in common: the later one's name tells them apart."""
        longer = name_apart(said)
        if (client_id, fold(longer)) in self.people:
            return replace(said, name=longer)
        known = self.contacts.get(self.people.get((client_id, fold(said.name)), ""))
        if known is None or known.id not in self.new or not another(known, said):
            return said
        return replace(said, name=clean_name(longer), aliases=())

    def _birthday(self, day: date, client_id: str, who: str, left: list[str]) -> Became:
        contact_id = who if who != client_id else None
        if who in self.born:
            left += ["birthday"] * (self.born[who] != day)
            return "skipped"
        self.born[who] = day
        self.occasions.append(
            Occasion(
                id=self.new_id(), client_id=client_id, kind="birthday", what="", day=day, yearly=True,
                contact_id=contact_id,
            )
        )  # fmt: skip
        return "created" if who in self.new else "updated"

    def _made(self, one: T) -> T:
        self.new[one.id] = None
        return one

    def _filled(self, known: T, said: T, left: list[str]) -> T:
        """What is known, with what is empty in it filled; what differs stays, and its field is named."""
        filling: dict[str, Any] = {}
        for name, none in EMPTY[type(said)]:
            theirs = getattr(said, name)
            if theirs == none or theirs == (ours := getattr(known, name)):
                continue
            if ours == none:
                filling[name] = theirs
            elif not _holds(ours, theirs):
                left.append(name)
        return replace(known, **filling) if filling else known

    def _know_client(self, client: Client) -> None:
        self.clients[client.id] = client
        for name in (client.name, *client.aliases):
            self.named.setdefault(fold(name), client.id)

    def _know_contact(self, contact: Contact) -> None:
        self.contacts[contact.id] = contact
        for name in (contact.name, *contact.aliases):
            self.people.setdefault((contact.client_id, fold(name)), contact.id)


def _named(one: T) -> T:
    """With its names as they may be kept; an alias that cannot be is left out."""
    name = clean_name(one.name)
    if not one.aliases:
        return one if name == one.name else replace(one, name=name)
    aliases: dict[str, str] = {}
    for alias in one.aliases:
        try:
            aliases.setdefault(fold(cleaned := clean_name(alias)), cleaned)
        except InvalidError:
            continue
    aliases.pop(fold(name), None)
    return replace(one, name=name, aliases=tuple(aliases.values()))


def _says(contact: Contact) -> bool:
    """Something is said of a person that a client of kind person has no field for."""
    none = Contact(id="", client_id="", name=contact.name, aliases=contact.aliases)
    return contact != none


def _holds(ours: Any, theirs: Any) -> bool:
    """What we have says all that they say."""
    if isinstance(ours, str) and isinstance(theirs, str):
        lines = {line.strip() for line in ours.splitlines()}
        return all(line.strip() in lines for line in theirs.splitlines() if line.strip())
    return isinstance(ours, tuple) and set(theirs) <= set(ours)
