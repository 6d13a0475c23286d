"""What the contract of the command line is tested with."""

from pathlib import Path

import pytest

from tests.program import Program, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Homes made once."""
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def program(
    home: Path, shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Program:
    """The program, in an empty home with its playbooks compiled."""
    made = Program(capsys, monkeypatch)
    shelf.lay_out(home, None, made)
    return made


@pytest.fixture
def book(program: Program, home: Path, shelf: Shelf) -> Program:
    """The program in a home with the English book."""
    shelf.lay_out(home, "en", program)
    return program


@pytest.fixture
def both(program: Program, home: Path, shelf: Shelf, request: pytest.FixtureRequest) -> Program:
    """The program in a home with the book of the language asked for: `parametrize("both", ["en", "zh"], indirect=True)`."""
    shelf.lay_out(home, request.param, program)
    return program
