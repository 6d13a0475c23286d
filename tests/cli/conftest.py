"""What the contract of the command line is tested with."""

from pathlib import Path

import pytest

from tests.program import Program, Shelf, shelf_in


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A home that is the same for every test, and books to fill it with."""
    return shelf_in(tmp_path_factory.getbasetemp())


@pytest.fixture(autouse=True)
def home(home: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this run's data, config and cache: without records, its playbooks compiled already."""
    monkeypatch.setenv("SALESCOACH_HOME", str(shelf.empty()))
    return shelf.home


@pytest.fixture
def program() -> Program:
    """The program, in an empty home."""
    return Program()


@pytest.fixture
def book(program: Program, shelf: Shelf) -> Program:
    """The program in a home with the English book."""
    shelf.lay_out("en", program)
    return program


@pytest.fixture
def both(program: Program, shelf: Shelf, request: pytest.FixtureRequest) -> Program:
    """The program in a home with the book of the language that the test is parametrized with."""
    shelf.lay_out(request.param, program)
    return program
