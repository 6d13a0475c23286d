"""How far a long command is, on stderr: only at a terminal, and only past a second."""

import sys
import time
from typing import Any

from salescoach.language import Lang, say

PATIENCE = 1.0
#: The clock is asked once in so many steps.
EVERY = 256


class Progress:
    """
    A bar that appears when it takes long, and goes when it is done.

    Args:
        total: Steps, about.
    """

    def __init__(self, lang: Lang, total: int) -> None:
        self.lang, self.total = lang, total
        self.done = self.told = 0
        self.since = time.monotonic()
        self.shown: Any = None
        self.possible = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown is not None:
            self.shown.stop()

    def step(self, count: int = 1) -> None:
        """So much more is done."""
        self.done += count
        if not self.possible or self.done - self.told < EVERY:
            return
        self.told = self.done
        if self.shown is None and time.monotonic() - self.since >= PATIENCE:
            self._appear()
        if self.shown is not None:
            self.shown.update(self.task, completed=min(self.done, self.total))

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        self.shown = Bar(console=Console(stderr=True), transient=True)
        self.task = self.shown.add_task(say("importing.progress", self.lang), total=self.total)
        self.shown.start()
