"""Words are found in everything the rep wrote, in both languages, as soon as it is written and no longer than it is there."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.records.account import Assessment, Contract, Crisis, LogEntry, Occasion, Said
from salescoach.records.models import (
    Client,
    Contact,
    Debrief,
    Note,
    ObjectionMet,
    Observation,
    Promise,
    Step,
    Unmatched,
    Visit,
)
from salescoach.records.practice import Exercise
from salescoach.store import Store, open_store
from salescoach.store.search import INDEXED
from salescoach.store.tables import TABLES
from tests.examples import tried
from tests.store import samples

TODAY = date(2026, 12, 1)
#: Kept, but not written by the rep, or found through what they belong to.
NOT_SEARCHED = {"me", "client_spelling", "draft", "touch"}


@pytest.fixture
def store(store: Store) -> Store:
    """A store with a client and an index."""
    store.clients.add(Client(id=samples.CLIENT_ID, name="恒泰泵业", aliases=("Hengtai",)))
    store.search.make()
    return store


def found(store: Store, words: str) -> list[tuple[str, str]]:
    return [(one.record, one.plain()) for one in store.search.find(words, 20)]


def note(store: Store, text: str, on: date = TODAY) -> Note:
    return store.notes.add(Note(id=store.new_id(), client_id=samples.CLIENT_ID, on=on, text=text))


#: Words that begin alike.
WORDS_ALIKE = ("trial", "Trials", "trialled", "trial-run", "tríal", "pump2", "pump21", "便宜", "便宜trial")


def reopened(store: Store) -> Store:
    """As the next command finds it."""
    return open_store(store.path.parent)


RECORDS: dict[str, Any] = {
    "contact": lambda s, w: s.contacts.add(Contact(id=s.new_id(), client_id=samples.CLIENT_ID, name="Li", position=w)),
    "visit": lambda s, w: s.visits.save(
        Visit(id=s.new_id(), client_id=samples.CLIENT_ID, when=TODAY, debrief=Debrief(client_commitments=(Step(what=w),)))
    ),
    "promise": lambda s, w: s.promises.add(
        Promise(id=s.new_id(), client_id=samples.CLIENT_ID, owner="ours", who="me", what=w)
    ),
    "objection": lambda s, w: s.objections.add(
        ObjectionMet(id=s.new_id(), client_id=samples.CLIENT_ID, on=TODAY, said=w)
    ),
    "observation": lambda s, w: s.observations.add(
        Observation(id=s.new_id(), client_id=samples.CLIENT_ID, on=TODAY, cue=w)
    ),
    "note": note,
    "unmatched": lambda s, w: s.unmatched.keep(Unmatched(id=s.new_id(), said=w, on=TODAY)),
    "contract": lambda s, w: s.contracts.add(
        Contract(id=s.new_id(), client_id=samples.CLIENT_ID, signed=TODAY, least=w)
    ),
    "assessment": lambda s, w: s.assessments.add(
        Assessment(
            id=s.new_id(), client_id=samples.CLIENT_ID, sheet="risk", version=1, on=TODAY,
            answers={"q": Said(answer="yes", because=w)},
        )
    ),
    "occasion": lambda s, w: s.occasions.add(
        Occasion(id=s.new_id(), client_id=samples.CLIENT_ID, kind="birthday", what=w, day=TODAY)
    ),
    "crisis": lambda s, w: s.crises.add(
        Crisis(id=s.new_id(), kind="product", opened=TODAY, log=(LogEntry(at="2026-12-01 14:05", text=w),))
    ),
    "exercise": lambda s, w: s.exercises.add(Exercise(id=s.new_id(), case="c", on=TODAY, answer=w, hit=(), of=1)),
    "client": lambda s, w: s.clients.add(Client(id=s.new_id(), name=f"Other {w}")),
}  # fmt: skip


def test_every_table_is_searched_or_said_not_to_be() -> None:
    assert {table._meta.table_name for table in TABLES} == set(INDEXED) | NOT_SEARCHED
    assert set(RECORDS) == set(INDEXED)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("first", ["written", "indexed"])
def test_what_is_written_in_any_record_is_found(store: Store, record: str, first: str) -> None:
    if first == "written":
        store.search.forget()
    with reopened(store) as now:
        RECORDS[record](now, "the 密封圈 leaks")
        if first == "written":
            now.search.make()

        assert [one for one, _ in found(now, "密封圈 leak")] == [record]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("他们说价格太高了", "价格"),
        ("他们说价格太高了", "太高 价格"),
        ("Der Motor läuft heiß", "LAUFT"),
        ("Der Motor läuft heiß", "mot hei"),
        ("die Straße ist zu", "strasse"),
        ("die Strasse ist zu", "STRAßE"),
        ("Frau Müller", "mueller"),
        ("Frau Mueller", "Müller"),
        ("東方電機的張偉強說太貴", "张伟强"),
        ("东方电机的张伟强说太贵", "張偉強 太貴"),
        ("頭髮和發貨", "头发 发货"),
        ("Bosch便宜12%", "bosch 12"),
        ("Ｂｏｓｃｈ便宜", "bosch"),
        ("call +49 201 555", "201"),
    ],
)
def test_words_are_found_whatever_their_case_accents_width_and_order_and_by_their_beginning(
    store: Store, written: str, words: str
) -> None:
    with reopened(store) as now:
        note(now, written)
        assert found(now, words) == [("note", written.replace("Ｂｏｓｃｈ", "Bosch"))]


@pytest.mark.parametrize("words", ["格价", "价 钢", "tor", '"', "NOT", "* OR", "", "NEAR(a b)", "text:高"])
def test_what_is_not_there_is_not_found_and_no_mark_has_a_meaning(store: Store, words: str) -> None:
    with reopened(store) as now:
        note(now, "他们说价格太高了, the motor")
        assert found(now, words) == []


@given(
    written=st.lists(st.lists(st.sampled_from(WORDS_ALIKE), min_size=1, max_size=4).map(" ".join), max_size=6),
    asked=st.lists(st.sampled_from([*WORDS_ALIKE, "tri", "tria", "Pump2", "便"]), min_size=1, max_size=3).map(" ".join),
)
@tried(25)
def test_whole_words_find_what_words_that_are_left_open_find(
    tmp_path_factory: pytest.TempPathFactory, written: list[str], asked: str
) -> None:
    with open_store(tmp_path_factory.mktemp("open")) as now:
        now.clients.add(Client(id=samples.CLIENT_ID, name="恒泰泵业"))
        now.search.make()
        for number, text in enumerate(written):
            note(now, text, TODAY - timedelta(days=number))
        whole = found(now, asked)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("salescoach.store.search.OPEN", 99)
            assert found(now, asked) == whole


def test_a_word_that_goes_on_in_many_ways_is_found_in_all_of_them(store: Store) -> None:
    with reopened(store) as now:
        for number in range(30):
            note(now, f"pump{number:02}", TODAY - timedelta(days=number))
        assert [text for _, text in found(now, "pump")] == [f"pump{number:02}" for number in range(20)]


def test_a_record_is_found_as_it_is_now(store: Store) -> None:
    with reopened(store) as now:
        kept = note(now, "the pump leaks")
        now.notes.save(Note(id=kept.id, client_id=kept.client_id, on=TODAY + timedelta(days=3), text="the valve leaks"))

        assert found(now, "pump") == []
        assert found(now, "valve") == [("note", "the valve leaks")]

        now.clients.remove(samples.CLIENT_ID)
        assert found(now, "valve") == found(now, "恒泰") == []


def test_what_is_taken_back_is_not_found_any_more(store: Store) -> None:
    with reopened(store) as now:
        note(now, "the pump leaks")
    with reopened(store) as now:
        change = now.journal.last()
        assert change is not None
        now.undo(change)
        assert found(now, "pump") == []


def test_clients_come_first_then_the_latest(store: Store) -> None:
    with reopened(store) as now:
        for back in (5, 0, 9):
            note(now, f"恒泰 {back}", TODAY - timedelta(days=back))
        assert [text for _, text in found(now, "恒泰")] == ["恒泰泵业 · Hengtai", "恒泰 0", "恒泰 5", "恒泰 9"]


def test_with_a_client_only_what_belongs_to_it_is_found(store: Store) -> None:
    ids = [samples.CLIENT_ID, "short", "short-er", "–"]
    for one in ids[1:]:
        store.clients.add(Client(id=one, name=f"Client {one}"))
    for number, one in enumerate(ids):
        store.notes.add(Note(id=store.new_id(), client_id=one, on=TODAY, text=f"pump {number}"))
    store.search.make()

    for number, one in enumerate(ids):
        assert [each.plain() for each in store.search.find("pump", 20, [one])] == [f"pump {number}"]
    assert len(store.search.find("pump", 20, ids[1:3])) == 2


def test_an_id_is_no_word(store: Store) -> None:
    note(store, "pump")
    store.search.make()

    assert found(store, "pump") != []
    assert found(store, samples.CLIENT_ID) == []


def test_an_index_of_an_earlier_make_is_made_afresh(store: Store) -> None:
    note(store, "pump")
    for statement in (
        "DROP TABLE words",
        "CREATE VIRTUAL TABLE words USING fts5(text, record UNINDEXED, id UNINDEXED, client_id UNINDEXED)",
        "UPDATE words_state SET version = 1",
    ):
        store.connection.named(statement, {})
    with reopened(store) as now:
        assert not now.search.is_made()
        now.search.make()

        assert [one.plain() for one in now.search.find("pump", 20, [samples.CLIENT_ID])] == ["pump"]


def test_what_was_found_is_marked_in_its_words(store: Store) -> None:
    with reopened(store) as now:
        note(now, "他们说价格太高了")
        (one,) = now.search.find("价格", 5)
        assert one.parts() == (("他们说", False), ("价格", True), ("太高了", False))


texts = samples.texts.filter(lambda text: "\x00" not in text)


@given(written=texts, asked=texts)
@tried(25)
def test_any_text_can_be_written_and_looked_for(
    tmp_path_factory: pytest.TempPathFactory, written: str, asked: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_store(Path(folder)) as now:
        now.clients.add(Client(id=samples.CLIENT_ID, name="恒泰泵业"))
        now.search.make()
    with open_store(Path(folder)) as now:
        note(now, written)
        for one in now.search.find(asked, 5):
            assert one.plain().replace("…", "").strip() in " ".join(f"{written} 恒泰泵业".split())


def test_an_index_that_was_emptied_is_the_table_that_it_was(store: Store) -> None:
    shape = "SELECT name, sql FROM sqlite_master WHERE name LIKE 'words%' ORDER BY name"
    before = [(name, " ".join((sql or "").split())) for name, sql in store.connection.named(shape, {})]

    store.search.forget()

    assert [(name, " ".join((sql or "").split())) for name, sql in store.connection.named(shape, {})] == before
    assert not store.search.is_made()
