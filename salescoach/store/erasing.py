"""Taking a person out of a book for good: their own records, every text that names them, and what the file still holds
of them after a deletion.

The same is done to the book and to each copy of it. A person is the same in a copy by id, or by name at the same
client, since a copy may be older than a renaming or a merge.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from salescoach.errors import StoreError
from salescoach.records.aloud import forms, sounds
from salescoach.records.mentions import hints, named, naming, texts, without
from salescoach.records.models import Client, Contact
from salescoach.records.names import fold
from salescoach.records.simplified import simplify
from salescoach.shape import value
from salescoach.store import sqlite
from salescoach.store.backups import PART, beside
from salescoach.store.connection import Connection
from salescoach.store.migrating import bring_up_to_date
from salescoach.store.store import Store
from salescoach.store.whole import parts

#: What nobody can take a name out of.
UNREADABLE = ("store-corrupt", "store-not-database", "store-foreign")


@value
class Person:
    """Who is to be erased: somebody at a client, or a client who is a person."""

    client_id: str
    contact_id: str | None
    names: tuple[str, ...]  # as they are known here, aliases too
    marks: tuple[str, ...] = ()  # mail addresses and telephone numbers, which name them too
    is_client: bool = False  # the client is the person

    @property
    def said(self) -> tuple[str, ...]:
        """All that names them in a text."""
        return (*self.names, *self.marks)

    def joined(self, known: "Known") -> "Person":
        """The same person, with what else is known of them."""
        names, marks = dict.fromkeys((*self.names, *known[0])), dict.fromkeys((*self.marks, *known[1]))
        return replace(self, names=tuple(names), marks=tuple(marks))


#: Names, and marks.
Known = tuple[tuple[str, ...], tuple[str, ...]]


@value
class Erased:
    """What it came to in one book."""

    records: int = 0  # about the person, deleted
    texts: int = 0  # records of others that named them, changed
    hints: tuple[str, ...] = ()  # words that may still mean them: a surname and a title, a last name alone
    called: tuple[str, ...] = ()  # clients with their name in the client's own, which stays


def known_as(store: Store, person: Person) -> Known:
    """All names that the person has in this book, and their mail and telephone."""
    own = _themselves(store, person)
    marks = (mark for one in own if isinstance(one, Contact) for mark in (one.mail, one.phone) if mark.strip())
    return tuple(name for one in own for name in (one.name, *one.aliases)), tuple(marks)


def erase(store: Store, person: Person, instead: str) -> Erased:
    """
    Take a person out of an open book, in one transaction that can not be taken back.

    Args:
        instead: What stands in a text where their name stood.
    """
    connection = store.connection
    connection.before_changes(None)  # neither noted for undo nor put in the index: both are emptied
    connection.named("PRAGMA secure_delete = 1", {})
    with connection.transaction():
        own = _themselves(store, person)
        records = sum(_remove(store, one) for one in own)
        erased = _change_texts(store, person, instead)
        store.journal.forget()
        store.search.forget()
    return replace(erased, records=records)


def scrub(connection: Connection) -> None:
    """Write the file afresh without what was deleted, and empty its log. Raises StoreError as `empty_log`."""
    connection.named("VACUUM", {})
    empty_log(connection)


def empty_log(connection: Connection) -> None:
    """
    Put the log into the file.

    Raises:
        StoreError: Another program is reading or writing; nothing is lost.
    """
    (busy, *_), *_ = connection.named("PRAGMA wal_checkpoint(TRUNCATE)", {})
    if busy:
        raise StoreError("store-busy", path=connection.path, seconds=sqlite.PATIENCE_SECONDS)


def known_in_copy(copy: Path, person: Person) -> Known:
    """What the person is known by in a backup; nothing where it cannot be read."""
    try:
        with suppress(StoreError), _open_copy(copy) as store:
            return known_as(store, person)
    finally:
        _clear(_part(copy))
    return (), ()


def erase_in_copy(copy: Path, person: Person, instead: str) -> bool:
    """
    Rewrite a backup without the person; False where it is damaged or no book of ours, so that nobody can rewrite it.

    Raises:
        StoreError: It is sound, and could not be rewritten all the same (no room; a newer program's). It stays.
    """
    before = copy.stat()
    part = _part(copy)
    try:
        with _open_copy(copy) as store:
            erase(store, person, instead)
            scrub(store.connection)
            store.connection.named("PRAGMA journal_mode = delete", {})
        os.utime(part, ns=(before.st_atime_ns, before.st_mtime_ns))
        part.replace(copy)
    except StoreError as error:
        if error.key not in UNREADABLE:
            raise
        return False
    finally:
        _clear(part)
    return True


@contextmanager
def _open_copy(copy: Path) -> Iterator[Store]:
    """A private working copy of a backup, of this program's shape, as a store; whoever asks for it clears it away."""
    part = _part(copy)
    _clear(part)
    sqlite.make_private_file(part)
    shutil.copyfile(copy, part)
    try:
        connection = Connection(sqlite.connect(part), part)
    except sqlite.DRIVER_ERRORS as error:
        raise sqlite.store_error(error, copy) from error
    try:
        bring_up_to_date(connection)
        yield Store(connection)
    finally:
        connection.close()


def _part(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}{PART}")


def _clear(part: Path) -> None:
    for path in (part, *beside(part)):
        path.unlink(missing_ok=True)


def _themselves(store: Store, person: Person) -> list[Client | Contact]:
    """The records that are the person's own: by id, or by name at the same client."""
    if person.is_client:
        return list(store.clients.exactly([person.client_id]))
    known = set(map(fold, person.names))
    return [
        one
        for one in store.contacts.of(person.client_id)
        if one.id == person.contact_id or known & set(map(fold, (one.name, *one.aliases)))
    ]


def _remove(store: Store, own: Client | Contact) -> int:
    """Delete the person with what hangs on them; how many records that were."""
    for draft in store.drafts.about(own.id):
        store.drafts.remove(draft.id)
    before = store.search.size()
    shelf: Any = store.clients if isinstance(own, Client) else store.contacts
    shelf.remove(own.id)
    return before - store.search.size()


def _change_texts(store: Store, person: Person, instead: str) -> Erased:
    """Every other record that names them; what belongs to clients who know somebody else of that name stays."""
    namesakes, alike, changed = _namesakes(store, person), _soundalikes(store, person), 0
    found: dict[str, None] = {}
    called: dict[str, None] = {}
    for part, record in _others(store):
        place = getattr(record, "client_id", record.id)
        aloud, said = place not in alike, person.said
        if place in namesakes:  # the name may be the other's, and is told; a telephone number is not
            said = person.marks
            found |= dict.fromkeys(word for text in texts(record) for word in named(text, person.names, aloud=aloud))
        found |= dict.fromkeys(word for text in texts(record) for word in hints(text, person.names, aloud=aloud))
        if naming(record, said, aloud=aloud):
            changed += _without(store, part, record, said, instead, aloud=aloud)
            if part == "clients" and naming((record.name, record.aliases), person.said):
                called[record.name] = None
    me = store.me.get()
    if naming(me, person.said):
        store.me.save(without(me, person.said, instead))
        changed += 1
    return Erased(texts=changed, hints=tuple(found), called=tuple(called))


def _others(store: Store) -> Iterator[tuple[str, Any]]:
    for part, records in parts(store):
        for record in list(records) if part in ("clients", "unmatched", "drafts") else records:
            yield part, record


def _namesakes(store: Store, person: Person) -> set[str]:
    """Clients with somebody else of the name: the person's own are deleted by now."""
    return _with_another(store, person, lambda name: frozenset({simplify(fold(name))}))


def _soundalikes(store: Store, person: Person) -> set[str]:
    """Clients with somebody else whose name is the same in pinyin: 李晶, or a Latin “Li Jing”, where 李静 is erased."""
    if not any(map(forms, person.names)):
        return set()
    return _with_another(store, person, sounds)


def _with_another(store: Store, person: Person, key: Callable[[str], frozenset[str]]) -> set[str]:
    known = frozenset().union(*map(key, person.names))
    others = ((one.client_id, name) for one in store.contacts.list() for name in (one.name, *one.aliases))
    return {client_id for client_id, name in others if known & key(name)}


def names_somebody(store: Store, name: str) -> bool:
    """Some text in the book has the name, though nobody is called so any more."""
    return any(naming(record, (name,)) for _, record in _others(store)) or naming(store.me.get(), (name,))


def _without(store: Store, part: str, record: Any, names: Sequence[str], instead: str, *, aloud: bool) -> bool:
    """Keep a record as it is without the names; a sentence that nobody has sorted yet goes as a whole."""
    shelf = getattr(store, part)
    if part == "unmatched":
        shelf.remove(record.id)
        return True
    clean = without(record, names, instead, aloud=aloud)
    if part in ("clients", "contacts"):  # a company's own name, or that of somebody else
        clean = replace(clean, name=record.name, aliases=record.aliases)
    if clean == record:
        return False
    row = shelf.row(clean)
    table = shelf.table
    store.connection.run(table.update({k: v for k, v in row.items() if k != "id"}).where(table.id == record.id))
    return True
