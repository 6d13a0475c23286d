"""The whole book out of one home and into another: nothing lost, nothing twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given

from salescoach.errors import InvalidError
from salescoach.exchange.archive import Archive, written
from salescoach.records.book import PARTS, Book
from salescoach.records.me import Me
from salescoach.records.models import Draft, Note, Promise, Unmatched, Visit
from salescoach.store import Store, open_store
from salescoach.store.tables import TABLES
from salescoach.store.whole import Brought, book, bring_in, parts
from tests.examples import tried
from tests.store.books import books
from tests.store.samples import CLIENT_ID, CONTACT_ID, DEC_1, VISIT_ID, a_client, a_contact, a_visit

OTHER_ID, THIRD_ID = CLIENT_ID[:-1] + "X", CLIENT_ID[:-1] + "Y"


def document(held: Book) -> bytes:
    return b"".join(written(held.me, [(name, getattr(held, name)) for name in PARTS], DEC_1, "1"))


def exported(store: Store) -> bytes:
    with store.connection.reading():
        return b"".join(written(store.me.get(), parts(store), DEC_1, "1"))


def take(store: Store, held: Book, **how: Any) -> Brought:
    return bring_in(store, Archive(document(held)), **how)


def counts(brought: Brought) -> tuple[int, int, int, int]:
    return brought.created, brought.updated, brought.skipped, brought.failed


# What a book is


def test_a_book_has_a_part_for_every_table_and_none_is_forgotten() -> None:
    worked_out = {"client_spelling"}
    kept = {shelf.table._meta.table_name for shelf in shelves()} | {"me"}

    assert kept | worked_out == {table._meta.table_name for table in TABLES}
    assert set(PARTS) | {"me"} == set(Book.__dataclass_fields__)
    hints = get_type_hints(Book)
    assert {name: get_args(hints[name])[0] for name in PARTS} == dict(PARTS)


def shelves() -> Iterator[Any]:
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        yield from [getattr(store, name) for name in PARTS]


# Out and in


@tried(25)
@given(books())
def test_a_book_comes_back_the_same_and_a_second_time_changes_nothing(held: Book) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        once = take(store, held)
        raw = exported(store)
        twice = bring_in(store, Archive(raw))

        assert (once.failures, once.saved) == ((), True)
        assert book(store) == held
        assert raw == document(held) == exported(store)
        assert counts(twice) == (0, 0, once.created, 0)


@tried(10)
@given(books())
def test_what_is_worked_out_is_as_if_the_rep_had_typed_it(held: Book) -> None:
    with TemporaryDirectory() as one, open_store(Path(one)) as typed, open_store(Path(one) / "2") as brought:
        if held.me != Me():
            typed.me.save(held.me)
        for name in PARTS:
            getattr(typed, name).add_all(getattr(held, name))
        take(brought, held)

        assert tables(brought) == tables(typed)


def tables(store: Store) -> dict[str, list[str]]:
    """All that the database holds, but for the numbers of its rows."""
    held = {}
    for table in (one._meta.table_name for one in TABLES):
        rows = store.connection.named(f"SELECT * FROM {table}", {})
        held[table] = sorted(repr(row[1:] if table == "client_spelling" else row) for row in rows)
    return held


def test_with_very_many_records_the_indexes_are_there_afterwards(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salescoach.store.taking.MANY", 1)
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    before = store.connection.named(query, {})

    take(store, Book(clients=(a_client(),), visits=(a_visit(),)))

    assert store.connection.named(query, {}) == before
    assert store.connection.named("PRAGMA integrity_check", {}) == [("ok",)]
    assert store.clients.find("Acme").id == CLIENT_ID


def test_dates_in_answers_come_back_as_dates(store: Store) -> None:
    held = Book(drafts=(Draft(id=VISIT_ID, command="prep", subject="", answers={"when": [DEC_1]}, updated=DEC_1),))

    take(store, held)

    assert store.drafts.list()[0].answers == {"when": [date(2026, 12, 1)]}


# Again, and differently


def test_what_is_different_is_updated_and_counted(store: Store) -> None:
    held = Book(clients=(a_client(),), notes=(Note(id=VISIT_ID, client_id=CLIENT_ID, on=DEC_1, text="old"),))
    take(store, held)

    brought = take(store, replace(held, notes=(replace(held.notes[0], text="new"),)))

    assert counts(brought) == (0, 1, 1, 0)
    assert store.notes.list()[0].text == "new"


def test_a_client_that_was_renamed_is_found_under_both_names_of_the_document(store: Store) -> None:
    take(store, Book(clients=(a_client("Acme"),)))

    take(store, Book(clients=(a_client("Morvale", aliases=("Acme",)),)))

    assert store.clients.find("Morvale").id == store.clients.find("Acme").id == CLIENT_ID


def test_a_name_that_became_free_in_the_same_document_may_be_given_to_another(store: Store) -> None:
    take(store, Book(clients=(a_client("Acme", THIRD_ID),)))

    brought = take(store, Book(clients=(a_client("Acme", OTHER_ID), a_client("Morvale", THIRD_ID))))

    assert counts(brought) == (1, 1, 0, 0)
    assert {one.id: one.name for one in store.clients.list()} == {OTHER_ID: "Acme", THIRD_ID: "Morvale"}


def test_a_client_of_the_same_name_is_the_same_and_gets_what_belongs_to_the_other(store: Store) -> None:
    store.clients.add(a_client("ACME gmbh", OTHER_ID))
    mine = store.contacts.add(a_contact("Jo Berg", THIRD_ID, client_id=OTHER_ID))
    held = Book(
        clients=(a_client("Acme GmbH", industry="pumps"),),
        contacts=(a_contact("jo berg", mail="jo@acme.example"),),
        visits=(a_visit(contact_ids=(CONTACT_ID,)),),
        promises=(Promise(id=VISIT_ID, client_id=CLIENT_ID, owner="ours", who="me", what="call", visit_id=VISIT_ID),),
    )

    first, second = take(store, held), take(store, held)

    assert counts(first) == (2, 2, 0, 0)
    assert counts(second) == (0, 0, 4, 0)
    (client,) = store.clients.list()
    assert (client.id, client.name, client.industry) == (OTHER_ID, "ACME gmbh", "pumps")
    assert [one.mail for one in store.contacts.of(OTHER_ID)] == ["jo@acme.example"]
    assert store.visits.of(OTHER_ID)[0].contact_ids == (mine.id,)
    assert store.promises.of(OTHER_ID)[0].visit_id == VISIT_ID


def test_an_alias_of_several_clients_here_is_a_failure(store: Store) -> None:
    store.clients.add(a_client("Acme", OTHER_ID))
    store.clients.add(a_client("Morvale", THIRD_ID))

    brought = take(store, Book(clients=(a_client("Both", aliases=("Acme", "Morvale")),)))

    assert [(name, at, error.key) for name, at, error in brought.failures] == [("clients", 0, "import-several")]


def test_who_the_rep_is_stays_unless_nothing_was_said(store: Store) -> None:
    take(store, Book(me=Me(name="Jana")))

    brought = take(store, Book(me=Me(name="Somebody else")))

    assert counts(brought) == (0, 0, 1, 0)
    assert store.me.get() == Me(name="Jana")


def test_a_walk_that_is_half_finished_here_keeps_its_answers(store: Store) -> None:
    store.drafts.keep(Draft(id=OTHER_ID, command="me", subject="", answers={"name": "Jana"}, updated=DEC_1))
    coming = Draft(id=THIRD_ID, command="me", subject="", answers={"name": "X", "company": "Y"}, updated=DEC_1)

    take(store, Book(drafts=(coming,)))
    again = take(store, Book(drafts=(coming,)))

    assert store.drafts.find("me", "").answers == {"name": "Jana", "company": "Y"}  # type: ignore[union-attr]
    assert counts(again) == (0, 0, 1, 0)


def test_a_sentence_that_is_here_already_stays_one(store: Store) -> None:
    store.unmatched.keep(Unmatched(id=OTHER_ID, said="Hm.", on=DEC_1, times=2))

    take(store, Book(unmatched=(Unmatched(id=THIRD_ID, said="hm", on=DEC_1, times=3),)))

    assert [(one.id, one.times) for one in store.unmatched.list()] == [(OTHER_ID, 3)]


# What cannot be kept

ORPHAN = Visit(id=VISIT_ID, client_id=OTHER_ID, when=DEC_1)


def test_with_one_failure_nothing_is_saved_and_the_counts_are_as_they_would_have_been(store: Store) -> None:
    brought = take(store, Book(clients=(a_client(),), visits=(ORPHAN,)))

    assert (*counts(brought), brought.saved) == (1, 0, 0, 1, False)
    assert [(name, at, error.key) for name, at, error in brought.failures] == [("visits", 0, "archive-reference")]
    assert book(store) == Book()


def test_keeping_going_the_rest_comes_in(store: Store) -> None:
    brought = take(store, Book(clients=(a_client(),), visits=(ORPHAN,)), keep_going=True)

    assert (*counts(brought), brought.saved) == (1, 0, 0, 1, True)
    assert book(store) == Book(clients=(a_client(),))


def test_a_dry_run_counts_and_keeps_nothing(store: Store) -> None:
    brought = take(store, Book(clients=(a_client(),)), dry_run=True)

    assert (*counts(brought), brought.saved) == (1, 0, 0, 0, False)
    assert book(store) == Book()


def test_rows_that_the_database_refuses_are_failures_of_their_own(store: Store) -> None:
    """Two sentences that count as one, under ids that are both here."""
    first, second = (Unmatched(id=id_, said=said, on=DEC_1) for id_, said in ((OTHER_ID, "a"), (THIRD_ID, "b")))
    take(store, Book(unmatched=(first, second)))

    brought = take(store, Book(unmatched=(replace(first, times=9), replace(second, said="A!"))), keep_going=True)

    assert [(name, at, error.key) for name, at, error in brought.failures] == [("unmatched", 1, "archive-conflict")]
    assert {one.said: one.times for one in store.unmatched.list()} == {"a": 9, "b": 1}


def test_a_record_twice_in_a_document_is_one(store: Store) -> None:
    brought = take(store, Book(clients=(a_client(), a_client(industry="pumps"))))

    assert counts(brought) == (1, 1, 0, 0)


# What is no book


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "archive-json"),
        (b"{", "archive-json"),
        (b"[]", "archive-type"),
        (b"{}", "archive-schema"),
        (b'{"schema": "salescoach/brief@1"}', "archive-schema"),
        (b'{"schema": "salescoach/book@2", "new": 1}', "archive-newer"),
        (b'{"schema": "salescoach/book@1", "customers": []}', "archive-unknown"),
        (b'{"schema": "salescoach/book@1", "clients": {}}', "archive-type"),
        (b'{"schema": "salescoach/book@1", "me": {"name": 1}}', "archive-type"),
        (b'{"schema": "salescoach/book@1", "made": "soon"}', "archive-type"),
        (b"[" * 10_000, "archive-type"),
        (b'{"schema": "salescoach/book@1", "notes": ["\\ud800"]}', "archive-json"),
        (b'{"schema": "salescoach/book@1", "clients": [' + b"[" * 10_000, "archive-deep"),
        (b"\xff\xfe{", "archive-json"),
    ],
)
def test_what_is_no_book_is_refused(raw: bytes, key: str) -> None:
    with pytest.raises(InvalidError) as refused:
        Archive(raw)

    assert refused.value.key == key


NOTE = '{"id": "%s", "client_id": "%s", "on": "2026-12-01", "text": "x"%s}'


@pytest.mark.parametrize(
    ("note", "key", "place"),
    [
        (NOTE % (VISIT_ID, CLIENT_ID, ', "colour": 1'), "archive-unknown", "notes[0].colour"),
        (NOTE % ("../../etc", CLIENT_ID, ""), "archive-id", "notes[0].id"),
        (NOTE % (VISIT_ID.lower(), CLIENT_ID, ""), "archive-id", "notes[0].id"),
        ("{}", "archive-missing", "notes[0].id"),
        ('"a note"', "archive-type", "notes[0]"),
        ((NOTE % (VISIT_ID, CLIENT_ID, "")).replace('"x"', "1"), "archive-type", "notes[0].text"),
    ],
)
def test_a_record_that_does_not_fit_is_named_with_its_place_and_line(note: str, key: str, place: str) -> None:
    archive = Archive(b'{"schema": "salescoach/book@1",\n"notes": [\n' + note.encode() + b"]}")

    ((_, error),) = next(archive.batches("notes"))

    assert isinstance(error, InvalidError)
    assert (error.key, error.facts["place"]) == (key, place)
    assert archive.lines([("notes", 0)]) == [3]


@pytest.mark.parametrize("answer", ["[" * 60 + "]" * 60, "9" * 40, '{"a":' * 200 + "1" + "}" * 200])
def test_answers_nested_too_deep_or_too_large_are_refused(answer: str) -> None:
    draft = (
        f'{{"id": "{VISIT_ID}", "command": "me", "subject": "", "answers": {{"a": {answer}}}, "updated": "2026-12-01"}}'
    )
    archive = Archive(b'{"schema": "salescoach/book@1", "drafts": [' + draft.encode() + b"]}")

    ((_, error),) = next(archive.batches("drafts"))

    assert isinstance(error, InvalidError)
    assert error.key == "archive-deep"
