"""How long a rep waits: whole processes, side by side in one run, beside a bare program of Typer and Rich.

    python -m benchmarks.startup [--rounds N] [--write]

Every round runs every case once, one after the other, so that whatever else the machine does strikes all alike.
Medians of the rounds are compared. This process stays small (it imports nothing big), because a child's peak memory
counts from its parent's.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "performance.md"
BASELINE = HERE / "baseline.json"
BARE = "a bare Typer program, one line through Rich"
CLIENTS = 1_000
WARM_UPS = 3
MEMORY_TARGET = 1.5
LIBRARIES = ("salescoach", "typer", "rich", "pydantic", "msgspec", "peewee", "PyYAML")


class Case(NamedTuple):
    """A command line to be timed; `target` is its greatest ratio to the bare program, None where none was set."""

    name: str
    argv: Sequence[str]
    home: str
    target: float | None


class Run(NamedTuple):
    """One process: wall-clock seconds from start to end, and peak resident memory in MiB."""

    seconds: float
    peak: float


class Row(NamedTuple):
    """The medians of a case, and its ratios to the bare program."""

    case: Case
    seconds: float
    peak: float
    ratio: float
    peak_ratio: float


def program() -> list[str]:
    """The program as a person starts it: its script, or the same by hand where it is not installed."""
    script = Path(sys.executable).with_name("salescoach")
    return [str(script)] if script.exists() else [sys.executable, "-c", "from salescoach.cli import run; run()"]


def cases(empty: str, full: str) -> list[Case]:
    """What is compared. `empty` is a home without records, `full` one with a book of many clients."""
    from benchmarks.names import NAMED, MISSPELT

    coach = program()
    prep = [*coach, "prep"]
    return [
        Case("the bare interpreter", [sys.executable, "-c", "pass"], empty, None),
        Case(BARE, [sys.executable, str(HERE / "bare.py")], empty, None),
        Case("salescoach --version", [*coach, "--version"], empty, None),
        Case("salescoach objection price, no book yet", [*coach, "objection", "price"], empty, 1.3),
        Case(f"salescoach objection price, {CLIENTS:,} clients", [*coach, "objection", "price"], full, 1.3),
        Case('salescoach objection "<free text>"', [*coach, "objection", "you cost a fifth more than we pay now"], full, None),
        Case(f"salescoach prep CLIENT --brief --json, {CLIENTS:,} clients", [*prep, NAMED, "--brief", "--json"], full, 2.0),
        Case("the same, the client's name misspelt", [*prep, MISSPELT, "--brief", "--json"], full, None),
    ]
