"""Writes afresh what the program says in these pages; a test fails while a page is behind the program.

    python -m docs.refresh          every page
    python -m docs.refresh --check  name the pages that are behind, and exit with 1

A page is one story. Its `console` blocks are run from top to bottom, with the real program, in one empty home, on one
fixed day; what they print replaces what stood there. Comments in a page direct this, and a reader never sees them:

    <!-- book: en -->                 begin with the demo's client and people (demo/en)
    <!-- file: debrief.yaml -->       the block that follows is written to this file first
    <!-- typed:                       the next command runs in a terminal and is asked; one line a question:
    What is your name? | Jana Brandt  these words, then Enter; nothing after the bar: Enter alone
    Badge ready? | [d]                this key as it is; ^P and ^B are control keys
    -->
    <!-- help -->  …  <!-- end -->    the help of every command
"""

import io
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from itertools import takewhile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh.md", "docs/tutorial.md", "docs/how-to.md", "docs/reference.md")
TODAY = "2026-12-01"
#: Ids are new at every run; a page shows these in their place, in this order.
IDS = ("k3v9qd", "7tn2xw", "m4c8hz", "9bp5ye", "r6w3gf", "2xd7ka", "h8q4nt", "v5j9cm", "f3y8sb", "p6z2ue")
#: The commands that list what has an id.
LISTS = (
    "promise list --all --json",
    "visit list --json",
    "playbook gaps --json",
    "complaint --json",
    "care --days 366 --json",
)
#: Runs command lines one after the other, in one process.
EACH = "import sys\nfrom salescoach.cli import main\nfor line in sys.argv[1:]: main(line.split())"

#: How the line begins that waits for any key; typed as a line of its own, with nothing after the bar.
HOLD = "Any key"

PIECE = re.compile(
    r"<!-- book: (?P<book>\w+) -->"
    r"|<!-- file: (?P<file>\S+) -->\n+```\w+\n(?P<text>.*?)^```$"
    r"|(?:<!-- typed:\n(?P<typed>.*?)^-->\n+)?```console\n(?P<console>.*?)^```$"
    r"|<!-- help -->\n.*?(?P<help><!-- end -->)",
    re.DOTALL | re.MULTILINE,
)


