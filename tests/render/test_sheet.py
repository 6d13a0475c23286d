"""A sheet: labelled parts with budgets of rows, and a count of what did not fit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.render.sheet import LABEL, NARROW, Sheet
from salescoach.wrap import cells
from tests.source import calls, messages, said

ENTRY = st.text(st.sampled_from("they want it 客户要报告，尽快。 Ñandú-42"), min_size=1, max_size=200).filter(str.strip)
WIDTHS = st.sampled_from([20, 40, 59, 60, 80, 120])


def drawn(width: int, entries: list[str], budget: int | None, **how: bool) -> list[str]:
    sheet = Sheet(width)
    sheet.part("Label", entries, budget, **how)
    return sheet.text().plain.split("\n") if sheet.rows else []


@given(st.lists(ENTRY), WIDTHS, st.one_of(st.none(), st.integers(1, 5)), st.booleans(), st.booleans())
def test_no_row_is_wider_than_the_sheet(
    entries: list[str], width: int, budget: int | None, one_row: bool, together: bool
) -> None:
    rows = drawn(width, entries, budget, one_row=one_row, together=together)

    assert all(cells(row) <= width for row in rows)


@given(st.lists(ENTRY), st.sampled_from([60, 80, 120]), st.integers(1, 5), st.booleans())
def test_a_part_keeps_its_budget(entries: list[str], width: int, budget: int, one_row: bool) -> None:
    assert len(drawn(width, entries, budget, one_row=one_row)) <= budget


@given(st.lists(ENTRY), st.sampled_from([20, 40, 59]), st.integers(1, 5))
def test_a_narrow_part_has_its_label_on_a_row_and_twice_the_rows(entries: list[str], width: int, budget: int) -> None:
    rows = drawn(width, entries, budget)

    assert len(rows) <= 1 + 2 * budget
    assert not rows or rows[0] == "Label"


@given(st.integers(0, 130), st.integers(1, 5), st.sampled_from([20, 40, 80]))
def test_what_is_shown_and_what_is_counted_are_together_all(count: int, budget: int, width: int) -> None:
    entries = [f"entry{number}." for number in range(count)]

    text = "\n".join(drawn(width, entries, budget))

    found = re.findall(r"\+(\d+)$", text, re.MULTILINE)
    assert len(re.findall(r"entry\d+\.", text)) + sum(map(int, found)) == count
    assert len(found) <= 1


def test_an_entry_that_is_too_long_gives_way_to_a_shorter_one_behind_it() -> None:
    rows = drawn(80, ["first", "word " * 60, "third"], 2)

    assert [row[LABEL:].split()[0] for row in rows] == ["first", "third"]
    assert rows[-1].rstrip().endswith("+1")


def test_entries_that_belong_together_end_where_one_is_left_out() -> None:
    rows = drawn(80, ["Ann", "word " * 60, "says what nobody is to be told"], 2, together=True)

    assert len(rows) == 1
    assert rows[0].split()[1:] == ["Ann", "+2"]


def test_a_first_entry_that_is_too_long_is_cropped_rather_than_left_out() -> None:
    (row,) = drawn(80, ["word " * 60], 1)

    assert row.endswith("…")
    assert cells(row) <= 80


def test_a_part_without_entries_is_not_there() -> None:
    assert drawn(80, [], 3) == drawn(80, ["", ""], 3) == []


@given(st.lists(ENTRY, min_size=1), WIDTHS)
def test_without_a_budget_nothing_is_left_out(entries: list[str], width: int) -> None:
    rows = drawn(width, entries, None)

    text = "".join("".join(row.split()) for row in rows).replace("Label", "")
    assert text == "".join("".join(entry.split()) for entry in entries)


@given(st.text(max_size=300), WIDTHS)
def test_headings_spoken_lines_and_full_text_fit_too(text: str, width: int) -> None:
    sheet = Sheet(width)
    sheet.heading(text)
    sheet.spoken(text)
    sheet.full(text)
    sheet.blank()

    assert all(cells(row) <= width for row in sheet.text().plain.split("\n"))


@pytest.mark.parametrize("lang", [0, 1])
def test_every_label_fits_its_column(lang: int) -> None:
    """A label that is too long would push its row out of the screen."""
    labels = {key for _, call in calls("part") if call.args for inner in _says(call.args[0]) for key in inner}
    labels |= {f"render.{name}" for name in BRIEF}

    assert len(labels) > 20
    assert {key for key in labels if cells(messages()[key][lang]) >= LABEL} == set()


BRIEF = ("warnings", "promises", "people", "advance", "last", "objections", "questions", "agenda", "gaps", "checklist")


def _says(argument: object) -> list[list[str]]:
    return [said(argument.args[0])] if getattr(getattr(argument, "func", None), "id", "") == "say" else []  # type: ignore[attr-defined]


def test_a_sheet_is_never_narrower_than_twenty_columns() -> None:
    assert Sheet(3).width == 20
    assert Sheet(NARROW - 1).narrow
    assert not Sheet(NARROW).narrow
