"""
How much was tried, and what came of it, for the line at the end of the run (`tests.torture.tally`).

Most of these tests are properties, whose function cannot take a fixture anew for each example: so they count here.
"""

from contextvars import ContextVar

from tests.torture.tally import Tally

#: What the running test counts into.
NOW: ContextVar[Tally] = ContextVar("NOW")


def tried(code: int = 0, times: int = 1) -> None:
    """Count what was tried; exit code 1 is a traceback."""
    NOW.get().count("mutations", times)
    if code == 1:
        NOW.get().count("tracebacks")
