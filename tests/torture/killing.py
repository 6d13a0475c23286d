"""
A walk that is killed again and again, and a rep who starts it again each time.

The same walk is walked once in peace: what was asked, what was typed, and what the draft held after each answer. Then
the seeded moments: whatever the moment, the draft on the disk is one of those, and none that is older than what the
screen had acknowledged by asking on.
"""

import random
import re
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.terminal import ENTER, WAIT, Terminal, squeeze
from tests.torture.book import OnDisk
from tests.torture.tally import Tally

#: The line that stays of an answer begins with its place in the walk.
SAID = re.compile(r"^\d+/\d+ ", re.MULTILINE)
#: What a traceback through our code, or our word of a bug, holds.
OURS = "salescoach"
#: What Python says that is stopped before it runs any program; the folder it names may well be called as we are.
NOT_YET = "Fatal Python error: init"
#: A question asked, and the keys that answer it, in order; whatever else is asked is left as it stands, with Enter.
Keys = Sequence[tuple[str, str]]


@dataclass
class Peace:
    """The walk as it is when nothing happens."""

    asked: list[str] = field(default_factory=list)  # the first line of each question: "3/12 Who?"
    keys: list[str] = field(default_factory=list)  # what answered it
    drafts: list[dict[str, Any] | None] = field(default_factory=lambda: [None])  # what was kept before each, and last
    before: Any = None  # the records, at first and at the end
    after: Any = None
    seconds: float = 0.0  # until the first question


def answered(terminal: Terminal) -> int:
    """How many answers of this sitting the screen has acknowledged, by a line that stays and the next question."""
    return len(SAID.findall(terminal.said)) if terminal.asking else -1


def waits(terminal: Terminal, for_answers: int = 0) -> str:
    """Wait for the question after so many answers, or the end: its first line, or ""."""
    terminal.until(lambda: answered(terminal) >= for_answers or not terminal.child.isalive(), "the next question")
    return terminal.asking.split("\n")[0] if terminal.child.isalive() else ""


def in_peace(start: Callable[[], Terminal], disk: OnDisk, command: str, keys: Keys) -> Peace:
    """Walk to the end with nothing in the way."""
    peace, left = Peace(before=disk.records()), list(keys)
    began = time.monotonic()
    terminal = start()
    here = waits(terminal)
    peace.seconds = time.monotonic() - began
    while here:
        wanted = bool(left) and squeeze(left[0][0]) in squeeze(terminal.asking)
        typed = left.pop(0)[1] if wanted else ENTER
        peace.asked.append(here)
        peace.keys.append(typed)
        terminal.presses(typed)
        here = waits(terminal, len(peace.asked))
        peace.drafts.append(disk.draft(command))
    assert terminal.ends() == 0, terminal.scroll
    assert left == [], left
    assert disk.draft(command) is None
    peace.drafts[-1] = None  # it ended in the records: `after`
    peace.after = disk.records()
    return peace


