"""A disk that is full, a home that cannot be written, a clock that was set back: said plainly, and nothing lost."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
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
        for args in (("note", client, "hello"), ("today",), ("debrief", "--answers", "-"), ("client", "show", client)):
            tally.count("faults")
            done = process(*args, given="summary: fine\n")
            tally.read(done.stderr.decode())
            assert done.returncode in (0, 5), done.stderr
            assert done.returncode == 5 or args[0] in ("today", "client")
            if done.returncode:
                assert say("error.store-read-only", "en", path=data / "salescoach.db") in done.stderr.decode()
    finally:
        subprocess.run(["umount", "-l", str(data)], check=True)
    assert OnDisk(home).records() == before
    tally.verdict()


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
