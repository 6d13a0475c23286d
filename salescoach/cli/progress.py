"""A bar on stderr for what takes longer than a second; nothing where stderr is no terminal."""

import sys
import time

from salescoach.cli.show import width, write

#: Seconds before a bar appears, and between two pictures of it.
PATIENCE, PAUSE = 1.0, 0.1


class Progress:
    """
    How far something has come; used in a `with`, so that the bar is gone at the end.

    Args:
        total: Of what is counted.
    """

    def __init__(self, total: int) -> None:
        self.total, self.done = max(1, total), 0
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def step(self, more: int) -> None:
        """So many more are done."""
        self.done += more
        if sys.stderr.isatty() and time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE
            self._shown = True
            write("\r" + self._bar(), sys.stderr)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            write("\r" + " " * (width(sys.stderr) - 1) + "\r", sys.stderr)

    def _bar(self) -> str:
        part = min(1.0, self.done / self.total)
        told = f" {part:4.0%} {min(self.done, self.total):,}/{self.total:,}"
        room = max(0, min(40, width(sys.stderr) - 1 - len(told)))
        full = int(part * room)
        return "█" * full + "░" * (room - full) + told
