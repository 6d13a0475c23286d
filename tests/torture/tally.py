"""
What the tests that harm the program count, added up over all of them and printed at the end of the run.

A test takes the fixture `tally` and counts: `tally.count("kills")`. It calls `tally.verdict()` last, so that one loss
does not hide the next.
"""

from collections import Counter
from typing import Any

#: Of a report of pytest, under which the counts travel, from the processes of xdist too.
PROPERTY = "tally"
#: Always named, in this order; whatever else was counted stands between.
TRIED, BAD = ("kills", "faults", "mutations"), ("losses", "tracebacks")


class Tally:
    """The counts of one test: `counts` is plain, so that it can be sent from one process to another."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.wrong: list[str] = []

    def count(self, what: str, times: int = 1) -> None:
        """Something was tried: "kills", "faults", "mutations", or another plural."""
        self.counts[what] = self.counts.get(what, 0) + times

    def loss(self, what: str) -> None:
        """Something that was acknowledged is not there, or the book is not sound."""
        self.count("losses")
        self.wrong.append(what)

    def read(self, output: str) -> None:
        """Look through what the program wrote: a traceback, or what the edge says of a bug, is counted."""
        if "Traceback" in output or "SALESCOACH_DEBUG" in output:
            self.count("tracebacks")
            self.wrong.append(output[-2000:])

    def verdict(self) -> None:
        """Fail with all that went wrong."""
        assert not self.wrong, "\n\n".join(self.wrong)


def summary(reports: list[Any]) -> str:
    """One line for the whole run; nothing where nobody counted."""
    total: Counter[str] = Counter()
    for report in reports:
        for name, counts in getattr(report, "user_properties", ()):
            if name == PROPERTY and report.when == "call":
                total.update(counts)
    if not total:
        return ""
    others = sorted(set(total) - {*TRIED, *BAD})
    return " · ".join(f"{total[what]} {what}" for what in (*TRIED, *others, *BAD))
