"""What a command changed can be taken back: all of it, nothing else, whatever the command did."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import InvalidError, StoreError
from salescoach.records.account import Contract
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Draft, Note, ObjectionMet, Observation, Promise, Unmatched, Visit
from salescoach.store import Store, open_store
from salescoach.store.journal import KEPT, PASSING
from salescoach.store.tables import TABLES
from tests.examples import tried
from tests.store import samples

TODAY = date(2026, 12, 1)


def rows(store: Store) -> dict[str, list[Any]]:
    """Everything kept but what only waits, as the database has it."""
    names = [table._meta.table_name for table in TABLES if table not in PASSING]
    return {name: sorted(store.connection.named(f'SELECT * FROM "{name}"', {}), key=repr) for name in names}


def undone(store: Store) -> Any:
    """The last change, taken back."""
    change = store.journal.last()
    if change is not None:
        store.undo(change)
    return change


def add_client(store: Store, number: int, text: str) -> None:
    store.clients.add(Client(id=store.new_id(), name=f"{text or 'New'} {number}", aliases=(f"alias {number}",)))


def add_belongings(store: Store, number: int, text: str) -> None:
    client = pick(store.clients.list(), number)
    person = store.contacts.add(
        Contact(id=store.new_id(), client_id=client.id, name=f"Petra {number} {store.new_id()}")
    )
    visit = store.visits.save(
        Visit(id=store.new_id(), client_id=client.id, when=TODAY, contact_ids=(person.id,), status="done")
    )
    facts: dict[str, Any] = {"client_id": client.id, "on": TODAY, "visit_id": visit.id, "contact_id": person.id}
    store.objections.add(ObjectionMet(id=store.new_id(), said=text, **facts))
    store.observations.add(Observation(id=store.new_id(), cue=text, **facts))
    store.promises.add(
        Promise(id=store.new_id(), client_id=client.id, owner="ours", who="me", what=text, visit_id=visit.id)
    )
    revenue = number + 0.1 + 0.2
    store.contracts.add(Contract(id=store.new_id(), client_id=client.id, signed=TODAY, revenue=revenue, least=text))


def change_client(store: Store, number: int, text: str) -> None:
    client = pick(store.clients.list(), number)
    store.clients.save(replace(client, remarks=text, key_account=not client.key_account))


def rename_client(store: Store, number: int, text: str) -> None:
    store.clients.rename(pick(store.clients.list(), number).id, f"Renamed {number} {text}")


def merge_clients(store: Store, number: int, text: str) -> None:
    clients = store.clients.list()
    if len(clients) > 1:
        store.clients.merge(pick(clients, number).id, pick(clients, number + 1).id)


def remove_client(store: Store, number: int, text: str) -> None:
    if store.clients.count() > 1:
        store.clients.remove(pick(store.clients.list(), number).id)


def remove_person(store: Store, number: int, text: str) -> None:
    if people := store.contacts.list():
        store.contacts.remove(pick(people, number).id)


def remove_visit(store: Store, number: int, text: str) -> None:
    if visits := store.visits.list():
        store.visits.remove(pick(visits, number).id)


def close_promise(store: Store, number: int, text: str) -> None:
    if promises := store.promises.list():
        store.promises.close(pick(promises, number).id, TODAY)


def keep_sentence(store: Store, number: int, text: str) -> None:
    store.unmatched.keep(Unmatched(id=store.new_id(), said=f"Sentence {number % 3}", on=TODAY))


def say_who_i_am(store: Store, number: int, text: str) -> None:
    store.me.save(Me(name=text, company=f"Company {number}", products=(text,)))


STEPS = (
    add_client, add_belongings, change_client, rename_client, merge_clients, remove_client, remove_person,
    remove_visit, close_promise, keep_sentence, say_who_i_am,
)  # fmt: skip


def pick(these: list[Any], number: int) -> Any:
    return these[number % len(these)]


steps = st.tuples(st.sampled_from(STEPS), st.integers(0, 9), samples.texts)


def do(folder: Path, taken: list[tuple[Callable[..., None], int, str]]) -> None:
    """One run of a command that takes some steps; one that cannot be taken is left out."""
    with open_store(folder, command="test") as store:
        for step, number, text in taken:
            try:
                step(store, number, text)
            except InvalidError:
                continue


@given(before=st.lists(steps, max_size=5), then=st.lists(steps, min_size=1, max_size=5))
@tried(25)
def test_what_one_run_of_a_command_changed_is_taken_back_to_the_last_row(before: Any, then: Any) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        do(folder, [(add_client, 0, ""), (add_belongings, 0, ""), *before])
        with open_store(folder) as store:
            was, noted = rows(store), store.journal.last()
        do(folder, then)

        with open_store(folder) as store:
            if store.journal.last() != noted:
                undone(store)
            assert rows(store) == was
            assert store.journal.last() == noted


def test_commands_are_taken_back_one_after_the_other_the_last_first(folder: Path) -> None:
    seen = []
    for number in range(4):
        with open_store(folder) as store:
            seen.append(rows(store))
        do(folder, [(add_client, number, "")])

    with open_store(folder) as store:
        for was in reversed(seen):
            undone(store)
            assert rows(store) == was
        assert undone(store) is None


def test_a_change_says_what_became_of_how_many_records_and_whose_they_were(folder: Path) -> None:
    do(folder, [(add_client, 1, "Ammerfeld"), (add_belongings, 0, "")])
    with open_store(folder, command="client remove; DROP TABLE client") as store:
        store.clients.remove(store.clients.list()[0].id)

    with open_store(folder) as store:
        change = store.journal.last()

    assert change is not None
    assert change.clients == ("Ammerfeld 1",)
    assert (
        change.counts["client", "delete"] == change.counts["visit", "delete"] == change.counts["contact", "delete"] == 1
    )
    assert change.command == "client remove DROP TABLE client"


def test_a_record_that_came_and_went_within_a_command_is_no_change_to_tell_of(folder: Path) -> None:
    do(folder, [(add_client, 1, "")])
    with open_store(folder) as store:
        note = store.notes.add(Note(id=store.new_id(), client_id=store.clients.list()[0].id, on=TODAY, text="x"))
        store.notes.remove(note.id)

        assert store.journal.last() is not None
        assert store.journal.last().counts == {}  # type: ignore[union-attr]


def test_a_walk_that_was_ended_is_a_draft_again(folder: Path) -> None:
    do(folder, [(add_client, 1, "")])
    draft = Draft(id=samples.VISIT_ID, command="debrief", subject="somewhere", answers={"summary": "好"}, updated=TODAY)
    with open_store(folder) as store:
        store.drafts.keep(draft)
    with open_store(folder, command="debrief") as store:
        client = store.clients.list()[0]
        with store.transaction():
            store.visits.save(Visit(id=store.new_id(), client_id=client.id, when=TODAY))
            store.drafts.drop("debrief", "somewhere")

    with open_store(folder) as store:
        change = undone(store)

        assert change is not None
        assert change.drafts == (draft.id,)
        assert store.drafts.list() == [draft]
        assert store.visits.list() == []


def test_a_walk_begun_again_since_is_not_overwritten(folder: Path) -> None:
    first = Draft(id=samples.VISIT_ID, command="me", subject="", answers={"name": "old"}, updated=TODAY)
    newer = replace(first, id=samples.CLIENT_ID, answers={"name": "new"})
    for draft in (first, newer):
        with open_store(folder) as store:
            store.drafts.keep(draft)
            if draft is first:
                store.drafts.drop("me", "")

    with open_store(folder) as store:
        undone(store)
        assert store.drafts.list() == [newer]


def test_what_other_records_were_built_upon_is_not_taken_back(folder: Path) -> None:
    with open_store(folder, command="client") as adding, open_store(folder, command="note") as noting:
        noting.me.save(Me(name="Jana"))  # its change began first
        client = adding.clients.add(Client(id=adding.new_id(), name="Ammerfeld"))
        noting.notes.add(Note(id=noting.new_id(), client_id=client.id, on=TODAY, text="built upon it"))

    with open_store(folder) as store:
        was = rows(store)
        with pytest.raises(StoreError) as caught:
            undone(store)

        assert caught.value.key == "undo-built-upon"
        assert rows(store) == was
        with pytest.raises(StoreError):  # references are watched again
            store.notes.add(Note(id=store.new_id(), client_id="nobody", on=TODAY, text=""))


def test_a_change_that_failed_leaves_nothing_to_take_back(folder: Path) -> None:
    def fail(store: Store) -> None:
        with store.transaction():
            store.me.save(Me(name="Jana"))
            store.notes.add(Note(id=store.new_id(), client_id="nobody", on=TODAY, text=""))

    with open_store(folder) as store, pytest.raises(StoreError):
        fail(store)

    with open_store(folder) as store:
        assert store.me.get() == Me()
        assert store.journal.last() is None


def test_only_the_last_commands_are_kept(folder: Path) -> None:
    for number in range(KEPT + 3):
        do(folder, [(add_client, number, "")])

    with open_store(folder) as store:
        assert sum(undone(store) is not None for _ in range(KEPT + 3)) == KEPT


def test_reading_leaves_no_trace(folder: Path) -> None:
    do(folder, [(add_client, 1, "")])
    with open_store(folder) as store:
        before = store.journal.last()
        store.clients.list()
        assert store.journal.last() == before
        assert store.connection.named("SELECT name FROM temp.sqlite_master", {}) == []


def test_a_sentence_that_nothing_fitted_is_no_change_of_a_command_and_one_that_was_dropped_comes_back(
    folder: Path,
) -> None:
    do(folder, [(keep_sentence, 1, "")])
    with open_store(folder, command="playbook") as store:
        assert store.journal.last() is None
        (kept,) = store.unmatched.list()
        store.unmatched.remove(kept.id)

    with open_store(folder) as store:
        undone(store)
        assert store.unmatched.list() == [kept]


def test_only_what_was_shown_is_taken_back(folder: Path) -> None:
    do(folder, [(add_client, 1, "")])
    with open_store(folder) as store:
        shown = store.journal.last()
        do(folder, [(add_client, 2, "")])
        assert shown is not None
        with pytest.raises(StoreError) as caught:
            store.undo(shown)

        assert caught.value.key == "undo-meanwhile"
        assert store.clients.count() == 2


def test_a_client_that_a_half_finished_walk_is_about_stays(folder: Path) -> None:
    do(folder, [(add_client, 1, "Zed")])
    with open_store(folder) as store:
        client = store.clients.list()[0]
        store.drafts.keep(Draft(id=samples.VISIT_ID, command="debrief", subject=client.id, answers={}, updated=TODAY))

    with open_store(folder) as store:
        change = store.journal.last()
        assert change is not None
        assert store.undo(change) == (client.name,)
        assert store.clients.find("alias 1") == client
        assert [one.about for one in store.drafts.started()] == [client.name]


def test_a_change_of_one_record_has_its_words(folder: Path) -> None:
    do(folder, [(add_client, 1, "")])
    with open_store(folder) as store:
        note = store.notes.add(Note(id=store.new_id(), client_id=store.clients.list()[0].id, on=TODAY, text="two shifts"))
    with open_store(folder) as store:
        assert store.journal.last().words == "two shifts"  # type: ignore[union-attr]
        store.notes.remove(note.id)
    with open_store(folder) as store:
        assert store.journal.last().words == "two shifts"  # type: ignore[union-attr]
