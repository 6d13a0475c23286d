"""The next contacts that are due: found by the database as one would find them by looking through all visits."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.records.models import Client, Debrief, Visit
from salescoach.store import FILE_NAME, Store, open_store
from salescoach.store.visits import NEXT_CONTACTS
from tests.store.samples import DEC_1, a_client

BOOK_0004 = Path(__file__).with_name("book-0004.sql")
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
CLIENTS = tuple(a_client(name, f"{name[0]}{'0' * 25}") for name in ("Acme", "Beta"))
DAY = timedelta(days=1)
near = st.integers(-9, 9).map(lambda number: DEC_1 + number * DAY)
told = st.builds(
    Visit,
    id=st.just(""),
    client_id=st.sampled_from([one.id for one in CLIENTS]),
    when=near,
    status=st.sampled_from(["done", "done", "planned", "cancelled", "not-held"]),
    debrief=st.none() | st.builds(Debrief, next_step=st.sampled_from(["", "call"]), next_date=st.none() | near),
)
books = st.lists(told, max_size=8).map(lambda some: [replace(one, id=f"V{n}") for n, one in enumerate(some)])


def by_hand(visits: Sequence[Visit], client: Client) -> Visit | None:
    """The client's last visit held, where its next contact is due on 1 December and nothing came of it."""
    held = sorted((one.when, one.id, one) for one in visits if one.client_id == client.id and one.status == "done")
    last = held[-1][2] if held else None
    if last is None or last.debrief is None or last.debrief.next_date is None or last.debrief.next_date > DEC_1:
        return None
    wanted = last.debrief.next_date
    after = [one for one in visits if one.client_id == client.id and one.status == "planned" and one.when > last.when]
    return None if any(wanted < DEC_1 or one.when <= wanted for one in after) else last


def fill(store: Store, visits: Sequence[Visit]) -> None:
    for client in CLIENTS:
        store.clients.remove(client.id)
        store.clients.add(client)
    store.visits.add_all(visits)


def day_of(visit: Visit) -> date:
    assert visit.debrief is not None
    assert visit.debrief.next_date is not None
    return visit.debrief.next_date


@SHARED
@given(visits=books)
def test_the_database_finds_what_looking_through_all_visits_finds(store: Store, visits: list[Visit]) -> None:
    fill(store, visits)
    wanted = [found for client in CLIENTS if (found := by_hand(visits, client))]

    found, many = store.visits.next_contacts(DEC_1)

    assert {one.id for one in found} == {one.id for one in wanted}
    assert [day_of(one) for one in found] == sorted(map(day_of, found), reverse=True)
    assert many == len(found)
    assert store.visits.next_contacts(DEC_1, 1) == (found[:1], many)


def test_a_visit_that_is_saved_again_has_the_day_of_its_new_debrief(store: Store) -> None:
    visit = Visit(id="V", client_id=CLIENTS[0].id, when=DEC_1, status="done", debrief=Debrief(next_date=DEC_1))
    fill(store, [visit])

    store.visits.save(replace(visit, debrief=Debrief(next_date=DEC_1 + DAY)))
    assert store.visits.next_contacts(DEC_1) == ([], 0)
    assert store.visits.next_contacts(DEC_1 + DAY)[1] == 1
    store.visits.save(replace(visit, debrief=None))
    assert store.visits.next_contacts(DEC_1 + DAY) == ([], 0)


@SHARED
@given(visits=books, changes=st.lists(st.tuples(st.sampled_from(["save", "remove", "join", "undo"]), told), max_size=6))
def test_whatever_happens_to_visits_each_clients_last_one_is_known(
    store: Store, visits: list[Visit], changes: list[tuple[str, Visit]]
) -> None:
    fill(store, visits)

    for number, (what, other) in enumerate(changes):
        there = store.visits.list()
        if what == "join":
            store.connection.named("UPDATE visit SET client_id = :id", {"id": other.client_id})
        elif what == "undo":
            store.journal.rest()
            store.journal.watch(f"C{number}", "a command")
            store.visits.add_all([replace(other, id=f"U{number}")])
            change = store.journal.last()
            assert change is not None
            store.journal.take_back(change)
        elif there and what == "remove":
            store.visits.remove(there[number % len(there)].id)
        elif there:
            store.visits.save(replace(other, id=there[number % len(there)].id))

    held = sorted((one.when, one.id, one) for one in store.visits.list() if one.status == "done")
    last = {one.client_id: (one.id, one.when, one.debrief and one.debrief.next_date) for _, _, one in held}
    kept = store.connection.named('SELECT client_id, visit_id, "when", next_date FROM last_held', {})
    assert {client: (visit, *map(as_day, days)) for client, visit, *days in kept} == last


@SHARED
@given(visits=books, later=told)
def test_where_very_many_visits_came_in_at_once_each_clients_last_one_is_known(
    store: Store, visits: list[Visit], later: Visit
) -> None:
    fill(store, [])
    with store.transaction(), store.connection.indexes_later(["visit"]):
        store.visits.add_all(visits)
    store.visits.add_all([replace(later, id="W")])

    kept = store.connection.named("SELECT client_id, visit_id FROM last_held", {})

    held = sorted((one.when, one.id, one) for one in store.visits.list() if one.status == "done")
    assert dict(kept) == {one.client_id: one.id for *_, one in held}


def as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def test_of_a_client_that_is_gone_no_last_visit_is_kept(store: Store) -> None:
    fill(store, [Visit(id=f"V{n}", client_id=one.id, when=DEC_1, status="done") for n, one in enumerate(CLIENTS)])

    store.clients.remove(CLIENTS[0].id)

    assert store.connection.named("SELECT client_id FROM last_held", {}) == [(CLIENTS[1].id,)]


def test_due_contacts_are_found_by_the_index_alone(store: Store) -> None:
    plan = store.connection.named(f"EXPLAIN QUERY PLAN {NEXT_CONTACTS}", {"today": "2026-12-01", "most": 5})

    steps = [step for *_, step in plan if step.startswith(("SEARCH", "SCAN ")) and "subquery" not in step]
    assert steps
    assert all(step.startswith("SEARCH") and "COVERING INDEX" in step for step in steps), steps


def test_a_book_of_an_earlier_schema_gets_its_next_dates(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        old.executescript(BOOK_0004.read_text("utf-8"))
        ((client_id,), *_) = old.execute("SELECT id FROM client").fetchall()
        for number, debrief in enumerate((None, '{"next_step":"call","next_date":"2026-11-30"}')):
            row = (f"V{number}", client_id, f"2026-11-0{number + 1}", debrief)
            old.execute(
                'INSERT INTO visit (id, tail, client_id, "when", contact_ids, status, debrief, playbooks) '
                "VALUES (?, '', ?, ?, '[]', 'done', ?, '{}')",
                row,
            )
        old.commit()

    with open_store(tmp_path) as store:
        found, _ = store.visits.next_contacts(DEC_1)

    assert [(one.id, day_of(one)) for one in found] == [("V1", date(2026, 11, 30))]
