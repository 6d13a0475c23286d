"""A bar is for who sits at a terminal and waits, and for nobody else."""

import io
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from salescoach.cli.context import Session
from salescoach.cli.playbook import _checked
from salescoach.cli.review import SLICES, _slices
from salescoach.language import Lang
from salescoach.playbook.layers import built_in
from salescoach.settings import read_settings

TODAY = date(2026, 12, 1)


class Screen(io.StringIO):
    """A terminal that keeps what is shown."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def compiled(home: Path, lang: Lang, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("salescoach.cli.progress.PATIENCE_SECONDS", -1)
    monkeypatch.setattr(sys, "stderr", stream)
    Session(read_settings({}, TODAY, lang=lang, home=home)).library().entries()
    return stream.getvalue()


@pytest.mark.parametrize(("lang", "said"), [("en", "Reading the playbooks"), ("zh", "正在读手册")])
def test_who_waits_for_playbooks_sees_how_far_it_is_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang, said: str
) -> None:
    assert said in compiled(tmp_path, lang, Screen(), monkeypatch)
    assert compiled(tmp_path, lang, Screen(), monkeypatch) == ""


@pytest.mark.parametrize(("lang", "said"), [("en", "Checking the playbooks"), ("zh", "正在检查手册")])
def test_who_waits_for_the_checks_of_playbooks_sees_how_far_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang, said: str
) -> None:
    stream = Screen()
    monkeypatch.setattr("salescoach.cli.progress.PATIENCE_SECONDS", -1)
    monkeypatch.setattr(sys, "stderr", stream)

    assert _checked(Session(read_settings({}, TODAY, lang=lang, home=tmp_path)), []) == []
    assert said not in stream.getvalue()
    file = built_in().folder / "cards" / "steady.yaml"
    assert _checked(Session(read_settings({}, TODAY, lang=lang, home=tmp_path)), [file]) == []
    assert said in stream.getvalue()


def test_a_pipe_is_told_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled(tmp_path, "en", io.StringIO(), monkeypatch) == ""


@pytest.mark.parametrize("days", [1, 3, 8, 90, 730, 731])
def test_a_span_is_read_in_a_few_slices_that_leave_no_day_out_and_take_none_twice(days: int) -> None:
    first = TODAY - timedelta(days=days - 1)
    slices = list(_slices(first, TODAY))

    read = [start.toordinal() + at for start, end in slices for at in range((end - start).days + 1)]
    assert read == list(range(first.toordinal(), TODAY.toordinal() + 1))
    assert len(slices) <= SLICES
