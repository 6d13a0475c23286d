"""People at clients: kept by id, found by name within their client."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.records.models import Client, Contact
from salescoach.records.names import (
    Ambiguous,
    Named,
    Resolution,
    Resolved,
    Spelling,
    clean_name,
    fold,
    near,
    resolve,
    spell,
)
from salescoach.records.packing import pack, unpack
from salescoach.store.clients import distinct_aliases, merged
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

    def merge(self, identifier: str, into: str) -> Contact:
        """
        Make two people at one client one: what was recorded moves, names become aliases, what `into` lacks is filled.

        Raises:
            UsageError: They are the same, or at different clients.
        """
        with self.connection.transaction():
            gone, kept = self.get(identifier), self.get(into)
            if gone.id == kept.id:
                raise UsageError("contact-merge-same", name=kept.name)
            if gone.client_id != kept.client_id:
                raise UsageError("contact-merge-apart", gone=gone.name, name=kept.name)
            for table in BELONGINGS:
                person = table.contact_id
                self.connection.run(table.update({person: kept.id}).where(person == gone.id))
            self._replace_in_visits(gone, (kept.id,))
            super().remove(gone.id)
            return self.save(merged(gone, kept))

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
        if isinstance(found, Resolved) and (guess or found.match.how != "fuzzy"):
            return self.get(found.match.id)
        key = "contact-ambiguous" if isinstance(found, Ambiguous) else "contact-unknown"
        nearest = [f"{client.name}/{match.name}" for match in near(found)]
        raise NotFoundError(key, nearest=nearest, given=text, client=client.name, count=len(nearest))

    def resolve(self, client_id: str, text: str) -> Resolution:
        """Who at a client is meant."""
        query = ContactRow.select(ContactRow.id, ContactRow.spellings).where(ContactRow.client_id == client_id)
        with self.connection.guard():
            people = [
                Named(id=identifier, spellings=unpack(spellings, tuple[Spelling, ...]))
                for identifier, spellings in self.connection.tuples(query)
            ]
        return resolve(text, people)

    def _checked(self, contact: Contact) -> Contact:
        contact = cleaned(contact)
        mine = {fold(name): name for name in (contact.name, *contact.aliases)}
        for other in self.of(contact.client_id):
            taken = {fold(name) for name in (other.name, *other.aliases)} & mine.keys()
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


def cleaned(contact: Contact) -> Contact:
    """
    The contact with names as they may be kept.

    Raises:
        InvalidError: A name that is empty or too long.
    """
    name = clean_name(contact.name)
    return replace(contact, name=name, aliases=distinct_aliases(name, contact.aliases))
