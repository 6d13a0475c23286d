"""What goes into the store comes out equal; what belongs together goes together."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.errors import InvalidError, NotFoundError, StoreError, UsageError
from salescoach.records.me import Me
from salescoach.records.models import (
    Client,
    Debrief,
    Draft,
    Note,
    ObjectionMet,
    Observation,
    Plan,
    Promise,
    Visit,
)
from salescoach.records.packing import unpack
from salescoach.store import Store, open_store
from tests.store import samples
from tests.store.samples import CLIENT_ID, CONTACT_ID, DEC_1, VISIT_ID, a_client, a_contact, a_visit

#: One store serves all examples of a property: each saves over the last.
one_store = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def peopled(store: Store) -> Store:
    """A store with a client, a contact and a visit."""
    store.clients.add(a_client())
    store.contacts.add(a_contact())
    store.visits.add(a_visit())
    return store


def promise(id_: str, by: date | None = None, **more: Any) -> Promise:
    return Promise(id=id_, **{"client_id": CLIENT_ID, "owner": "ours", "who": "me", "what": "x", "by": by, **more})


# Round trips


@one_store
@given(samples.mes)
def test_the_rep_comes_back_equal(store: Store, me: Me) -> None:
    store.me.save(me)

    assert store.me.get() == me


def test_before_anything_was_said_the_rep_is_empty(store: Store) -> None:
    assert store.me.get() == Me()


@one_store
@given(samples.clients())
def test_a_client_comes_back_equal(store: Store, client: Client) -> None:
    assert store.clients.save(client) == client
    assert store.clients.get(client.id) == client
    assert store.clients.list() == [client]


@one_store
@given(samples.contacts())
def test_a_contact_comes_back_equal(peopled: Store, contact: Any) -> None:
    assert peopled.contacts.save(contact) == contact
    assert peopled.contacts.of(CLIENT_ID) == [contact]


@one_store
@given(samples.visits)
def test_a_visit_comes_back_equal_with_plan_and_debrief(peopled: Store, visit: Visit) -> None:
    peopled.visits.save(visit)

    assert peopled.visits.get(VISIT_ID) == visit


@one_store
@given(st.one_of(samples.promises, samples.objections, samples.observations, samples.notes))
def test_the_smaller_records_come_back_equal(peopled: Store, record: Any) -> None:
    shelves: dict[type, Any] = {
        Promise: peopled.promises,
        ObjectionMet: peopled.objections,
        Observation: peopled.observations,
        Note: peopled.notes,
    }
    shelf = shelves[type(record)]
    shelf.save(record)

    assert shelf.get(record.id) == record
    assert record in shelf.of(CLIENT_ID)


@one_store
@given(samples.drafts)
def test_a_draft_comes_back_equal_dates_included(store: Store, draft: Draft) -> None:
    store.drafts.remove(draft.id)
    store.drafts.drop(draft.command, draft.subject)
    store.drafts.keep(draft)

    assert store.drafts.find(draft.command, draft.subject) == draft


def test_many_records_at_once_come_back_equal(store: Store) -> None:
    clients = [a_client(f"Client {number:04}", store.new_id()) for number in range(1200)]
    store.clients.add_all(clients)

    assert store.clients.list() == clients
    assert store.clients.count() == 1200
    assert store.clients.find("client 0777") == clients[777]


# Identity


def test_adding_an_id_that_is_there_is_refused_and_changes_nothing(peopled: Store) -> None:
    with pytest.raises(StoreError) as caught:
        peopled.visits.add(a_visit(when=DEC_1 + timedelta(1)))

    assert caught.value.key == "store-constraint"
    assert peopled.visits.get(VISIT_ID).when == DEC_1


def test_a_record_of_a_client_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.visits.add(a_visit())

    assert caught.value.key == "store-constraint"


def test_saving_a_client_again_leaves_what_belongs_to_it(peopled: Store) -> None:
    peopled.clients.save(a_client(industry="steel"))

    assert peopled.contacts.of(CLIENT_ID) == [a_contact()]


@pytest.mark.parametrize("given_id", [VISIT_ID, VISIT_ID.lower(), VISIT_ID[-6:], VISIT_ID[-4:].lower(), VISIT_ID[-12:]])
def test_an_id_may_be_shortened_to_its_end(peopled: Store, given_id: str) -> None:
    assert peopled.visits.get(given_id).id == VISIT_ID


def test_an_id_may_be_shortened_to_its_beginning(peopled: Store) -> None:
    assert peopled.visits.get(VISIT_ID[:8]).id == VISIT_ID


@pytest.mark.parametrize("given_id", ["0DV", "", "ZZZZZZ", "%%%%", "____", "X" + VISIT_ID[-12:]])
def test_an_id_too_short_or_unknown_is_not_found(peopled: Store, given_id: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        peopled.visits.get(given_id)

    assert caught.value.key == "visit-id-unknown"


def test_an_id_that_two_share_is_ambiguous_and_names_both(peopled: Store) -> None:
    other = "01M9" + VISIT_ID[4:]
    peopled.visits.add(a_visit(other))

    with pytest.raises(NotFoundError) as caught:
        peopled.visits.get(VISIT_ID[-6:])

    assert caught.value.key == "id-ambiguous"
    assert len(caught.value.nearest) == 2
    assert peopled.visits.get(other).id == other


def test_new_ids_are_ulids_that_differ(store: Store) -> None:
    made = {store.new_id() for _ in range(100)}

    assert len(made) == 100
    assert {len(one) for one in made} == {26}


# Visits


def test_the_visit_to_debrief_is_the_latest_planned_one_not_after_today(peopled: Store) -> None:
    for id_, days, status in (("A", -9, "planned"), ("B", -1, "cancelled"), ("C", -2, "planned"), ("D", 1, "planned")):
        peopled.visits.add(a_visit(id_ * 26, DEC_1 + timedelta(days), status=status))
    peopled.visits.save(a_visit(status="done", debrief=Debrief()))

    found = peopled.visits.latest_to_debrief(DEC_1)

    assert found is not None
    assert found.id == "C" * 26
    assert [visit.id[0] for visit in peopled.visits.to_debrief(DEC_1)] == ["C", "A"]


def test_a_visit_planned_for_today_may_be_debriefed_today(peopled: Store) -> None:
    assert peopled.visits.latest_to_debrief(DEC_1) == a_visit()
    assert peopled.visits.latest_to_debrief(DEC_1 - timedelta(1)) is None


def test_visits_are_listed_latest_first_and_held_ones_apart(peopled: Store) -> None:
    peopled.visits.add(a_visit("A" * 26, DEC_1 - timedelta(9), status="done"))
    peopled.visits.add(a_visit("B" * 26, DEC_1 - timedelta(3), status="done"))
    peopled.visits.add(a_visit("C" * 26, DEC_1 + timedelta(3)))

    assert [visit.id[0] for visit in peopled.visits.of(CLIENT_ID)] == ["C", "0", "B", "A"]
    assert [visit.id[0] for visit in peopled.visits.of(CLIENT_ID, limit=2)] == ["C", "0"]
    assert [visit.id[0] for visit in peopled.visits.recent(3)] == ["C", "0", "B"]
    assert [visit.id[0] for visit in peopled.visits.held(CLIENT_ID)] == ["B", "A"]
    assert [visit.id[0] for visit in peopled.visits.planned_for(CLIENT_ID, DEC_1)] == ["0", "C"]
    assert [visit.id[0] for visit in peopled.visits.planned_between(DEC_1, DEC_1)] == ["0"]
    assert peopled.visits.last_held(CLIENT_ID) == a_visit("B" * 26, DEC_1 - timedelta(3), status="done")


def test_a_client_never_visited_has_no_last_visit(peopled: Store) -> None:
    assert peopled.visits.last_held(CLIENT_ID) is None


def test_the_last_debriefed_visits_are_those_of_all_clients_latest_first(peopled: Store) -> None:
    peopled.clients.add(a_client("Nord", "N" * 26))
    done = {"status": "done", "debrief": Debrief()}
    for id_, back, more in (
        ("B", 5, done),
        ("C", 3, done | {"client_id": "N" * 26}),
        ("D", 1, {"status": "done"}),
        ("E", 0, {"status": "planned"}),
        ("F", 9, done),
    ):
        peopled.visits.add(a_visit(id_ * 26, DEC_1 - timedelta(back), **more))

    assert [one.id[0] for one in peopled.visits.last_debriefed(2)] == ["C", "B"]


def test_a_debrief_of_an_earlier_version_is_read_and_its_cost_not_known() -> None:
    debrief = unpack('{"summary":"kept before","outcome":"advance"}', Debrief)

    assert (debrief.summary, debrief.effort) == ("kept before", None)


def test_removing_a_visit_leaves_what_was_promised_in_it(peopled: Store) -> None:
    peopled.promises.add(promise("P" * 26, visit_id=VISIT_ID))
    peopled.drafts.keep(Draft(id="D" * 26, command="debrief", subject=VISIT_ID, answers={}, updated=DEC_1))
    peopled.visits.remove(VISIT_ID)

    assert peopled.promises.of(CLIENT_ID) == [promise("P" * 26)]
    assert peopled.drafts.list() == []


# Promises and objections


def test_open_promises_are_the_most_urgent_first_those_without_a_date_last(peopled: Store) -> None:
    peopled.promises.add(promise("A" * 26))
    peopled.promises.add(promise("B" * 26, DEC_1))
    peopled.promises.add(promise("C" * 26, DEC_1 - timedelta(1)))
    peopled.promises.add(promise("D" * 26, DEC_1 - timedelta(2), state="done"))

    assert [one.id[0] for one in peopled.promises.open_of(CLIENT_ID)] == ["C", "B", "A"]
    assert [one.id[0] for one in peopled.promises.open()] == ["C", "B", "A"]
    assert [one.id[0] for one in peopled.promises.due(DEC_1 - timedelta(1))] == ["C"]
    assert [one.id[0] for one in peopled.promises.of(CLIENT_ID)] == ["A", "B", "C", "D"]


def test_a_promise_is_closed_or_dropped_on_a_day(peopled: Store) -> None:
    for letter in "AB":
        peopled.promises.add(promise(letter * 26))

    closed, dropped = peopled.promises.close("AAAA", DEC_1), peopled.promises.drop("BBBB", DEC_1)

    assert (closed.state, closed.closed_on) == ("done", DEC_1)
    assert (dropped.state, dropped.closed_on) == ("dropped", DEC_1)
    assert peopled.promises.open() == []
    assert peopled.promises.get("A" * 26) == closed


def test_unresolved_objections_are_those_that_still_stand_latest_first(peopled: Store) -> None:
    for letter, days, resolved in (("A", 0, False), ("B", 1, True), ("C", 2, False)):
        heard = ObjectionMet(
            id=letter * 26, client_id=CLIENT_ID, on=DEC_1 + timedelta(days), said="no", topic="price", resolved=resolved
        )
        peopled.objections.add(heard)

    assert [one.id[0] for one in peopled.objections.unresolved(CLIENT_ID)] == ["C", "A"]
    assert [one.id[0] for one in peopled.objections.on_topic("price")] == ["A", "B", "C"]
    assert peopled.objections.on_topic("trust") == []


# Drafts


def test_a_draft_is_one_for_a_command_and_what_it_is_about(store: Store) -> None:
    first = Draft(id="A" * 26, command="prep", subject="x", answers={"a": 1}, updated=DEC_1)
    store.drafts.keep(first)
    store.drafts.keep(replace(first, id="B" * 26, answers={"a": 2}))
    store.drafts.keep(replace(first, id="C" * 26, subject="y"))

    found = store.drafts.find("prep", "x")

    assert found is not None
    assert found.answers == {"a": 2}
    assert len(store.drafts.list()) == 2
    store.drafts.drop("prep", "x")
    assert store.drafts.find("prep", "x") is None


# Transactions


def test_a_transaction_is_kept_whole_or_not_at_all(peopled: Store) -> None:
    with pytest.raises(InvalidError), peopled.transaction():  # noqa: PT012 - it is the whole that fails
        peopled.notes.add(Note(id="N" * 26, client_id=CLIENT_ID, on=DEC_1, text="x"))
        peopled.clients.rename(CLIENT_ID, "Other")
        peopled.clients.rename(CLIENT_ID, "")

    assert peopled.notes.list() == []
    assert peopled.clients.get(CLIENT_ID) == a_client()


def test_what_was_done_in_a_transaction_is_there_after_opening_again(folder: Path) -> None:
    with open_store(folder) as store, store.transaction():
        store.clients.add(a_client())
        store.contacts.add(a_contact())
    with open_store(folder) as again:
        assert again.find_person("acme/jo") == (a_client(), a_contact())


# Names that are saved


def test_a_name_is_cleaned_when_it_is_saved_and_an_alias_that_says_the_same_is_left_out(store: Store) -> None:
    kept = store.clients.add(a_client(" Ac\x1b\u202eme \n Tools", aliases=("ACME tools", "A\x00T", "at")))

    assert kept == a_client("Acme Tools", aliases=("AT",))
    assert store.clients.get(CLIENT_ID) == kept


def test_a_name_or_alias_that_another_client_has_is_refused(store: Store) -> None:
    store.clients.add(a_client("Acme", aliases=("Akme",)))

    for name, aliases in (("ＡＣＭＥ", ()), ("akme", ()), ("Nord", ("acme",))):
        with pytest.raises(InvalidError) as caught:
            store.clients.add(a_client(name, "B" * 26, aliases=aliases))
        assert caught.value.key == "client-exists"
    assert store.clients.count() == 1


def test_two_people_of_one_name_at_a_client_are_refused_and_at_two_clients_are_not(peopled: Store) -> None:
    with pytest.raises(InvalidError) as caught:
        peopled.contacts.add(a_contact("JO  BERG", "B" * 26))
    peopled.clients.add(a_client("Nord", "N" * 26))
    peopled.contacts.add(a_contact("Jo Berg", "B" * 26, client_id="N" * 26))

    assert caught.value.key == "contact-exists"


def test_a_renamed_client_is_still_found_by_its_old_name(peopled: Store) -> None:
    renamed = peopled.clients.rename(CLIENT_ID, "Zenit")

    assert renamed == a_client("Zenit", aliases=("Acme GmbH",))
    assert peopled.clients.find("acme gmbh") == renamed


def test_a_client_may_not_be_renamed_to_anothers_name(peopled: Store) -> None:
    peopled.clients.add(a_client("Nord", "N" * 26))

    with pytest.raises(InvalidError):
        peopled.clients.rename("N" * 26, "acme gmbh")

    assert peopled.clients.get("N" * 26).name == "Nord"


# Removing


def test_removing_a_client_takes_everything_that_belongs_to_it_and_nothing_else(peopled: Store) -> None:
    peopled.clients.add(a_client("Nord", "N" * 26))
    peopled.visits.add(a_visit("W" * 26, client_id="N" * 26))
    for subject in (CLIENT_ID, VISIT_ID, "N" * 26):
        peopled.drafts.keep(Draft(id=subject, command="prep", subject=subject, answers={}, updated=DEC_1))
    peopled.promises.add(promise("P" * 26))
    peopled.clients.remove(CLIENT_ID)

    assert [client.name for client in peopled.clients.list()] == ["Nord"]
    assert [visit.id for visit in peopled.visits.list()] == ["W" * 26]
    assert [draft.subject for draft in peopled.drafts.list()] == ["N" * 26]
    assert peopled.contacts.list() == peopled.promises.list() == []
    with pytest.raises(NotFoundError):
        peopled.clients.find("acme")


def test_removing_a_contact_takes_what_was_seen_in_them_and_leaves_visits_and_objections(peopled: Store) -> None:
    peopled.visits.save(a_visit(contact_ids=(CONTACT_ID, "someone")))
    seen = Observation(id="O" * 26, client_id=CLIENT_ID, on=DEC_1, cue="fast", contact_id=CONTACT_ID)
    heard = ObjectionMet(id="H" * 26, client_id=CLIENT_ID, on=DEC_1, said="no", contact_id=CONTACT_ID)
    peopled.observations.add(seen)
    peopled.objections.add(heard)
    peopled.contacts.remove(CONTACT_ID)

    assert peopled.contacts.list() == peopled.observations.list() == []
    assert peopled.objections.list() == [replace(heard, contact_id=None)]
    assert peopled.visits.get(VISIT_ID).contact_ids == ("someone",)


def test_removing_what_is_not_there_is_no_error(store: Store) -> None:
    store.clients.remove("nobody")
    store.contacts.remove("nobody")


# Merging


def test_merging_moves_every_record_and_makes_names_aliases(peopled: Store) -> None:
    kept = peopled.clients.add(a_client("Zenit AG", "Z" * 26, aliases=("Zen",), tags=("new",), remarks="one"))
    peopled.clients.save(a_client(aliases=("Akme",), tags=("old", "new"), remarks="two", industry="steel"))
    peopled.promises.add(promise("P" * 26, visit_id=VISIT_ID))
    peopled.notes.add(Note(id="N" * 26, client_id=CLIENT_ID, on=DEC_1, text="x"))
    peopled.objections.add(ObjectionMet(id="H" * 26, client_id=CLIENT_ID, on=DEC_1, said="no"))
    peopled.observations.add(Observation(id="O" * 26, client_id=CLIENT_ID, on=DEC_1, cue="fast"))

    merged = peopled.clients.merge(CLIENT_ID, kept.id)

    assert merged == replace(
        kept, aliases=("Zen", "Acme GmbH", "Akme"), tags=("new", "old"), remarks="one\ntwo", industry="steel"
    )
    assert peopled.clients.list() == [merged]
    rooms: tuple[Any, ...] = (
        peopled.contacts, peopled.visits, peopled.promises, peopled.notes, peopled.objections, peopled.observations
    )  # fmt: skip
    for room in rooms:
        assert [record.client_id for record in room.list()] == [kept.id]
        assert len(room.of(kept.id)) == 1
    assert peopled.find_person("akme/jo")[0] == merged


def test_merging_joins_half_finished_walks_about_both(peopled: Store) -> None:
    peopled.clients.add(a_client("Zenit", "Z" * 26))
    for id_, command, subject, answers in (
        ("A", "prep", CLIENT_ID, {"a": 1, "b": 1}),
        ("B", "prep", "Z" * 26, {"b": 2}),
        ("C", "debrief", CLIENT_ID, {"c": 3}),
    ):
        peopled.drafts.keep(Draft(id=id_ * 26, command=command, subject=subject, answers=answers, updated=DEC_1))

    peopled.clients.merge(CLIENT_ID, "Z" * 26)

    assert {(one.command, one.subject, tuple(one.answers.items())) for one in peopled.drafts.list()} == {
        ("prep", "Z" * 26, (("a", 1), ("b", 2))),
        ("debrief", "Z" * 26, (("c", 3),)),
    }


def test_a_client_cannot_be_merged_into_itself(peopled: Store) -> None:
    with pytest.raises(UsageError):
        peopled.clients.merge(CLIENT_ID, CLIENT_ID)

    assert peopled.contacts.of(CLIENT_ID) == [a_contact()]


# What cannot be saved


@pytest.mark.parametrize("unsayable", ["\ud800", "a\udcff"])
def test_text_that_is_no_unicode_is_a_store_error_and_not_a_crash(peopled: Store, unsayable: str) -> None:
    for record in (a_visit(plan=Plan(notes=unsayable)), a_visit(contact_ids=(unsayable,))):
        with pytest.raises(StoreError) as caught:
            peopled.visits.save(record)
        assert caught.value.key == "store-value"
    with pytest.raises(StoreError):
        peopled.notes.add(Note(id="N" * 26, client_id=CLIENT_ID, on=DEC_1, text=unsayable))


def test_a_number_too_big_for_any_column_is_a_store_error(peopled: Store) -> None:
    with pytest.raises(StoreError):
        peopled.contacts.save(a_contact(influence=2**70))