class Chain:
    """One walk after the other, each killed until it comes to its end."""

    def __init__(
        self, start: Callable[[], Terminal], renew: Callable[[], None], disk: OnDisk, command: str, peace: Peace,
        tally: Tally, seed: int,
    ) -> None:  # fmt: skip
        self.start, self.renew, self.disk, self.command = start, renew, disk, command
        self.peace, self.tally = peace, tally
        self.chance = random.Random(seed)
        self.by: Sequence[int] = (signal.SIGKILL,)
        self.at = 0  # how many answers are on the disk
        self.killed = 0
        self.ends: list[str] = []  # how each walk ended: for the test to see that all sorts of moments were tried

    def goes_on(self, kills: int) -> None:
        """Kill so many times."""
        self.renew()
        while self.killed < kills and len(self.tally.wrong) < 5:
            if not self.sits():
                self.ends.append("done")
                self.renew()
                self.at = 0

    def sits(self) -> bool:
        """One sitting, to the kill or the end; whether there is more to be walked."""
        terminal = self.start()
        kind = self.chance.choices(("starting", "saving", "asking"), (15, 25, 60))[0]
        if kind == "starting":
            time.sleep(self.chance.uniform(0, self.peace.seconds * 1.1))
            return self.kill(terminal, self.at)
        here = waits(terminal)
        if not here:
            self.tally.read(terminal.raw)
            return self.judged(self.at, "came to its end")
        last = len(self.peace.asked) - 1
        again = self.at > last  # all was answered: the last question stands there once more, with what was said
        self.at = min(self.at, last)
        if here != self.peace.asked[self.at]:
            self.tally.loss(f"{self.command}: went on at {here}, not at {self.peace.asked[self.at]}")
            return self.kill(terminal, 0)
        to = last if kind == "saving" else min(last, self.at + self.chance.randint(0, 4))
        seen = self.at
        while seen < to:
            terminal.presses(self.peace.keys[seen])
            seen += 1
            waits(terminal, seen - self.at)
        keys = ENTER if again else self.peace.keys[seen]
        whole = kind == "saving" or self.chance.random() < 0.6
        for key in keys if whole else keys[: self.chance.randint(0, len(keys) - 1)]:
            terminal.presses(key)
            time.sleep(self.chance.uniform(0, 0.002))
        time.sleep(self.chance.uniform(0, 0.25 if kind == "saving" else 0.04))
        return self.kill(terminal, seen)

    def kill(self, terminal: Terminal, seen: int) -> bool:
        """The signal, then the screen as it was left and the file as it lies there."""
        by = self.chance.choice(self.by)
        terminal.child.kill(by)
        end = time.monotonic() + WAIT
        while not terminal.child.flag_eof:
            assert time.monotonic() < end, f"went on after signal {by}:\n{terminal.scroll}"
            terminal.read()
        code = terminal.ends()
        self.killed += 1
        self.tally.count("kills" if by == signal.SIGKILL else "stops")
        began = OURS in terminal.raw and NOT_YET not in terminal.raw  # else Python was not at us yet
        self.tally.read(terminal.raw if began else "")
        if began and by != signal.SIGKILL and code not in (0, 130, -by):
            self.tally.loss(f"{self.command}: ended with {code}\n{terminal.raw}")
        seen = max(seen, self.at + answered(terminal))
        return self.judged(seen, f"was killed with {terminal.asking or 'nothing'} asked")

    def judged(self, seen: int, how: str) -> bool:
        """Whether what was acknowledged is there; whether there is more to be walked."""
        if wrong := self.disk.unsound() or self.disk.strays():
            self.tally.loss(f"{self.command} {how}: {wrong}")
        kept, records = self.disk.draft(self.command), self.disk.records()
        if records == self.peace.after:
            self.ends.append("saved")
            if kept is not None:
                self.tally.loss(f"{self.command} {how}: it was saved, and the draft is still there")
            return False
        if records != self.peace.before:
            self.tally.loss(f"{self.command} {how}: half was saved\n{records - self.peace.before}")
        self.at = self.answers(kept, seen)
        if not seen <= self.at:
            self.tally.loss(f"{self.command} {how}: {seen} answers were acknowledged, the draft has {self.at}\n{kept}")
        self.ends.append("drafted" if kept else "begun")
        return True

    def answers(self, kept: dict[str, Any] | None, seen: int) -> int:
        """How many answers a draft holds: of those that fit, the first that is not behind the screen."""
        whole = len(self.peace.asked)
        fits = [at for at, draft in enumerate(self.peace.drafts[:whole]) if draft == kept]
        if not fits:  # all was answered, and what follows from it was not saved yet
            before = self.peace.drafts[whole - 1] or {}
            return whole if kept is not None and before.keys() <= kept.keys() else -1
        return next((at for at in fits if at >= seen), fits[-1])
