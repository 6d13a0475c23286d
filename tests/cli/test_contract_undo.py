"""`undo`: the last command is taken back, told of, and nothing else is touched."""

import re

import pytest

from tests.program import CLIENT, Program

NAME = CLIENT["en"]


def shape(text: str) -> str:
    """Without the day and the time, which are the real ones."""
    return re.sub(r"\w{3} \d+ \w{3} \d\d:\d\d|\d+月\d+日（周.） \d\d:\d\d", "DAY", text)


def test_the_last_command_is_taken_back_and_told_in_a_line(book: Program) -> None:
    book.ok("promise", "add", NAME, "send the drawings", "--by", "2026-12-05")
    before = book.json("client", "show", NAME)
    book.ok("note", NAME, "The plant runs two shifts.")

    printed = shape(book.ok("undo"))

    assert printed == (
        f"Taken back: what “note” did, DAY ({NAME}): note +1 “The plant runs two shifts.”.\n"
        f"“salescoach undo” again takes back what “promise add” did, DAY ({NAME}): promise +1 “Jana Brandt · send the drawings”.\n"
    )
    assert book.json("client", "show", NAME) == before


def test_a_removed_client_comes_back_with_everything_about_it(book: Program) -> None:
    was = book.json("client", "show", NAME), book.json("visit", "list"), book.json("promise", "list", "--all")
    book.ok("client", "remove", NAME, "--yes")

    document = book.json("undo")["undone"]

    assert (book.json("client", "show", NAME), book.json("visit", "list"), book.json("promise", "list", "--all")) == was
    assert document["command"] == "client remove"
    assert document["clients"] == [NAME]
    assert {"record": "contact", "was": "delete", "count": 2} in document["records"]


@pytest.mark.parametrize("both", ["zh"], indirect=True)
def test_it_is_told_in_chinese(both: Program) -> None:
    both.ok("client", "remove", CLIENT["zh"], "--yes")
    printed = shape(both.ok("--lang", "zh", "undo")).splitlines()[0]
    assert printed.startswith(f"已撤销：“client remove”在DAY做的改动（{CLIENT['zh']}）：")
    assert "拜访 −1" in printed


def test_where_there_is_nothing_to_take_back_it_is_said_with_exit_3(program: Program) -> None:
    ran = program("undo")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("There is nothing to take back.\n")


def test_a_refused_command_is_not_what_is_taken_back(book: Program) -> None:
    book.ok("note", NAME, "kept")
    assert book("debrief", NAME, "--answers", "-", stdin="order: yes\nrefused: yes\n").code == 4

    assert "“note”" in book.ok("undo")
