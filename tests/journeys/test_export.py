"""A file that is there is written over at a terminal only when the rep agrees."""

from collections.abc import Callable
from pathlib import Path

import pytest

from salescoach.language import say
from tests.journeys.program import Run
from tests.journeys.terminal import Terminal


@pytest.mark.parametrize(("answer", "kept"), [("n", True), ("y", False)])
def test_a_file_that_is_there_is_asked_about_once(
    at: Callable[..., Terminal], run: Run, tmp_path: Path, answer: str, kept: bool
) -> None:
    file = tmp_path / "book.csv"
    file.write_text("old")
    assert run("client", "add", "Acme").returncode == 0
    terminal = at("export", "--as", "csv", "-o", str(file))

    terminal.sees(say("export.ask-over", "en", path=file.name))
    terminal.presses(answer + "\r")

    assert terminal.ends() == 0
    assert (file.read_text("utf-8-sig") == "old") is kept


def test_a_script_writes_over_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "book.csv"
    file.write_text("old")

    assert run("export", "--as", "csv", "-o", str(file)).returncode == 0
    assert file.read_text("utf-8-sig") != "old"
