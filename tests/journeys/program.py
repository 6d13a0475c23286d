"""The program without a terminal: as a process of its own, or, many times as fast, in this one."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from salescoach.cli import main
from tests.journeys.terminal import environment

#: Output as bytes, which every encoding has.
Done = subprocess.CompletedProcess[bytes]
Run = Callable[..., Done]


def in_a_process(home: Path) -> Run:
    """Runs the program as a process of its own on this home; `before` is called in it first."""

    def go(
        *args: str, lang: str = "en", given: str = "", before: Callable[[], None] | None = None, **more: str
    ) -> Done:
        command = [sys.executable, "-m", "salescoach", *args]
        env = environment(home, lang, **more)
        done = subprocess.run(
            command, env=env, input=given.encode(), capture_output=True, check=False, preexec_fn=before
        )
        return without_a_bug(done)

    return go


def in_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the whole program, from its arguments to its output, in this process."""

    def go(*args: str, lang: str = "en", given: str = "", **more: str) -> Done:
        out, err = BytesIO(), BytesIO()
        with monkeypatch.context() as here:
            for name, text in (environment(home, lang) | more).items():
                here.setenv(name, text)
            here.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode()), encoding="utf-8"))
            here.setattr(sys, "stdout", TextIOWrapper(out, encoding="utf-8", write_through=True))
            here.setattr(sys, "stderr", TextIOWrapper(err, encoding="utf-8", write_through=True))
            code = main(args)
            return without_a_bug(subprocess.CompletedProcess(args, int(code), out.getvalue(), err.getvalue()))

    return go


def without_a_bug(done: Done) -> Done:
    """What ran, if it did not end in a way that only we can mend."""
    assert b"Traceback" not in done.stderr
    assert b"SALESCOACH_DEBUG" not in done.stderr, done.stderr.decode()
    return done
