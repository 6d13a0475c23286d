"""What is kept of accounts: contracts, dated answers, occasions, touches, crises; and the book that had none of them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.errors import StoreError
from salescoach.records.account import (
    Assessment,
    Contract,
    Crisis,
    LogEntry,
    Occasion,
    Said,
    Touch,
    months_after,
)
from salescoach.records.ids import CrisisKind, OccasionKind, SigningMotive, TouchState
from salescoach.records.models import Client, Contact
from salescoach.store import FILE_NAME, Store, open_store
from tests.store.samples import CLIENT_ID, CONTACT_ID, DEC_1, days, ids, maybe_days, texts

#: A small book as the second released schema kept it, with a crisis plan that was a draft then.
BOOK_0002 = Path(__file__).with_name("book-0002.sql")

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
people = st.none() | st.just(CONTACT_ID)
contracts = st.builds(
    Contract, id=ids, client_id=st.just(CLIENT_ID), signed=days, months=st.none() | st.integers(0, 600),
    motive=st.none() | st.sampled_from(get_args(SigningMotive)), least=texts,
    revenue=st.none() | st.floats(0, 1e12), currency=texts, subject=texts,
)  # fmt: skip
assessments = st.builds(
    Assessment, id=ids, client_id=st.just(CLIENT_ID), contact_id=people, sheet=texts, version=st.integers(1, 99), on=days,
    answers=st.dictionaries(texts, st.builds(Said, answer=plain, because=texts), max_size=4),
)  # fmt: skip
occasions = st.builds(
    Occasion, id=ids, client_id=st.just(CLIENT_ID), contact_id=people, kind=st.sampled_from(get_args(OccasionKind)),
    what=texts, day=days, yearly=st.booleans(),
)  # fmt: skip
touches = st.builds(
    Touch, id=ids, client_id=st.just(CLIENT_ID), contact_id=people, clock=texts, on=days,
    state=st.sampled_from(get_args(TouchState)),
)  # fmt: skip
crises = st.builds(
    Crisis, id=ids, kind=st.sampled_from(get_args(CrisisKind)), opened=days, client_id=st.none() | st.just(CLIENT_ID),
    answers=st.dictionaries(texts, plain, max_size=4),
    log=st.lists(st.builds(LogEntry, at=texts, text=texts, who=texts), max_size=3).map(tuple), closed=maybe_days,
)  # fmt: skip


def fill(store: Store) -> None:
    store.clients.save(Client(id=CLIENT_ID, name="Hengtai"))
    store.contacts.save(Contact(id=CONTACT_ID, client_id=CLIENT_ID, name="Lin"))


def contract(signed: date = DEC_1, **changes: Any) -> Contract:
    return Contract(**{"id": f"K{signed}", "client_id": CLIENT_ID, "signed": signed, **changes})


def answered(on: date, **changes: Any) -> Assessment:
    said = {"can_use": Said(answer="yes", because="seen")}
    known = {"id": f"A{on}", "client_id": CLIENT_ID, "sheet": "screen", "version": 1, "on": on, "answers": said}
    return Assessment(**{**known, **changes})


@pytest.mark.parametrize(
    ("shelf", "values"),
    [
        ("contracts", contracts),
        ("assessments", assessments),
        ("occasions", occasions),
        ("touches", touches),
        ("crises", crises),
    ],
)
def test_what_is_kept_comes_back_as_it_was(tmp_path: Path, shelf: str, values: st.SearchStrategy[Any]) -> None:
    with open_store(tmp_path) as store:
        fill(store)
        repository = getattr(store, shelf)

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(values)
        def holds(value: Any) -> None:
            repository.save(value)
            assert repository.get(value.id) == value

        holds()


def test_a_contract_of_nobody_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.contracts.add(contract())


def test_the_latest_contract_comes_first(store: Store) -> None:
    fill(store)
    store.contracts.add_all([contract(date(2025, 1, 1)), contract(date(2026, 1, 1)), contract(date(2024, 1, 1))])

    assert [one.signed.year for one in store.contracts.of(CLIENT_ID)] == [2026, 2025, 2024]


def test_answers_come_oldest_first_and_none_is_overwritten(store: Store) -> None:
    fill(store)
    store.assessments.add_all([answered(date(2026, 5, 1)), answered(date(2026, 2, 1)), answered(DEC_1)])

    assert [one.on.month for one in store.assessments.of(CLIENT_ID)] == [2, 5, 12]


def test_the_open_crisis_of_a_kind_is_found_with_its_client_or_without(store: Store) -> None:
    fill(store)
    closed = Crisis(id="X1", kind="product", opened=DEC_1, closed=DEC_1)
    nobody = Crisis(id="X2", kind="product", opened=DEC_1)
    theirs = Crisis(id="X3", kind="product", opened=DEC_1, client_id=CLIENT_ID)
    store.crises.add_all([closed, nobody, theirs])

    assert store.crises.find("product", None) == nobody
    assert store.crises.find("product", CLIENT_ID) == theirs
    assert store.crises.find("talent", None) is None
    assert {one.id for one in store.crises.open()} == {"X2", "X3"}


def test_with_a_client_goes_what_was_kept_of_it_and_a_crisis_stays(store: Store) -> None:
    fill(store)
    store.contracts.add(contract())
    store.assessments.add(answered(DEC_1))
    store.crises.add(Crisis(id="X1", kind="product", opened=DEC_1, client_id=CLIENT_ID))

    store.clients.remove(CLIENT_ID)

    assert (store.contracts.count(), store.assessments.count()) == (0, 0)
    assert [one.client_id for one in store.crises.list()] == [None]


def test_with_a_person_goes_what_was_answered_of_them(store: Store) -> None:
    fill(store)
    store.assessments.add_all([answered(DEC_1), answered(date(2026, 11, 1), contact_id=CONTACT_ID)])

    store.contacts.remove(CONTACT_ID)

    assert [one.contact_id for one in store.assessments.of(CLIENT_ID)] == [None]


def test_merged_clients_share_what_was_kept_of_either(store: Store) -> None:
    fill(store)
    other = store.clients.save(replace(store.clients.get(CLIENT_ID), id=CLIENT_ID[:-1] + "Z", name="Hengtai Pumps"))
    store.contracts.add(contract(client_id=other.id))
    store.touches.add(Touch(id="T1", client_id=other.id, clock="care.regular@2026-12-01", on=DEC_1))

    store.clients.merge(other.id, CLIENT_ID)

    assert [one.client_id for one in store.contracts.of(CLIENT_ID)] == [CLIENT_ID]
    assert len(store.touches.of(CLIENT_ID)) == 1


# The months of a term


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 1), 99_999, date.max),
        (date(26, 1, 1), -600, date.min),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_contract_without_a_term_never_ends() -> None:
    assert contract().ends is None


# The book of the second schema


def test_a_crisis_plan_that_was_a_draft_becomes_a_crisis_with_all_its_answers(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as old:
        old.executescript(BOOK_0002.read_text("utf-8"))

    with open_store(tmp_path) as store:
        (client,), (crisis,) = store.clients.list(), store.crises.open()

        assert (client.name, client.key_account) == ("苏州禾澄液压", True)
        assert (crisis.kind, crisis.client_id, crisis.opened) == ("product", None, date(2026, 11, 20))
        assert crisis.answers["what_happened"] == "A seal batch leaks at two customers"
        assert store.drafts.list() == []
        assert store.crises.get(crisis.id[-6:]) == crisis

    (copy,) = (tmp_path / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT count(*) FROM draft").fetchone() == (1,)
