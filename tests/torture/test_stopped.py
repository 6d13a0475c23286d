"""Stopped from outside at any moment: what was acknowledged is kept, the terminal is as it was, and nobody is shouted at."""

import os
import shutil
import signal
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from salescoach.language import say
from tests.journeys.asking import ask
from tests.journeys.terminal import CTRL_C, ROOT, Terminal
from tests.torture.book import OnDisk, lay_out
from tests.torture.killing import Chain, in_peace
from tests.torture.tally import Tally
from tests.torture.walks import WALKS

Open = Callable[..., Terminal]
OPEN = {"ended": {"took_place": True, "order": False, "refused": False}}
CTRL_BACKSLASH = "\x1c"
SIGNALS = {"TERM": signal.SIGTERM, "HUP": signal.SIGHUP, "INT": signal.SIGINT, "QUIT": signal.SIGQUIT}


def modes(terminal: Terminal) -> int:
    """Whether what is typed is echoed and taken by the line, as a shell wants it."""
    flags: int = termios.tcgetattr(terminal.child.child_fd)[3]
    return flags & (termios.ICANON | termios.ECHO | termios.ISIG)


def stop(terminal: Terminal, how: str) -> None:
    """A signal, or a key."""
    if how in SIGNALS:
        terminal.child.kill(SIGNALS[how])
    else:
        terminal.presses({"^C": CTRL_C, "^\\": CTRL_BACKSLASH}[how])


@pytest.mark.parametrize("how", ["TERM", "HUP", "INT", "QUIT", "^C", "^\\"])
def test_at_a_question_every_way_to_stop_keeps_the_draft_and_gives_the_terminal_back(
    at: Open, client: str, home: Path, how: str
) -> None:
    terminal = at("debrief")
    terminal.asked(ask("debrief", "ended", "en"))
    terminal.presses("3")
    terminal.asked(ask("debrief", "summary", "en"))
    terminal.presses("half a wo")
    terminal.sees("half a wo")
    assert modes(terminal) == 0

    stop(terminal, how)
    left, end = 0, time.monotonic() + 20
    while not terminal.child.flag_eof:
        assert time.monotonic() < end, "it goes on"
        terminal.read()
        left = modes(terminal) if not terminal.child.flag_eof else left

    assert terminal.ends() == 130
    assert say("error.walk-paused", "en") in terminal.text
    assert left == termios.ICANON | termios.ECHO | termios.ISIG
    assert "Traceback" not in terminal.raw
    assert OnDisk(home).draft("debrief") == OPEN


#: What every run of Python in a test loads: on SIGUSR1 the stop comes while a library is in what lets no exception out.
SWALLOWING = """
import os, signal, weakref

class Thing:
    pass

def stopped(*_):
    os.kill(os.getpid(), {number})
    len("it is raised here")

def in_del():
    Thing.__del__ = stopped
    Thing()

def in_weak_reference():
    thing = Thing()
    reference = weakref.ref(thing, stopped)
    del thing

def in_bare_except():
    try:
        stopped()
    except:
        pass

signal.signal(signal.SIGUSR1, lambda *_: {where}())
"""


@pytest.mark.parametrize(
    ("where", "how"),
    [("in_del", "QUIT"), ("in_weak_reference", "TERM"), ("in_bare_except", "HUP"), ("in_bare_except", "INT")],
)
def test_a_stop_that_a_library_swallows_is_heard_all_the_same(
    at: Open, client: str, home: Path, tmp_path: Path, where: str, how: str
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "sitecustomize.py").write_text(SWALLOWING.format(number=int(SIGNALS[how]), where=where))
    terminal = at("debrief", PYTHONPATH=os.pathsep.join([str(library), str(ROOT)]))
    terminal.asked(ask("debrief", "ended", "en"))
    terminal.presses("3")
    terminal.asked(ask("debrief", "summary", "en"))

    terminal.child.kill(signal.SIGUSR1)
    terminal.sees(say("error.walk-paused", "en"))

    assert terminal.ends() == 130
    assert "Traceback" not in terminal.raw
    assert OnDisk(home).draft("debrief") == OPEN


#: The stop comes when the event loop has taken the first step of a prompt off its list, and has not done it.
LOSING = """
import asyncio, os

def lost(handle, run=asyncio.Handle._run):
    asyncio.Handle._run = run
    os.kill(os.getpid(), {number})
    run(handle)

asyncio.Handle._run = lost
"""


@pytest.mark.parametrize("how", SIGNALS)
def test_a_stop_that_leaves_an_event_loop_waiting_for_what_it_has_lost_is_heard_all_the_same(
    at: Open, client: str, tmp_path: Path, how: str
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "sitecustomize.py").write_text(LOSING.format(number=int(SIGNALS[how])))
    terminal = at("debrief", PYTHONPATH=os.pathsep.join([str(library), str(ROOT)]))

    terminal.sees(say("error.walk-paused", "en"))

    assert terminal.ends() == 130
    assert "Traceback" not in terminal.raw


def test_a_terminal_that_is_closed_keeps_the_draft(at: Open, client: str, home: Path) -> None:
    terminal = at("debrief")
    terminal.asked(ask("debrief", "ended", "en"))
    terminal.presses("3")
    terminal.asked(ask("debrief", "summary", "en"))
    terminal.child.ptyproc.fileobj.close()
    end = time.monotonic() + 20
    while terminal.child.ptyproc.isalive():
        assert time.monotonic() < end, "it goes on without a terminal"
        time.sleep(0.02)

    disk = OnDisk(home)
    assert disk.draft("debrief") == OPEN
    assert disk.unsound() == ""


@pytest.mark.parametrize(
    ("walk", "lang", "stops"),
    [("debrief", "zh", 4), pytest.param("debrief", "en", 80, marks=pytest.mark.torture)],
)
def test_a_walk_that_is_stopped_at_any_moment_loses_no_answer_and_goes_on(
    at: Open, client: str, home: Path, tmp_path: Path, tally: Tally, walk: str, lang: str, stops: int
) -> None:
    kept, disk = tmp_path / "kept", OnDisk(home)
    shutil.copytree(home / "data", kept / "data")
    command, draft, keys = WALKS[walk]

    def start() -> Terminal:
        return at(*command, lang=lang)

    peace = in_peace(start, disk, draft, keys(lang))
    chain = Chain(start, lambda: lay_out(kept, home), disk, draft, peace, tally, seed=stops)
    chain.by = tuple(SIGNALS.values())
    chain.goes_on(stops)
    tally.verdict()