class Story:
    """One page's home and folder, and the commands run in them."""

    def __init__(self, folder: Path, lang: str, cache: Path) -> None:
        self.folder, self.lang, self.cache = folder, lang, cache
        self.ids: dict[str, str] = {}  # the real one → the one shown
        (folder / "demo").symlink_to(ROOT / "demo")
        (folder / "home" / "coach").mkdir(parents=True)
        (folder / "home" / "coach" / "cache").symlink_to(cache)
        program = folder / "bin" / "salescoach"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m salescoach "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        self.env = {
            "HOME": str(folder / "home"),
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "LANG": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8",
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "SALESCOACH_HOME": str(folder / "home" / "coach"),
            "SALESCOACH_TODAY": TODAY,
        }

    def run(self, line: str) -> str:
        """What a line of the shell prints, errors included."""
        real = self._swap(line, {shown: real for real, shown in self.ids.items()})
        done = subprocess.run(
            ["/bin/sh", "-c", real],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return self._shown(done.stdout.decode())

    def ask(self, line: str, typed: str) -> str:
        """What stands in the terminal after a command that asks has been answered."""
        from tests.journeys.terminal import Terminal

        terminal = Terminal(shlex.split(line)[1:], {**self.env, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"})
        try:
            for question, _, answer in (row.partition("|") for row in typed.splitlines()):
                if question.startswith(HOLD):
                    terminal.reads_on(question.strip())
                else:
                    terminal.answers(question.strip(), _keys(answer.strip()))
            terminal.ends()
            return self._shown(terminal.scroll.strip("\n") + "\n")
        finally:
            terminal.close()

    def book(self, lang: str) -> None:
        """Everything of the demo before its first prep; written once for all pages that share a cache."""
        import yaml

        data, kept = self.folder / "home" / "coach" / "data", self.cache / f"docs-book-{lang}"
        if kept.exists():
            shutil.copytree(kept, data)
            return
        told = yaml.safe_load((ROOT / "demo" / lang / "story.yaml").read_text("utf-8"))
        steps = takewhile(lambda step: not step["run"].startswith("salescoach prep"), told["steps"])
        for step in steps:
            self.run(f"{step['run']} --answers {step['answers']}" if "answers" in step else step["run"])
        shutil.copytree(data, kept)

    def _shown(self, text: str) -> str:
        """Output with steady ids and no folder of this run; a bug is never written into a page."""
        if "SALESCOACH_DEBUG=1" in text:
            raise RuntimeError(text)
        if re.search(r"(?m)^[0-9a-z]{6}(?=  | ·|$)|· [0-9a-z]{6}\b|\b(?=\w*\d)[0-9a-z]{6}\b", text):
            fresh = [real for real in self._real_ids() if real in text and real not in self.ids]
            for real in sorted(fresh, key=text.index):
                self.ids[real] = IDS[len(self.ids)]
        text = self._swap(text, {**self.ids, str(self.folder / "home"): "~", f"{self.folder}/": ""})
        return "\n".join(line.rstrip() for line in text.splitlines()) + "\n" if text else ""

    def _real_ids(self) -> list[str]:
        """The short ids of what has one in this home; a line of care has no other."""
        line = [sys.executable, "-c", EACH, *LISTS]
        done = subprocess.run(line, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        found: list[str] = re.findall(r'"id": "(?:\w{20})?(\w{6})"', done.stdout.decode())
        return [one.lower() for one in found] + self._days_kept()

    def _days_kept(self) -> list[str]:
        """The short ids of the days kept of clients: no command lists those of all."""
        book = self.folder / "home" / "coach" / "data" / "salescoach.db"
        with closing(sqlite3.connect(book)) as db:
            return [str(row[0])[-6:].lower() for row in db.execute("SELECT id FROM occasion")]

    @staticmethod
    def _swap(text: str, pairs: dict[str, str]) -> str:
        for old, new in pairs.items():
            text = text.replace(old, new)
        return text


def _keys(answer: str) -> str:
    """What is pressed for an answer as a page writes it."""
    if not answer:
        return "\r"
    if answer.startswith("^"):
        return chr(ord(answer[1]) - 64)
    if answer.startswith("["):
        return answer[1:-1]
    return f"\x15\x0b{answer}\r"


@contextmanager
def story(lang: str, cache: Path) -> Iterator[Story]:
    """An empty home and folder for one page, gone afterwards; `cache` holds compiled playbooks and is shared."""
    with tempfile.TemporaryDirectory() as folder:
        yield Story(Path(folder).resolve(), lang, cache)


def refreshed(page: str, cache: Path) -> str:
    """The text of a page as it ought to be."""
    text = (ROOT / page).read_text("utf-8")
    with story("zh" if page.endswith(".zh.md") else "en", cache) as told:
        return PIECE.sub(lambda piece: _piece(piece, told), text)


def _piece(piece: re.Match[str], told: Story) -> str:
    whole = piece[0]
    if piece["book"]:
        told.book(piece["book"])
    elif piece["file"]:
        path = told.folder / piece["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(piece["text"], encoding="utf-8")
    elif piece["help"]:
        return f"<!-- help -->\n{helps()}<!-- end -->"
    elif piece["console"] is not None:
        act: Callable[[str], str] = told.run
        if piece["typed"] is not None:
            act = lambda line: told.ask(line, piece["typed"])  # noqa: E731
        return whole.replace(piece["console"], _console(piece["console"], act))
    return whole


def _console(block: str, act: Callable[[str], str]) -> str:
    """A block with what each of its commands prints now; blank lines between commands stay."""
    parts = re.split(r"(?m)^(?=\$ )", block)
    out = [parts[0]]
    for part in parts[1:]:
        line = re.match(r"\$ ((?:.*\\\n)*.*)", part)
        assert line is not None
        if "| jq" in line[1] and not shutil.which("jq"):  # not ours to install
            out.append(part)
            continue
        out.append(f"$ {line[1]}\n{act(line[1])}" + ("\n" if part.endswith("\n\n") else ""))
    return "".join(out)


def commands() -> list[tuple[str, ...]]:
    """Every command of the program, families first; the first is the program itself."""
    from salescoach.cli.tree import COMMANDS, command_called

    found: list[tuple[str, ...]] = [()]
    for name in COMMANDS:
        inner: Any = command_called(name)
        found += [(name,), *((name, one) for one in getattr(inner, "commands", {}))]
    return found


def helps() -> str:
    """The help of every command, as Markdown."""
    os.environ["COLUMNS"] = "80"
    from salescoach.cli import main

    parts = []
    for words in commands():
        out = io.StringIO()
        with redirect_stdout(out):
            main(["--lang", "en", *words, "--help"])
        title = " ".join(("salescoach", *words))
        parts.append(f"### {title}\n\n```text\n{out.getvalue().strip()}\n```\n\n")
    return "\n" + "".join(parts)


def main(check: bool) -> int:
    """Write the pages, or name those that are behind."""
    behind = 0
    with tempfile.TemporaryDirectory() as cache:
        for page in PAGES:
            fresh, path = refreshed(page, Path(cache)), ROOT / page
            if fresh == path.read_text("utf-8"):
                continue
            behind += 1
            sys.stdout.write(f"{page}{' is behind' if check else ' written'}\n")
            if not check:
                path.write_text(fresh, encoding="utf-8")
    return int(check and behind > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
