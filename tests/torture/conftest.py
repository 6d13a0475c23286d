"""Homes that are harmed: with a book in them, and what is compiled."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.program import Run, in_a_process, in_here
from tests.journeys.terminal import Terminal, environment

CLIENT = "华星机械"
PLAN = "purpose: first-visit\ncontacts: [王总]\n"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in this process: to write books and to look at them."""
    return in_here(home, monkeypatch)


@pytest.fixture
def process(home: Path) -> Run:
    """The program as a process of its own."""
    return in_a_process(home)


@pytest.fixture
def client(run: Run) -> str:
    """A client with a person and a planned visit of today."""
    assert run("client", "add", CLIENT, "--key-account").returncode == 0
    assert run("prep", CLIENT, "--answers", "-", given=PLAN).returncode == 0
    return CLIENT


@pytest.fixture
def at(home: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the program in a wide terminal on this test's home."""
    opened: list[Terminal] = []

    def open_terminal(*args: str, lang: str = "en", today: str = "2026-12-01", **more: str) -> Terminal:
        for earlier in [one for one in opened if one.child.closed]:
            opened.remove(earlier)
        opened.append(Terminal(list(args), environment(home, lang, today, **more), 160, 60))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        terminal.close()
