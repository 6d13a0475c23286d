"""The smaller repositories: the rep, objections, observations, notes, sentences that nothing fitted, and drafts."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from salescoach.records.me import Me
from salescoach.records.models import Draft, Note, ObjectionMet, Observation, Unmatched
from salescoach.records.sentences import same
from salescoach.store.connection import Connection
from salescoach.store.shelf import Several, Shelf
from salescoach.store.tables import DraftRow, MeRow, NoteRow, ObjectionRow, ObservationRow, UnmatchedRow, VisitRow

if TYPE_CHECKING:
    from salescoach.store.unfinished import Started

THE_ONE = 1


class MyOwn:
    """What the rep said of themself."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self) -> Me:
        """The rep; an empty `Me` before anything was said."""
        names = [field.name for field in fields(Me)]
        row = self.connection.one(MeRow.select(*(getattr(MeRow, name) for name in names)))
        return Me(**row) if row else Me()

    def save(self, me: Me) -> Me:
        """Keep what the rep said."""
        row = {field.name: getattr(me, field.name) for field in fields(Me)}
        query = MeRow.insert({"id": THE_ONE, **row}).on_conflict(conflict_target=[MeRow.id], update=row)
        self.connection.run(query)
        return me


class Objections(Shelf[ObjectionMet]):
    """Objections heard."""

    holds, table, record = ObjectionMet, ObjectionRow, "objection"

    def of(self, client_id: str) -> Several[ObjectionMet]:
        """A client's objections, the latest first."""
        return self._where(ObjectionRow.client_id == client_id, order=(ObjectionRow.on.desc(), ObjectionRow.id.desc()))

    def unresolved(self, client_id: str) -> Several[ObjectionMet]:
        """A client's objections that still stand, the latest first."""
        order = (ObjectionRow.on.desc(), ObjectionRow.id.desc())
        open_ones = ObjectionRow.resolved == False  # noqa: E712 - a column, not a truth
        return self._where(ObjectionRow.client_id == client_id, open_ones, order=order)

    def of_visits(self, visit_ids: Sequence[str]) -> Several[ObjectionMet]:
        """What was heard in some visits, a few hundred at most."""
        return self._where(ObjectionRow.visit_id.in_(list(visit_ids)), order=(ObjectionRow.id,))

    def on_topic(self, topic: str) -> Several[ObjectionMet]:
        """All clients' objections on a topic, oldest first."""
        return self._where(ObjectionRow.topic == topic, order=(ObjectionRow.id,))

    def in_visits_between(self, first: date, last: date) -> Several[ObjectionMet]:
        """What was heard in the visits of a span of days, both ends included, oldest first."""
        visits = VisitRow.select(VisitRow.id).where(VisitRow.when.between(first, last))
        return self._where(ObjectionRow.visit_id.in_(visits), order=(ObjectionRow.id,))


class Observations(Shelf[Observation]):
    """Style cues seen."""

    holds, table, record = Observation, ObservationRow, "observation"

    def of(self, client_id: str) -> Several[Observation]:
        """Everything observed at a client, oldest first."""
        return self._where(ObservationRow.client_id == client_id, order=(ObservationRow.on, ObservationRow.id))

    def of_visit(self, visit_id: str) -> Several[Observation]:
        """Everything observed in a visit, oldest first."""
        return self._where(ObservationRow.visit_id == visit_id, order=(ObservationRow.id,))

    def of_contact(self, contact_id: str) -> Several[Observation]:
        """Everything observed in a person, oldest first."""
        return self._where(ObservationRow.contact_id == contact_id, order=(ObservationRow.on, ObservationRow.id))


class Notes(Shelf[Note]):
    """Free remarks."""

    holds, table, record = Note, NoteRow, "note"

    def of(self, client_id: str) -> Several[Note]:
        """A client's notes, the latest first."""
        return self._where(NoteRow.client_id == client_id, order=(NoteRow.on.desc(), NoteRow.id.desc()))

    def last_of_each(self) -> Several[Note]:
        """Of every client the latest note, in one query."""
        return self._last_of_each("on")

    def last_of_these(self, client_ids: Sequence[str]) -> Several[Note]:
        """Of some clients, a few hundred at most, the latest note."""
        return self._last_of_each("on", NoteRow.client_id.in_(list(client_ids)))


