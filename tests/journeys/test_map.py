"""Asked about a person at a terminal: what they do becomes role and stance, which the rep confirms, and the map shows it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import say
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Item, Scorecard
from salescoach.store import open_store
from tests.journeys.program import Run
from tests.journeys.terminal import CTRL_C, ENTER, SKIP, Terminal, squeeze

LANGS = ("en", "zh")
CLIENT = "Acme"
CLEAR = "\x15\x0b"
Open = Callable[..., Terminal]


@pytest.fixture(scope="module")
def library(compiled: Any) -> Library:
    return open_library(layers((), compiled / "none"), compiled)


@pytest.fixture(autouse=True)
def people(run: Run) -> None:
    assert run("client", "add", CLIENT).returncode == 0
    for name in ("Ann Lee", "Ben Ott"):
        assert run("contact", "add", CLIENT, name).returncode == 0


def items(library: Library, card: str, deep: bool = False) -> list[Item]:
    """What is asked at a terminal, in its order."""
    return [item for part in library.get(Scorecard, card).parts for item in part.items if deep or item.pace != "deep"]


def mapped(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("account", "map", CLIENT, "--json").stdout)
    return found


def named(run: Run, name: str) -> dict[str, Any]:
    """One person on the map."""
    found: dict[str, Any] = next(one for one in mapped(run)["people"] if one["name"] == name)
    return found


def walked(
    terminal: Terminal, library: Library, lang: str, keys: dict[str, str], *cards: str, deep: bool = False
) -> None:
    """The series about a person: what has keys is answered with them, the rest skipped."""
    for item in [item for card in cards or ("person",) for item in items(library, card, deep)]:
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
    terminal.sees("Ann Lee")
    keys = {"uses_it": "1", "buys_it": "2", "acts_for_us": "1", "weight": "4", "reports_to": f"Tom Neu{ENTER}"}

    walked(terminal, library, lang, keys)

    terminal.sees(say("centre.proposed", lang), say("centre.keep", lang))
    terminal.presses(f"y{ENTER}")
    assert terminal.ends() == 0
    assert squeeze(say("account.new-people", lang, names="Tom Neu")) in squeeze(terminal.scroll)
    ann = named(run, "Ann Lee")
    assert (ann["roles"], ann["stance"], ann["influence"]) == (["user"], "supporter", 4)
    assert ann["reports_to"] == "Tom Neu"


def test_the_series_is_short_and_asks_everything_only_where_that_is_wanted(
    at: Open, run: Run, library: Library
) -> None:
    assert len(items(library, "person")) < 11, "and one more for the evidence"

    terminal = at("account", "map", f"{CLIENT}/Ben Ott", "--deep")
    keys = {"influenced_by": f"Ann Lee{ENTER}", "relation": "4"}
    walked(terminal, library, "en", keys, "person", "relationship-plan", deep=True)

    assert terminal.ends() == 0
    ben = named(run, "Ben Ott")
    assert (ben["influenced_by"], ben["relation"]) == (["Ann Lee"], 3)


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_of_the_plan_is_asked_by_itself(at: Open, run: Run, library: Library, lang: str) -> None:
    terminal = at("account", "map", f"{CLIENT}/Ben Ott", "--plan", lang=lang)
    keys = {"relation": "4", "action": f"Show the plant{ENTER}", "by": f"in 2 weeks{ENTER}"}

    walked(terminal, library, lang, keys, "relationship-plan")

    assert terminal.ends() == 0
    assert "Ben Ott · Show the plant · " in terminal.scroll
    ben = named(run, "Ben Ott")
    assert (ben["relation"], ben["plan"]["by"]) == (3, "2026-12-15")


def test_a_superior_who_cannot_be_is_asked_for_again(at: Open, run: Run, library: Library) -> None:
    terminal = at("account", "map", f"{CLIENT}/Ann Lee")
    *others, superior = (str(item.ask["en"]) for item in items(library, "person") if isinstance(item.ask, dict))
    for ask in others:
        terminal.answers(ask, SKIP)
    for wrong, refusal in (
        ("Ann Lee", say("error.answer-themself", "en", name="Ann Lee")),
        ("99", say("error.answer-not-a-name", "en", answer="99")),
    ):
        terminal.asked(superior)
        terminal.presses(f"{CLEAR}{wrong}{ENTER}")
        terminal.sees(refusal)
    terminal.asked(superior)
    terminal.presses(f"{CLEAR}Ben Ott{ENTER}")

    assert terminal.ends() == 0
    assert named(run, "Ann Lee")["reports_to"] == "Ben Ott"


def test_a_rep_who_knows_better_keeps_the_answers_alone(at: Open, run: Run, library: Library) -> None:
    terminal = at("account", "map", f"{CLIENT}/Ben Ott")
    walked(terminal, library, "en", {"uses_it": "1", "reports_to": f"Ann Lee{ENTER}"})

    terminal.sees(say("centre.keep", "en"))
    terminal.presses(f"n{ENTER}")

    assert terminal.ends() == 0
    ben = named(run, "Ben Ott")
    assert (ben["roles"], ben["reports_to"]) == ([], "Ann Lee")


@pytest.mark.parametrize("lang", LANGS)
def test_who_leaves_at_the_last_question_of_all_has_lost_nothing(
    at: Open, run: Run, library: Library, lang: str
) -> None:
    terminal = at("account", "map", f"{CLIENT}/Ben Ott", lang=lang)
    walked(terminal, library, lang, {"uses_it": "1", "reports_to": f"Ann Lee{ENTER}"})
    terminal.sees(say("centre.keep", lang))
    terminal.presses(CTRL_C)

    assert terminal.ends() == 130
    assert say("error.walk-paused", lang) in terminal.scroll
    assert f"salescoach account map '{CLIENT}/Ben Ott'" in terminal.scroll
    assert (named(run, "Ben Ott")["roles"], named(run, "Ben Ott")["reports_to"]) == ([], "Ann Lee")

    again = at("account", "map", f"{CLIENT}/Ben Ott", lang=lang)
    again.sees("Ann Lee")
    again.presses(ENTER)
    again.sees(say("centre.keep", lang))
    again.presses(ENTER)

    assert again.ends() == 0
    assert named(run, "Ben Ott")["roles"] == ["user"]


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


def test_what_was_answered_before_a_pause_counts_from_that_day(
    at: Open, run: Run, library: Library, home: Path
) -> None:
    asks = {item.id: str(item.ask["en"]) for item in items(library, "person") if isinstance(item.ask, dict)}
    terminal = at("account", "map", f"{CLIENT}/Ann Lee")
    for id_, ask in asks.items():
        if id_ == "reports_to":
            break
        terminal.answers(ask, "5" if id_ == "weight" else SKIP)
    terminal.asked(asks["reports_to"])
    terminal.presses(CTRL_C)
    assert terminal.ends() == 130
    assert named(run, "Ann Lee")["influence"] == 5, "on the map at once"

    later = at("account", "map", f"{CLIENT}/Ann Lee", today="2026-12-09")
    later.answers(asks["reports_to"], f"Ben Ott{ENTER}")
    later.sees(say("centre.keep", "en"))
    later.presses(ENTER)
    assert later.ends() == 0

    with open_store(home / "data") as store:
        days = [(id_, one.on.day) for one in store.assessments.list() for id_ in one.answers]
    assert sorted(days) == [("reports_to", 9), ("weight", 1)]


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
