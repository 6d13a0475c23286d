"""Finding: by name through an index, whoever is meant in either script, and a question where it is not clear."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salescoach.errors import NotFoundError
from salescoach.records.models import Client, Contact
from salescoach.records.names import spell
from salescoach.records.packing import pack
from salescoach.store import Store
from salescoach.store.tables import ClientSpellingRow, ContactRow
from tests.store.samples import CLIENT_ID, CONTACT_ID, DEC_1, a_client, a_contact, a_visit


@pytest.fixture
def book(store: Store) -> Store:
    """A rep's book with names of every sort."""
    for number, (name, aliases) in enumerate(
        {
            "Acme GmbH": ("Akme",),
            "Nordlicht Energie AG": (),
            "宝士达有限公司": ("BSD Power",),
            "A/S Norden": (),
            "Smith/Jones": (),
        }.items()
    ):
        client = store.clients.add(Client(id=f"{number}" * 26, name=name, aliases=aliases))
        store.contacts.add(Contact(id=f"{number}C" * 13, client_id=client.id, name="李伟", aliases=("David Li",)))
        store.contacts.add(Contact(id=f"{number}D" * 13, client_id=client.id, name="Jo Berg"))
    return store


@pytest.mark.parametrize(
    ("typed", "client", "contact"),
    [
        ("acme", "Acme GmbH", None),
        ("akme/jo", "Acme GmbH", "Jo Berg"),
        ("acme/liwei", "Acme GmbH", "李伟"),
        ("宝士达/李伟", "宝士达有限公司", "李伟"),
        ("baoshida/david", "宝士达有限公司", "李伟"),
        (" nordlicht / jo berg ", "Nordlicht Energie AG", "Jo Berg"),
        ("nordlihct energie/jo bergg", "Nordlicht Energie AG", "Jo Berg"),
        ("A/S Norden", "A/S Norden", None),
        ("a/s norden/jo", "A/S Norden", "Jo Berg"),
        ("smith/jones", "Smith/Jones", None),
        ("Smith/Jones/liwei", "Smith/Jones", "李伟"),
        ("acme/", "Acme GmbH", None),
        ("0" * 26, "Acme GmbH", None),
    ],
)
def test_a_client_or_a_person_there_is_meant_by(book: Store, typed: str, client: str, contact: str | None) -> None:
    found, person = book.find_person(typed)

    assert found.name == client
    assert (person.name if person else None) == contact


@pytest.mark.parametrize(
    ("typed", "key", "nearest"),
    [
        ("acne", "client-unknown", ("Acme GmbH",)),
        ("qqqqqq", "client-unknown", ()),
        ("", "client-unknown", ()),
        ("/", "client-unknown", ()),
        ("qqqqqq/jo", "client-unknown", ()),
        ("acme/jan berg", "contact-unknown", ("Acme GmbH/Jo Berg",)),
        ("acme/qqq", "contact-unknown", ()),
    ],
)
def test_who_is_not_known_is_not_found_with_the_nearest(
    book: Store, typed: str, key: str, nearest: tuple[str, ...]
) -> None:
    with pytest.raises(NotFoundError) as caught:
        book.find_person(typed)

    assert caught.value.key == key
    assert caught.value.nearest[: len(nearest)] == nearest
    assert bool(caught.value.nearest) == bool(nearest)


def test_a_name_that_several_fit_is_ambiguous_and_names_at_most_three(store: Store) -> None:
    for number in range(30):
        store.clients.add(a_client(f"Stahl {number:02}", f"{number:02}" * 13))

    with pytest.raises(NotFoundError) as caught:
        store.clients.find("stahl")

    assert caught.value.key == "client-ambiguous"
    assert len(caught.value.nearest) == 3


