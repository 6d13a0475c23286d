"""Terminals that are closed when a test is over."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
