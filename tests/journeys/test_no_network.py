"""Everything works with the cable pulled: no command opens a connection or asks for a name."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from salescoach.cli.tree import FAMILIES
from tests.journeys.asking import ask
from tests.journeys.every_command import ASKED, COMMANDS, tree
from tests.journeys.terminal import ENTER, ROOT, Terminal, environment

#: Ends the run at the first try to reach anything but this machine's own event loop.
PULLED = """
import socket, sys
def refuse(event, args):
    if event.startswith("socket.") and not (event == "socket.__new__" and args[1] == socket.AF_UNIX):
        sys.stderr.write(f"NETWORK {event} {args}\\n")
        raise OSError(f"the cable is pulled: {event}")
sys.addaudithook(refuse)
"""
#: Runs lines of words and what is piped in; a word in braces is asked of the book as it is by then.
RUN_ALL = """
import contextlib, io, json, sqlite3, sys
from salescoach.cli import main
ASKED = json.loads(sys.argv[2])
def run(args, given=""):
    sys.stdin, out = io.TextIOWrapper(io.BytesIO(given.encode())), io.StringIO()
    with contextlib.redirect_stdout(out):
        return main(args), out.getvalue()
def filled(word):
    if word not in ASKED:
        return word
    if isinstance(ASKED[word], str):
        return sqlite3.connect(sys.argv[3]).execute(ASKED[word]).fetchone()[0]
    command, *keys = ASKED[word]
    found = json.loads(run(command.split())[1])
    for key in keys:
        found = found[key]
    return found
failed = []
for args, given in json.loads(sys.argv[1]):
    args = [filled(word) for word in args]
    code, _ = run(args, given)
    if code:
        failed.append(f"{args}: {code}")
sys.exit("; ".join(failed) or 0)
"""


def lines(folder: Path) -> list[tuple[list[str], str]]:
    """Every line of the table as words, and what is piped in."""
    found = []
    for name, rows in COMMANDS.items():
        for row in rows:
            words, _, given = row.replace("{folder}", str(folder)).partition(" < ")
            found.append(([*name.split(), *words.split()], f"{given}\n" if given else ""))
    return found


def test_the_table_has_every_command() -> None:
    assert sorted(COMMANDS) == sorted(tree())


def test_families_are_the_commands_that_have_commands() -> None:
    families = {one.split()[0] for one in tree() if " " in one}
    assert families == set(FAMILIES)


def test_every_command_runs_with_the_cable_pulled(home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(PULLED)  # in every Python that these start, too
    env = environment(home, EDITOR="true", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    book = str(home / "data" / "salescoach.db")
    command = [sys.executable, "-c", RUN_ALL, json.dumps([(["--help"], ""), *lines(tmp_path)]), json.dumps(ASKED), book]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, cwd=ROOT)

    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert "http" not in (tmp_path / "brief.html").read_text(encoding="utf-8")


def test_the_pulled_cable_would_be_noticed(home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(PULLED)
    env = environment(home, PYTHONPATH=str(tmp_path))
    inner = "import socket; socket.create_connection((socket.gethostname(), 9))"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    done = subprocess.run([sys.executable, "-c", outer], env=env, capture_output=True, text=True, check=False)

    assert "NETWORK socket." in done.stderr


def test_a_walk_at_a_terminal_runs_with_the_cable_pulled(at: Callable[..., Terminal], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(PULLED)
    me = at("me", PYTHONPATH=f"{tmp_path}:{ROOT}")
    me.answers(ask("me", "name", "en"), "Jana" + ENTER)
    while me.child.isalive():
        me.until(lambda: bool(me.asking) or not me.child.isalive(), "the next question or the end")
        if me.asking:
            me.answers(me.asking.split("\n")[0])

    assert me.ends() == 0
    assert "NETWORK" not in me.raw
    assert "Jana" in me.text
