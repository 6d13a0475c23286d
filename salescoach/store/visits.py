"""Visits and promises: what was planned, what happened, who owes what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from salescoach.records.models import Promise, Visit
from salescoach.store.connection import in_batches
from salescoach.store.shelf import Several, Shelf
from salescoach.store.tables import DraftRow, PromiseRow, VisitRow

#: The last visits held whose next contact is due and of which nothing has come, the latest day first. A visit planned
#: for that day or before is that contact; one planned for later takes its place once the day is over.
NEXT_CONTACTS = """
SELECT visit_id, count(*) OVER () FROM last_held AS due
WHERE next_date <= :today AND NOT EXISTS (
    SELECT 1 FROM visit WHERE visit.client_id = due.client_id AND visit.status = 'planned'
    AND visit."when" > due."when" AND (due.next_date < :today OR visit."when" <= due.next_date))
ORDER BY next_date DESC, "when" DESC, visit_id DESC LIMIT :most
"""


class Visits(Shelf[Visit]):
    """Calls on clients."""

    holds, table, record = Visit, VisitRow, "visit"

    def of(self, client_id: str, limit: int | None = None) -> Several[Visit]:
        """A client's visits, the latest first."""
        return self._where(VisitRow.client_id == client_id, order=_latest(), limit=limit)

    def recent(self, limit: int) -> Several[Visit]:
        """The latest visits of all clients, planned ones too, latest first."""
        return self._where(order=_latest(), limit=limit)

    def latest_to_debrief(self, today: date) -> Visit | None:
        """The latest planned visit not after today."""
        return self._first(VisitRow.status == "planned", VisitRow.when <= today, order=_latest())

    def to_debrief(self, today: date) -> Several[Visit]:
        """Every planned visit before or on today, the latest first."""
        return self._where(VisitRow.status == "planned", VisitRow.when <= today, order=_latest())

    def held(self, client_id: str) -> Several[Visit]:
        """A client's visits that took place, the latest first."""
        return self._where(VisitRow.client_id == client_id, VisitRow.status == "done", order=_latest())

    def last_held(self, client_id: str) -> Visit | None:
        """The last visit that took place."""
        return self._first(VisitRow.client_id == client_id, VisitRow.status == "done", order=_latest())

    def held_between(self, first: date, last: date, limit: int) -> Several[Visit]:
        """All clients' visits that took place in a span of days, both ends included, the latest first."""
        held = VisitRow.status.concat("") == "done"  # no index for it: by days, reading ends at the limit
        return self._where(held, VisitRow.when.between(first, last), order=_latest(), limit=limit)

    def last_debriefed(self, limit: int) -> Several[Visit]:
        """The last visits of all clients that have a debrief, the latest first."""
        debriefed = VisitRow.debrief.is_null(False)
        return self._where(VisitRow.status == "done", debriefed, order=_latest(), limit=limit)

    def last_held_of_each(self) -> Several[Visit]:
        """Of every client the last visit that took place, in one query."""
        return self._last_of_each("when", VisitRow.status == "done")

    def last_held_of_these(self, client_ids: Sequence[str]) -> Several[Visit]:
        """Of some clients, a few hundred at most, the last visit that took place."""
        return self._last_of_each("when", VisitRow.status == "done", VisitRow.client_id.in_(list(client_ids)))

    def planned_of_these(self, client_ids: Sequence[str], on_or_after: date) -> Several[Visit]:
        """The planned visits of some clients, a few hundred at most, from a day on, the next first."""
        planned = (VisitRow.client_id.in_(list(client_ids))) & (VisitRow.status == "planned")
        return self._where(planned, VisitRow.when >= on_or_after, order=(VisitRow.when, VisitRow.id))

    def planned_for(self, client_id: str, on_or_after: date) -> Several[Visit]:
        """A client's planned visits from a day on, the next first."""
        planned = (VisitRow.client_id == client_id) & (VisitRow.status == "planned")
        return self._where(planned, VisitRow.when >= on_or_after, order=(VisitRow.when, VisitRow.id))

    def planned_between(self, first: date, last: date) -> Several[Visit]:
        """All clients' planned visits in a span of days, both ends included, the next first."""
        planned = VisitRow.status == "planned"
        return self._where(planned, VisitRow.when.between(first, last), order=(VisitRow.when, VisitRow.id))

    def next_contacts(self, today: date, limit: int | None = None) -> tuple[Several[Visit], int]:
        """The debriefed visits whose next contact is due and has not come about, the latest day first; of how many."""
        facts = {"today": today.isoformat(), "most": -1 if limit is None else limit}
        found = self.connection.named(NEXT_CONTACTS, facts)
        ids = [id_ for id_, _ in found]
        visits = {one.id: one for batch in in_batches(ids) for one in self._where(VisitRow.id.in_(batch))}
        return [visits[id_] for id_ in ids], found[0][1] if found else 0

    def between(self, first: date, last: date) -> Several[Visit]:
        """All clients' visits in a span of days, both ends included, whatever became of them, oldest first."""
        return self._where(VisitRow.when.between(first, last), order=(VisitRow.when, VisitRow.id))

    def remove(self, identifier: str) -> None:
        """Delete a visit and its half-finished walks; what was promised or heard in it stays."""
        with self.connection.transaction():
            self.connection.run(DraftRow.delete().where(DraftRow.subject == identifier))
            super().remove(identifier)

    def _row(self, value: Visit) -> dict[str, Any]:
        return super()._row(value) | {"next_date": value.debrief.next_date if value.debrief else None}


