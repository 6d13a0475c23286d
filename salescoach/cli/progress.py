"""A bar for what takes longer than a breath: on stderr, at a terminal only, and only once a second has passed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

PATIENCE_SECONDS = 1.0


@contextmanager
def counted(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """
    Work in many small pieces; what is yielded is told how many more are done.

    Args:
        label: What is being done.
        total: Pieces in all.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task, began = bar.add_task(label, total=total), monotonic()

    def done(count: int) -> None:
        bar.advance(task, count)
        if monotonic() - began > PATIENCE_SECONDS:
            bar.start()

    try:
        yield done
    finally:
        bar.stop()
