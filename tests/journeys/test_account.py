"""The sheets of an account at a terminal: what a rep is asked, what is kept when it is left, what the next one asks."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from salescoach.language import say
from tests.examples import each_once
from tests.journeys.asking import ask, find
from tests.journeys.program import Run
from tests.journeys.terminal import BACK, CTRL_C, ENTER, WAIT, Terminal, squeeze

Open = Callable[..., Terminal]
CLIENT = "华星机械"
SEEN = {"en": "saw the release", "zh": "看到了批文"}
#: The first sheet of each command, an item of it, and the key that answers it; "" is a number typed.
FIRST = {
    "screen": ("screen", "can_use", "1"),
    "risk": ("risk", "is_opportunity", "1"),
    "loyalty": ("ten-weapons", "net", "2"),
    "stage": ("stage-check", "main_supplier", "2"),
    "process": ("purchasing-process", "step", "3"),
    "analyse": ("analysis", "product_name", ""),
    "criteria": ("purchasing-criteria", "criteria", ""),
    "renewal": ("renewal", "against_least", "3"),
}
WALKS = pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])


@pytest.fixture(autouse=True)
def book(run: Run) -> None:
    """A client under contract, so that a renewal asks for its sheet alone."""
    assert run("client", "add", CLIENT, "--key-account").returncode == 0
    signed = "signed: 2026-03-02\nmonths: 12\n"
    assert run("account", "renewal", CLIENT, "--answers", "-", given=signed).returncode == 0


def sheet(run: Run, use: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("account", use, CLIENT, "--json").stdout)
    return found


def held(run: Run, use: str, item: str) -> dict[str, Any]:
    return next(one for card in sheet(run, use)["sheets"] for one in card["answers"] if one["id"] == item)


def leaves_open(terminal: Terminal, wanted: str = "") -> None:
    """Leave what is asked open until a question comes, or to the end. Enter does: a ^S too many would stop the tty."""
    last, end = "", time.monotonic() + WAIT
    while terminal.child.isalive():
        assert time.monotonic() < end, f"never came to {wanted or 'the end'}:\n{terminal.scroll}"
        now = terminal.asking
        if wanted and squeeze(wanted) in squeeze(now):
            return
        if now not in ("", last):
            last = now
            terminal.presses(ENTER)
        terminal.read()


def gives(terminal: Terminal, use: str, lang: str) -> str:
    """Answer the first item of a sheet; the words that were typed, where some were."""
    name, item, key = FIRST[use]
    leaves_open(terminal, ask(name, item, lang))
    if key:
        terminal.answers(ask(name, item, lang), key)
        if find(name, item)["choices"][int(key) - 1].get("means") in ("good", "bad"):
            terminal.answers(say("account.because", lang), SEEN[lang] + ENTER)
        return ""
    terminal.presses(SEEN[lang] + ENTER)
    return SEEN[lang]


@each_once("use, way", [use for use in FIRST if use != "criteria"], [("en", 80), ("zh", 40), ("en", 40), ("zh", 80)])
def test_an_answer_is_kept_where_the_sheet_is_left_and_the_next_walk_goes_on(
    at: Open, run: Run, use: str, way: tuple[str, int]
) -> None:
    lang, columns = way
    name, item, _ = FIRST[use]
    terminal = at("account", use, CLIENT, lang=lang, columns=columns)
    gives(terminal, use, lang)
    terminal.until(
        lambda: bool(terminal.asking) and squeeze(ask(name, item, lang)) not in squeeze(terminal.asking), "on"
    )
    terminal.presses(CTRL_C)
    assert terminal.ends() == 130
    assert not terminal.broken
    assert held(run, use, item)["answer"], "each answer stands by itself"

    again = at("account", use, CLIENT, lang=lang, columns=columns)
    again.until(lambda: bool(again.asking), "a question")
    assert squeeze(ask(name, item, lang)) not in squeeze(again.asking), "it was answered before"
    leaves_open(again)

    assert again.ends() == 0
    assert not again.broken
    assert squeeze(ask(name, item, lang)) in squeeze(again.scroll), "it stands on the sheet"


@WALKS
def test_criteria_are_asked_one_after_the_other_and_lit(at: Open, run: Run, lang: str, columns: int) -> None:
    terminal = at("account", "criteria", CLIENT, lang=lang, columns=columns)
    terminal.answers(ask("purchasing-criteria", "criteria.what", lang), "IP68" + ENTER)
    terminal.answers(ask("purchasing-criteria", "criteria.ours", lang), "n")
    terminal.answers(ask("purchasing-criteria", "criteria.theirs", lang), "y")
    leaves_open(terminal)

    assert terminal.ends() == 0
    assert squeeze(say("account.light-alarm", lang)) in squeeze(terminal.scroll)
    assert [one["light"] for one in sheet(run, "criteria")["criteria"]] == ["alarm"]


@WALKS
def test_a_no_ends_the_screening_and_its_action_is_shown(at: Open, run: Run, lang: str, columns: int) -> None:
    terminal = at("account", "screen", CLIENT, lang=lang, columns=columns)
    terminal.answers(ask("screen", "can_use", lang), "3")
    terminal.answers(say("account.because", lang), BACK)
    terminal.answers(ask("screen", "can_use", lang), "3")
    terminal.answers(say("account.because", lang), SEEN[lang] + ENTER)

    assert terminal.ends() == 0
    assert squeeze(say("account.do", lang)) in squeeze(terminal.scroll)
    assert sheet(run, "screen")["sheets"][0]["verdict"] == "bad"


def test_a_sheet_where_nothing_is_due_asks_nothing(at: Open, run: Run) -> None:
    proven = "".join(
        f"{id_}: yes\n{id_}_because: seen\n" for id_ in ("can_use", "can_afford", "thinks_well", "urgent", "trusts")
    )
    assert run("account", "screen", CLIENT, "--answers", "-", given=proven).returncode == 0

    terminal = at("account", "screen", CLIENT)

    assert terminal.ends() == 0
    assert squeeze(say("account.nothing-due", "en")) in squeeze(terminal.scroll)
