"""Clients: kept by id, found by name, renamed and merged."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.records.models import Client
from salescoach.records.names import (
    Ambiguous,
    Named,
    Resolution,
    Resolved,
    Spelling,
    Unknown,
    certain,
    clean_name,
    decide,
    fold,
    guesses,
    loosen,
    near,
    simple,
    spell,
)
from salescoach.records.packing import unpack
from salescoach.store.connection import in_batches
from salescoach.store.shelf import Several, Shelf, begins
from salescoach.store.tables import (
    AssessmentRow,
    ClientRow,
    ClientSpellingRow,
    ContactRow,
    ContractRow,
    CrisisRow,
    DraftRow,
    NoteRow,
    ObjectionRow,
    ObservationRow,
    OccasionRow,
    PromiseRow,
    TouchRow,
    VisitRow,
)

if TYPE_CHECKING:
    from salescoach.records.joining import Saying

#: What moves from one client to another when they are merged.
BELONGINGS = (
    ContactRow, VisitRow, PromiseRow, ObjectionRow, ObservationRow, NoteRow,
    ContractRow, AssessmentRow, OccasionRow, TouchRow, CrisisRow,
)  # fmt: skip
#: More names that begin alike than this are ambiguous anyway.
ENOUGH = 20
ID_LENGTH = 26
SPELLING = ("text", "folded", "loose", "pinyin", "initials")
KEEP_NAME = f"INSERT INTO client_spelling (client_id, position, {', '.join(SPELLING)}) VALUES (?, ?, ?, ?, ?, ?, ?)"


class Clients(Shelf[Client]):
    """The rep's clients."""

    holds, table, record = Client, ClientRow, "client"

    def list(self) -> Several[Client]:
        """Every client, by name."""
        return self._where(order=(ClientRow.name, ClientRow.id))

    def these(self, identifiers: Sequence[str]) -> Several[Client]:
        """Some clients, a few hundred at most, by name."""
        return self._where(ClientRow.id.in_(list(identifiers)), order=(ClientRow.name, ClientRow.id))

    def called(self, identifiers: Iterable[str]) -> dict[str, str]:
        """The names of some clients by their ids, without anything else."""
        named = ClientRow.select(ClientRow.id, ClientRow.name)
        batches = (named.where(ClientRow.id.in_(batch)) for batch in in_batches(sorted(set(identifiers))))
        return {id_: name for query in batches for id_, name in self.connection.texts(query)}

    def taggings(self) -> Several[tuple[str, bool, tuple[str, ...]]]:
        """Which tags the clients have together: as they are kept, whether it is a key account, and one by one."""
        query = ClientRow.select(ClientRow.tags, ClientRow.key_account).distinct()
        return [(kept, bool(key), unpack(kept, tuple[str, ...])) for kept, key in self.connection.texts(query)]

    def persons(self) -> set[str]:
        """Ids of the clients who are a person."""
        return {one.id for one in self._where(ClientRow.kind == "person")}

    def add(self, client: Client) -> Client:
        """
        Keep a new client, its names cleaned.

        Raises:
            InvalidError: A name that is empty, too long, or another client's already.
        """
        client = cleaned(client)
        with self.connection.transaction():
            self._refuse_taken_names(client)
            super().add(client)
            self.keep_names([client])
        return client

    def add_all(self, clients: Sequence[Client]) -> None:
        """Keep many new clients in one transaction, whatever they are called."""
        kept = [cleaned(client) for client in clients]
        with self.connection.transaction():
            super().add_all(kept)
            self.keep_new_names(kept)

    def save(self, client: Client) -> Client:
        """Keep a client, new or changed, its names cleaned. Raises as `add` does."""
        client = cleaned(client)
        with self.connection.transaction():
            self._refuse_taken_names(client)
            super().save(client)
            self.keep_names([client])
        return client

    def save_all(self, clients: Sequence[Client]) -> None:
        """Keep many clients, new or changed, in one transaction, whatever they are called."""
        kept = [cleaned(client) for client in clients]
        with self.connection.transaction():
            super().save_all(kept)
            self.keep_names(kept)

    def remove(self, identifier: str) -> None:
        """Delete a client with everything that belongs to it, half-finished walks too."""
        with self.connection.transaction():
            visits = VisitRow.select(VisitRow.id).where(VisitRow.client_id == identifier)
            subjects = [identifier, *(name for (name,) in self.connection.tuples(visits))]
            for batch in in_batches(subjects):
                self.connection.run(DraftRow.delete().where(DraftRow.subject.in_(batch)))
            super().remove(identifier)

    def rename(self, identifier: str, name: str) -> Client:
        """Give a client another name; the old one goes on as an alias. Raises as `save` does."""
        with self.connection.transaction():
            client = self.get(identifier)
            return self.save(replace(client, name=name, aliases=(*client.aliases, client.name)))

    def merge(self, identifier: str, into: str, saying: "Saying | None" = None) -> Client:
        """
        Make two clients one: all records move, names become aliases, what `into` lacks is filled in, what it has
        otherwise becomes a remark. People of one name at both become one too, or are told apart by their names.

        Args:
            saying: For the remark, in the rep's language.

        Raises:
            UsageError: They are the same.
        """
        with self.connection.transaction():
            gone, kept = self.get(identifier), self.get(into)
            if gone.id == kept.id:
                raise UsageError("client-merge-same", name=kept.name)
            from salescoach.records.joining import Saying, joined
            from salescoach.store.joining import join_people, one_birthday

            join_people(self.connection, gone, kept, saying)
            persons = gone.kind == kept.kind == "person"
            more = one_birthday(self.connection, (gone.id, None), (kept.id, None)) if persons else ()
            for table in BELONGINGS:
                owner = table.client_id
                self.connection.run(table.update({owner: kept.id}).where(owner == gone.id))
            self._move_drafts(gone.id, kept.id)
            super().remove(gone.id)
            return self.save(joined(gone, kept, saying or Saying(), more))

    def find(self, text: str) -> Client:
        """
        The client that is meant by a name, an alias, their beginning, their pinyin, something like them, or the id.

        Raises:
            NotFoundError: None, or no clear one; `nearest` are names.
        """
        if len(text) == ID_LENGTH and (known := self._by_id(text)):
            return known[0]
        found = self.resolve(text)
        if isinstance(found, Resolved):
            return self.get(found.match.id)
        key = "client-ambiguous" if isinstance(found, Ambiguous) else "client-unknown"
        nearest = [match.name for match in near(found)]
        raise NotFoundError(key, nearest=nearest, given=text, count=len(nearest))

    def find_exactly(self, text: str) -> Client | None:
        """The client with just this name or alias, case, width and accents apart; None for none or several."""
        query = ClientSpellingRow.select(ClientSpellingRow.client_id).where(ClientSpellingRow.folded == fold(text))
        found = self.connection.tuples(query.distinct().limit(2))
        return self.get(found[0][0]) if len(found) == 1 else None

    def resolve(self, text: str) -> Resolution:
        """Which client is meant. Indexed look-ups first: every name is read only where they find nothing."""
        if not loosen(text):
            return Unknown(nearest=())
        if sure := certain(text, self._named(self._indexed(text))):
            return decide(sure)
        everybody = self._named(None)
        # What an earlier version kept in traditional characters stands so in the index.
        unindexed = [] if text.isascii() else certain(text, everybody)
        return decide(unindexed or guesses(text, everybody))

    def beginning(self, text: str) -> Several[str]:
        """Ids of the clients with a name, alias or pinyin that is, or begins like, a text of two characters or more."""
        return sorted(self._indexed(text)) if len(loosen(text)) > 1 else []

    def _indexed(self, text: str) -> set[str]:
        """Ids of the clients with a name that is, or begins with, the text; enough of them to see a doubt."""
        loose = loosen(text)
        lookups = [(ClientSpellingRow.folded, fold(text)), (ClientSpellingRow.loose, loose)]
        if loose.isascii():
            lookups += [(ClientSpellingRow.pinyin, loose), (ClientSpellingRow.initials, loose)]
        return {identifier for column, key in lookups for identifier in self._beginning(column, key)}

    def _beginning(self, column: Any, key: str) -> Iterable[str]:
        query = ClientSpellingRow.select(ClientSpellingRow.client_id).where(begins(column, key)).order_by(column)
        return (identifier for (identifier,) in self.connection.tuples(query.limit(ENOUGH)))

    def _named(self, identifiers: set[str] | None) -> Several[Named]:
        """The names of some clients, or of all."""
        owner, columns = ClientSpellingRow.client_id, [getattr(ClientSpellingRow, name) for name in SPELLING]
        query = ClientSpellingRow.select(owner, *columns).order_by(owner, ClientSpellingRow.position)
        if identifiers is not None:
            query = query.where(owner.in_(sorted(identifiers)))
        spellings: dict[str, list[Spelling]] = {}
        for identifier, written, folded, loose, pinyin, initials in self.connection.texts(query):
            spelling = Spelling(text=written, folded=folded, loose=simple(loose), pinyin=pinyin, initials=initials)
            spellings.setdefault(identifier, []).append(spelling)
        return [Named(id=identifier, spellings=tuple(found)) for identifier, found in spellings.items()]

    def _refuse_taken_names(self, client: Client) -> None:
        for name in (client.name, *client.aliases):
            same = (ClientSpellingRow.folded == fold(name)) & (ClientSpellingRow.client_id != client.id)
            taken = self.connection.one(ClientSpellingRow.select(ClientSpellingRow.client_id).where(same))
            if taken:
                raise InvalidError("client-exists", name=name, client=self.get(taken["client_id"]).name)

    def keep_names(self, clients: Sequence[Client]) -> None:
        """Work out how clients are found, in place of what was worked out before."""
        for batch in in_batches([client.id for client in clients]):
            self.connection.run(ClientSpellingRow.delete().where(ClientSpellingRow.client_id.in_(batch)))
        self.keep_new_names(clients)

    def keep_new_names(self, clients: Iterable[Client]) -> None:
        """Work out how clients that were not there yet are found."""
        rows = [
            (client.id, at, *_keys(name, client))
            for client in clients
            for at, name in enumerate((client.name, *client.aliases))
        ]
        self.connection.many(KEEP_NAME, rows)

    def _move_drafts(self, gone: str, kept: str) -> None:
        """Walks begun for either client go on for the one that stays; where both have one, answers are joined."""
        from salescoach.store.others import Drafts

        drafts = Drafts(self.connection)
        for draft in drafts.about(gone):
            other = drafts.find(draft.command, kept)
            drafts.drop(draft.command, gone)
            answers = draft.answers | (other.answers if other else {})
            drafts.keep(replace(other or draft, subject=kept, answers=answers))


def _keys(name: str, client: Client) -> tuple[str, ...]:
    spelling = spell(name, person=client.kind == "person")
    return tuple(getattr(spelling, key) for key in SPELLING)


def cleaned(client: Client) -> Client:
    """
    The client with names as they may be kept.

    Raises:
        InvalidError: A name that is empty or too long.
    """
    name = clean_name(client.name)
    return replace(client, name=name, aliases=distinct_aliases(name, client.aliases))


def distinct_aliases(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """The aliases, cleaned, each once, without the name itself."""
    kept: dict[str, str] = {}
    for alias in map(clean_name, aliases):
        kept.setdefault(fold(alias), alias)
    kept.pop(fold(name), None)
    return tuple(kept.values())