def test_what_is_named_as_nearest_can_be_typed_as_it_stands(book: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        book.find_person("a/s norden/jan berg")

    client, contact = book.find_person(caught.value.nearest[0])
    assert contact is not None
    assert (client.name, contact.name) == ("A/S Norden", "Jo Berg")


def test_a_person_who_is_only_like_somebody_is_nobody_where_a_record_hangs_on_it(store: Store) -> None:
    client = store.clients.add(a_client())
    peter = store.contacts.add(a_contact("Peter Müller"))

    assert store.contacts.find(client, "petra müller") == peter
    assert store.contacts.find(client, "peter", guess=False) == peter
    with pytest.raises(NotFoundError) as caught:
        store.contacts.find(client, "petra müller", guess=False)
    assert caught.value.nearest == ("Acme GmbH/Peter Müller",)


def test_two_people_that_a_name_fits_are_ambiguous(store: Store) -> None:
    store.clients.add(a_client())
    store.contacts.add(a_contact("Jo Berg"))
    store.contacts.add(a_contact("Jo Tal", "T" * 26))

    with pytest.raises(NotFoundError) as caught:
        store.find_person("acme/jo")

    assert caught.value.key == "contact-ambiguous"
    assert caught.value.nearest == ("Acme GmbH/Jo Tal", "Acme GmbH/Jo Berg")


def test_a_name_that_was_changed_is_no_longer_found(store: Store) -> None:
    store.clients.add(a_client("Acme", aliases=("Old",)))
    store.clients.save(a_client("Acme"))

    with pytest.raises(NotFoundError):
        store.clients.find("old")


def test_a_persons_surname_is_read_as_one_at_a_client_and_as_a_client(store: Store) -> None:
    store.clients.add(Client(id=CLIENT_ID, name="单田", kind="person"))
    store.contacts.add(a_contact("曾伟"))

    client, contact = store.find_person("shantian/zengwei")

    assert client.name == "单田"
    assert contact is not None


def test_resolving_never_asks_for_pinyin_of_what_is_typed(book: Store) -> None:
    import sys

    for module in [name for name in sys.modules if name.startswith("pypinyin")]:
        del sys.modules[module]
    book.find_person("宝士达/李伟")
    book.find_person("bsdd"[:3] + " power/liwei")

    assert not any(name.startswith("pypinyin") for name in sys.modules)


# In simplified and in traditional characters

SCRIPTS = [
    ("东方电机有限公司", "张伟强", "東方電機", "張偉強"),
    ("東方電機股份有限公司", "張偉強", "东方电机", "张伟强"),
]


def in_one_script(store: Store, name: str, person: str) -> None:
    store.clients.add(Client(id="E" * 26, name=name))
    store.contacts.add(Contact(id="EC" * 13, client_id="E" * 26, name=person))


@pytest.mark.parametrize(("name", "person", "client", "contact"), SCRIPTS)
def test_a_name_is_found_in_the_other_characters_through_the_index(
    book: Store, name: str, person: str, client: str, contact: str
) -> None:
    in_one_script(book, name, person)
    with statements(book) as seen:
        found = [book.find_person(f"{part}/{contact}") for part in (client, client[:2])]

    assert {(one.name, two.name) for one, two in found if two} == {(name, person)}
    assert not scans(book, seen)


@pytest.mark.parametrize(("name", "person", "client", "contact"), SCRIPTS)
def test_what_an_earlier_version_kept_is_found_in_the_other_characters_too(
    book: Store, name: str, person: str, client: str, contact: str
) -> None:
    in_one_script(book, name, person)
    loose = name[:4]  # earlier this key was in the characters of the name
    ClientSpellingRow.update(loose=loose).where(ClientSpellingRow.client_id == "E" * 26).execute(
        book.connection.database
    )
    people = pack([replace(spell(person, person=True), loose=person)])
    ContactRow.update(spellings=people).where(ContactRow.client_id == "E" * 26).execute(book.connection.database)

    found = [book.find_person(f"{part}/{contact}") for part in (client, client[:2])]
    assert {(one.name, two.name) for one, two in found if two} == {(name, person)}


# Through an index, always


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The SQL that is run meanwhile."""
    connection = store.connection.database.connection()
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        connection.set_trace_callback(None)


def scans(store: Store, seen: list[str]) -> list[str]:
    """The steps of these statements that read a whole table, or sort one."""
    steps = [
        f"{detail} <- {sql[:120]}"
        for sql in seen
        if sql.startswith(("SELECT", "UPDATE", "DELETE"))
        for *_, detail in store.connection.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    return [step for step in steps if step.startswith("SCAN")]


LOOKUPS: dict[str, Any] = {
    "exact name": lambda store: store.clients.resolve("acme gmbh"),
    "looser name": lambda store: store.clients.resolve("acme"),
    "alias": lambda store: store.clients.resolve("akme"),
    "prefix": lambda store: store.clients.resolve("nordl"),
    "chinese": lambda store: store.clients.resolve("宝士"),
    "pinyin": lambda store: store.clients.resolve("baoshida"),
    "initials": lambda store: store.clients.resolve("bsd p"),
    "person": lambda store: store.find_person("a/s norden/jo"),
    "adding a client": lambda store: store.clients.add(a_client("New", "N" * 26, aliases=("Newer",))),
    "saving a client": lambda store: store.clients.save(a_client("New", "N" * 26)),
    "renaming": lambda store: store.clients.rename("0" * 26, "Zenit"),
    "merging": lambda store: store.clients.merge("0" * 26, "1" * 26),
    "removing a client": lambda store: store.clients.remove("0" * 26),
    "removing a contact": lambda store: store.contacts.remove("0C" * 13),
    "visit by short id": lambda store: store.visits.get("abcdef"),
    "visits of": lambda store: store.visits.of("0" * 26, 10),
    "held": lambda store: store.visits.held("0" * 26),
    "last held": lambda store: store.visits.last_held("0" * 26),
    "planned for": lambda store: store.visits.planned_for("0" * 26, DEC_1),
    "planned between": lambda store: store.visits.planned_between(DEC_1, DEC_1 + timedelta(7)),
    "latest to debrief": lambda store: store.visits.latest_to_debrief(DEC_1),
    "open promises": lambda store: store.promises.open_of("0" * 26),
    "due promises": lambda store: store.promises.due(DEC_1),
    "unresolved": lambda store: store.objections.unresolved("0" * 26),
    "on a topic": lambda store: store.objections.on_topic("price"),
    "observations": lambda store: store.observations.of("0" * 26),
    "observations of a person": lambda store: store.observations.of_contact("0C" * 13),
    "notes": lambda store: store.notes.of("0" * 26),
    "draft": lambda store: store.drafts.find("prep", "0" * 26),
    "dropping a draft": lambda store: store.drafts.drop("prep", "0" * 26),
}


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_no_table_is_read_whole_for(book: Store, lookup: str) -> None:
    with statements(book) as seen, suppress(NotFoundError):
        LOOKUPS[lookup](book)

    assert seen
    assert scans(book, seen) == []


def test_the_last_visits_of_a_span_are_read_in_their_order_so_that_reading_ends_at_the_limit(book: Store) -> None:
    with statements(book) as seen:
        book.visits.held_between(DEC_1 - timedelta(90), DEC_1, 10)
    plans = [book.connection.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in seen]

    assert [row[-1] for plan in plans for row in plan if "ORDER BY" in row[-1]] == []


def test_promises_that_are_due_are_counted_in_the_index_alone(book: Store) -> None:
    with statements(book) as seen:
        book.promises.count_due(DEC_1)
    plans = [book.connection.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in seen]

    assert [row[-1] for plan in plans for row in plan if "COVERING INDEX" not in row[-1]] == []


def test_whether_there_is_a_client_is_known_without_counting_them(book: Store) -> None:
    with statements(book) as seen:
        assert not book.clients.is_empty()

    assert [sql for sql in seen if "LIMIT 1" not in sql] == []


def test_only_a_guess_reads_every_name(book: Store) -> None:
    with statements(book) as seen:
        book.clients.find("nordlihct energie")

    assert scans(book, seen) != []


def test_visits_in_order_are_read_from_an_index_and_not_sorted(book: Store) -> None:
    with statements(book) as seen:
        book.visits.of("0" * 26, 10)
        book.visits.latest_to_debrief(DEC_1)
        book.visits.last_held("0" * 26)
        book.visits.recent(10)
    plans = [book.connection.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in seen]

    assert not [plan for plan in plans if any("TEMP B-TREE FOR ORDER BY" in row[-1] for row in plan)]


@pytest.mark.torture
def test_a_hundred_thousand_clients_resolve_without_reading_them_all(store: Store) -> None:
    store.clients.add_all([a_client(f"Kunde {number:06} GmbH", f"{number:026}") for number in range(100_000)])
    store.clients.add(a_client("宝士达有限公司", "B" * 26))
    with statements(store) as seen:
        assert store.clients.find("kunde 054321").id == f"{54321:026}"
        assert store.clients.find("baoshida").id == "B" * 26

    assert scans(store, seen) == []
    assert store.clients.find("knude 054321").id == f"{54321:026}"


def test_a_visit_among_many_is_found_by_the_end_of_its_id(store: Store) -> None:
    store.clients.add(a_client())
    store.contacts.add(a_contact())
    days = [DEC_1 + timedelta(number) for number in range(1500)]
    store.visits.add_all([a_visit(store.new_id(), day, contact_ids=(CONTACT_ID,)) for day in days])
    wanted = store.visits.list()[777]

    assert store.visits.get(wanted.id[-8:].lower()) == wanted
