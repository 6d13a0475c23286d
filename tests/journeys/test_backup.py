"""A wrecked book at a terminal: the program says what to do, a backup is chosen, looked at, and everything is back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from salescoach.language import say
from tests.journeys.program import Run
from tests.journeys.terminal import Terminal, squeeze

Open = Callable[..., Terminal]


@pytest.mark.parametrize(("lang", "columns"), [("en", 40), ("zh", 80)])
def test_a_wrecked_book_is_brought_back_by_what_the_program_itself_says(
    at: Open, run: Run, client: str, home: Path, lang: str, columns: int
) -> None:
    assert run("note", client, "worth a lot").returncode == 0
    assert run("backup").returncode == 0
    (home / "data" / "salescoach.db").write_bytes(b"Dear diary, " * 999)

    broken = run("client", "list", lang=lang)
    assert b"salescoach restore" in broken.stderr

    terminal = at("restore", lang=lang, columns=columns)
    terminal.asked(say("backup.choose", lang))
    terminal.presses("1")
    terminal.sees(say("backup.ask", lang))
    assert squeeze(say("backup.now-damaged", lang)) in squeeze(terminal.scroll)
    terminal.presses("y\r")

    assert terminal.ends() == 0
    assert squeeze(say("backup.restored", lang)) in squeeze(terminal.scroll)
    assert client in run("client", "list").stdout.decode()
    assert list((home / "data").glob("salescoach-damaged-*.db"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_saying_no_changes_nothing(at: Open, run: Run, client: str, lang: str) -> None:
    assert run("backup").returncode == 0
    assert run("client", "add", "Later Ltd").returncode == 0
    terminal = at("restore", "asked", lang=lang)
    terminal.sees(say("backup.ask", lang))
    terminal.presses("n\r")

    assert terminal.ends() == 0
    assert squeeze(say("backup.not-done", lang)) in squeeze(terminal.scroll)
    assert "Later Ltd" in run("client", "list").stdout.decode()
