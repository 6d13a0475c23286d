"""What the benchmarks say and write about what they measured."""

import json
from pathlib import Path

import pytest

from benchmarks import baseline
from benchmarks.growth import GROWTH, Row, shares, verdict
from benchmarks.startup import Run, sections, with_section
from benchmarks.years import AWAKE, Years, names

PAGE = "# Page\n\nFirst.\n\n## One\n\nOld.\n\n## Two\n\nStays.\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A baseline with two parts."""
    file = tmp_path / "baseline.json"
    file.write_text(json.dumps({"a": {"x": 2.0, "gone": 1.0}, "b": {"x": 9.0}}), encoding="utf-8")
    monkeypatch.setattr(baseline, "BASELINE", file)
    return file


def test_only_what_is_a_quarter_slower_than_its_own_baseline_is_named(kept: Path) -> None:
    assert baseline.slower("a", {"x": 2.4, "new": 99.0}) == []
    assert baseline.slower("a", {"x": 2.6}) == ["x: 2.00 before, 2.60 now"]
    assert baseline.slower("c", {"x": 2.6}) == []


def test_a_part_is_written_and_the_others_stay(kept: Path) -> None:
    baseline.settle("a", {"x": 2.6}, write=True, strict=False)

    assert json.loads(kept.read_text("utf-8")) == {"a": {"x": 2.6}, "b": {"x": 9.0}}


def test_where_it_is_strict_what_is_slower_is_an_error_and_no_new_baseline(kept: Path) -> None:
    before = kept.read_text("utf-8")
    with pytest.raises(SystemExit, match="1"):
        baseline.settle("a", {"x": 2.6}, write=True, strict=True)
    assert kept.read_text("utf-8") == before

    baseline.settle("a", {"x": 2.4}, write=True, strict=True)
    assert kept.read_text("utf-8") != before


def test_a_section_of_the_page_is_written_in_its_place_and_a_new_one_at_the_end() -> None:
    assert with_section(PAGE, "## One\n\nNew.\n") == PAGE.replace("Old", "New")
    assert with_section(PAGE, "## Three\n\nNew.") == PAGE + "\n## Three\n\nNew.\n"
    assert sections(PAGE) == PAGE[PAGE.index("\n## One") :]
    assert sections("# Page\n") == ""


def test_the_largest_is_held_against_the_smallest_and_a_share_against_the_size_before() -> None:
    small, large = Run(0.2, 0.1, 1.0), Run(0.29, 0.3, 1.0)

    assert verdict(Row("x", [small, Run(9.0, 9.0, 9.0), large])).strip() == "met"
    assert verdict(Row("x", [small, Run(0.2 * GROWTH + 0.01, 0.1, 1.0)])) == "MISS"
    assert shares([10, 100], [Run(1.0, 1.0, 1.0), Run(11.0, 1.0, 1.0)]).endswith("met.")
    assert shares([10, 100], [Run(1.0, 1.0, 1.0), Run(20.0, 1.0, 1.0)]).endswith("MISS.")


@pytest.mark.parametrize("count", [10, AWAKE, AWAKE + 1, 3 * AWAKE])
def test_of_a_large_book_only_so_many_clients_are_awake(count: int) -> None:
    years = Years()
    clients = years.rest([years.client(name) for name in names(count)])

    assert len(clients) == len({one.id for one in clients}) == count
    assert min(count, AWAKE // 2) <= count - len(years.resting) <= AWAKE
    assert not any(one.key_account or one.tags for one in clients if one.id in years.resting)