class UnmatchedSentences(Shelf[Unmatched]):
    """What customers said and no topic fitted: each sentence once, the `MOST` heard last."""

    holds, table, record = Unmatched, UnmatchedRow, "unmatched"

    #: More than anybody looks through; the one that was not said for the longest time gives way.
    MOST = 500

    def list(self) -> Several[Unmatched]:
        """Every sentence, the most frequent first, of those said as often the latest."""
        return self._where(order=(UnmatchedRow.times.desc(), *_last_said()))

    def keep(self, new: Unmatched) -> Unmatched:
        """
        Keep a sentence; one that is there already counts one more and takes the later day.

        Returns:
            It as it is kept, under the id it had.
        """
        row, there = self._row(new), UnmatchedRow.folded == same(new.said)
        with self.connection.transaction():
            if known := self.find(new.said):
                new = replace(known, times=known.times + new.times, on=max(known.on, new.on))
                row = {"times": new.times, "on": new.on}
                self.connection.run(UnmatchedRow.update(row).where(there))
            else:
                self.connection.run(UnmatchedRow.insert(row))
                self._forget_the_oldest()
        return new

    def find(self, said: str) -> Unmatched | None:
        """The sentence that counts as the same, if it is there."""
        return self._first(UnmatchedRow.folded == same(said))

    def _forget_the_oldest(self) -> None:
        stay = UnmatchedRow.select(UnmatchedRow.id).order_by(*_last_said()).limit(self.MOST)
        self.connection.run(UnmatchedRow.delete().where(UnmatchedRow.id.not_in(stay)))

    def _row(self, value: Unmatched) -> dict[str, Any]:
        return super()._row(value) | {"folded": same(value.said)}


def _last_said() -> tuple[Any, ...]:
    return UnmatchedRow.on.desc(), UnmatchedRow.id.desc()


class Drafts(Shelf[Draft]):
    """Half-finished walks: one at most for a command and what it is about."""

    holds, table, record = Draft, DraftRow, "draft"

    def keep(self, draft: Draft) -> Draft:
        """Keep what was answered so far; on disk when this returns, unless inside a transaction of the caller's."""
        row = self._row(draft)
        place = [DraftRow.command, DraftRow.subject]
        changed = {DraftRow.answers: draft.answers, DraftRow.updated: draft.updated}
        self.connection.run(DraftRow.insert(row).on_conflict(conflict_target=place, update=changed))
        return draft

    def go_on(self, draft: Draft, known: Draft | None) -> Draft | None:
        """
        Keep what was answered since `known`, the draft as this walk last saw it; on disk when this returns.

        Returns:
            It as it was kept. None, and nothing was kept, where another window has gone on with the walk or ended it:
            what was answered there is not overwritten.
        """
        with self.connection.transaction():
            if self.find(draft.command, draft.subject) != known:
                return None
            self.keep(draft)
            return self.find(draft.command, draft.subject)

    def find(self, command: str, subject: str) -> Draft | None:
        """The half-finished walk of a command about something, if there is one."""
        return self._first(DraftRow.command == command, DraftRow.subject == subject)

    def about(self, subject: str) -> Several[Draft]:
        """The half-finished walks about something."""
        return self._where(DraftRow.subject == subject, order=(DraftRow.command,))

    def drop(self, command: str, subject: str) -> None:
        """The walk is over, or given up."""
        self.connection.run(DraftRow.delete().where(DraftRow.command == command, DraftRow.subject == subject))

    def started(self) -> "tuple[Started, ...]":
        """All half-finished walks with whom they are about, the oldest first."""
        from salescoach.store.unfinished import QUERY, started

        return started(self.connection.named(QUERY, {}))

    def older_than(self, day: date) -> Several[Draft]:
        """Drafts last touched before a day."""
        return self._where(DraftRow.updated < day, order=(DraftRow.updated, DraftRow.id))
