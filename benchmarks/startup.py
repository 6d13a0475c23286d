"""How long a rep waits: whole processes, side by side in one run, beside a bare program of Typer and Rich.

    python -m benchmarks.startup [--rounds N] [--write] [--strict]

Every round runs every case once, one after the other, so that whatever else the machine does strikes all alike; the
medians are compared. This process imports nothing big, because a child's peak memory counts from its parent's.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from benchmarks.baseline import settle

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "performance.md"
CLIENTS = 1_000
WANTED, MISSPELT = "Weidenbach Hydraulics", "Weidenbahc Hydralics Export"
FREE_TEXT = "you cost a fifth more than what we pay now"
CHINESE = "你们比现在用的贵了两成"
BARE = "bare Typer program, one line through Rich"
WARM_UPS = 3
MEMORY_TARGET = 1.5
LIBRARIES = ("typer", "rich", "pydantic", "msgspec", "peewee", "PyYAML")


class Case(NamedTuple):
    """
    A command line to be timed.

    Args:
        target: The greatest ratio to the bare program that is good enough; None where none was set.
        first: As after an installation: nothing is compiled yet.
    """

    name: str
    argv: Sequence[str]
    home: Path
    target: float | None = None
    first: bool = False


class Run(NamedTuple):
    """One process: wall-clock seconds from start to end, seconds of CPU, and peak resident memory in MiB."""

    seconds: float
    cpu: float
    peak: float


class Row(NamedTuple):
    """The medians of a case, and their ratios to the bare program's."""

    case: Case
    seconds: float
    peak: float
    ratio: float
    cpu_ratio: float
    peak_ratio: float


def main() -> None:
    """Measure, print the table and, where asked, write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    wanted = with_usual_options(parser).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(cases(*homes(Path(folder))), wanted.rounds)
    load = os.getloadavg()[0]
    print(table(rows))
    print(steadiness(load))
    settle("startup", {row.case.name: row.ratio for row in rows}, write=wanted.write, strict=wanted.strict)
    if wanted.write:
        page = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
        REPORT.write_text(report(rows, wanted.rounds, load) + sections(page), encoding="utf-8")


def with_usual_options(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """What every benchmark of times takes."""
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and benchmarks/baseline.json")
    parser.add_argument("--strict", action="store_true", help="end with 1 where a ratio is worse than the baseline")
    return parser


def homes(folder: Path) -> tuple[Path, Path]:
    """A home without records, and one with a book of many clients."""
    return folder / "empty", filled(folder / "full", "benchmarks.book", CLIENTS)


def filled(home: Path, book: str, count: int) -> Path:
    """A home with an invented book of so many clients in it."""
    filling = [sys.executable, "-m", book, str(home / "data"), str(count)]
    subprocess.run(filling, check=True, cwd=HERE.parent)
    return home


def cases(empty: Path, full: Path) -> list[Case]:
    """What is compared with what."""
    coach, book = program(), f"{CLIENTS:,} clients"
    objection, prep = [*coach, "objection"], [*coach, "prep"]
    return [
        Case("bare interpreter", [sys.executable, "-c", "pass"], empty),
        Case(BARE, [sys.executable, str(HERE / "bare.py")], empty),
        Case("`--version`", [*coach, "--version"], empty),
        Case("`objection price`, no book yet", [*objection, "price"], empty, 1.3),
        Case(f"`objection price`, {book}", [*objection, "price"], full, 1.3),
        Case("`objection` in free words, no book yet", [*objection, FREE_TEXT], empty, 1.3),
        Case("the same in Chinese", [*objection, CHINESE], empty, 1.3),
        Case("`objection` in free words, first run ever", [*objection, FREE_TEXT], empty.with_name("new"), first=True),
        Case(f"`prep CLIENT --brief --json`, {book}", [*prep, WANTED, "--brief", "--json"], full, 2.0),
        Case("`prep` again, the name misspelt", [*prep, MISSPELT, "--brief", "--json"], full),
    ]


def program() -> list[str]:
    """The program as a person starts it: its script, or the same by hand where it is not installed."""
    script = Path(sys.executable).with_name("salescoach")
    return [str(script)] if script.exists() else [sys.executable, "-c", "from salescoach.quick import run; run()"]


def measure(compared: Sequence[Case], rounds: int) -> list[Row]:
    """Run all cases by turns, the first few times uncounted, and take medians."""
    for _ in range(WARM_UPS):
        for case in compared:
            once(case)
    runs = [[once(case) for case in compared] for _ in range(rounds)]
    medians = [medians_of(of_case) for of_case in zip(*runs, strict=True)]
    by_name = {case.name: one for case, one in zip(compared, medians, strict=True)}
    return [_row(case, by_name) for case in compared]


def _row(case: Case, medians: Mapping[str, Run]) -> Row:
    one, bare = medians[case.name], medians[BARE]
    return Row(case, one.seconds, one.peak, one.seconds / bare.seconds, one.cpu / bare.cpu, one.peak / bare.peak)


def once(case: Case) -> Run:
    """Run a case to its end."""
    if case.first:
        shutil.rmtree(case.home, ignore_errors=True)
    env = {"SALESCOACH_HOME": str(case.home), "SALESCOACH_TODAY": "2026-12-01", "SALESCOACH_LANG": "en"}
    return once_of(case.name, case.argv, env)


def once_of(name: str, argv: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a command line to its end. One that fails would be fast for nothing, so it stops the benchmark."""
    quiet, around = subprocess.DEVNULL, {**os.environ, **env}
    before = time.perf_counter()
    child = subprocess.Popen(argv, stdin=quiet, stdout=quiet, env=around, cwd=HERE.parent)
    used = used_by(child)
    after = time.perf_counter()
    if child.returncode:
        raise SystemExit(f"{name} ended with {child.returncode}")
    return Run(after - before, *used)


