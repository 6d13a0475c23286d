"""Everything works with the cable pulled: no command opens a connection or asks for a name."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.journeys.asking import ask
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
RUN_ALL = """
import io, json, sys
from salescoach.cli import main
for args, given in json.loads(sys.argv[1]):
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()))
    code = main(args)
    if code:
        sys.exit(f"{args}: {code}")
"""


def test_every_command_runs_with_the_cable_pulled(home: Path, tmp_path: Path) -> None:
    commands = [
        (["--help"], ""),
        (["me", "--answers", "-"], "name: Jana\n"),
        (["client", "add", "Acme"], ""),
        (["contact", "add", "Acme", "王总", "--role", "purchaser"], ""),
        (["client", "list", "--json"], ""),
        (["client", "show", "Acme"], ""),
        (["note", "Acme", "hello"], ""),
        (["promise", "add", "Acme", "call back", "--by", "tomorrow"], ""),
        (["promise", "list"], ""),
        (["prep", "Acme", "--answers", "-"], "purpose: discovery\n"),
        (["prep", "Acme", "--brief", "--format", "html", "-o", str(tmp_path / "brief.html")], ""),
        (["debrief", "--answers", "-"], "objections: [{said: far too dear for us}]\n"),
        (["visit", "list"], ""),
        (["objection", "price", "--for", "Acme"], ""),
        (["objection", "it", "is", "far", "too", "dear"], ""),
        (["crisis", "product", "--questions"], ""),
        (["today"], ""),
        (["playbook", "list"], ""),
        (["playbook", "show", "price"], ""),
        (["playbook", "schema", "objection"], ""),
    ]
    command = [sys.executable, "-c", PULLED + RUN_ALL, json.dumps(commands)]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False, cwd=ROOT)

    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert "http" not in (tmp_path / "brief.html").read_text(encoding="utf-8")


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
