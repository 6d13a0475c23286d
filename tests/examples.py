"""How often a dear property is tried, and which repeats of a long journey wait for the long tests."""

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import settings

#: `make torture` and whoever asks for its profile want all of it.
WHOLE = os.environ.get("HYPOTHESIS_PROFILE") == "torture"


def tried(usually: int) -> settings:
    """So many examples, and as many as the profile says in the long tests."""
    return settings() if WHOLE else settings(max_examples=usually)


#: Each language and each width once; the other two pairs are for the long tests.
BOTH_WAYS = pytest.mark.parametrize(
    ("lang", "columns"),
    [
        ("en", 80),
        ("zh", 40),
        pytest.param("en", 40, marks=pytest.mark.torture),
        pytest.param("zh", 80, marks=pytest.mark.torture),
    ],
)


def each_once(names: str, first: Sequence[Any], second: Sequence[Any]) -> pytest.MarkDecorator:
    """Each of `first` with one of `second`, taken in turn; the other pairs are for the long tests."""
    return pytest.mark.parametrize(
        names,
        [
            (one, other) if at % len(second) == place else pytest.param(one, other, marks=pytest.mark.torture)
            for at, one in enumerate(first)
            for place, other in enumerate(second)
        ],
    )
