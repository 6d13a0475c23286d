"""Several windows at once: who writes waits, nothing is lost, and nobody overwrites what another has said."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salescoach.language import say
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, Terminal, environment
from tests.torture.book import OnDisk
from tests.torture.tally import Tally

#: Writers that begin in the same moment; each starts the program anew for every change, as a rep's windows do.
WRITERS = 8
#: What one writer does: a client, a note, a promise, a debrief of a visit of its own.
WRITING = """
import io, json, sys
from salescoach.cli import main
name, rounds, client = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def run(*args, given=""):
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()))
    code = main(args)
    if code:
        sys.exit(f"{args}: {code}")
for number in range(rounds):
    said = f"{name} {number}"
    run("client", "add", f"Firma {said}")
    run("note", client, f"noted {said}")
    run("promise", "add", client, f"promised {said}")
    run("debrief", client, "--when", "2026-11-30", "--answers", "-", given=f"summary: told {said}\\n")
"""


@pytest.mark.parametrize("rounds", [2, pytest.param(15, marks=pytest.mark.torture)])
def test_eight_processes_that_write_at_once_all_wait_and_lose_nothing(
    run: Run, client: str, home: Path, tally: Tally, rounds: int
) -> None:
    env = environment(home)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING, f"w{number}", str(rounds), client],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    ends = [(one.communicate()[1], one.returncode) for one in writers]

    for words, code in ends:
        tally.read(words)
        if code:
            tally.loss(words)
    disk = OnDisk(home)
    tally.count("writes", 4 * rounds * WRITERS)
    said = [f"w{number} {at}" for number in range(WRITERS) for at in range(rounds)]
    for query, begins in (
        ("SELECT name FROM client", "Firma"),
        ("SELECT text FROM note", "noted"),
        ("SELECT what FROM promise", "promised"),
        ("SELECT json_extract(debrief, '$.summary') FROM visit", "told"),
    ):
        kept = {text for (text,) in disk.ask(query)}
        for missing in sorted({f"{begins} {one}" for one in said} - kept):
            tally.loss(missing)
    assert disk.unsound() == ""
    tally.verdict()


def test_two_windows_on_one_walk_the_second_is_told_and_what_the_first_said_stays(
    at: Callable[..., Terminal], client: str, home: Path
) -> None:
    first, second = at("debrief"), at("debrief")
    for window in (first, second):
        window.asked(ask("debrief", "ended", "en"))
    first.presses("3")
    first.answers(ask("debrief", "summary", "en"), "said in the first" + ENTER)
    first.asked(ask("debrief", "client_commitments.who", "en"))
    kept = OnDisk(home).draft("debrief")

    second.presses("1")

    assert second.ends() == 5
    assert say("error.walk-elsewhere", "en") in second.text
    assert "salescoach debrief" in second.text
    assert OnDisk(home).draft("debrief") == kept
    first.presses("Li" + ENTER)
    first.asked(ask("debrief", "client_commitments.what", "en"))


def test_a_visit_that_was_debriefed_in_another_window_is_not_overwritten(
    at: Callable[..., Terminal], run: Run, client: str, home: Path
) -> None:
    window = at("debrief")
    window.asked(ask("debrief", "ended", "en"))
    assert run("debrief", "--answers", "-", given="summary: from the file\n").returncode == 0

    window.presses("4")
    window.answers(ask("debrief", "next_date", "en"))

    assert window.ends() == 5
    assert say("error.changed-elsewhere", "en") in window.text
    visits = OnDisk(home).ask("SELECT json_extract(debrief, '$.summary') FROM visit")
    assert visits == [("from the file",)]
    assert OnDisk(home).draft("debrief") is not None


def test_what_another_window_changed_of_a_record_stays(run: Run, client: str, home: Path) -> None:
    from dataclasses import replace

    from salescoach.errors import StoreError
    from salescoach.store import open_store

    with open_store(home / "data") as mine, open_store(home / "data") as others:
        before = mine.contacts.list()[0]
        others.contacts.save(replace(before, phone="0512"))
        kept = mine.contacts.change(before, replace(before, position="buyer"))
        assert (kept.phone, kept.position) == ("0512", "buyer")
        with pytest.raises(StoreError, match="changed-elsewhere"):
            mine.contacts.change(before, replace(before, phone="0400"))
        assert mine.contacts.list()[0].phone == "0512"
