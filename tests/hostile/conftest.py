"""The program in a home whose playbooks are compiled already, as the contract tests have it."""

from pathlib import Path

import pytest

from tests.hostile import counting
from tests.program import Program, Shelf, shelf_in
from tests.torture.tally import Tally


@pytest.fixture(autouse=True)
def counted(tally: Tally) -> None:
    """What a test tries is counted into the line at the end of the run."""
    counting.NOW.set(tally)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A home that is the same for every test, and books to fill it with."""
    return shelf_in(tmp_path_factory.getbasetemp())


@pytest.fixture
def home(home: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this run's data, config and cache: without records."""
    monkeypatch.setenv("SALESCOACH_HOME", str(shelf.empty()))
    return shelf.home


@pytest.fixture
def program(home: Path) -> Program:
    """The program, in an empty home."""
    return Program()


@pytest.fixture
def book(program: Program, shelf: Shelf) -> Program:
    """The program in a home with the English book."""
    shelf.lay_out("en", program)
    return program
