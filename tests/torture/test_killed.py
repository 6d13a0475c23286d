"""Kill -9 at any moment: what was acknowledged is on the disk, the book is sound, and the same command goes on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.torture.book import OnDisk, lay_out
from tests.torture.killing import Chain, in_peace
from tests.torture.tally import Tally
from tests.torture.walks import WALKS

LONG = pytest.mark.torture


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
