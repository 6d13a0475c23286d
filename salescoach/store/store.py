"""The store as the rest of the program sees it: repositories, transactions, ids."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from salescoach.errors import NotFoundError, StoreError
from salescoach.records.models import Client, Contact
from salescoach.store import sqlite
from salescoach.store.accounts import Assessments, Contracts, Crises, Occasions, Touches
from salescoach.store.clients import Clients
from salescoach.store.connection import Connection
from salescoach.store.contacts import Contacts
from salescoach.store.exercises import Exercises
from salescoach.store.others import Drafts, MyOwn, Notes, Objections, Observations, UnmatchedSentences
from salescoach.store.pressing import Pressing
from salescoach.store.visits import Promises, Visits

#: Two names of the longest kind, and room for blanks; what is longer names nobody.
LONGEST = 1_000


class Store:
    """Everything the rep knows. Open it with `open_store`; use it in a `with`, or close it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.me = MyOwn(connection)
        self.clients = Clients(connection)
        self.contacts = Contacts(connection)
        self.visits = Visits(connection)
        self.promises = Promises(connection)
        self.objections = Objections(connection)
        self.observations = Observations(connection)
        self.notes = Notes(connection)
        self.unmatched = UnmatchedSentences(connection)
        self.drafts = Drafts(connection)
        self.contracts = Contracts(connection)
        self.assessments = Assessments(connection)
        self.occasions = Occasions(connection)
        self.touches = Touches(connection)
        self.crises = Crises(connection)
        self.exercises = Exercises(connection)
        self.pressing = Pressing(connection)

    @property
    def path(self) -> Path:
        """The database file."""
        return self.connection.path

    def transaction(self) -> AbstractContextManager[None]:
        """One action of the rep: all of it is kept, or nothing. Never held while waiting for somebody to type."""
        return self.connection.transaction()

    def new_id(self) -> str:
        """A new id: a ULID, which sorts by the time it was made and needs no agreement between machines."""
        from ulid import ULID

        return str(ULID())

    def find_person(self, text: str) -> tuple[Client, Contact | None]:
        """
        Who is meant by `CLIENT` or `CLIENT/CONTACT`. A client with a slash in the name is found by the whole of it.

        Raises:
            NotFoundError: The client, or the person there, is unknown or not clear; `nearest` can be typed as they are.
        """
        splits = list(_splits(text))
        for client_text, contact_text in reversed(splits):
            if exact := self.clients.find_exactly(client_text):
                return exact, self.contacts.find(exact, contact_text) if contact_text else None
        failure: NotFoundError | None = None
        for client_text, contact_text in splits:
            try:
                client = self.clients.find(client_text)
            except NotFoundError as error:
                failure = failure or error
                continue
            return client, self.contacts.find(client, contact_text) if contact_text else None
        raise failure or NotFoundError("client-unknown", given=text)

    def backup(self, target: Path) -> Path:
        """
        Copy the whole database to a new private file.

        Raises:
            StoreError: The file could not be written.
        """
        with self.connection.guard():
            try:
                sqlite.backup(self.connection.database, target)
            except OSError as error:
                raise StoreError("store-backup", path=target, detail=error.strerror or str(error)) from error
        return target

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Where a slash may part client and contact: at the first, at a later one, or nowhere."""
    parts = text.split("/") if len(text) <= LONGEST else []  # nobody is called that, however it is parted
    for at in range(1, len(parts)):
        yield "/".join(parts[:at]).strip(), "/".join(parts[at:]).strip()
    yield text.strip(), ""