def used_by(child: "subprocess.Popen[bytes]") -> tuple[float, float]:
    """Wait for the end of a program: its seconds of CPU and its peak memory in MiB."""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, readable as it is."""
    wide = max(len(row.case.name) for row in rows)
    head = f"| {'whole process':{wide}} |     ms | ratio | target | CPU ratio | peak MiB | ratio |      |"
    lines = [head, f"| {'-' * wide} | -----: | ----: | -----: | --------: | -------: | ----: | ---- |"]
    for row in rows:
        target = f"≤ {row.case.target}" if row.case.target else ""
        took = f"{row.seconds * 1000:6.0f} | {row.ratio:5.2f} | {target:>6} | {row.cpu_ratio:9.2f}"
        peak = f"{row.peak:8.1f} | {row.peak_ratio:5.2f}"
        lines.append(f"| {row.case.name:{wide}} | {took} | {peak} | {verdict(row):4} |")
    return "\n".join(lines)


def verdict(row: Row) -> str:
    """Whether the row keeps to its target of time and to that of memory."""
    if row.case.target is None:
        return ""
    return "met" if row.ratio <= row.case.target and row.peak_ratio <= MEMORY_TARGET else "MISS"


def steadiness(load: float) -> str:
    """Whether the machine was quiet enough for its milliseconds to be believed."""
    busy = load > (os.cpu_count() or 1)
    said = "Busy with other work: repeat it on a quiet machine before believing a verdict." if busy else "Quiet enough."
    return f"Load average {load:.1f} on {os.cpu_count()} cores. {said}"


def report(rows: Sequence[Row], rounds: int, load: float) -> str:
    """docs/performance.md."""
    versions = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return f"""# How long a rep waits

Written by `make bench` on {time.strftime("%Y-%m-%d")}: {os.cpu_count()} cores ({platform.machine()}, \
{platform.system()}), Python {platform.python_version()}, {versions}.
{steadiness(load)}
Medians of {rounds} rounds; in each, every program ran once from start to end, by turns, after {WARM_UPS} rounds that do
not count. Milliseconds depend on the machine; the ratios to the bare program are what we keep to.

{table(rows)}

Targets are for the time on the clock. CPU ratio is the processes' own work, which other programs disturb less.
Peak memory is to stay within {MEMORY_TARGET} × of the bare program's. The book is invented: {CLIENTS:,} clients, half
of them Chinese, each with four people, three visits, two promises, two objections and eight observations. A misspelt
name is the dear way to find a client: every name is compared.
"""


def sections(page: str) -> str:
    """What other benchmarks wrote on the page: all from its first heading on."""
    _, heading, rest = page.partition("\n## ")
    return heading + rest


def with_section(page: str, text: str) -> str:
    """A page with this section in the place of the one with its heading, or at the end."""
    head, *parts = f"\n{page.strip()}\n".split("\n## ")
    mine = text.strip().removeprefix("## ") + "\n"
    name = mine.partition("\n")[0]
    at = next((number for number, part in enumerate(parts) if part.partition("\n")[0] == name), len(parts))
    parts[at : at + 1] = [mine]
    return "\n## ".join([head, *parts]).lstrip("\n")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def medians_of(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(_median(figures) for figures in zip(*runs, strict=True)))


def _median(figures: Sequence[float]) -> float:
    ordered = sorted(figures)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


if __name__ == "__main__":
    main()
