"""Learning the phrasings of one's own playbooks: how long it takes is said before it begins."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from salescoach.language import say

BUILT_IN = Path(__file__).parents[2] / "playbooks" / "objections"
WORDS = {"en": "the boss would never sign that", "zh": "老板肯定不会签字"}


def copied(home: Path, copies: int) -> None:
    """The built-in topics so many times more, under ids of their own."""
    folder = home / "data" / "playbooks" / "objections"
    folder.mkdir(parents=True)
    for file in BUILT_IN.glob("*.yaml"):
        for copy in range(copies):
            text = file.read_text("utf-8").replace(f"\nid: {file.stem}\n", f"\nid: {file.stem}-{copy}\n")
            (folder / f"{file.stem}-{copy}.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_has_very_many_playbooks_hears_that_it_takes_minutes_and_what_is_answered_at_once(
    home: Path, lang: str
) -> None:
    copied(home, 2)
    line = [sys.executable, "-m", "salescoach", "--lang", lang, "--no-input", "objection", WORDS[lang]]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env={**os.environ}) as program:
        assert program.stderr is not None
        told = program.stderr.readline()
        program.send_signal(signal.SIGINT)

    assert told.strip() == say("objection.learning-long", lang)
