"""The quiz at a terminal: one key a cue, left and gone on with, and the profile below it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from salescoach.language import say
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal, squeeze

NAMES = {"en": ("Acme Hydraulik", "Karl Dorn", "Lena Voss"), "zh": ("苏州禾澄液压", "周建国", "王敏")}
Open = Callable[..., Terminal]


def asks(walk: Terminal, number: int) -> str:
    """Wait for the question of that number."""
    walk.until(lambda: re.match(rf"{number}/9 ", walk.asking) is not None, f"question {number}")
    return walk.asking


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 80), ("zh", 40)])
def test_nine_keys_and_the_profile_stands_there(at: Open, run: Run, lang: str, columns: int) -> None:
    client, karl, lena = NAMES[lang]
    for argv in (("client", "add", client), ("contact", "add", client, karl), ("contact", "add", client, lena)):
        assert run(*argv).returncode == 0
    walk = at("profile", client, lang=lang, columns=columns)
    walk.answers(say("profile.whom", lang), "1")
    first = asks(walk, 1)
    assert squeeze(say("profile.not-noticed", lang)) in squeeze(first)
    assert squeeze(say("profile.quiz", lang, name=karl)) in squeeze(walk.scroll)
    walk.presses("y")
    asks(walk, 2)
    walk.presses("n")
    asks(walk, 3)
    walk.presses(ENTER)
    asks(walk, 4)
    walk.presses(CTRL_C)
    assert walk.ends() == 130

    again = at("profile", f"{client}/{karl}", lang=lang, columns=columns)
    asks(again, 4)
    for number in range(4, 10):
        asks(again, number)
        again.presses("y" if number < 6 else "0")
    assert again.ends() == 0
    assert say("profile.sure", lang) in again.scroll
    assert not again.broken
    found: Any = json.loads(run("profile", f"{client}/{karl}", "--show", "--json").stdout)
    assert len(found["evidence"]) == 3
    assert run("profile", f"{client}/{lena}", "--show", "--json").returncode == 0
