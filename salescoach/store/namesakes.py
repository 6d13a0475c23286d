"""Who is who: of the clients and people of a book that comes in, those that are here already under another id."""

from collections.abc import Iterable
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

from salescoach.errors import InvalidError
from salescoach.records.models import Client, Contact
from salescoach.records.names import fold
from salescoach.store.clients import distinct_aliases
from salescoach.store.connection import Connection
from salescoach.store.tables import ClientRow, ClientSpellingRow, ContactRow

Being = TypeVar("Being", Client, Contact)


class Names:
    """Whose name is whose, among those who may not be called the same."""

    def __init__(self, folds: dict[str, tuple[str, ...]]) -> None:
        self.folds = folds  # id → folded name and aliases
        self.owner = {name: identifier for identifier, names in reversed(folds.items()) for name in names}

    def find(self, being: Being) -> str | None:
        """
        Id of the one that has this name; or, where nobody has, one of its aliases.

        Raises:
            InvalidError: Its aliases are names of several.
        """
        name, *aliases = _folded(being)
        if name in self.owner:
            return self.owner[name]
        found = {self.owner[alias] for alias in aliases if alias in self.owner}
        if len(found) > 1:
            raise InvalidError("import-several", name=being.name)
        return next(iter(found), None)

    def learn(self, being: Being) -> None:
        """
        Remember what somebody is called from now on.

        Raises:
            InvalidError: A name is somebody else's.
        """
        names = _folded(being)
        for name in names:
            if self.owner.get(name, being.id) != being.id:
                raise InvalidError("import-taken", name=being.name, taken=name)
        for name in self.folds.get(being.id, ()):
            if self.owner.get(name) == being.id:
                del self.owner[name]
        self.folds[being.id] = names
        self.owner.update(dict.fromkeys(names, being.id))

    def filled(self, here: Being, new: Being) -> Being:
        """`here`, with what it lacks taken from `new`, and the words of both. Done again it changes nothing."""
        aliases = distinct_aliases(here.name, (*here.aliases, new.name, *new.aliases))
        free = tuple(alias for alias in aliases if self.owner.get(fold(alias), here.id) == here.id)
        listed: str = next(name for name in ("tags", "roles") if name in here.__dataclass_fields__)
        both = tuple(dict.fromkeys((*getattr(here, listed), *getattr(new, listed))))
        new_words = new.remarks if new.remarks not in here.remarks else ""
        joined: dict[str, Any] = {
            "aliases": free,
            listed: both,
            "remarks": "\n".join(filter(None, (here.remarks, new_words))),
        }
        return replace(here, **(_lacking(here, new) | joined))


class ClientNames(Names):
    """What all clients are called; `fresh` are those that came in now."""

    def __init__(self, connection: Connection) -> None:
        folds: dict[str, tuple[str, ...]] = {id_: () for (id_,) in connection.texts(ClientRow.select(ClientRow.id))}
        names = ClientSpellingRow.select(ClientSpellingRow.client_id, ClientSpellingRow.folded)
        for identifier, name in connection.texts(names):
            folds[identifier] = (*folds[identifier], name)
        super().__init__(folds)
        self.fresh: set[str] = set()


class ContactNames:
    """What the people at each client are called, read when one of them comes in."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._at: dict[str, Names] = {}

    def at(self, client_id: str) -> Names:
        """The people at a client."""
        if client_id not in self._at:
            columns = (ContactRow.id, ContactRow.name, ContactRow.aliases)
            query = ContactRow.select(*columns).where(ContactRow.client_id == client_id).order_by(ContactRow.id)
            people = self.connection.tuples(query)
            self._at[client_id] = Names({id_: tuple(map(fold, (name, *aliases))) for id_, name, aliases in people})
        return self._at[client_id]


def _folded(being: Client | Contact) -> tuple[str, ...]:
    return tuple(map(fold, (being.name, *being.aliases)))


def _lacking(here: Being, new: Being) -> dict[str, Any]:
    names: Iterable[str] = (
        field.name
        for field in fields(here)
        if field.default is not MISSING and getattr(here, field.name) == field.default
    )
    return {name: getattr(new, name) for name in names}
