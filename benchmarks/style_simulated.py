"""How well styles are found in people whose truth is known, and whether it is as sure as it is right.

    python -m benchmarks.style_simulated [--people 2000] [--mistaken 0 0.25 …]

The people are those of tests/simulated/reps.py, with other seeds than the tests have. `mistaken` is the share of cues
that is taken to be mistaken; the playbook's own where none is named. `over` is mean sureness less the share found.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from salescoach.coach.style import read, weighing
from salescoach.playbook.layers import layers
from salescoach.playbook.library import open_library
from salescoach.playbook.models import Typology, Weighing
from tests.simulated.reps import TODAY, a_truth, seen_in
from tests.simulated.scores import scores

#: Beyond the seeds of the tests.
FIRST = 1_000_000
#: Visits and cues in each; the last is one quiz.
SEEN = ((1, 4), (2, 4), (3, 4), (5, 4), (1, 9))
#: The share of visits in which people are not themselves.
OFF_DAYS = (0.0, 0.1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--mistaken", type=float, nargs="*")
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        styles = open_library(layers((), Path("no-personal-playbooks")), Path(folder)).get(Typology, "styles")
    for off_days in OFF_DAYS:
        for mistaken in wanted.mistaken or (weighing(styles).mistaken,):
            print(f"mistaken {mistaken:g}, not themselves in {off_days:.0%} of visits")
            weighed = replace(styles, weighing=Weighing(mistaken=mistaken))
            print("\n".join(report(weighed, range(FIRST, FIRST + wanted.people), off_days)))


def report(styles: Typology, seeds: Sequence[int], off_days: float) -> list[str]:
    """A line for each number of visits."""
    truths = [a_truth(random.Random(f"truth {seed}")) for seed in seeds]
    lines = []
    for visits, cues in SEEN:
        cases = [
            (truth.style, dict(read(styles, seen_in(truth, seed, visits, cues, off_days=off_days), TODAY).shares))
            for truth, seed in zip(truths, seeds, strict=True)
        ]
        lines.append(f"  {visits} × {cues} cues: {scores(cases)}")
    return lines


if __name__ == "__main__":
    main()
