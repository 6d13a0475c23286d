"""Kill -9 at any moment: what was acknowledged is on the disk, the book is sound, and the same command goes on."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from salescoach.store import FILE_NAME
from tests.journeys.asking import ask
from tests.journeys.program import Run
from tests.journeys.terminal import ENTER, ROOT, Terminal, environment
from tests.torture.book import OnDisk, lay_out
from tests.torture.killing import Chain, Keys, in_peace
from tests.torture.tally import Tally

LONG = pytest.mark.torture
TYPED = {
    "en": ("went through the test report", "王总", "fit two trial kits", "next fri", "too expensive for us", "send kits"),
    "zh": ("一起看了检测报告", "王总", "试两套密封件", "下周五", "你们太贵了", "送两套试用件"),
}


def debriefing(lang: str) -> Keys:
    """A debrief with something of everything."""
    summary, who, what, day, said, promise = TYPED[lang]
    keys = (
        ("ended", "3"),
        ("summary", summary + ENTER),
        ("client_commitments.who", who + ENTER),
        ("client_commitments.what", what + ENTER),
        ("client_commitments.by", day + ENTER),
        ("our_promises.what", promise + ENTER),
        ("our_promises.by", day + ENTER),
        ("objections.said", said + ENTER),
        ("lesson", summary + ENTER),
    )
    return [(ask("debrief", path, lang), typed) for path, typed in keys]


def preparing(lang: str) -> Keys:
    """A plan."""
    summary, who, what, day, said, promise = TYPED[lang]
    keys = (("purpose", "2"), ("primary_advance.what", f"\x15{what}{ENTER}"), ("questions", f"{said}？{ENTER}"))
    return [(ask("prep", path, lang), typed) for path, typed in keys]


def screening(lang: str) -> Keys:
    """Some answers on an account."""
    return [(ask("screen", item, lang), "1") for item in ("can_use",)]


WALKS = {
    "debrief": (("debrief", "华星机械"), "debrief", debriefing),
    "prep": (("prep", "华星机械"), "prep", preparing),
    "screen": (("account", "screen", "华星机械", "--all"), "account screen", screening),
}


@pytest.mark.parametrize(
    ("walk", "lang", "kills"),
    [
        ("debrief", "en", 4),
        ("debrief", "zh", 4),
        ("prep", "en", 4),
        pytest.param("debrief", "en", 100, marks=LONG),
        pytest.param("debrief", "zh", 100, marks=LONG),
        pytest.param("prep", "zh", 50, marks=LONG),
        pytest.param("screen", "en", 50, marks=LONG),
    ],
)
def test_a_walk_that_is_killed_at_any_moment_loses_no_answer_and_goes_on(
    at: Callable[..., Terminal], client: str, home: Path, tmp_path: Path, tally: Tally, walk: str, lang: str, kills: int
) -> None:
    kept, disk = tmp_path / "kept", OnDisk(home)
    shutil.copytree(home / "data", kept / "data")
    command, draft, keys = WALKS[walk]

    def start() -> Terminal:
        return at(*command, lang=lang)

    peace = in_peace(start, disk, draft, keys(lang))
    assert peace.after != peace.before
    chain = Chain(start, lambda: lay_out(kept, home), disk, draft, peace, tally, seed=kills)
    chain.goes_on(kills)
    tally.verdict()
    if kills > 20:
        assert {"begun", "drafted", "saved"} <= set(chain.ends)
