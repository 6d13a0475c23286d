"""How the wait grows with the book and with the playbooks: whole processes, in one run.

    python -m benchmarks.growth [--clients N ...] [--copies N ...] [--rounds N] [--write] [--strict]

The books are those of `benchmarks.years`: ten visits a client. Making the largest takes minutes, so books are kept in
the user's cache folder, as long as schema and generator stay the same. What is compared is the largest with the
smallest. See `benchmarks.startup` for how a process is timed.
"""

import argparse
import os
import platform
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.baseline import settle
from benchmarks.startup import (
    HERE,
    REPORT,
    Run,
    filled,
    medians_of,
    once_of,
    program,
    steadiness,
    with_section,
    with_usual_options,
)

CLIENTS = (10, 1_000, 10_000, 100_000)
COPIES = (1, 10, 50)
#: Counted up where `benchmarks.years` makes another book.
GENERATOR = 2
WARM_UPS = 1
#: The largest may take so many times what the smallest takes; what is to be linear, so many times its share.
GROWTH, LINEAR = 1.5, 1.5
SINCE = "2025-12-01"
KNOWN, BEGUN, WORD = "Ammerfeld Hydraulics", "Ammerfeld Hy", "trial"
TODAY = {"SALESCOACH_TODAY": "2026-12-01", "SALESCOACH_LANG": "en"}
TAB = {"_SALESCOACH_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": f"salescoach prep {BEGUN}"}
#: What a rep asks of the book: the name of the row, the words behind the program, and what is set beside the usual.
ASKED: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {
    "`prep CLIENT --brief`": (("prep", KNOWN, "--brief"), {}),
    "`today`": (("today",), {}),
    "`objection price --for CLIENT`": (("objection", "price", "--for", KNOWN), {}),
    "Tab behind `prep CLIE`": ((), TAB),
    f"`search {WORD}`": (("search", WORD), {}),
    f"`search CLIENT {WORD}`": (("search", KNOWN, WORD), {}),
}
REVIEW = ("review", "--since", SINCE)
#: What a rep asks with many playbooks.
WITH_PLAYBOOKS: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {
    "`today`": (("today",), {}),
    "`objection price`, asked before": (("objection", "price"), {}),
    "`objection price --for CLIENT`": (("objection", "price", "--for", KNOWN), {}),
    "`prep CLIENT --brief`": (("prep", KNOWN, "--brief"), {}),
}
ID = re.compile(r"^id: *(\S+)", re.MULTILINE)


class Row(NamedTuple):
    """Medians of one command, the smallest size first; `most` is the target of the ratio, or None."""

    name: str
    runs: Sequence[Run]
    most: float | None = GROWTH

    @property
    def ratio(self) -> float:
        """Largest to smallest, on the clock."""
        return self.runs[-1].seconds / self.runs[0].seconds

    @property
    def cpu(self) -> float:
        """The same of the processes' own work."""
        return self.runs[-1].cpu / self.runs[0].cpu


def main() -> None:
    """Measure, print the tables and, where asked, write them down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS)
    parser.add_argument("--copies", type=int, nargs="+", default=COPIES)
    parser.add_argument("--rounds", type=int, default=7)
    wanted = with_usual_options(parser).parse_args()
    started = os.getloadavg()[0]
    books = {count: a_book(count) for count in sorted(wanted.clients)}
    sets = {count: with_playbooks(count, min(books)) for count in sorted(wanted.copies)}
    compiled = [compiling(home) for home in sets.values()]
    rows = measured(list(books.values()), ASKED, wanted.rounds)
    reviews = measured(list(books.values()), {f"`review --since {SINCE}`": (REVIEW, {})}, 1, warm_ups=0)
    warm = measured(list(sets.values()), WITH_PLAYBOOKS, wanted.rounds)
    text = report(books, sets, rows, reviews, warm, compiled, (wanted.rounds, started))
    print(text)
    by_what = {"clients": rows, "playbooks": warm}
    ratios = {f"{row.name}, {what}": row.ratio for what, some in by_what.items() for row in some}
    settle("growth", ratios, write=wanted.write, strict=wanted.strict)
    if wanted.write:
        REPORT.write_text(with_section(REPORT.read_text(encoding="utf-8"), text), encoding="utf-8")


# Books and playbooks


def kept() -> Path:
    """Where books and playbooks are kept from one run to the next."""
    schema = len([*(HERE.parent / "salescoach" / "store" / "migrations").glob("[0-9]*.py")])
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "salescoach-bench" / f"books-{schema}-{GENERATOR}"


def a_book(count: int) -> Path:
    """A home with a book of so many clients, everything compiled and indexed; how long the index took stands in it."""
    home = kept() / f"{count}"
    if not (home / "first-search").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        print(f"Making a book of {count:,} clients …", file=sys.stderr)
        filled(home, "benchmarks.years", count)
        run_in(home, ("--help",))
        took = run_in(home, ("search", WORD)).seconds
        (home / "first-search").write_text(f"{took:.3f}", encoding="utf-8")
    return home


def with_playbooks(copies: int, clients: int) -> Path:
    """A home with a small book and so many copies of the built-in set as the rep's own playbooks."""
    home = kept() / f"playbooks-{copies}"
    if not home.exists():
        shutil.copytree(a_book(clients) / "data", home / "data")
        built_in = HERE.parent / "playbooks"
        for file in sorted(built_in.rglob("*.yaml")):
            if file.name == "sources.yaml":
                continue
            text = file.read_text(encoding="utf-8")
            for copy in range(copies):
                place = home / "data" / "playbooks" / f"set-{copy}" / file.relative_to(built_in)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(ID.sub(rf"id: \1-{copy}", text, count=1), encoding="utf-8")
    return home


