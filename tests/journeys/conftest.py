"""The program in a terminal and without one, on a home of each test's own."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.program import Run, in_a_process, in_here
from tests.journeys.terminal import Terminal, environment


@pytest.fixture
def at(home: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the program in a terminal on this test's home: `at("prep", "Acme", lang="zh", columns=40)`."""
    opened: list[Terminal] = []

    def open_terminal(
        *args: str, lang: str = "en", columns: int = 80, rows: int = 24, today: str = "2026-12-01", **more: str
    ) -> Terminal:
        opened.append(Terminal(list(args), environment(home, lang, today, **more), columns, rows))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        terminal.close()


@pytest.fixture
def process(home: Path) -> Run:
    """The program as a process of its own: where encodings, limits or signals matter."""
    return in_a_process(home)


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in here: many times as fast."""
    return in_here(home, monkeypatch)


@pytest.fixture
def book(run: Run) -> Callable[..., Any]:
    """Runs a command without a terminal on this test's home and gives its JSON document."""

    def ask(*args: str, today: str = "2026-12-01") -> Any:
        done = run(*args, "--json", SALESCOACH_TODAY=today)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the records of `client` are, once a test has made them."""
    return tmp_path_factory.mktemp("client") / "data"


@pytest.fixture
def client(run: Run, home: Path, kept: Path) -> str:
    """A client with a planned visit of today."""
    name = "Acme Hydraulik"
    if kept.exists():
        shutil.copytree(kept, home / "data")
        return name
    assert run("client", "add", name).returncode == 0
    assert run("prep", name, "--answers", "-", given="purpose: discovery\n").returncode == 0
    shutil.copytree(home / "data", kept)
    return name
