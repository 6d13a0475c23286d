"""The end of a term is a column of its own, in old books too; what a day's overview needs is found by it."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.records.account import Contract
from salescoach.records.models import Promise
from salescoach.store import FILE_NAME, Store, open_store
from tests.store.samples import CLIENT_ID, DEC_1, a_client, days

#: A small book as the fourth released schema kept it: with two terms that end and a contract that runs on.
BOOK_0004 = Path(__file__).with_name("book-0004.sql")
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def ends(store: Store, contract: Contract) -> date | None:
    query = "SELECT ends FROM contract WHERE id = ?"
    ((found,),) = store.connection.database.execute_sql(query, (contract.id,)).fetchall()
    return found and date.fromisoformat(found)


def test_a_book_of_the_fourth_schema_gets_the_ends_of_its_terms(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        old.executescript(BOOK_0004.read_text("utf-8"))

    with open_store(tmp_path) as store:
        kept = store.contracts.list()

        assert [ends(store, one) for one in kept] == [one.ends for one in kept]
        assert [one.ends for one in kept] == [date(2025, 2, 28), date(2027, 2, 28), None]


@SHARED
@given(signed=days, months=st.none() | st.integers(0, 12_000))
def test_the_end_that_is_kept_is_the_end_of_the_contract(store: Store, signed: date, months: int | None) -> None:
    store.clients.save(a_client())
    contract = store.contracts.save(Contract(id="K" * 26, client_id=CLIENT_ID, signed=signed, months=months))

    assert ends(store, contract) == contract.ends


def test_clients_with_a_term_that_ends_are_found_with_all_their_contracts(store: Store) -> None:
    store.clients.add(a_client())
    store.clients.add(a_client("Other", "B" * 26))
    soon, old = (
        Contract(id=id_, client_id=CLIENT_ID, signed=day, months=12)
        for id_, day in (("1", date(2025, 12, 15)), ("2", date(2020, 1, 1)))
    )
    far = Contract(id="3", client_id="B" * 26, signed=DEC_1, months=12)
    store.contracts.add_all([soon, old, far])

    assert store.contracts.of_clients_with_one_ending(DEC_1, DEC_1 + timedelta(days=14)) == [soon, old]
    assert store.contracts.of_clients_with_one_ending(DEC_1, DEC_1 + timedelta(days=13)) == []


def test_promises_that_are_due_are_read_by_pages_and_counted(store: Store) -> None:
    store.clients.add(a_client())
    for number in range(5):
        by = DEC_1 + timedelta(days=number)
        store.promises.add(Promise(id=f"{number}", client_id=CLIENT_ID, owner="ours", who="", what="x", by=by))
    last = DEC_1 + timedelta(days=3)

    assert [one.id for one in store.promises.due(last, limit=3)] == ["0", "1", "2"]
    assert [one.id for one in store.promises.due(last, limit=3, after=3)] == ["3"]
    assert store.promises.count_due(last) == len(store.promises.due(last)) == 4
