"""Kill -9 at any moment: what was acknowledged is on the disk, the book is sound, and the same command goes on."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from salescoach.store import FILE_NAME
from tests.journeys.program import Run
from tests.journeys.terminal import ROOT, Terminal, environment
from tests.torture.book import OnDisk, lay_out
from tests.torture.killing import Chain, in_peace
from tests.torture.tally import Tally
from tests.torture.walks import WALKS

LONG = pytest.mark.torture
OLD = Path(__file__).parents[1] / "store"


@pytest.mark.parametrize(
    ("walk", "lang", "kills"),
    [
        ("debrief", "en", 4),
        ("debrief", "zh", 4),
        ("prep", "en", 4),
        pytest.param("debrief", "en", 150, marks=LONG),
        pytest.param("debrief", "zh", 150, marks=LONG),
        pytest.param("prep", "zh", 50, marks=LONG),
        pytest.param("screen", "en", 50, marks=LONG),
    ],
)
def test_a_walk_that_is_killed_at_any_moment_loses_no_answer_and_goes_on(
    at: Callable[..., Terminal], client: str, home: Path, tmp_path: Path, tally: Tally, walk: str, lang: str, kills: int
) -> None:
    kept, disk = tmp_path / "kept", OnDisk(home)
    shutil.copytree(home / "data", kept / "data")
    command, draft, keys = WALKS[walk]

    def start() -> Terminal:
        return at(*command, lang=lang)

    peace = in_peace(start, disk, draft, keys(lang))
    assert peace.after != peace.before
    chain = Chain(start, lambda: lay_out(kept, home), disk, draft, peace, tally, seed=kills)
    chain.goes_on(kills)
    tally.verdict()
    if kills > 20:
        assert {"begun", "drafted", "saved"} <= set(chain.ends)


def killed(args: list[str], home: Path, after: float) -> str:
    """Run a command and kill it after so many seconds; what it had written."""
    command = [sys.executable, "-m", "salescoach", *args]
    with subprocess.Popen(
        command, env=environment(home), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        time.sleep(after)
        child.kill()
        return child.communicate()[0]


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=LONG)])
@pytest.mark.parametrize("first", ["nothing", "book-0001.sql"])
def test_a_book_that_is_killed_while_it_is_made_or_brought_up_to_date_is_whole_at_the_next_start(
    home: Path, process: Run, tally: Tally, first: str, kills: int
) -> None:
    chance, disk = random.Random(kills), OnDisk(home)
    old = OLD / first
    for number in range(kills):
        shutil.rmtree(disk.data, ignore_errors=True)
        names = {"Acme"}
        if old.exists():
            disk.data.mkdir(mode=0o700)
            with closing(sqlite3.connect(disk.data / FILE_NAME)) as database:
                database.executescript(old.read_text(encoding="utf-8"))
                names |= {name for (name,) in database.execute("SELECT name FROM client")}
        tally.count("kills")
        tally.read(killed(["client", "add", "Acme"], home, chance.uniform(0.25, 0.75)))
        if wrong := disk.strays() or (disk.unsound() if disk.data.exists() else ""):
            tally.loss(f"{first}, kill {number}: {wrong}")
        done = process("client", "add", "Acme")
        if done.returncode not in (0, 4):  # 4: it was there
            tally.loss(f"{first}, kill {number}: {done.stderr.decode()}")
        if {name for (name,) in disk.ask("SELECT name FROM client")} != names or disk.unsound():
            tally.loss(f"{first}, kill {number}: not the same clients")
    tally.verdict()
