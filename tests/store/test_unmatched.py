"""Sentences that no topic fitted: each once, counted, the newest few hundred; and the book that had none of them yet."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.errors import NotFoundError
from salescoach.records.models import Unmatched
from salescoach.records.sentences import LONGEST, same, sentence
from salescoach.store import FILE_NAME, Store, open_store
from tests.store import samples
from tests.store.samples import DEC_1

#: A small book as the first released schema kept it.
BOOK_0001 = Path(__file__).with_name("book-0001.sql")


def said(store: Store, words: str, on: date = DEC_1) -> Unmatched:
    return store.unmatched.keep(Unmatched(id=store.new_id(), said=words, on=on))


# What is a sentence


@pytest.mark.parametrize(
    "words",
    [
        "Call Ruth",
        "you smell of cheese",
        "it's 12 % less",
        "等等看吧",
        "他说 OK 了呀",
        "Müller sagt nein",
        "不要，谢谢",
        "میخواهم بروم",
    ],
)
def test_two_words_or_four_chinese_characters_are_a_sentence(words: str) -> None:
    assert sentence(words) == words


@pytest.mark.parametrize(
    "words",
    [
        *("", "   ", "qqqq", "??", "2026-12-01 / 14:30", "...", "太贵了", "🙂🙂🙂🙂 🙂"),
        *(
            "no\tway",
            "no\nway",
            "\x1b[31mred alert",
            "evil \u202egnp",
            "half \ud800 of it",
            "nul\x00 byte",
            "{company} is bad",
        ),
        "word " * 61,
        "贵" * (LONGEST + 1),
    ],
)
def test_anything_else_is_none(words: str) -> None:
    assert sentence(words) == ""


def test_spaces_of_any_width_are_plain_ones() -> None:
    assert sentence("  we\u3000do \u00a0 not ") == "we do not"


@pytest.mark.parametrize(
    "again", ["We do NOT.", "we do not", "  we  do not !", "“We do not…”", "ｗｅ do not", "Wé do not"]
)
def test_case_width_accents_spacing_and_the_signs_around_do_not_make_another_sentence(again: str) -> None:
    assert same(again) == same("We do not")


@given(st.text(max_size=400))
def test_any_text_is_judged_and_what_is_kept_is_bounded(words: str) -> None:
    kept = sentence(words)

    assert len(kept) <= LONGEST
    assert kept == sentence(kept)
    assert kept.isprintable() or any(char in kept for char in "\u200c\u200d")


# Keeping


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.builds(Unmatched, id=samples.ids, said=samples.texts.filter(bool), on=st.dates(), times=st.integers(1, 99)))
def test_a_sentence_comes_back_equal(store: Store, one: Unmatched) -> None:
    for old in store.unmatched.list():
        store.unmatched.remove(old.id)
    assert store.unmatched.keep(one) == one
    assert store.unmatched.get(one.id) == one
    assert store.unmatched.list() == [one]


def test_a_sentence_said_again_is_counted_under_its_first_id_and_the_later_day(store: Store) -> None:
    first = said(store, "We do not.", DEC_1)
    again = said(store, "we do not", DEC_1 + timedelta(3))
    earlier = said(store, "WE DO NOT", DEC_1)

    assert again == replace(first, times=2, on=DEC_1 + timedelta(3))
    assert earlier == replace(again, times=3)
    assert store.unmatched.list() == [earlier]


def test_the_most_frequent_come_first_then_the_latest(store: Store) -> None:
    said(store, "old one", DEC_1 - timedelta(9))
    said(store, "new one", DEC_1)
    for _ in range(2):
        said(store, "said twice", DEC_1 - timedelta(30))

    assert [one.said for one in store.unmatched.list()] == ["said twice", "new one", "old one"]


def test_past_the_limit_the_one_not_said_for_longest_gives_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(store.unmatched), "MOST", 3)
    for days, words in enumerate(("one a", "one b", "one c", "one d")):
        said(store, words, DEC_1 + timedelta(days))

    assert [one.said for one in store.unmatched.list()] == ["one d", "one c", "one b"]


def test_a_sentence_is_found_by_the_end_of_its_id_and_is_gone_when_removed(store: Store) -> None:
    kept = said(store, "We do not.")
    assert store.unmatched.get(kept.id[-6:].lower()) == kept
    store.unmatched.remove(kept.id)

    with pytest.raises(NotFoundError) as caught:
        store.unmatched.get(kept.id)
    assert caught.value.key == "unmatched-id-unknown"


# The book before there was such a table


@pytest.fixture
def first_book(folder: Path) -> Path:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as old:
        old.executescript(BOOK_0001.read_text("utf-8"))
    return folder


def test_a_book_of_the_first_schema_is_backed_up_then_keeps_all_it_had_and_takes_sentences(first_book: Path) -> None:
    with open_store(first_book) as store:
        (client,), (visit,) = store.clients.list(), store.visits.list()
        draft = store.drafts.find("prep", client.id)

        assert (client.name, client.aliases, visit.status) == ("苏州禾澄液压", ("Hecheng",), "done")
        assert [one.said for one in store.objections.of(client.id)] == ["You are dearer."]
        assert [one.what for one in store.promises.open_of(client.id)] == ["send the report"]
        assert draft is not None
        assert draft.answers == {"notes": "half a line"}
        assert said(store, "We do not.").times == 1

    (copy,) = (first_book / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT name FROM schema_migration").fetchall() == [("0001_records",)]
        assert before.execute("SELECT name FROM client").fetchall() == [("苏州禾澄液压",)]
        assert not before.execute("SELECT 1 FROM sqlite_master WHERE name = 'unmatched'").fetchall()


def test_a_book_of_the_first_schema_without_rows_migrates_too(first_book: Path) -> None:
    with closing(sqlite3.connect(first_book / FILE_NAME)) as old:
        for table in ("draft", "note", "objection", "promise", "visit", "contact", "client_spelling", "client", "me"):
            old.execute(f"DELETE FROM {table}")
        old.commit()

    with open_store(first_book) as store:
        assert store.clients.list() == []
        assert store.unmatched.list() == []
