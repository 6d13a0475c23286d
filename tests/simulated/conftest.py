"""The built-in playbooks, compiled once."""

from pathlib import Path

import pytest

from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library


@pytest.fixture(scope="session")
def books(compiled: Path) -> Library:
    """The built-in set alone."""
    return open_library(layers((), Path("no-personal-playbooks")), compiled)
