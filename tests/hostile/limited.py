"""Run by a test as a process of its own: every file named is loaded under limits, and what came of it is printed."""

import json
import resource
import sys
import time
from pathlib import Path

from salescoach.playbook.compile import load
from salescoach.playbook.problem import Problem

MEMORY = 400 * 1024 * 1024
SECONDS = 60


def main(normal: str, *names: str) -> None:
    """Name → [key of what is wrong with it, or "" for a playbook; its time as a multiple of the normal file's]."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    load(Path(normal))
    usual = min(_timed(normal)[1] for _ in range(3))
    found = {}
    for name in names:
        outcome, taken = _timed(name)
        found[name] = [outcome.key if isinstance(outcome, Problem) else "", taken / usual]
    sys.stdout.write(json.dumps(found))


def _timed(name: str) -> tuple[object, float]:
    start = time.process_time()
    outcome = load(Path(name))
    return outcome, time.process_time() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
