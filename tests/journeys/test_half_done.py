"""`debrief` without a name, where debriefs are half-done: it goes on with them, as `today` says that they wait."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from salescoach.language import quoted, say, show_day
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, PAUSE, Terminal

Open = Callable[..., Terminal]
OTHER = "Bolt 机械"


def left_half_done(at: Open, *argv: str, lang: str = "en", today: str = "2026-12-01", words: str = "") -> None:
    """A debrief that is paused at its second question, or at the third where there are words for the second."""
    walk = at("debrief", *argv, lang=lang, today=today)
    walk.answers(ask("debrief", "ended", lang), "3")
    if words:
        walk.answers(ask("debrief", "summary", lang), words + ENTER)
    else:
        walk.asked(ask("debrief", "summary", lang))
    walk.until(lambda: bool(walk.asking), "the next question")
    walk.presses(PAUSE)
    assert walk.ends() == 130


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_it_goes_on_with_an_unplanned_one(at: Open, run: Run, lang: str, columns: int) -> None:
    assert run("client", "add", OTHER).returncode == 0
    left_half_done(at, OTHER, lang=lang, words="they pay")

    walk = at("debrief", lang=lang, columns=columns)

    walk.asked(ask("debrief", "client_commitments.who", lang))
    assert OTHER in walk.said
    assert walk.broken == []


@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_with_a_planned_visit_too_the_rep_is_asked_which(
    at: Open, run: Run, client: str, lang: str, columns: int
) -> None:
    assert run("client", "add", OTHER).returncode == 0
    left_half_done(at, OTHER, lang=lang)

    walk = at("debrief", lang=lang, columns=columns)
    shown = walk.asked(say("debrief.which", lang))
    assert shown.index(OTHER) < shown.index(client)
    walk.presses("2")

    walk.asked(ask("debrief", "ended", lang))
    assert client in walk.said
    assert walk.broken == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_where_nobody_can_be_asked_the_line_that_goes_on_is_named(at: Open, run: Run, lang: str) -> None:
    assert run("client", "add", OTHER).returncode == 0
    left_half_done(at, OTHER, lang=lang)

    ended = run("--no-input", "debrief", lang=lang)

    assert ended.returncode == 3
    assert f"salescoach debrief {quoted(OTHER)}" in ended.stderr.decode()


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("lang", "columns"), [("en", 80), ("zh", 40)])
def test_an_unplanned_visit_keeps_its_day_when_it_is_gone_on_with_later(
    at: Open, run: Run, lang: str, columns: int, named: bool
) -> None:
    assert run("client", "add", OTHER).returncode == 0
    left_half_done(at, OTHER, "--when", "2026-11-27", lang=lang, words="they pay")

    walk = at("debrief", *([OTHER] if named else []), lang=lang, columns=columns, today="2026-12-03")

    walk.asked(ask("debrief", "client_commitments.who", lang))
    day = show_day(date(2026, 11, 27), lang)
    assert day in walk.said.replace("\n", "")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_takes_its_place_with_a_word_and_on_its_day(at: Open, run: Run, tmp_path: Path, lang: str) -> None:
    assert run("client", "add", OTHER).returncode == 0
    left_half_done(at, OTHER, "--when", "2026-11-27", lang=lang, words="they pay")
    asked = run("debrief", OTHER, "--questions", lang=lang)
    assert "they pay" in asked.stdout.decode()
    answers = tmp_path / "answers.yaml"
    answers.write_bytes(asked.stdout)

    ended = run("debrief", OTHER, "--answers", str(answers), lang=lang)

    assert ended.returncode == 0, ended.stderr.decode()
    assert "salescoach undo" in ended.stderr.decode()
    assert "2026-11-27" in run("visit", "list", "--json").stdout.decode()