def _latest() -> tuple[object, ...]:
    return VisitRow.when.desc(), VisitRow.id.desc()


class Promises(Shelf[Promise]):
    """Who owes what to whom by when. A promise without a date comes after the dated ones."""

    holds, table, record = Promise, PromiseRow, "promise"

    def of(self, client_id: str) -> Several[Promise]:
        """A client's promises, open and closed, oldest first."""
        return self._where(PromiseRow.client_id == client_id, order=(PromiseRow.id,))

    def open_of(self, client_id: str) -> Several[Promise]:
        """A client's open promises, the most urgent first."""
        return self._where(PromiseRow.client_id == client_id, PromiseRow.state == "open", order=_urgent())

    def open(self) -> Several[Promise]:
        """All clients' open promises, the most urgent first."""
        return self._where(PromiseRow.state == "open", order=_urgent())

    def due(self, last: date, limit: int | None = None, after: int = 0) -> Several[Promise]:
        """All clients' open promises with a date not after `last`, the most urgent first; or a page `after` so many."""
        dated = (PromiseRow.state == "open") & (PromiseRow.by <= last)
        return self._where(dated, order=(PromiseRow.by, PromiseRow.id), limit=limit, after=after)

    def count_due(self, last: date) -> int:
        """How many `due` has; counted in the index alone, which has no ids."""
        from peewee import SQL, fn

        counted = PromiseRow.select(fn.COUNT(SQL("*")))
        return self.connection.number(counted.where(PromiseRow.state == "open", PromiseRow.by <= last))

    def of_visit(self, visit_id: str) -> Several[Promise]:
        """What was promised in a visit, in the order it was noted."""
        return self._where(PromiseRow.visit_id == visit_id, order=(PromiseRow.id,))

    def open_of_these(self, ids: Sequence[str]) -> Several[Promise]:
        """The open ones among some promises by their ids, a few hundred at most, the most urgent first."""
        return self._where(PromiseRow.id.in_(list(ids)), PromiseRow.state == "open", order=_urgent())

    def due_between(self, first: date, last: date) -> Several[Promise]:
        """All clients' promises with a date in a span of days, both ends included, open and closed, oldest first."""
        return self._where(PromiseRow.by.between(first, last), order=(PromiseRow.by, PromiseRow.id))

    def close(self, given: str, on: date) -> Promise:
        """A promise was kept. Raises NotFoundError for an id that none has."""
        return self._end(given, "done", on)

    def drop(self, given: str, on: date) -> Promise:
        """A promise no longer matters. Raises NotFoundError for an id that none has."""
        return self._end(given, "dropped", on)

    def _end(self, given: str, state: str, on: date) -> Promise:
        with self.connection.transaction():
            promise = self.get(given)
            changed = replace(promise, state=state, closed_on=on)  # type: ignore[arg-type]
            return self.save(changed)


def _urgent() -> tuple[object, ...]:
    return PromiseRow.by.asc(nulls="LAST"), PromiseRow.id
