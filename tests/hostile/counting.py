"""How much was tried, and what came of it, for the summary of the long tests."""

from collections import Counter

#: "mutations": inputs tried; "tracebacks": runs that ended as a bug of ours.
COUNTS: Counter[str] = Counter({"mutations": 0, "tracebacks": 0})


def tried(code: int = 0, times: int = 1) -> None:
    """Count what was tried; exit code 1 is a traceback."""
    COUNTS["mutations"] += times
    COUNTS["tracebacks"] += code == 1
