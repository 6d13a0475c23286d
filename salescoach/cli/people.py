"""Clients and contacts for spreadsheets and address books."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from salescoach.cli.output import bytes_to_stdout, save
from salescoach.cli.result import Result
from salescoach.language import say
from salescoach.records.models import Client, Contact
from salescoach.records.names import fold

if TYPE_CHECKING:
    from salescoach.cli.context import Session

#: A client, somebody there or nobody, and that person's birthday.
Person = tuple[Client, Contact | None, date | None]


def export_people(session: "Session", as_: Literal["csv", "vcard"], output: Path | None) -> Result:
    """Write clients and contacts to stdout, or to a private file and say so."""
    from salescoach.exchange import rows, vcard

    people = list(_people(session)) if session.has_store() else []
    if as_ == "csv":
        written = rows.exported(iter(people), session.lang)
    else:
        people = list(_cards(people))
        written = vcard.written(people)
    if output is None:
        bytes_to_stdout([written])
        return Result(document={})
    save(output, [written])
    return Result(document={}, show=say("export.people-written", session.lang, count=len(people), path=output))


def _people(session: "Session") -> Iterator[Person]:
    """Everybody, by client and name; a client without anybody once alone."""
    store = session.store()
    born = {one.contact_id or one.client_id: one.day for one in store.occasions.list() if one.kind == "birthday"}
    owned: dict[str, list[Contact]] = {}
    for one in store.contacts.list():
        owned.setdefault(one.client_id, []).append(one)
    for client in store.clients.list():
        people = sorted(owned.get(client.id, ()), key=lambda one: (one.name, one.id))
        yield from ((client, one, born.get(one.id)) for one in people)
        if not people:
            yield client, None, born.get(client.id)


def _cards(people: list[Person]) -> Iterator[Person]:
    """A card of its own for each client that has nobody, or of which more is known than its name; it comes first."""
    seen: set[str] = set()
    selves = {one[0].id: one for one in people if one[1] and _is_self(one[0], one[1])}
    for client, contact, born in people:
        if client.id not in seen:
            seen.add(client.id)
            if client.id in selves:
                yield selves[client.id]
            elif contact is None or client.kind == "person" or _more(client):
                yield client, None, born if contact is None else None
        if contact is not None and not _is_self(client, contact):
            yield client, contact, born


def _is_self(client: Client, contact: Contact) -> bool:
    """The person who is the client."""
    return client.kind == "person" and fold(contact.name) == fold(client.name)


def _more(client: Client) -> bool:
    return bool(client.aliases or client.industry or client.country or client.tags or client.remarks)