def compiling(home: Path) -> tuple[int, Run]:
    """How many playbooks of the rep's own there are, and how long it takes to read them all for the first time."""
    shutil.rmtree(home / "cache", ignore_errors=True)
    return sum(1 for _ in (home / "data" / "playbooks").rglob("*.yaml")), run_in(home, ("playbook", "list"))


# Measuring


def run_in(home: Path, words: Sequence[str], env: Mapping[str, str] | None = None) -> Run:
    """One run of the program over a book."""
    around = {**TODAY, "SALESCOACH_HOME": str(home), **(env or {})}
    return once_of(f"salescoach {' '.join(words)} ({home.name})", [*program(), *words], around)


def measured(
    homes: Sequence[Path],
    commands: Mapping[str, tuple[Sequence[str], Mapping[str, str]]],
    rounds: int,
    warm_ups: int = WARM_UPS,
) -> list[Row]:
    """Every command over every home, by turns, the first rounds uncounted."""
    turns = [
        [[run_in(home, words, env) for home in homes] for words, env in commands.values()]
        for _ in range(warm_ups + rounds)
    ][warm_ups:]
    return [
        Row(name, [medians_of([turn[at][size] for turn in turns]) for size in range(len(homes))])
        for at, name in enumerate(commands)
    ]


def visits_since(home: Path) -> int:
    """Visits that the review counts: of a year, and of the year before."""
    with sqlite3.connect(home / "data" / "salescoach.db") as database:
        ((count,),) = database.execute("""SELECT count(*) FROM visit WHERE "when" >= date(?, '-1 year')""", (SINCE,))
    return int(count)


# The report


def table(what: str, sizes: Sequence[int], rows: Sequence[Row]) -> str:
    """Milliseconds by size, and how many times the smallest the largest takes."""
    wide = max(len(what), *(len(row.name) for row in rows))
    heads = " | ".join(f"{size:>7,}" for size in sizes)
    lines = [
        f"| {what:{wide}} | {heads} | ratio | CPU ratio | target |      |",
        f"| {'-' * wide} | {' | '.join('------:' for _ in sizes)} | ----: | --------: | ------ | ---- |",
    ]
    for row in rows:
        took = " | ".join(f"{run.seconds * 1000:7.0f}" for run in row.runs)
        ratios = f"{row.ratio:5.2f} | {row.cpu:9.2f} | {f'≤ {row.most}' if row.most else '':6}"
        lines.append(f"| {row.name:{wide}} | {took} | {ratios} | {verdict(row)} |")
    return "\n".join(lines)


def verdict(row: Row) -> str:
    """Whether the largest keeps to the target."""
    if row.most is None:
        return "    "
    return "met " if row.ratio <= row.most else "MISS"


def shares(counts: Sequence[int], runs: Sequence[Run]) -> str:
    """Time for each of many alike, and whether it stays the same from the last but one size to the largest."""
    each = [run.seconds / count * 1e6 for count, run in zip(counts, runs, strict=True)]
    told = ", ".join(
        f"{count:,} in {run.seconds:.1f} s ({one:,.0f} µs each)"
        for count, run, one in zip(counts, runs, each, strict=True)
    )
    if len(each) < 2:
        return f"{told}."
    *_, (before, last) = pairwise(each)
    met = "met" if last <= LINEAR * before else "MISS"
    return f"{told}. {last / before:.2f} × the share, target ≤ {LINEAR}: {met}."


def report(
    books: Mapping[int, Path],
    sets: Mapping[int, Path],
    rows: Sequence[Row],
    reviews: Sequence[Row],
    warm: Sequence[Row],
    compiled: Sequence[tuple[int, Run]],
    how: tuple[int, float],
) -> str:
    """The section of docs/performance.md; `how` has the rounds, and the load of the machine before them."""
    rounds, load = how
    firsts = ", ".join(
        f"{float((home / 'first-search').read_text(encoding='utf-8')):.1f} s with {count:,}"
        for count, home in books.items()
    )
    counted = [visits_since(home) for home in books.values()]
    files, reading = [count for count, _ in compiled], [run for _, run in compiled]
    return f"""## Growth

Written by `python -m benchmarks.growth --write` on {time.strftime("%Y-%m-%d")}: {os.cpu_count()} cores \
({platform.machine()}, {platform.system()}), Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.
{steadiness(load)}
Medians of {rounds} rounds by turns, after {WARM_UPS} that does not count; milliseconds by clients in the book.
Each has ten visits. What presses today grows more slowly than the book, as with a rep: `benchmarks/years.py` says how.

{table("whole process", list(books), rows)}

The first search makes the index, behind a bar: {firsts}.

`review` of a year reads that year and the one before it, visit by visit: {shares(counted, reviews[0].runs)}

The same with so many copies of the built-in playbooks, under ids of their own, as the rep's:

{table("whole process", list(sets), warm)}

Reading those files for the first time, behind a bar: {shares(files, reading)}
"""


if __name__ == "__main__":
    main()
