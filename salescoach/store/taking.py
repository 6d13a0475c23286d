"""A book on its way in: each record is fitted to what is here, held against it, and written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from salescoach.errors import InvalidError, StoreError
from salescoach.records.book import PARTS
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Draft, Unmatched
from salescoach.store import clients, contacts
from salescoach.store.bulk import Bulk, Row
from salescoach.store.namesakes import Being, ClientNames, ContactNames, Names
from salescoach.store.store import Store

if TYPE_CHECKING:
    from salescoach.store.whole import Failed, Incoming, Read

#: Fields that name another record, and the part where that is.
REFERS = {"client_id": "clients", "contact_id": "contacts", "visit_id": "visits"}
NAMED = ("clients", "contacts")
#: Parts whose records may be here under another id, apart from clients, who are all known.
BY_NAME = ("contacts", "drafts", "unmatched")
#: From so many on it is faster to make indexes afterwards.
MANY = 20_000
#: More reasons than anybody reads.
TOLD = 1000
#: What a database says of rows that it does not take, as opposed to being unable to take any.
REFUSED = ("store-constraint", "store-value")


class Taking:
    """Counts, and what has to be known of the records before."""

    def __init__(self, store: Store, seen: Callable[[int], object]) -> None:
        self.store, self.seen = store, seen
        self.created = self.updated = self.skipped = self.failed = 0
        self.failures: list[Failed] = []
        self.moved: dict[str, str] = {}  # ids in the document → ids here, where they differ

    def take(self, incoming: "Incoming") -> None:
        """Take all of it, each part after what it refers to."""
        self.clients = ClientNames(self.store.connection)
        self.contacts = ContactNames(self.store.connection)
        self.bulk = {name: Bulk(getattr(self.store, name)) for name in PARTS}
        self._me(incoming.me)
        for name in PARTS:
            if name in NAMED and self.bulk[name].last:
                self._known_first(name, incoming)
                continue
            with self.store.connection.indexes_later(self._loose(name, incoming)):
                for batch in incoming.batches(name):
                    _Batch(self, name).take(batch)
                    self.seen(len(batch))

    def _loose(self, name: str, incoming: "Incoming") -> list[str]:
        """The tables that do without indexes while very many records come into an empty part."""
        if self.bulk[name].last or name in BY_NAME or incoming.size(name) < MANY:
            return []
        return [self.bulk[name].table, *(["client_spelling"] if name == "clients" else [])]

    def _known_first(self, name: str, incoming: "Incoming") -> None:
        """Those known by id may be called otherwise now: only after them it is clear which names are free."""
        settled: set[int] = set()
        for batch in incoming.batches(name):
            there = self.bulk[name].there(one.id for _, one in batch if not isinstance(one, InvalidError))
            known = [(at, one) for at, one in batch if getattr(one, "id", None) in there]
            _Batch(self, name).take(known)
            settled.update(at for at, _ in known)
            self.seen(len(known))
        for batch in incoming.batches(name):
            others = [(at, one) for at, one in batch if at not in settled]
            _Batch(self, name).take(others)
            self.seen(len(others))

    def _me(self, me: Me | None) -> None:
        if me is None or me == Me():
            return
        if self.store.me.get() == Me():
            self.store.me.save(me)
            self.created += 1
        else:
            self.skipped += 1
        self.seen(1)

    def fail(self, name: str, at: int, error: InvalidError) -> None:
        """A record cannot be kept."""
        self.failed += 1
        if len(self.failures) < TOLD:
            self.failures.append((name, at, error))


class _Batch:
    """Some records of one part."""

    def __init__(self, taking: Taking, name: str) -> None:
        self.taking, self.name = taking, name
        self.store, self.moved, self.bulk = taking.store, taking.moved, taking.bulk[name]
        self.held: dict[str, tuple[int, Any]] = {}  # id → place and record, still to be written
        names = {field.name for field in fields(PARTS[name])}
        self.refers = [one for one in REFERS if one in names]
        fits: dict[str, Callable[[Any], Any]] = {
            "clients": self._client,
            "contacts": self._contact,
            "visits": self._visit,
            "drafts": self._draft,
            "unmatched": self._sentence,
        }
        self.fit = fits.get(name)

    def take(self, batch: "Sequence[Read]") -> None:
        """Fit, hold against what is there, and write."""
        self._look_up([one for _, one in batch if not isinstance(one, InvalidError)])
        for at, one in batch:
            try:
                record = self._fitted(at, one)
            except InvalidError as error:
                self.taking.fail(self.name, at, error)
                continue
            if record.id in self.held:
                self._write()
            self.held[record.id] = (at, record)
        self._write()

    def _look_up(self, records: Sequence[Any]) -> None:
        """Which of the records that these refer to are there."""
        self.known: dict[str, Any] = {"client_id": self.taking.clients.folds}
        for name in self.refers:
            if name != "client_id":
                wanted = {given for one in records if (given := getattr(one, name)) is not None}
                ids = [self.moved.get(given, given) for given in wanted]
                self.known[name] = self.taking.bulk[REFERS[name]].there(ids)
        self.there = self.bulk.there(one.id for one in records) if self.name in BY_NAME else set()

    def _fitted(self, at: int, one: Any) -> Any:
        if isinstance(one, InvalidError):
            raise one
        changes = {}
        for name in self.refers:
            given = getattr(one, name)
            if given is None:
                continue
            here = self.moved.get(given, given)
            if here not in self.known[name]:
                raise InvalidError("archive-reference", place=f"{self.name}[{at}].{name}", id=given)
            if here != given:
                changes[name] = here
        if changes:
            one = replace(one, **changes)
        return self.fit(one) if self.fit else one

    def _client(self, client: Client) -> Client:
        client = clients.cleaned(client)
        names = self.taking.clients
        if client.id not in names.folds:
            if found := names.find(client):
                return self._same(client, found, names)
            names.fresh.add(client.id)
        names.learn(client)
        return client

    def _contact(self, contact: Contact) -> Contact:
        contact = contacts.cleaned(contact)
        if contact.client_id in self.taking.clients.fresh:  # as it was where it comes from
            return contact
        names = self.taking.contacts.at(contact.client_id)
        if contact.id not in self.there and (found := names.find(contact)) and found != contact.id:
            return self._same(contact, found, names)
        names.learn(contact)
        return contact

    def _same(self, new: Being, found: str, names: Names) -> Being:
        """Somebody who is here under another id."""
        self.moved[new.id] = found
        if found in self.held:
            self._write()
        (here,) = getattr(self.store, self.name).exactly([found])
        filled: Being = names.filled(here, new)
        names.learn(filled)
        return filled

    def _visit(self, visit: Any) -> Any:
        if not self.moved or not visit.contact_ids:
            return visit
        people = tuple(dict.fromkeys(self.moved.get(one, one) for one in visit.contact_ids))
        return visit if people == visit.contact_ids else replace(visit, contact_ids=people)

    def _draft(self, draft: Draft) -> Draft:
        """A walk that is half finished here too: what was answered here counts, the rest is taken over."""
        self._write()
        draft = replace(draft, subject=self.moved.get(draft.subject, draft.subject))
        here = None if draft.id in self.there else self.store.drafts.find(draft.command, draft.subject)
        if here is None:
            return draft
        return replace(here, answers=draft.answers | here.answers, updated=max(draft.updated, here.updated))

    def _sentence(self, new: Unmatched) -> Unmatched:
        self._write()
        here = None if new.id in self.there else self.store.unmatched.find(new.said)
        if here is None:
            return new
        return replace(here, on=max(new.on, here.on), times=max(new.times, here.times))

    def _write(self) -> None:
        if not self.held:
            return
        held, self.held = self.held, {}
        new, changed = self._sorted(held)
        self._kept(new, self.bulk.insert, held, "created")
        self._kept(changed, self.bulk.update, held, "updated")

    def _sorted(self, held: dict[str, tuple[int, Any]]) -> tuple[list[Row], list[Row]]:
        """Rows that are new and rows that are different; a difference in writing alone is none."""
        here = self.bulk.rows(list(held))
        new: list[Row] = []
        maybe: dict[str, Row] = {}
        for identifier, (_, record) in held.items():
            row = self.bulk.row(record)
            if identifier not in here:
                new.append(row)
            elif row != here[identifier]:
                maybe[identifier] = row
        values = {one.id: one for one in self.bulk.shelf.exactly(list(maybe))} if maybe else {}
        changed = [row for identifier, row in maybe.items() if values[identifier] != held[identifier][1]]
        self.taking.skipped += len(held) - len(new) - len(changed)
        return new, changed

    def _kept(
        self,
        rows: list[Row],
        write: Callable[[Sequence[Row]], None],
        held: dict[str, tuple[int, Any]],
        count: str,
    ) -> None:
        """Write them at once; where some cannot be kept, one by one."""
        written = rows if self._wrote(rows, write) else [row for row in rows if self._wrote([row], write)]
        ids = {row[self.bulk.at_id] for row in written}
        for row in rows if len(written) < len(rows) else ():
            if (identifier := row[self.bulk.at_id]) not in ids:
                at = held[identifier][0]
                self.taking.fail(self.name, at, InvalidError("archive-conflict", place=f"{self.name}[{at}]"))
        setattr(self.taking, count, getattr(self.taking, count) + len(written))
        if self.name == "clients" and ids:
            self._spell([held[identifier][1] for identifier in ids], count)

    def _spell(self, written: Iterable[Client], count: str) -> None:
        if count == "created":
            self.store.clients.keep_new_names(written)
        else:
            self.store.clients.keep_names(list(written))

    def _wrote(self, rows: Sequence[Row], write: Callable[[Sequence[Row]], None]) -> bool:
        try:
            write(rows)
        except StoreError as error:
            if error.key not in REFUSED:
                raise
            return False
        return True
