"""The program run in process the way a script runs it, and a book of invented records made by its own commands."""

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

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


class Ran:
    """How a run of the program ended, and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def __repr__(self) -> str:
        """What a failing assert shows."""
        return f"exit {self.code}\n-- stdout\n{self.out}-- stderr\n{self.err}"


class Program:
    """`program("prep", "acme")` runs one command line, with no terminal."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys, self.monkeypatch = capsys, monkeypatch

    def __call__(self, *argv: str, stdin: str | None = None) -> Ran:
        """Run one command line; `stdin` is what is piped into it."""
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((stdin or "").encode())))
        code = main(argv)
        out, err = self.capsys.readouterr()
        return Ran(int(code), out, err)

    def ok(self, *argv: str, stdin: str | None = None) -> str:
        """What a run that must end well prints."""
        ran = self(*argv, stdin=stdin)
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
    client = CLIENT[lang]
    trade, country = ("hydraulic cylinders", "DE") if lang == "en" else ("液压缸", "CN")
    purchasing, maintenance = ("Purchasing manager", "Head of maintenance") if lang == "en" else ("采购经理", "设备科长")
    run = lambda *argv, stdin=None: program.ok("--lang", lang, *argv, stdin=stdin)  # noqa: E731
    run("me", "--answers", "-", stdin=ME[lang])
    run("client", "add", client, "--industry", trade, "--country", country, "--stage", "early")
    buyer = ("--position", purchasing, "--role", "purchaser", "--stance", "neutral", "--influence", "3")
    user = ("--position", maintenance, "--role", "user", "--role", "influencer", "--influence", "4")
    run("contact", "add", client, BUYER[lang], *buyer)
    run("contact", "add", client, USER[lang], *user, "--stance", "supporter")
    run("debrief", client, "--when", "2026-11-12", "--answers", "-", stdin=PAST[lang])


class Shelf:
    """Homes made once and copied for each test: compiling playbooks and writing a book takes a second every time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lay_out(self, home: Path, lang: str | None, program: Program) -> None:
        """Put a copy of the book of `lang`, or of an empty home with compiled playbooks, into `home`."""
        kept = self.folder / (lang or "empty")
        if not kept.exists():
            program.ok("objection", "price")
            if lang:
                write_book(program, lang)
            shutil.copytree(home, kept)
        else:
            shutil.copytree(kept, home, dirs_exist_ok=True)
