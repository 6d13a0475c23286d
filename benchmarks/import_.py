"""How fast a whole book comes in, against `sqlite-utils insert` of the same rows: `python -m benchmarks.import_`.

    python -m benchmarks.import_ [CLIENTS [VISITS]] [--sqlite-utils PROGRAM]

It writes an invented book as our JSON and its parts as JSON arrays of the same rows, times both programs from start to
end, by turns, and prints rows a second and the ratio. sqlite-utils is no dependency; have it on the PATH or name it.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.book import CITIES, PLACES, SECTORS, TODAY, TRADES, WORDS
from salescoach.exchange.archive import written
from salescoach.records.me import Me
from salescoach.records.models import Client, Debrief, Plan, Step, Visit
from salescoach.records.packing import packed

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TALK = ("Talked about the trial.", "They want a second sample before the winter stop.", "聊了试用的事，等检修计划。")


def identifier(random: Random, number: int) -> str:
    """An id as it would be made at that moment: the time, then chance."""
    moment, time = 1_700_000_000_000 + number * 1000, ""
    for _ in range(10):
        moment, digit = divmod(moment, 32)
        time = DIGITS[digit] + time
    return time + "".join(random.choices(DIGITS, k=16))


def clients(count: int) -> Iterator[Client]:
    """So many clients, English and Chinese by turns, no name twice."""
    random = Random(7)
    for number in range(count):
        english = f"{PLACES[number % 10]} {TRADES[number // 10 % 10]} {number}"
        chinese = f"{CITIES[number % 10]}{WORDS[number // 10 % 10]}{SECTORS[number % 5]}{number}有限公司"
        name = chinese if number % 2 else english
        yield Client(id=identifier(random, number), name=name, industry="pumps", stage="early", remarks="Two shifts.")


def visits(of: list[str], count: int) -> Iterator[Visit]:
    """So many visits, by time, at clients as they come."""
    random = Random(8)
    for number in range(count):
        day = TODAY - timedelta(days=(count - number) * 1200 // count)
        step = Step(who="Tom Reeve", what="test a sample", by=day + timedelta(days=20))
        yield Visit(
            id=identifier(random, 200_000 + number),
            client_id=random.choice(of),
            when=day,
            purpose="discovery",
            status="done",
            plan=Plan(primary_advance=step, questions=("What does a leak cost?",)),
            debrief=Debrief(summary=random.choice(TALK), client_commitments=(step,), next_date=day),
            playbooks={"pre-call": 3, "debrief": 2},
        )


def write_files(folder: Path, client_count: int, visit_count: int) -> list[Path]:
    """The book, and the same rows as an array a table."""
    held = list(clients(client_count))
    ids = [one.id for one in held]
    paths = [folder / name for name in ("book.json", "client.json", "visit.json")]
    with paths[0].open("wb") as file:
        file.writelines(written(Me(), [("clients", held), ("visits", visits(ids, visit_count))], TODAY, "benchmark"))
    for path, rows in zip(paths[1:], (held, visits(ids, visit_count)), strict=True):
        with path.open("wb") as file:
            file.writelines((b"[" if number == 0 else b",\n") + packed(row) for number, row in enumerate(rows))
            file.write(b"]\n")
    return paths


def timed(lines: list[list[str]], home: Path) -> tuple[float, int]:
    """Seconds of programs, one after the other, from start to end, and the memory of the larger one in MiB."""
    env = {**os.environ, "SALESCOACH_HOME": str(home), "SALESCOACH_TODAY": TODAY.isoformat()}
    began, largest = perf_counter(), 0
    for line in lines:
        program = subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(program.pid, 0)
        if status:
            raise SystemExit(f"{line[0]} failed")
        largest = max(largest, used.ru_maxrss // 1024)
    return perf_counter() - began, largest


def main() -> None:
    """Time both by turns and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clients", nargs="?", type=int, default=100_000)
    parser.add_argument("visits", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--sqlite-utils", default="sqlite-utils")
    parser.add_argument("--import", dest="program", default=f"{sys.executable} -m salescoach import --as json")
    asked = parser.parse_args()
    rows, ours, theirs = asked.clients + asked.visits, [], []
    with TemporaryDirectory() as made:
        folder = Path(made)
        book, *tables = write_files(folder, asked.clients, asked.visits)
        for number in range(asked.runs):
            home, database = folder / f"home-{number}", str(folder / f"rows-{number}.db")
            theirs.append(timed([[asked.sqlite_utils, "insert", database, one.stem, str(one)] for one in tables], home))
            ours.append(timed([[*asked.program.split(), str(book)]], home))
    for name, runs in (("sqlite-utils insert", theirs), ("salescoach import", ours)):
        seconds, largest = median(run[0] for run in runs), max(run[1] for run in runs)
        print(f"{name:20} {seconds:7.1f} s  {rows / seconds:9,.0f} rows/s  {largest:6,} MiB")
    ratios = [other[0] / own[0] for own, other in zip(ours, theirs, strict=True)]
    print(f"{'ratio of rates':20} {median(ratios):7.2f}")


if __name__ == "__main__":
    main()
