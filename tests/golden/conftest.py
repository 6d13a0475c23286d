"""How golden outputs are written afresh: `make golden`, or `pytest tests/golden --golden-update`."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden-update`, beside the variable that `make golden` sets."""
    parser.addoption("--golden-update", action="store_true", help="write the golden outputs afresh; read the diff")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """The golden outputs are to be written, not compared."""
    asked = request.config.getoption("--golden-update", default=False)
    return bool(asked) or os.environ.get("SALESCOACH_GOLDEN") == "write"
