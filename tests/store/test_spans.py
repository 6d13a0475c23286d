"""What happened in a span of days is found by one query a table, both ends included."""

from datetime import timedelta

import pytest

from salescoach.records.models import Client, ObjectionMet, Promise, Visit
from salescoach.store import Store
from tests.store.samples import CLIENT_ID, DEC_1, a_client

FIRST, LAST = DEC_1 - timedelta(days=9), DEC_1
ENDS = [FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)]


@pytest.fixture
def book(store: Store) -> Store:
    """A visit, an objection heard in it, and a promise for each day in and around the span; all were noted later."""
    store.clients.add(a_client())
    for number, day in enumerate(ENDS):
        visit = Visit(id=f"{number}" * 26, client_id=CLIENT_ID, when=day, status=("planned", "done")[number % 2])  # type: ignore[arg-type]
        store.visits.add(visit)
        later = DEC_1 + timedelta(days=300)
        store.objections.add(
            ObjectionMet(id=visit.id, client_id=CLIENT_ID, on=later, said="x", topic="price", visit_id=visit.id)
        )
        store.promises.add(
            Promise(id=visit.id, client_id=CLIENT_ID, owner="ours", who="", what="x", by=day, state="done")
        )
    store.objections.add(ObjectionMet(id="9" * 26, client_id=CLIENT_ID, on=LAST, said="x"))
    store.promises.add(Promise(id="9" * 26, client_id=CLIENT_ID, owner="ours", who="", what="x"))
    return store


def test_visits_of_a_span_are_found_whatever_became_of_them(book: Store) -> None:
    assert [one.when for one in book.visits.between(FIRST, LAST)] == [FIRST, LAST]


def test_promises_due_in_a_span_are_found_open_and_closed(book: Store) -> None:
    assert [one.by for one in book.promises.due_between(FIRST, LAST)] == [FIRST, LAST]


def test_objections_go_by_the_day_of_their_visit(book: Store) -> None:
    assert [one.visit_id for one in book.objections.in_visits_between(FIRST, LAST)] == ["1" * 26, "2" * 26]


def test_clients_who_are_a_person_are_known_by_their_ids(store: Store) -> None:
    store.clients.add(a_client(kind="company"))
    store.clients.add(Client(id="P" * 26, name="Ann Lee", kind="person"))

    assert store.clients.persons() == {"P" * 26}
