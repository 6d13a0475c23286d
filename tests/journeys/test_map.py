"""Asked about a person at a terminal: what they do becomes role and stance, which the rep confirms, and the map shows it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from salescoach.language import say
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Item, Scorecard
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, SKIP, Terminal, squeeze

LANGS = ("en", "zh")
CLIENT = "Acme"
Open = Callable[..., Terminal]


@pytest.fixture(scope="module")
def library(compiled: Any) -> Library:
    return open_library(layers((), compiled / "none"), compiled)


@pytest.fixture(autouse=True)
def people(run: Run) -> None:
    assert run("client", "add", CLIENT).returncode == 0
    for name in ("Ann Lee", "Ben Ott"):
        assert run("contact", "add", CLIENT, name).returncode == 0


def items(library: Library, card: str) -> list[Item]:
    """What is asked at a terminal, in its order."""
    return [item for part in library.get(Scorecard, card).parts for item in part.items if item.pace != "deep"]


def mapped(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("account", "map", CLIENT, "--json").stdout)
    return found


def walked(terminal: Terminal, library: Library, lang: str, keys: dict[str, str]) -> None:
    """Everything about a person: what has keys is answered with them, the rest skipped."""
    for item in (*items(library, "person"), *items(library, "relationship-plan")):
        ask = item.ask if isinstance(item.ask, str) else item.ask["zh" if lang == "zh" else "en"]
        terminal.answers(ask, keys.get(item.id, SKIP))
        if item.id == "acts_for_us" and item.id in keys:
            terminal.answers(say("account.because", lang), f"told me{ENTER}")


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_what_a_person_does_becomes_their_role_and_stance(
    at: Open, run: Run, library: Library, lang: str, columns: int
) -> None:
    terminal = at("account", "map", CLIENT, "--ask", lang=lang, columns=columns)
    terminal.asked(say("centre.which", lang))
    terminal.presses("2")
    keys = {
        "uses_it": "1", "buys_it": "2", "acts_for_us": "1", "weight": "4", "reports_to": f"Tom Neu{ENTER}",
        "relation": "4", "action": f"Show the plant{ENTER}", "by": f"in 2 weeks{ENTER}",
    }  # fmt: skip

    walked(terminal, library, lang, keys)

    terminal.sees(say("centre.proposed", lang), say("centre.keep", lang))
    terminal.presses(f"y{ENTER}")
    assert terminal.ends() == 0
    assert squeeze(say("centre.new-people", lang, names="Tom Neu")) in squeeze(terminal.scroll)
    ann = next(one for one in mapped(run)["people"] if one["name"] == "Ann Lee")
    assert (ann["roles"], ann["stance"], ann["influence"]) == (["user"], "supporter", 4)
    assert (ann["reports_to"], ann["relation"], ann["plan"]["by"]) == ("Tom Neu", 3, "2026-12-15")


def test_a_rep_who_knows_better_keeps_the_answers_alone(at: Open, run: Run, library: Library) -> None:
    terminal = at("account", "map", f"{CLIENT}/Ben Ott")
    walked(terminal, library, "en", {"uses_it": "1", "relation": "2"})

    terminal.sees(say("centre.keep", "en"))
    terminal.presses(f"n{ENTER}")

    assert terminal.ends() == 0
    ben = next(one for one in mapped(run)["people"] if one["name"] == "Ben Ott")
    assert (ben["roles"], ben["relation"]) == ([], 1)


def test_a_walk_that_is_left_goes_on_where_it_was(at: Open, run: Run, library: Library) -> None:
    first, second, *_ = (str(item.ask["en"]) for item in items(library, "person") if isinstance(item.ask, dict))
    terminal = at("account", "map", f"{CLIENT}/Ann Lee")
    terminal.answers(first, "1")
    terminal.asked(second)
    terminal.presses(CTRL_C)
    assert terminal.ends() == 130

    again = at("account", "map", f"{CLIENT}/Ann Lee")

    assert squeeze(second) in squeeze(again.asked(second))
    again.presses(CTRL_C)
    assert again.ends() == 130
    assert mapped(run)["people"][0]["roles"] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_account_as_a_whole_is_asked_first(at: Open, run: Run, library: Library, lang: str) -> None:
    terminal = at("account", "map", CLIENT, "--ask", lang=lang)
    terminal.asked(say("centre.which", lang))
    terminal.presses("1")
    for item in items(library, "account-map"):
        ask = item.ask if isinstance(item.ask, str) else item.ask["zh" if lang == "zh" else "en"]
        terminal.answers(ask, "3" if item.id == "technical_content" else SKIP)

    assert terminal.ends() == 0
    assert mapped(run)["technical_content"] == "high"
