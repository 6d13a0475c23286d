"""The program run in process the way a script runs it, and a book of invented records made by its own commands."""

import io
import json
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

from salescoach.cli import main

#: A call before the day the tests play on: warm words, a promise of ours that is overdue by then, two objections.
PAST = {
    "en": """\
summary: Showed the seal kits. They want to think about it.
client_commitments:
  - {who: Karl Dorn, what: count the leaks of the last year}
our_promises:
  - {what: send the test report for the 80 mm kit, by: 2026-11-20}
objections:
  - {said: You are a good deal dearer than our present supplier., topic: price, kind: real}
  - {said: We have no time before the winter stop., topic: timing, resolved: yes}
cues: [asks-for-data, takes-notes, wants-short-answer]
listening: {talked-more: yes}
lesson: Ask what a leak costs before showing anything.
next_step: Come back with the test report.
next_date: 2026-12-01
""",
    "zh": """\
summary: 介绍了密封套件，聊得不错，说要考虑考虑。
client_commitments:
  - {who: 周建国, what: 统计去年的漏油次数}
our_promises:
  - {what: 发80毫米套件的检测报告, by: 2026-11-20}
objections:
  - {said: 你们比现在这家贵不少。, topic: price, kind: real}
  - {said: 年底检修前没时间换密封。, topic: timing, resolved: 是}
cues: [asks-for-data, takes-notes, wants-short-answer]
listening: {talked-more: 是}
lesson: 先问漏一次油要花多少钱，再拿产品。
next_step: 带检测报告再来。
next_date: 2026-12-01
""",
}
ME = {
    "en": "name: Jana Brandt\ncompany: Morvale Seals\nproducts: [shaft seals, seal kits]\nstyle: expressive\n"
    "proof_points: [A dairy two valleys from here has run our seals for 14 months without a leak.]\n",
    "zh": "name: 林岚\ncompany: 启澜密封\nproducts: [轴封, 液压缸密封套件]\nstyle: expressive\n"
    "proof_points: [无锡一家乳品厂用我们的轴封，14个月没漏过一次。]\n",
}
CLIENT = {"en": "Ammerfeld Hydraulik", "zh": "苏州禾澄液压"}
BUYER = {"en": "Lena Voss", "zh": "王敏"}
USER = {"en": "Karl Dorn", "zh": "周建国"}
TRADE = {"en": ("hydraulic cylinders", "DE"), "zh": ("液压缸", "CN")}
POSITIONS = {"en": ("Purchasing manager", "Head of maintenance"), "zh": ("采购经理", "设备科长")}


class Ran:
    """How a run of the program ended, and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def __repr__(self) -> str:
        """What a failing assert shows."""
        return f"exit {self.code}\n-- stdout\n{self.out}-- stderr\n{self.err}"


class Screen(io.StringIO):
    """Where a run writes: a pipe, or with `tty` what says that it is a terminal."""

    def __init__(self, tty: bool) -> None:
        super().__init__()
        self.tty = tty

    def isatty(self) -> bool:
        """What the program asks before it colours or asks."""
        return self.tty


class Program:
    """`program("prep", "acme")` runs one command line; nobody is there to be asked."""

    def __call__(self, *argv: str, stdin: str | None = None, tty: bool = False) -> Ran:
        """Run one command line; `stdin` is piped into it, and with `tty` its stdout is a terminal."""
        out, err = Screen(tty), Screen(False)
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO((stdin or "").encode()))
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(argv)
        finally:
            sys.stdin = before
        return Ran(int(code), out.getvalue(), err.getvalue())

    def ok(self, *argv: str, stdin: str | None = None, tty: bool = False) -> str:
        """What a run that must end well prints."""
        ran = self(*argv, stdin=stdin, tty=tty)
        assert ran.code == 0, ran
        return ran.out

    def json(self, *argv: str, stdin: str | None = None, code: int = 0) -> dict[str, Any]:
        """The one document that a run with `--json` prints; nothing else is on stdout, and `schema` comes first."""
        ran = self(*argv, "--json", stdin=stdin)
        assert ran.code == code, ran
        document: dict[str, Any] = json.loads(ran.out)
        assert next(iter(document)) == "schema", document.keys()
        return document


def write_book(program: Program, lang: str) -> None:
    """One client with two people and a visit behind them, in the home of this run; the program speaks `lang`."""
    client, (trade, country), (purchasing, maintenance) = CLIENT[lang], TRADE[lang], POSITIONS[lang]

    def run(*argv: str, stdin: str | None = None) -> None:
        program.ok("--lang", lang, *argv, stdin=stdin)

    run("me", "--answers", "-", stdin=ME[lang])
    run("client", "add", client, "--industry", trade, "--country", country, "--stage", "early")
    buyer = ("--position", purchasing, "--role", "purchaser", "--stance", "neutral", "--influence", "3")
    user = ("--position", maintenance, "--role", "user", "--role", "influencer", "--influence", "4")
    run("contact", "add", client, BUYER[lang], *buyer)
    run("contact", "add", client, USER[lang], *user, "--stance", "supporter")
    run("debrief", client, "--when", "2026-11-12", "--answers", "-", stdin=PAST[lang])


class Shelf:
    """
    One home for all tests of a worker, emptied before each and filled from copies: writing a book takes a second, and
    compiled playbooks, which hold for their own folders alone, take many.
    """

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.books = folder / "books"

    def empty(self) -> Path:
        """The home without any record or setting of an earlier test."""
        for name in ("data", "config"):
            shutil.rmtree(self.home / name, ignore_errors=True)
        return self.home

    def lay_out(self, lang: str, program: Program) -> None:
        """Put a copy of the book of `lang` into the home."""
        kept = self.books / lang
        if not kept.exists():
            write_book(program, lang)
            shutil.copytree(self.home / "data", kept)
        else:
            shutil.copytree(kept, self.home / "data", dirs_exist_ok=True)


@cache
def shelf_in(folder: Path) -> Shelf:
    """The one shelf of a worker, whose temporary folder this is."""
    return Shelf(folder / "shelf")
