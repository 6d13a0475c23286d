"""A glance at who the rep is: as the store says, and never an error."""

from pathlib import Path

import pytest

from salescoach.records.me import Me
from salescoach.store import FILE_NAME, open_store
from salescoach.store.glance import read_me

ANNA = Me(name="Anna", company="诺德", products=("a pump", "b"), proof_points=("It held.",), style="driver")


def test_a_glance_sees_what_the_store_holds(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.me.save(ANNA)
        assert read_me(tmp_path) == ANNA

    assert read_me(tmp_path) == ANNA


def test_a_glance_where_there_is_nothing_sees_nobody_and_makes_no_file(tmp_path: Path) -> None:
    assert read_me(tmp_path / "none") == Me()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_damaged_file_is_nobody_rather_than_an_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)

    assert read_me(tmp_path) == Me()
