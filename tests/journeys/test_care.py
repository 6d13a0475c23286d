"""Care at a terminal: the list, one key for what is done, Enter leaves."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from salescoach.language import say
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal

LANGS = ("en", "zh")
Open = Callable[..., Terminal]


@pytest.fixture
def three(run: Run) -> Run:
    """Three clients that wait for a call; at one something happened."""
    for name in ("Acme Hydraulik", "Kessler Nord", "苏州禾澄液压"):
        assert run("client", "add", name, "--tag", "A").returncode == 0
    assert run("care", "add", "Kessler", "30 years", "--on", "today", "--kind", "anniversary").returncode == 0
    return run


def waiting(run: Run) -> list[Any]:
    """What is due."""
    found: list[Any] = json.loads(run("care", "--json").stdout)["cares"]
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_one_key_marks_a_line_done_and_enter_leaves(at: Open, three: Run, lang: str) -> None:
    first = waiting(three)[0]
    terminal = at("care", lang=lang, rows=40)
    terminal.answers(say("care.which", lang), "1")
    left = terminal.asked(say("care.which", lang))
    assert "Kessler" not in left, "routine with them is quiet for today"
    assert "Acme" in left
    terminal.presses(ENTER)

    assert terminal.ends() == 0
    assert [one["client"] for one in waiting(three)] == ["Acme Hydraulik", "苏州禾澄液压"]
    assert first["client"] == "Kessler Nord"


def test_ctrl_c_keeps_what_was_marked(at: Open, three: Run) -> None:
    terminal = at("care", rows=40)
    terminal.answers(say("care.which", "en"), "1")
    terminal.asked(say("care.which", "en"))
    terminal.presses(CTRL_C)

    assert terminal.ends() == 130
    assert len(waiting(three)) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_list_and_question_stand_on_one_screen(at: Open, three: Run, lang: str) -> None:
    terminal = at("care", lang=lang)
    terminal.asked(say("care.which", lang))

    assert terminal.lines[0].startswith(say("care.heading", lang, day="").strip())
    terminal.presses(ENTER)
    assert terminal.ends() == 0
    assert terminal.broken == []


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_broken_by_the_edge_of_a_narrow_screen(at: Open, three: Run, lang: str) -> None:
    terminal = at("care", lang=lang, columns=40)
    terminal.answers(say("care.which", lang), "1")

    terminal.until(lambda: not terminal.child.isalive() or bool(terminal.asking), "the next question, or the end")
    assert terminal.broken == []


@pytest.mark.parametrize("args", [("--no-input", "care"), ("care", "--json")])
def test_nothing_is_asked_where_nobody_answers(at: Open, three: Run, args: tuple[str, ...]) -> None:
    terminal = at(*args)

    assert terminal.ends() == 0
    assert say("care.which", "en") not in terminal.scroll
