"""The store as the rest of the program sees it: repositories, transactions, ids."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from salescoach.errors import NotFoundError
from salescoach.records.models import Client, Contact
from salescoach.store.accounts import Assessments, Contracts, Crises, Occasions, Touches
from salescoach.store.backups import Backups, Clock, local_now
from salescoach.store.clients import Clients
from salescoach.store.connection import Connection
from salescoach.store.contacts import Contacts
from salescoach.store.exercises import Exercises
from salescoach.store.others import Drafts, MyOwn, Notes, Objections, Observations, UnmatchedSentences
from salescoach.store.pressing import Pressing
from salescoach.store.visits import Promises, Visits

if TYPE_CHECKING:
    from salescoach.store.journal import Change, Journal
    from salescoach.store.search import Search
#: Two names of the longest kind, and room for blanks; what is longer names nobody.
LONGEST = 1_000


class Store:
    """Everything the rep knows. Open it with `open_store`; use it in a `with`, or close it."""

    def __init__(self, connection: Connection, command: str = "", clock: Clock = local_now) -> None:
        self.connection = connection
        self.command = command  # what the changes of this run are noted as
        connection.before_changes(self._watch)
        self.backups = Backups(connection.path, clock)
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

    @cached_property
    def journal(self) -> "Journal":
        """What can be taken back."""
        from salescoach.store.journal import Journal

        return Journal(self.connection)

    @cached_property
    def search(self) -> "Search":
        """Looking for words in all records."""
        from salescoach.store.search import Search

        return Search(self.connection)

    def transaction(self) -> AbstractContextManager[None]:
        """One action of the rep: all of it is kept, or nothing. Never held while waiting for somebody to type."""
        return self.connection.transaction()

    def must_be_writable(self) -> None:
        """
        Before the rep is asked for what is to be kept.

        Raises:
            StoreError: Nothing can be kept here.
        """
        if refusal := self.connection.refusal:
            raise refusal

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

    def undo(self, change: "Change") -> tuple[str, ...]:
        """
        Take back the last change, in one transaction; that is no change itself. Returns and raises as
        `Journal.take_back`.
        """
        self.connection.before_changes(self.search.watch)
        return self.journal.take_back(change)

    def _watch(self) -> None:
        self.connection.named("PRAGMA temp_store = 2", {})  # triggers are kept in memory, not in a file somewhere
        self.journal.watch(self.new_id(), self.command)
        self.search.watch()

    def backup(self, target: Path) -> Path:
        """
        Copy the whole database to a new private file in a place of the rep's own, and check it.

        Raises:
            StoreError: The file could not be written, or is there already.
        """
        return self.backups.copy_to(target).path

    @property
    def changed(self) -> bool:
        """Something was recorded since this was opened."""
        return self.connection.changes() > 0

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
