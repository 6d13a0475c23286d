"""Tab in the shells themselves: each asks by its own protocol, and must be able to run what it put on the line.

Every test types the beginning of a line, presses Tab, and then has the shell print the words it would have run.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from salescoach.records.models import Client, Contact
from salescoach.store import open_store

SHELLS = ("bash", "zsh", "fish")
QUIET = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
#: What prints its words, each in brackets, and where a line is ready to be typed.
SHOW = {
    "bash": "args() { printf '[%s]' \"$@\"; echo; }; PS1=''; bind 'set bell-style none'",
    "zsh": "args() { printf '[%s]' \"$@\"; echo }; PS1=''; unsetopt zle_bracketed_paste; unsetopt prompt_sp",
    "fish": "function args; printf '[%s]' $argv; echo; end; function fish_prompt; end",
}
ON = {
    "bash": 'eval "$(salescoach --show-completion bash)"',
    "zsh": 'eval "$(salescoach --show-completion zsh)"',
    "fish": "salescoach --show-completion fish | source",
}
NAMES = ("Ammerfeld Hydraulik", "O'Hara & Söhne $5", "苏州禾澄液压", "Colon: Works")


class Tab:
    """A shell with completion switched on."""

    def __init__(self, shell: str, env: dict[str, str]) -> None:
        self.waits = shell != "bash"  # it reads key by key, and what is typed ahead waits until it is done with Tab
        self.child = pexpect.spawn(shutil.which(shell) or "", QUIET[shell], env=env, encoding="utf-8", timeout=20)
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0
        self.child.setwinsize(40, 160)
        for line in (SHOW[shell], ON[shell], "echo rea''dy"):
            self.child.sendline(line)
        self.child.expect("ready\r")

    def __call__(self, typed: str) -> list[str]:
        """The words of the line once Tab was pressed behind `typed`, as the shell takes them apart."""
        self.child.send(typed)
        if self.waits:
            time.sleep(0.3)  # a shell that reads two keys at once may take them for pasted
        self.child.send("\t")
        if self.waits:
            time.sleep(1.5)
        self.child.send("\x01args \x05\r")
        self.child.expect(r"\r\n?[^\r\n]*?\[salescoach\](\[.*\])\r")
        return str(self.child.match[1])[1:-1].split("][")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with clients whose names are hard to type."""
    home = tmp_path_factory.mktemp("tab")
    with open_store(home / "data") as store:
        for name in NAMES:
            store.clients.add(Client(id=store.new_id(), name=name))
        client = store.clients.find(NAMES[0])
        store.contacts.add(Contact(id=store.new_id(), client_id=client.id, name="Lena Voss"))
    return home


@pytest.fixture(params=["bash", *(pytest.param(one, marks=pytest.mark.torture) for one in SHELLS[1:])])
def tab(request: pytest.FixtureRequest, records: Path, tmp_path: Path, compiled: Path) -> Iterator[Tab]:
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    if not (records / "cache").exists():
        (records / "cache").symlink_to(compiled)
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "salescoach"
    script.write_text(f"#!{sys.executable}\nimport sys\nfrom salescoach.quick import run\nsys.exit(run())\n")
    script.chmod(0o755)
    env = {name: text for name, text in os.environ.items() if not name.startswith(("COV", "_SALESCOACH"))}
    root = str(Path(__file__).parents[2])
    env |= {
        "SALESCOACH_HOME": str(records),
        "PATH": f"{folder}:{env['PATH']}",
        "PYTHONPATH": root,
        "HOME": str(tmp_path),
    }
    env |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    one = Tab(shell, env)
    yield one
    one.child.close(force=True)


def test_a_command_an_option_and_a_topic_are_completed(tab: Tab) -> None:
    assert tab("salescoach obj") == ["objection"]
    assert tab("salescoach objection --mi") == ["objection", "--mine"]
    assert tab("salescoach objection product-f") == ["objection", "product-fit"]
    assert tab("salescoach playbook sche") == ["playbook", "schema"]


def test_a_client_with_a_space_a_quote_and_a_dollar_comes_out_as_one_word(tab: Tab) -> None:
    assert tab("salescoach prep Amm") == ["prep", "Ammerfeld Hydraulik"]
    assert tab("salescoach prep amm") == ["prep", "Ammerfeld Hydraulik"]
    assert tab("salescoach prep O\\'H") == ["prep", "O'Hara & Söhne $5"]
    assert tab("salescoach prep Col") == ["prep", "Colon: Works"]


def test_a_quote_that_is_open_stays_the_quote(tab: Tab) -> None:
    assert tab('salescoach prep "Amm') == ["prep", "Ammerfeld Hydraulik"]
    assert tab("salescoach prep 'Ammerfeld H") == ["prep", "Ammerfeld Hydraulik"]


def test_a_chinese_client_is_completed(tab: Tab) -> None:
    assert tab("salescoach prep 苏") == ["prep", "苏州禾澄液压"]


def test_a_person_follows_the_client(tab: Tab) -> None:
    assert tab("salescoach objection price --for Ammerfeld\\ Hydraulik/L") == [
        "objection",
        "price",
        "--for",
        "Ammerfeld Hydraulik/Lena Voss",
    ]


def test_a_value_behind_an_equals_sign_is_completed(tab: Tab) -> None:
    assert tab("salescoach objection --for=Amm") in (
        ["objection", "--for=Ammerfeld Hydraulik"],
        ["objection", "--for", "Ammerfeld Hydraulik"],
    )


def test_where_a_file_is_to_be_named_the_shell_names_it(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "brief-of-today.md").touch()

    assert tab(f"salescoach prep x -o {tmp_path}/brief-") == ["prep", "x", "-o", f"{tmp_path}/brief-of-today.md"]
