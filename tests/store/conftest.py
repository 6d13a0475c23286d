"""A store of one's own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salescoach.store import Store, open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as opened:
        yield opened
