"""A disk that is full, a home that cannot be written, a clock that was set back: said plainly, and nothing lost."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from salescoach.language import say
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, Terminal
from tests.torture.book import OnDisk
from tests.torture.tally import Tally


def mounted(folder: Path, *options: str) -> None:
    """Mount, or skip the test with what was said."""
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small(client: str, home: Path, compiled: Path) -> Iterator[Path]:
    """The home's data on a disk of one megabyte."""
    kept = home / "kept"
    (home / "data").rename(kept)
    (home / "data").mkdir(mode=0o700)
    if not shutil.which("mount"):
        pytest.skip("no mount here")
    mounted(home / "data", "-t", "tmpfs", "-o", "size=1m,mode=700", "none")
    shutil.copytree(kept, home / "data", dirs_exist_ok=True)
    yield home / "data"
    subprocess.run(["umount", "-l", str(home / "data")], check=True)


def fill(folder: Path, leave: int) -> Path:
    """Take all space but so many bytes."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "other.bin").write_bytes(b"x" * max(0, free - leave))
    return folder / "other.bin"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_disk_that_fills_up_in_a_walk_keeps_what_was_acknowledged_and_goes_on_when_there_is_space(
    at: Callable[..., Terminal], small: Path, home: Path, tally: Tally, lang: str
) -> None:
    walk = at("debrief", lang=lang)
    walk.answers(ask("debrief", "ended", lang), "3")
    walk.asked(ask("debrief", "summary", lang))
    before = OnDisk(home).draft("debrief")
    other = fill(small, 0)
    tally.count("faults")
    walk.presses("fine" + ENTER)

    assert walk.ends() == 5
    assert re.sub(r"\s", "", say("error.store-full", lang, path=small / "salescoach.db")) in re.sub(
        r"\s", "", walk.text
    )
    tally.read(walk.raw)
    other.unlink()
    other = fill(small, 0)  # what the log had taken, too
    again = at("debrief", lang=lang)
    assert again.ends() == 5
    tally.read(again.raw)
    other.unlink()
    assert OnDisk(home).draft("debrief") == before
    resumed = at("debrief", lang=lang)
    resumed.asked(ask("debrief", "summary", lang))
    assert OnDisk(home).unsound() == ""
    tally.verdict()


@pytest.mark.parametrize("left", [0, 4096, *(pytest.param(4096 * n, marks=pytest.mark.torture) for n in range(2, 40))])
def test_however_much_space_is_left_a_command_saves_all_or_says_that_the_disk_is_full(
    process: Run, small: Path, home: Path, tally: Tally, left: int
) -> None:
    disk = OnDisk(home)
    before = disk.records()
    other = fill(small, left)
    tally.count("faults")
    done = process("debrief", "--answers", "-", given="summary: fine\nour_promises: [{what: call}]\n")
    tally.read(done.stderr.decode())
    other.unlink()

    assert done.returncode in (0, 5), done.stderr
    if done.returncode:
        assert say("error.store-full", "en", path=small / "salescoach.db") in done.stderr.decode()
    if (disk.records() != before) is not (done.returncode == 0):
        tally.loss(f"{left} left, exit {done.returncode}: {disk.records() - before}")
    assert disk.unsound() == ""
    assert process("today").returncode == 0
    tally.verdict()


def test_a_home_that_cannot_be_written_says_so_and_stays_as_it_was(
    client: str, home: Path, process: Run, tally: Tally
) -> None:
    before = OnDisk(home).records()
    data = home / "data"
    mounted(data, "--bind", str(data))
    try:
        mounted(data, "-o", "remount,ro,bind")
        for args in changing(client):
            tally.count("faults")
            done = process(*args, given="summary: fine\n")
            tally.read(done.stderr.decode())
            assert done.returncode == 5, done.stderr
            assert say("error.store-read-only", "en", path=data / "salescoach.db") in done.stderr.decode()
        can_be_read(process, client)
    finally:
        subprocess.run(["umount", "-l", str(data)], check=True)
    assert OnDisk(home).records() == before
    tally.verdict()


@pytest.mark.parametrize("log", [False, True])
def test_on_a_full_disk_all_can_be_read_and_nothing_is_written(
    client: str, process: Run, small: Path, home: Path, tally: Tally, log: bool
) -> None:
    book = small / "salescoach.db"
    if log:  # a program that was killed left what it wrote last beside the file
        with closing(sqlite3.connect(book)) as killed:
            killed.execute("UPDATE client SET remarks = 'written last'")
            killed.commit()
            for name in ("", "-wal"):
                shutil.copy(f"{book}{name}", home / f"left{name}")
        for name in ("", "-wal"):
            shutil.copy(home / f"left{name}", f"{book}{name}")
    before = OnDisk(home).records()
    fill(small, 0)
    tally.count("faults")
    can_be_read(process, client)
    if log:
        assert b"written last" in process("client", "show", client).stdout
    for args in changing(client):
        done = process(*args, given="summary: fine\n")
        tally.read(done.stderr.decode())
        assert done.returncode == 5, done.stderr
        assert say("error.store-full", "en", path=book) in done.stderr.decode()
    assert OnDisk(home).records() == before
    tally.verdict()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_of_somebody_elses_can_be_read(client: str, process: Run, home: Path) -> None:
    (home / "data").chmod(0o500)
    try:
        can_be_read(process, client)
        done = process("note", client, "hello")
    finally:
        (home / "data").chmod(0o700)
    assert done.returncode == 5
    assert say("error.store-read-only", "en", path=home / "data" / "salescoach.db") in done.stderr.decode()


def changing(client: str) -> tuple[tuple[str, ...], ...]:
    return ("note", client, "hello"), ("debrief", "--answers", "-"), ("client", "add", "Other"), ("undo",)


def can_be_read(process: Run, client: str) -> None:
    for args in (
        ("today",), ("client", "show", client), ("prep", client, "--brief"), ("promise", "list", "--json"),
        ("search", client), ("export",), ("client", "list"), ("review",), ("care",), ("export", "--as", "ics"),
    ):  # fmt: skip
        done = process(*args)
        assert done.returncode == 0, (args, done.stderr.decode())
        assert done.stdout or args[0] == "care", args


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_clock_that_was_set_back_loses_nothing_and_counts_no_negative_days(
    run: Run, client: str, home: Path, lang: str, tmp_path: Path
) -> None:
    run("debrief", "--answers", "-", given="summary: fine\nour_promises: [{what: call, by: 2026-12-09}]\n")
    run("prep", client, "--answers", "-", given="when: 2026-12-08\n")
    kept = OnDisk(home).records()
    back = {"SALESCOACH_TODAY": "2025-06-02"}
    read = (
        ("today",), ("prep", client, "--brief"), ("review",), ("care",), ("client", "show", client), ("visit", "list"),
        ("promise", "list"), ("account", "show", client), ("export", "--as", "ics"), ("client", "list"),
    )  # fmt: skip
    for args in read:
        done = run(*args, lang=lang, **back)
        assert done.returncode == 0, (args, done.stderr.decode())
        shown = done.stdout.decode()
        assert not re.search(r"(?<![\w-])-\d+ ?(day|week|month|year|天|周|个月|年)", shown), (args, shown)
    assert OnDisk(home).records() == kept
    for args in (("debrief", client, "--answers", "-"), ("prep", client, "--answers", "-")):
        assert (
            run(*args, lang=lang, given="notes: x\n" if args[0] == "prep" else "summary: y\n", **back).returncode == 0
        )
    tables = ("client", "contact", "promise")
    assert {row for row in kept if row.startswith(tables)} <= set(OnDisk(home).records())
