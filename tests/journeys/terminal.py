"""A person at a terminal: the real program in a pseudo-terminal, keys pressed, the screen read back as one sees it."""

import os
import re
import signal
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pyte.modes

ROOT = Path(__file__).parents[2]
#: Seconds that a screen may take to appear; learning the phrasings of objections takes some, once.
WAIT = 60.0
BACK, SKIP, PAUSE, CTRL_C, ENTER = "\x02", "\x13", "\x10", "\x03", "\r"
#: How the line that asks begins: "3/12 ", or "? " outside a walk.
ASKING = re.compile(r"^(?:\d+/\d+|\?) ")


def environment(home: Path, lang: str = "en", today: str = "2026-12-01", **more: str) -> dict[str, str]:
    """What the program sees of the outside: nothing of the tester's own settings."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "COVERAGE_PROCESS_START") if name in os.environ
    }
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "LANG": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8",
        "PYTHONUTF8": "1",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "SALESCOACH_HOME": str(home),
        "SALESCOACH_TODAY": today,
        **more,
    }


def cells(text: str) -> int:
    """Cells that a line takes: a Chinese character two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class _Screen(pyte.HistoryScreen):
    """A screen that notes which rows were broken by its edge: nobody had thought of its width there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.broken: list[str] = []
        super().__init__(*args, **kwargs)

    def draw(self, data: str) -> None:
        for char in data:
            if self.cursor.x >= self.columns and pyte.modes.DECAWM in self.mode:
                row = self.buffer[self.cursor.y]
                self.broken.append("".join(row[x].data for x in range(self.columns)))
            super().draw(char)


def _interruptible() -> None:
    """In the child: signals mean what they mean at a terminal, though the tests run in the background of a script."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """One run of the program, and what stands on its screen."""

    def __init__(self, args: list[str], env: Mapping[str, str], columns: int = 80, rows: int = 24) -> None:
        self.columns, self.rows = columns, rows
        self.child: Any = pexpect.spawn(
            sys.executable,
            ["-m", "salescoach", *args],
            env=dict(env),
            cwd=str(ROOT),
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
            preexec_fn=_interruptible,
        )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0
        self.raw = ""
        self.screen = _Screen(columns, rows, history=2000, ratio=0.5)
        self.stream = pyte.Stream(self.screen)

    # reading

    @property
    def lines(self) -> list[str]:
        """The screen's rows; a wide character stands once."""
        return [self._row(self.screen.buffer[y]) for y in range(self.rows)]

    @property
    def text(self) -> str:
        """The screen as it stands."""
        return "\n".join(self.lines).rstrip()

    @property
    def scroll(self) -> str:
        """Everything that was written and not erased, what has left the screen above included."""
        above = [self._row(row) for row in self.screen.history.top]
        return "\n".join([*above, self.text])

    def _row(self, row: Any) -> str:
        return "".join(row[x].data for x in range(self.columns)).rstrip()

    def read(self) -> None:
        """Draw what the program has written so far."""
        try:
            fresh = self.child.read_nonblocking(65536, timeout=0.02)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += fresh
        self.stream.feed(fresh)

    def until(self, meets: Callable[[], bool], what: str) -> None:
        """Read until the screen is as wanted; fails, showing it, when it never is."""
        end = time.monotonic() + WAIT
        while not meets():
            assert time.monotonic() < end and not self.child.closed, f"never saw {what}:\n{self.scroll}"  # noqa: PT018
            self.read()

    def sees(self, *parts: str) -> str:
        """Wait until all parts stand somewhere, broken lines or not; all that was written."""
        squeezed = [squeeze(part) for part in parts]
        self.until(lambda: all(part in squeeze(self.scroll) for part in squeezed), " + ".join(parts))
        return self.scroll

    @property
    def broken(self) -> list[str]:
        """Rows that the edge of the screen broke."""
        return self.screen.broken

    @property
    def asking(self) -> str:
        """The question that waits for an answer, from its line to the hint below it; "" while none does."""
        lines = self.text.split("\n")
        if not re.search(r"\^[BC]", lines[-1]):
            return ""
        starts = [number for number, line in enumerate(lines) if ASKING.match(line)]
        return "\n".join(lines[starts[-1] :]) if starts else ""

    @property
    def said(self) -> str:
        """What stands above the question that waits: all that was said before."""
        return self.scroll.removesuffix(self.asking)

    def asked(self, question: str) -> str:
        """Wait until this question waits for its answer, with the keys below it; what stands there."""
        self.until(lambda: squeeze(question) in squeeze(self.asking), f"the question {question!r}")
        return self.asking

    # acting

    def presses(self, keys: str) -> None:
        """Send keys as they are."""
        self.child.send(keys)

    def answers(self, question: str, keys: str = ENTER) -> str:
        """Wait for a question, then press keys; what stood there."""
        shown, said = self.asked(question), self.said
        self.presses(keys)
        self.until(lambda: self.said != said or not self.child.isalive(), f"an answer to {question!r} taken")
        return shown

    def reads_on(self, holding: str) -> str:
        """Wait until the program holds for a key, read the screen, press one; what stood there."""
        self.until(lambda: squeeze(holding) in squeeze(self.text.split("\n")[-1]), f"the hold {holding!r}")
        shown = self.text
        self.presses(" ")
        return shown

    def replaces(self, question: str, words: str) -> str:
        """Wait for a question in words, clear its line and type others."""
        return self.answers(question, f"\x15\x0b{words}{ENTER}")

    def is_killed(self) -> None:
        """Kill -9, as a closed lid or an empty battery."""
        self.child.kill(signal.SIGKILL)
        self.ends()

    def ends(self) -> int:
        """Wait for the end; the exit code, or minus the signal."""
        end = time.monotonic() + WAIT
        while self.child.isalive():
            assert time.monotonic() < end, f"did not end:\n{self.scroll}"
            self.read()
        self.read()
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0)

    def close(self) -> None:
        """End the program, whatever it does."""
        self.child.close(force=True)


def squeeze(text: str) -> str:
    """Text without white space: where a line breaks makes no difference."""
    return "".join(text.split())
