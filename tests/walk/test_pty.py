"""The terminal front end in a real terminal, looking at the screen."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

ROOT = Path(__file__).parents[2]
ROWS = 24
WAIT = 20.0


class Screen:
    """A walk in a terminal of some width, and what stands on its screen."""

    def __init__(self, lang: str, columns: int, folder: Path) -> None:
        self.draft, self.out = folder / "draft.json", folder / "out.json"
        self.columns = columns
        env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONUTF8": "1"}
        command = f'exec "{sys.executable}" -m tests.walk.pty_driver {lang} "{self.draft}" > "{self.out}"'
        self.child = pexpect.spawn(
            "/bin/sh",
            ["-c", command],
            env=env,
            cwd=str(ROOT),
            dimensions=(ROWS, columns),
            encoding="utf-8",
            codec_errors="replace",
        )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0
        self.screen = pyte.Screen(columns, ROWS)
        self.stream = pyte.Stream(self.screen)

    @property
    def text(self) -> str:
        """The screen's lines; a wide character stands once."""
        lines = []
        for y in range(ROWS):
            cells = [self.screen.buffer[y][x].data for x in range(self.columns)]
            lines.append("".join(cells).rstrip())
        return "\n".join(lines).rstrip()

    def read(self) -> None:
        """Draw what the program has written so far."""
        try:
            self.stream.feed(self.child.read_nonblocking(65536, timeout=0.05))
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            time.sleep(0.05)

    def until(self, meets: Callable[[str], bool], what: str) -> str:
        """Wait for a screen; its text."""
        end = time.monotonic() + WAIT
        while not meets(self.text):
            assert time.monotonic() < end, f"never saw {what!r}:\n{self.text}"
            self.read()
        return self.text

    def sees(self, *parts: str) -> str:
        """Wait until all parts stand on the screen; line ends of a narrow terminal do not matter."""
        return self.until(lambda text: all(part in text.replace("\n", "") for part in parts), " + ".join(parts))

    def types(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys)

    def ends(self) -> int:
        """Wait for the end; the exit code, or minus the signal."""
        end = time.monotonic() + WAIT
        while self.child.isalive():
            assert time.monotonic() < end, self.text
            self.read()
        self.read()
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -(self.child.signalstatus or 0)

    @property
    def answers(self) -> dict[str, Any]:
        """What came out on stdout."""
        return json.loads(self.out.read_text(encoding="utf-8"))


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Callable[..., Screen]]:
    opened: list[Screen] = []

    def open_screen(lang: str = "en", columns: int = 80) -> Screen:
        opened.append(Screen(lang, columns, tmp_path))
        return opened[-1]

    yield open_screen
    for screen in opened:
        screen.child.close(force=True)


WORDS = {
    "en": ("Happened", "1/6 How did it end", "2 Still open", "? why", "What happened?", "Who?", "Ms Li", "By when?"),
    "zh": ("第happened节", "1/6 从头到尾看下来", "2 还没定", "?缘由", "发生了什么？", "谁？", "王总", "哪天之前？"),
}
PARSED = {"en": "= Fri 27 Nov 2026", "zh": "= 2026年11月27日（周五）"}
REST = {"en": ("Which of these?", "Badge ready?", "Space ticks"), "zh": ("有哪些？", "门禁办了？", "空格勾选")}


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_walk_in_a_real_terminal(at: Callable[..., Screen], lang: str, columns: int) -> None:
    screen = at(lang, columns)
    title, first, choice, why, summary, who, contact, by = WORDS[lang]
    ticks, badge, hint = REST[lang]

    screen.sees(title, first, choice, why)
    screen.types("2")
    screen.sees(summary)
    screen.types("客户要试样 fine\r")
    screen.sees(who, contact)
    screen.types("张工\r")
    screen.sees(by)
    screen.types("tomorrow")
    screen.sees(PARSED[lang])
    screen.types("\r")
    screen.sees(ticks, "[ ] 1 ", hint)
    screen.types(" ")
    screen.sees("[x] 1 ")
    screen.types("\r")
    screen.sees(badge)
    screen.types("d")

    assert screen.ends() == 0
    assert screen.answers == {
        "ended": "open",
        "summary": "客户要试样 fine",
        "who": "张工",
        "by": "2026-11-27",
        "listening": {"order": True, "open": False},
        "checklist": {"badge": "done"},
    }
    left = screen.text
    assert "^B" not in left
    assert left.count(summary) == 1


def test_long_choices_wrap_in_a_narrow_terminal_instead_of_being_cut(at: Callable[..., Screen]) -> None:
    screen = at("en", 40)
    screen.sees("on the spot,")
    shown = screen.sees("all of it")

    assert max(map(len, shown.split("\n"))) <= 40


def test_back_and_why_in_a_real_terminal(at: Callable[..., Screen]) -> None:
    screen = at()
    screen.sees("How did it end")
    screen.types("2")
    screen.sees("What happened?")
    screen.types("?")
    screen.sees("why summary")
    screen.types("fine\r")
    screen.sees("Who?")
    screen.types("\x02")
    screen.sees("2/6 What happened?")
    screen.types(" indeed\r")
    screen.sees("2/6 What happened? fine indeed", "3/6 Who?")
    screen.types("\x10")

    assert screen.ends() == 130
    assert "walk-paused" in screen.text
    assert json.loads(screen.draft.read_text())["summary"] == "fine indeed"
    assert screen.out.read_text() == ""


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_an_encoding_that_lacks_characters_shows_others_and_never_ends_the_walk(
    at: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", f"{encoding}:strict")
    screen = at("zh")
    screen.sees("1/6", "^B")
    screen.types("2x\r")
    screen.sees("3/6")
    screen.types("Ms\t\r")
    screen.sees("4/6")
    screen.types("\r \r")
    screen.sees("6/6")
    screen.types("\x10")

    assert screen.ends() == 130
    assert json.loads(screen.draft.read_text())["who"] == "Ms Li"


def test_a_killed_walk_loses_only_the_line_being_typed(at: Callable[..., Screen]) -> None:
    screen = at()
    screen.sees("How did it end")
    screen.types("2")
    screen.sees("What happened?")
    screen.types("fine\r")
    screen.sees("Who?")
    screen.types("half a na")
    screen.sees("half a na")
    screen.child.kill(9)
    screen.ends()

    again = at()
    shown = again.sees("3/6 Who?")
    assert "How did it end" not in shown
    again.types("\x03")
    assert again.ends() == 130
    assert json.loads(again.draft.read_text()) == {"ended": "open", "summary": "fine"}


def test_a_long_question_breaks_between_words_in_a_narrow_terminal(at: Callable[..., Screen]) -> None:
    screen = at("en", 40)
    screen.sees("How did it end", "whole of it?")

    assert "1/6 How did it end, looking back on the\nwhole of it?" in screen.text


def test_a_long_chinese_question_leaves_no_mark_alone_on_a_row_and_nothing_behind(at: Callable[..., Screen]) -> None:
    screen = at("zh", 39)
    shown = screen.sees("场？", "^B")
    assert "1/6 从头到尾看下来，这次最后怎么收的\n场？\n" in shown

    screen.types("2")
    after = screen.sees("2/6 一句话，发生了什么？", "^B")
    assert after.count("从头到尾") == 1
    assert len(after.split("\n")) == 5  # the heading, what was said in two rows, the next question, its keys
    screen.types("\x10")
    assert screen.ends() == 130
