"""The ratios that were last written down, and what has become slower since: `benchmarks/baseline.json`.

Each benchmark keeps a part of its own: a name, and how many times the time of its yardstick it took.
"""

import json
from collections.abc import Mapping
from pathlib import Path

BASELINE = Path(__file__).with_name("baseline.json")
#: More than so many times its old ratio is slower; less is what one run differs from the next by.
SLOWER = 1.25

Ratios = Mapping[str, float]


def slower(part: str, ratios: Ratios) -> list[str]:
    """A line for each ratio that is worse than the one that was written down."""
    before = _kept().get(part, {})
    return [
        f"{name}: {before[name]:.2f} before, {now:.2f} now"
        for name, now in ratios.items()
        if name in before and now > SLOWER * before[name]
    ]


def settle(part: str, ratios: Ratios, *, write: bool, strict: bool) -> None:
    """
    Say what became slower than the baseline, then write the ratios down where that is asked for.

    Raises:
        SystemExit: Something became slower, and that is to be an error; nothing is written down then.
    """
    worse = slower(part, ratios)
    print("\n".join([f"Slower than {SLOWER} × the baseline:", *worse] if worse else ["Nothing is slower than it was."]))
    if worse and strict:
        raise SystemExit(1)
    if write:
        kept = _kept() | {part: {name: round(ratio, 2) for name, ratio in ratios.items()}}
        BASELINE.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _kept() -> dict[str, dict[str, float]]:
    held: dict[str, dict[str, float]] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    return held
