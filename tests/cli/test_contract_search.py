"""`search`: everything the rep wrote, found by its words."""

import pytest

from salescoach.wrap import cells
from tests.program import CLIENT, Program

NAME = CLIENT["en"]


def test_people_come_first_then_what_was_written_with_the_words_around_it(book: Program) -> None:
    visit = book.json("visit", "list")["visits"][0]["visit"]["id"]

    printed = book.ok("search", "seal", "kit").splitlines()

    assert printed[0].startswith(f"{NAME} · visit · Thu 12 Nov 2026 · {visit[-6:]}"[:40])
    assert "Showed the seal kits." in printed[1]


def test_the_document_has_the_record_the_client_and_the_day(book: Program) -> None:
    document = book.json("search", "test", "report")

    assert document["query"] == "test report"
    assert document["more"] is False
    found = {one["record"]: one for one in document["found"]}
    assert set(found) == {"visit", "promise"}
    assert found["promise"]["client"] == NAME
    assert found["promise"]["day"] == "2026-11-20"
    assert found["promise"]["text"].endswith("send the test report for the 80 mm kit")


@pytest.mark.parametrize("both", ["zh"], indirect=True)
@pytest.mark.parametrize("columns", ["80", "40"])
def test_chinese_is_found_by_any_run_of_characters_and_fits_the_screen(
    both: Program, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    printed = both.ok("--lang", "zh", "search", "漏油")

    assert "统计去年的漏油次数" in printed.replace("\n  ", "")
    assert max(map(cells, printed.splitlines())) <= int(columns)


def test_what_is_found_is_bold_at_a_terminal(book: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1mseal\x1b[0m" in book.ok("search", "seal", tty=True)


@pytest.mark.parametrize("words", ["ammer squirrel", "squirrel ammerfeld", "Ammerfeld Hydraulik squirrel"])
def test_a_client_named_beside_the_words_is_whose_records_are_meant(book: Program, words: str) -> None:
    book.ok("note", NAME, "The squirrel came.")
    book.ok("client", "add", "Other")
    book.ok("note", "Other", "The squirrel came here too.")

    found = book.json("search", *words.split())["found"]

    assert [(one["client"], one["text"]) for one in found] == [(NAME, "The squirrel came.")]


@pytest.mark.parametrize("both", ["zh"], indirect=True)
def test_a_client_is_found_by_its_pinyin(both: Program) -> None:
    assert both.json("search", "suzhouhe")["found"][0]["client"] == CLIENT["zh"]


def test_a_long_list_is_cut_and_says_so(book: Program) -> None:
    for number in range(12):
        book.ok("note", NAME, f"The squirrel came {number} times.")

    printed = book.ok("search", "squirrel")

    assert printed.count("squirrel") == 10
    assert printed.endswith("There is more: add a word.\n")
    assert len(book.json("search", "squirrel")["found"]) == 12


def test_nothing_found_is_exit_3_with_the_same_document(book: Program) -> None:
    ran = book("search", "squirrel")
    assert (ran.code, ran.out) == (3, "")
    assert "Nothing you wrote has “squirrel”." in ran.err
    document = book.json("search", "squirrel", code=3)
    assert (document["found"], document["more"]) == ([], False)


def test_without_records_nothing_is_created_and_nothing_found(program: Program) -> None:
    assert program("search", "anything").code == 3
    assert program("client", "list").code == 0
