"""A listing: columns that fit, and nothing that a person needs cut off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.render.listing import listing
from salescoach.wrap import cells

ROWS = [["fg5f3v", "Ammerfeld Hydraulik", "", "by Fri 4 Dec · we: send the test report for the 80 mm kit to all"]]


def test_the_last_column_goes_on_below_itself() -> None:
    first, second = listing(ROWS, 80).split("\n")

    assert first.startswith("fg5f3v  Ammerfeld Hydraulik  by Fri 4 Dec")
    assert second == " " * 29 + "mm kit to all"


def test_an_empty_column_takes_no_room() -> None:
    assert listing([["a", "", "b"]], 80) == "a  b"


@given(st.lists(st.lists(st.text(max_size=60), min_size=4, max_size=4), max_size=5), st.sampled_from([40, 60, 80, 120]))
def test_no_row_is_wider_than_the_screen(rows: list[list[str]], width: int) -> None:
    assert all(cells(line) <= width for line in listing(rows, width).split("\n"))


@pytest.mark.parametrize("width", [30, 40, 59])
def test_on_a_narrow_screen_everything_is_kept(width: int) -> None:
    assert "".join(listing(ROWS, width).split()) == "".join(" · ".join(filter(None, ROWS[0])).split())
