"""What stands beside a question: lines above it, at the terminal and in the answers file, and the choices that fit."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from salescoach.walk.beside import Beside, question_of
from salescoach.walk.machine import Walk
from salescoach.walk.scripted import answer_all, template
from salescoach.walk.terminal import run
from tests.walk.samples import a_walk, checklist, choice, question, section

ENTER, BACK = "\r", "\x02"
COLOURS = (choice("red", "Red", "红"), choice("blue", "Blue", "蓝"), choice("green", "Green", "绿"))


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        watch = threading.Timer(10, pipe.close)
        watch.start()
        yield pipe
        watch.cancel()


def a_question_of_each_sort() -> Walk:
    return a_walk(
        checklist(
            section(
                "first",
                question("warm", "check"),
                question("colour", "one-of", choices=COLOURS),
                question("step", "group", fields=(question("who", "text"), question("what", "text"))),
            )
        )
    )


def lines(asked: str, answers: Mapping[str, Any]) -> Sequence[str]:
    return [f"about {asked}, {len(answers)} answered"]


def only_blue_and_red(asked: str, answers: Mapping[str, Any]) -> Sequence[str]:
    return ["blue", "red", "no-choice-at-all"] if asked == "colour" else []


BESIDE = Beside(lines=lines, fits=only_blue_and_red)


def walked(keys: PipeInput, typed: str) -> tuple[Walk, list[str]]:
    read: list[str] = []
    keys.send_text(typed)
    walk = run(
        a_question_of_each_sort(), "en", keep=lambda state: None, resume="", input=keys, output=DummyOutput(),
        echo=read.append, beside=BESIDE,
    )  # fmt: skip
    return walk, read


def test_the_lines_stand_above_their_question_and_above_a_group_once(keys: PipeInput) -> None:
    _, read = walked(keys, "d1" + "Li" + ENTER + "call" + ENTER)

    assert [line for line in read if line.startswith("about")] == [
        "about warm, 0 answered",
        "about colour, 1 answered",
        "about step, 2 answered",
    ]


def test_only_what_fits_is_offered_and_the_best_stands_there_already(keys: PipeInput) -> None:
    walk, _ = walked(keys, "d" + ENTER + ENTER + ENTER)

    assert walk.answers["colour"] == "blue"


def test_the_digits_count_what_is_offered(keys: PipeInput) -> None:
    walk, _ = walked(keys, "d2" + ENTER + ENTER)

    assert walk.answers["colour"] == "red"


def test_going_back_says_the_lines_again(keys: PipeInput) -> None:
    _, read = walked(keys, "d" + BACK + "d" + "1" + ENTER + ENTER)

    assert sum(line.startswith("about warm") for line in read) == 2


def chosen_way(keys: PipeInput, typed: str, **known: Any) -> dict[str, Any]:
    walk = a_walk(
        checklist(section("solve", question("ways", repeat=True), question("chosen"), question("last"))), **known
    )
    keys.send_text(typed)
    beside = Beside(lines=lambda asked, answers: (), fits=offered)
    return run(
        walk, "en", keep=lambda state: None, resume="", input=keys, output=DummyOutput(), echo=print, beside=beside
    ).answers


def offered(asked: str, answers: Mapping[str, Any]) -> Sequence[str]:
    return answers.get("ways", ()) if asked == "chosen" else ()


WAYS = "repair it" + ENTER + "swap it" + ENTER + ENTER


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("1", "repair it"), ("2", "swap it"), ("0", None), (ENTER, None), ("3lend one" + ENTER, "lend one")],
)
def test_of_a_text_the_words_that_fit_are_chosen_by_number_or_others_are_typed(
    keys: PipeInput, typed: str, chosen: str | None
) -> None:
    assert chosen_way(keys, WAYS + typed + ENTER).get("chosen") == chosen


def test_back_from_other_words_is_the_choice_again(keys: PipeInput) -> None:
    assert chosen_way(keys, WAYS + "3" + BACK + "2" + ENTER)["chosen"] == "swap it"


@pytest.mark.parametrize("before", ["swap it", "lend one"])
def test_what_was_chosen_before_stands_there_offered_or_not(keys: PipeInput, before: str) -> None:
    typed = WAYS + (ENTER if before == "swap it" else ENTER + ENTER) + ENTER

    assert chosen_way(keys, typed, known={"chosen": before})["chosen"] == before


def test_an_answers_file_takes_any_choice() -> None:
    assert answer_all(a_question_of_each_sort(), "colour: green\n", "-").answers["colour"] == "green"


def test_the_file_to_fill_in_has_the_lines_as_comments_and_holds() -> None:
    printed = template(a_question_of_each_sort(), "en", BESIDE)

    assert "# about colour, 0 answered\n" in printed
    assert "  # about warm, 0 answered\n" in printed
    assert answer_all(a_question_of_each_sort(), printed, "-").answers == {}


def test_a_path_belongs_to_its_question() -> None:
    assert question_of(("checklist", "warm")) == "warm"
    assert question_of(("step", "who")) == "step"
    assert question_of(("colour",)) == "colour"
