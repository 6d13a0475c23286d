"""The rep's own record with objections: counts with an interval, silent while there are too few."""

import math
from collections.abc import Iterable
from typing import Any

from salescoach.records.models import ObjectionMet
from salescoach.shape import value

#: Below this many cases nothing is claimed.
ENOUGH = 5


@value
class Tally:
    """How often something worked; low and high are the bounds of a 95 % Wilson interval, in whole percent."""

    label: str
    count: int
    won: int
    low: int
    high: int


def tally(label: str, met: Iterable[ObjectionMet]) -> Tally:
    """Count what was resolved."""
    cases = list(met)
    won = sum(one.resolved for one in cases)
    low, high = wilson(won, len(cases))
    return Tally(label=label, count=len(cases), won=won, low=round(low * 100), high=round(high * 100))


def by_technique(met: Iterable[ObjectionMet]) -> list[Tally]:
    """One tally for each technique with enough cases, the most used first; "" is for none noted."""
    groups: dict[str, list[ObjectionMet]] = {}
    for one in met:
        groups.setdefault(one.technique or "", []).append(one)
    tallies = [tally(technique, cases) for technique, cases in groups.items() if len(cases) >= ENOUGH]
    return sorted(tallies, key=lambda one: (-one.count, one.label))


def wilson(won: int, count: int) -> tuple[float, float]:
    """Bounds of the 95 % interval of a share (Wilson 1927), 0 to 1; (0, 1) for no cases."""
    if not count:
        return 0.0, 1.0
    z = 1.96
    share = won / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    bottom = 1 + z * z / count
    return max(0.0, (middle - spread) / bottom), min(1.0, (middle + spread) / bottom)


def document(topic: str, whole: Tally, techniques: Iterable[Tally]) -> dict[str, Any]:
    """As `objection TOPIC --mine --json` prints it; no shares while there are too few cases."""
    enough = whole.count >= ENOUGH
    return {
        "schema": "salescoach/objection-ledger@1",
        "topic": topic,
        "count": whole.count,
        "enough": enough,
        "resolved": whole.won if enough else None,
        "interval": [whole.low, whole.high] if enough else None,
        "techniques": [
            {"technique": one.label or None, "count": one.count, "resolved": one.won, "interval": [one.low, one.high]}
            for one in techniques
        ],
    }
