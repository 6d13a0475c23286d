"""What was typed reaches a command as it is, and what the library has to make of it is still made, or refused."""

import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer
from typer.main import get_command

from salescoach.cli.typed import take_as_typed

UNREADABLE = "\udce4"  # a byte that is no text, as a command line has it


class Colour(StrEnum):
    """Two of them."""

    RED = "red"
    BLUE = "blue"


def called(*argv: str, plain: bool = True) -> dict[str, Any]:
    """What a command with one option of each sort is given."""
    app, given = typer.Typer(), {}

    @app.command()
    def command(
        name: Annotated[str, typer.Argument()] = "nobody",
        more: Annotated[list[str] | None, typer.Option()] = None,
        kind: Annotated[Literal["one", "two"], typer.Option()] = "one",
        loose: Annotated[Literal["one", "two"], typer.Option(case_sensitive=False)] = "one",
        colour: Annotated[Colour, typer.Option()] = Colour.RED,
        days: Annotated[int, typer.Option(min=0, max=9)] = 3,
        path: Annotated[Path | None, typer.Option()] = None,
        really: Annotated[bool, typer.Option("--really")] = False,
    ) -> None:
        given.update(locals())

    made = get_command(app)
    if plain:
        take_as_typed(made)
    made.main(list(argv), "command", standalone_mode=False)
    return {name: given[name] for name in ("name", "more", "kind", "loose", "colour", "days", "path", "really")}


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("Ammerfeld",),
        ("禾澄液压", "--more", "a", "--more", "b"),
        ("--kind", "two", "--loose", "TWO"),
        ("--colour", "blue", "--days", "7", "--path", "a/b", "--really"),
        ("",),
        (UNREADABLE, "--more", UNREADABLE),
    ],
)
def test_a_command_is_given_the_same_as_by_the_library_alone(argv: tuple[str, ...]) -> None:
    taken, alone = called(*argv), called(*argv, plain=False)

    assert taken == alone
    assert {name: type(held) for name, held in taken.items()} == {name: type(held) for name, held in alone.items()}


@pytest.mark.parametrize(
    "argv",
    [("--kind", "three"), ("--colour", "green"), ("--days", "10"), ("--days", "many")],
)
def test_what_the_library_refuses_is_refused_in_its_words(argv: tuple[str, ...]) -> None:
    said = []
    for plain in (True, False):
        with pytest.raises(typer.BadParameter) as refused:
            called(*argv, plain=plain)
        said.append(refused.value.message)

    assert said[0] == said[1]


def test_a_text_does_not_load_what_converts(home: Path) -> None:
    probe = "import sys; from salescoach.cli import main; main(['search', 'pump']); print('pydantic' in sys.modules)"
    env = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    ran = subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True, text=True, check=False)

    assert ran.stdout.split()[-1:] == ["False"], ran.stderr
