"""The clock goes back a day between two commands, and inside a walk: nothing is lost, and what came last is the last."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import quoted
from salescoach.store import snapshot
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, PAUSE, Terminal

Open = Callable[..., Terminal]
LATER, EARLIER = "2026-12-02", "2026-12-01"
OTHER = "Bolt"


def on(run: Run, day: str, *argv: str, given: str = "") -> str:
    done = run(*argv, given=given, SALESCOACH_TODAY=day)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def document(run: Run, day: str, *argv: str) -> Any:
    return json.loads(on(run, day, *argv, "--json"))


def notes_in(backup: dict[str, Any]) -> set[str]:
    with closing(snapshot.open_to_read(Path(backup["path"]))) as copy:
        return {text for (text,) in copy.execute("SELECT text FROM note")}


def test_undo_takes_back_the_last_change_and_not_the_one_with_the_latest_time(process: Run) -> None:
    """As processes of their own, each with the clock of its day: ids are made from it too."""
    on(process, LATER, "client", "add", OTHER)
    on(process, LATER, "note", OTHER, "first")
    on(process, EARLIER, "note", OTHER, "second")

    assert "“second”" in on(process, EARLIER, "undo")

    assert [one["text"] for one in document(process, EARLIER, "client", "show", OTHER)["notes"]] == ["first"]
    assert "“first”" in on(process, EARLIER, "undo")


def test_the_last_backup_is_the_newest_and_is_not_pushed_out(run: Run) -> None:
    on(run, LATER, "client", "add", OTHER)
    on(run, LATER, "backup")
    told = [f"after {number}" for number in range(14)]
    for text in told:
        on(run, EARLIER, "note", OTHER, text)
        on(run, EARLIER, "backup")

    listed = document(run, EARLIER, "backup", "--list")["backups"]
    assert notes_in(listed[0]) == set(told)
    assert notes_in(listed[1]) == set(told[:-1])
    on(run, "2026-12-03", "note", OTHER, "the clock is right again")

    assert any(notes_in(one) == set(told) for one in document(run, "2026-12-03", "backup", "--list")["backups"])


def test_there_is_not_a_daily_backup_for_every_command(run: Run) -> None:
    on(run, LATER, "client", "add", OTHER)
    for text in "abc":
        on(run, EARLIER, "note", OTHER, text)

    assert [one["why"] for one in document(run, EARLIER, "backup", "--list")["backups"]] == ["daily"]


def test_a_debrief_that_was_begun_goes_on_the_day_before(at: Open, run: Run) -> None:
    on(run, EARLIER, "client", "add", OTHER)
    on(run, EARLIER, "prep", OTHER, "--when", LATER, "--answers", "-", given="purpose: care\n")
    begun = at("debrief", OTHER, today=LATER)
    begun.answers(ask("debrief", "ended", "en"), "3")
    begun.answers(ask("debrief", "summary", "en"), "they pay" + ENTER)
    begun.asked(ask("debrief", "client_commitments.who", "en"))
    begun.presses(PAUSE)
    assert begun.ends() == 130

    for argv in (["debrief", OTHER], ["debrief"]):
        resumed = at(*argv, today=EARLIER)
        resumed.asked(ask("debrief", "client_commitments.who", "en"))
        resumed.presses(PAUSE)
        assert resumed.ends() == 130

    to_its_end = at("debrief", OTHER, today=EARLIER)
    while to_its_end.child.isalive():
        to_its_end.until(lambda: bool(to_its_end.asking) or not to_its_end.child.isalive(), "a question or the end")
        if to_its_end.asking:
            to_its_end.answers(to_its_end.asking.split("\n")[0])
    assert to_its_end.ends() == 0
    (visit,) = [one["visit"] for one in document(run, EARLIER, "visit", "list")["visits"]]
    assert (visit["status"], visit["when"], visit["debrief"]["summary"]) == ("done", LATER, "they pay")


@pytest.mark.parametrize("back", [EARLIER, LATER])
def test_undo_names_the_walk_that_came_back_and_no_other(at: Open, run: Run, client: str, back: str) -> None:
    on(run, EARLIER, "client", "add", OTHER)
    for name, day in ((client, EARLIER), (OTHER, LATER)):
        walk = at("debrief", name, today=day)
        walk.answers(ask("debrief", "ended", "en"), "3")
        walk.asked(ask("debrief", "summary", "en"))
        walk.presses(PAUSE)
        assert walk.ends() == 130
    on(run, back, "debrief", client, "--answers", "-", given="summary: all well\n")

    printed = on(run, back, "undo")

    assert f"salescoach debrief {quoted(client)}" in printed
    assert f"salescoach debrief {OTHER}" not in printed
