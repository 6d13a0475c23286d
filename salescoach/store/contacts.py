"""People at clients: kept by id, found by name within their client."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.records.models import Client, Contact
from salescoach.records.names import (
    Ambiguous,
    Match,
    Named,
    Resolution,
    Resolved,
    Spelling,
    clean_name,
    fold,
    near,
    resolve,
    simple,
    spell,
)
from salescoach.records.packing import pack, unpack
from salescoach.store.clients import distinct_aliases
from salescoach.store.connection import in_batches
from salescoach.store.shelf import Several, Shelf
from salescoach.store.tables import (
    AssessmentRow,
    ContactRow,
    ObjectionRow,
    ObservationRow,
    OccasionRow,
    TouchRow,
    VisitRow,
)

if TYPE_CHECKING:
    from salescoach.records.joining import Saying

#: What moves from one person to another when they are merged; visits too, which hold several.
BELONGINGS = (ObjectionRow, ObservationRow, AssessmentRow, OccasionRow, TouchRow)


class Contacts(Shelf[Contact]):
    """The people the rep knows."""

    holds, table, record = Contact, ContactRow, "contact"

    def of(self, client_id: str) -> Several[Contact]:
        """The people at a client, by name."""
        return self._where(ContactRow.client_id == client_id, order=(ContactRow.name, ContactRow.id))

    def these(self, identifiers: Sequence[str]) -> dict[str, Contact]:
        """Some people by their ids."""
        found = (one for batch in in_batches(identifiers) for one in self._where(ContactRow.id.in_(list(batch))))
        return {one.id: one for one in found}

    def add(self, contact: Contact) -> Contact:
        """
        Keep a new contact, names cleaned.

        Raises:
            InvalidError: A name that is empty, too long, or somebody else's at this client already.
        """
        with self.connection.transaction():
            return super().add(self._checked(contact))

    def add_all(self, contacts: Sequence[Contact]) -> None:
        """Keep many new contacts in one transaction, whatever they are called."""
        super().add_all([cleaned(contact) for contact in contacts])

    def save(self, contact: Contact) -> Contact:
        """Keep a contact, new or changed, names cleaned. Raises as `add` does."""
        with self.connection.transaction():
            return super().save(self._checked(contact))

    def remove(self, identifier: str) -> None:
        """Delete a contact with what was observed in them; visits and objections stay, without the name."""
        with self.connection.transaction():
            contact = self._first(ContactRow.id == identifier)
            if contact is None:
                return
            self._replace_in_visits(contact, ())
            super().remove(identifier)

    def save_all(self, contacts: Sequence[Contact]) -> None:
        """Keep many contacts, new or changed, in one transaction, whatever they are called."""
        super().save_all([cleaned(contact) for contact in contacts])

    def merge(self, identifier: str, into: str, saying: "Saying | None" = None) -> Contact:
        """
        Make two people at one client one: what was recorded moves, names become aliases, what `into` lacks is filled
        in, what it has otherwise becomes a remark.

        Args:
            saying: For the remark, in the rep's language.

        Raises:
            UsageError: They are the same, or at different clients.
        """
        with self.connection.transaction():
            gone, kept = self.get(identifier), self.get(into)
            if gone.id == kept.id:
                raise UsageError("contact-merge-same", name=kept.name)
            if gone.client_id != kept.client_id:
                raise UsageError("contact-merge-apart", gone=gone.name, name=kept.name)
            return self.join(gone, kept, saying)

    def join(self, gone: Contact, kept: Contact, saying: "Saying | None") -> Contact:
        """As `merge`, in a transaction that is open; they may be at two clients that become one."""
        from salescoach.records.joining import Saying, joined
        from salescoach.store.joining import one_birthday

        more = one_birthday(self.connection, (gone.client_id, gone.id), (kept.client_id, kept.id))
        for table in BELONGINGS:
            person = table.contact_id
            self.connection.run(table.update({person: kept.id}).where(person == gone.id))
        self._replace_in_visits(gone, (kept.id,))
        super().remove(gone.id)
        one = cleaned(joined(gone, kept, saying or Saying(), more))
        taken = {fold(name) for other in self.of(kept.client_id) if other.id != one.id for name in known_as(other)}
        return super().save(replace(one, aliases=tuple(alias for alias in one.aliases if fold(alias) not in taken)))

    def find(self, client: Client, text: str, *, guess: bool = True) -> Contact:
        """
        The person at a client that a name means.

        Args:
            client: Where.
            text: A name, an alias, their beginning, their pinyin, or something like them.
            guess: Something like a name will do. Not where a record hangs on it: Petra is like Peter.

        Raises:
            NotFoundError: Nobody, or no clear one; `nearest` are written "client/contact".
        """
        found = self.resolve(client.id, text)
        if isinstance(found, Resolved) and found.match.how != "fuzzy":
            return self.get(found.match.id)
        if told_apart := self._told_apart(client.id, text):
            return told_apart
        if isinstance(found, Resolved) and guess:
            return self.get(found.match.id)
        key = "contact-ambiguous" if isinstance(found, Ambiguous) else "contact-unknown"
        nearest = [f"{client.name}/{name}" for name in self._written_apart(client.id, near(found))]
        raise NotFoundError(key, nearest=nearest, given=text, client=client.name, count=len(nearest))

    def resolve(self, client_id: str, text: str) -> Resolution:
        """Who at a client is meant."""
        query = ContactRow.select(ContactRow.id, ContactRow.spellings).where(ContactRow.client_id == client_id)
        with self.connection.guard():
            people = [
                Named(id=identifier, spellings=tuple(map(_in_simple, unpack(spellings, tuple[Spelling, ...]))))
                for identifier, spellings in self.connection.tuples(query)
            ]
        return resolve(text, people)

    def _told_apart(self, client_id: str, text: str) -> Contact | None:
        """The one person whom an id, its end, or a name with mail, number or id behind it means."""
        from salescoach.records.joining import means

        found = [one for one in self.of(client_id) if means(one, text)]
        return found[0] if len(found) == 1 else None

    def _written_apart(self, client_id: str, matches: Sequence[Match]) -> Several[str]:
        """Their names; of those who have one name, with what tells them apart."""
        from salescoach.records.joining import apart_names

        names = [fold(match.name) for match in matches]
        if len(set(names)) == len(names):
            return [match.name for match in matches]
        people = {one.id: one for one in self.of(client_id)}
        return apart_names([people[match.id] for match in matches])

    def _checked(self, contact: Contact) -> Contact:
        contact = cleaned(contact)
        mine = {fold(name): name for name in known_as(contact)}
        for other in self.of(contact.client_id):
            taken = set(map(fold, known_as(other))) & mine.keys()
            if taken and other.id != contact.id:
                raise InvalidError("contact-exists", name=mine[min(taken)], contact=other.name)
        return contact

    def _replace_in_visits(self, contact: Contact, by: tuple[str, ...]) -> None:
        """In the visits of their client others stand in a person's place, or nobody."""
        query = VisitRow.select(VisitRow.id, VisitRow.contact_ids).where(VisitRow.client_id == contact.client_id)
        for identifier, people in self.connection.tuples(query):
            if contact.id in people:
                put = (one for person in people for one in (by if person == contact.id else (person,)))
                left = tuple(dict.fromkeys(put))
                self.connection.run(VisitRow.update(contact_ids=left).where(VisitRow.id == identifier))

    def _row(self, contact: Contact) -> dict[str, Any]:
        spellings = [spell(name, person=True) for name in (contact.name, *contact.aliases)]
        return super()._row(contact) | {"spellings": pack(spellings)}


def _in_simple(kept: Spelling) -> Spelling:
    """An earlier version kept the loose key of a name in traditional characters as it was."""
    return kept if kept.loose.isascii() else replace(kept, loose=simple(kept.loose))


def known_as(contact: Contact) -> tuple[str, ...]:
    """All names of a person."""
    return (contact.name, *contact.aliases)


def cleaned(contact: Contact) -> Contact:
    """
    The contact with names as they may be kept.

    Raises:
        InvalidError: A name that is empty or too long.
    """
    name = clean_name(contact.name)
    return replace(contact, name=name, aliases=distinct_aliases(name, contact.aliases))
