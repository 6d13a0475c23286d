"""What comes back, on the command line: `asked` in debrief, `carried` in the brief, `drop` in prep."""

from typing import Any

import pytest

from tests.program import CLIENT, Program

QUESTION = "What does one leak cost you?"
NAME = CLIENT["en"]


def brief(program: Program) -> dict[str, Any]:
    return program.json("prep", NAME, "--brief")


def questions(program: Program) -> list[dict[str, Any]]:
    return [one for one in brief(program)["carried"] if one["kind"] == "question"]


def visit(program: Program, day: str, plan: str = "{}", said: str = "{}") -> None:
    """A visit planned and held."""
    program.ok("prep", NAME, "--when", day, "--answers", "-", stdin=plan)
    program.ok("debrief", NAME, "--when", day, "--answers", "-", stdin=said)


def test_a_question_that_was_not_asked_comes_back_and_one_that_was_does_not(book: Program) -> None:
    visit(book, "2026-12-01", f"questions: [{QUESTION}, Who signs?]", "asked: [who signs?]")

    assert questions(book) == [
        {"id": QUESTION, "kind": "question", "text": QUESTION, "since": "2026-12-01", "times": 1, "drop": False}
    ]
    assert QUESTION in brief(book)["questions"][0]["text"]


def test_it_is_in_the_file_of_the_next_prep_and_of_its_debrief(book: Program) -> None:
    visit(book, "2026-12-01", f"questions: [{QUESTION}]")

    assert f'questions:\n  - "{QUESTION}"' in book.ok("prep", NAME, "--questions")
    template = book.ok("debrief", NAME, "--questions")
    assert "\nasked:" in template
    assert QUESTION in template


def test_a_prep_and_a_debrief_with_nothing_to_carry_ask_nothing_of_it(program: Program) -> None:
    program.ok("client", "add", NAME)

    assert "\ndrop:" not in program.ok("prep", NAME, "--questions")
    assert "\nasked:" not in program.ok("debrief", NAME, "--questions")


def test_an_answer_that_was_no_question_of_the_plan_exits_4(book: Program) -> None:
    visit(book, "2026-12-01", f"questions: [{QUESTION}]")

    ran = book("debrief", NAME, "--answers", "-", stdin="asked: [something else]")

    assert ran.code == 4
    assert "asked" in ran.err


@pytest.mark.parametrize("what", ["question", "objection"])
def test_the_third_time_it_is_offered_and_dropped_it_stays_away(book: Program, what: str) -> None:
    visit(book, "2026-12-01", f"questions: [{QUESTION}]")
    for _ in range(2):
        visit(book, "2026-12-01")
    (one,) = [one for one in brief(book)["carried"] if one["kind"] == what]
    assert one["drop"]

    book.ok("prep", NAME, "--when", "2026-12-01", "--answers", "-", stdin=f'drop: ["{one["id"]}"]')

    assert one["id"] not in [left["id"] for left in brief(book)["carried"]]
    book.ok("debrief", NAME, "--when", "2026-12-01", "--answers", "-", stdin="{}")
    assert one["id"] not in [left["id"] for left in brief(book)["carried"]]
    if what == "objection":
        assert "unresolved" not in [one["reason"] for one in brief(book)["objections"]]


@pytest.mark.parametrize(("lang", "words"), [("en", "3 times unasked: ask or drop"), ("zh", "3次没问：问，或放下")])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_line_says_how_often_within_the_screen(
    book: Program, monkeypatch: pytest.MonkeyPatch, lang: str, words: str, columns: str
) -> None:
    from salescoach.wrap import cells

    visit(book, "2026-12-01", f"questions: [{QUESTION}]")
    for _ in range(2):
        visit(book, "2026-12-01")
    monkeypatch.setenv("COLUMNS", columns)

    shown = book.ok("--lang", lang, "prep", NAME, "--brief")

    assert "".join(words.split()) in "".join(shown.split())
    assert all(cells(line) <= int(columns) for line in shown.splitlines())
    assert columns == "40" or len(shown.splitlines()) <= 24
