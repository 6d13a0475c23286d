"""`salescoach review` as CLI.md fixes it: the rep's own numbers, counted honestly, sent nowhere."""

import json
from pathlib import Path

import pytest

from salescoach.wrap import cells
from tests.program import CLIENT, Program

AMMERFELD = CLIENT["en"]
PLAN = """\
primary_advance: {who: Lena Voss, what: order two trial kits, by: 2026-12-10}
fallback_advance: {who: Lena Voss, what: test one sample, by: 2026-12-10}
expected_objections: [price, trust]
forecast: likely
"""
DONE = """\
client_commitments:
  - {who: Lena Voss, what: order two trial kits, by: 2026-12-08}
objections:
  - {said: You are dearer than our supplier., topic: price}
  - {said: We have no time before the stop., topic: timing}
"""
RATE = {"won", "count", "percent", "interval"}
NUMBERS = {
    *("first", "last", "days", "visits", "debriefed", "waiting", "outcomes", "advance", "plan", "forecast"),
    *("objections", "promises", "styles", "effort"),
}


def test_the_document_has_the_same_keys_with_and_without_records(book: Program, tmp_path: Path) -> None:
    for found in (book.json("review"), book.json("--home", str(tmp_path / "nowhere"), "review")):
        assert found["schema"] == "salescoach/review@1"
        assert list(found) == ["schema", "now", "before", "advance_change", "weeks", "months", "steps"]
        assert set(found["now"]) == set(found["before"]) == NUMBERS
        assert set(found["now"]["advance"]) == RATE
        assert set(found["now"]["forecast"]["likely"]) == RATE | {"claim"}
        assert set(found["now"]["effort"]) == {"seconds", "prompts"}
        assert set(found["now"]["effort"]["seconds"]) == {"count", "median", "quarters"}


def test_a_call_that_was_planned_and_debriefed_is_counted_everywhere(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin=PLAN)
    book.ok("debrief", "--answers", "-", stdin=DONE)

    now = book.json("review")["now"]

    assert now["visits"] == now["debriefed"] == 2
    assert now["outcomes"] == {"order": 0, "advance": 1, "continuation": 1, "no-sale": 0}
    few = {"percent": None, "interval": None}
    assert now["advance"] == {"won": 1, "count": 2} | few
    assert now["plan"]["primary"] == {"won": 1, "count": 1} | few
    assert now["forecast"]["likely"] == {"claim": 0.8, "won": 1, "count": 1} | few
    assert now["objections"] == {"expected": {"won": 1, "count": 2} | few, "foreseen": {"won": 1, "count": 2} | few}
    assert now["promises"]["ours"] == {"won": 0, "count": 1} | few, "due on 20 November, and still open"
    assert "When you say likely, it comes in 1 of 1." in book.ok("review")
    assert now["effort"]["seconds"]["count"] == 0, "a debrief from a file took nobody's time"


@pytest.mark.parametrize(("since", "visits"), [("2026-11-12", 1), ("2026-11-13", 0), ("11-12", 1), ("2020-01-01", 1)])
def test_since_names_the_first_day_and_includes_it(book: Program, since: str, visits: int) -> None:
    assert book.json("review", "--since", since)["now"]["visits"] == visits


def test_the_days_before_are_as_many(book: Program) -> None:
    found = book.json("review", "--since", "2026-11-20")

    assert (found["now"]["first"], found["now"]["last"], found["now"]["days"]) == ("2026-11-20", "2026-12-01", 12)
    assert (found["before"]["first"], found["before"]["last"]) == ("2026-11-08", "2026-11-19")
    assert found["before"]["visits"] == 1


@pytest.mark.parametrize("since", ["tomorrow", "2027-01-01", "someday"])
def test_a_day_to_come_or_no_day_is_invalid(book: Program, since: str) -> None:
    ran = book("review", "--since", since)

    assert (ran.code, ran.out) == (4, "")
    assert len(ran.err.splitlines()) == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_book_says_what_to_do_first_and_stays_empty(program: Program, home: Path, lang: str) -> None:
    shown = program.ok("--lang", lang, "review")

    commands = ["client add", "prep", "debrief"]
    assert [shown.index(f"salescoach {command}") for command in commands] == sorted(
        shown.index(f"salescoach {command}") for command in commands
    )
    assert [step["command"].split()[1] for step in program.json("review")["steps"]] == ["client", "prep", "debrief"]
    assert "<li><code>salescoach debrief</code>" in program.ok("review", "--html")
    assert not (home / "data").exists(), "reading makes no book"


def test_where_there_is_nothing_lately_the_command_for_further_back_is_named(
    book: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESCOACH_TODAY", "2027-11-01")

    steps = [step["command"] for step in book.json("review")["steps"]]

    assert steps[-1] == "salescoach review --since 2026-11-12"
    assert "client add" not in " ".join(steps)
    assert book.json("review", "--since", "2026-11-12")["now"]["debriefed"] == 1


@pytest.mark.parametrize("both", ["en", "zh"], indirect=True)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_screen_fits_and_names_no_client(
    both: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    shown = both.ok("--lang", lang, "review")

    assert [line for line in shown.splitlines() if cells(line) > int(columns)] == []
    assert not any(name in shown for name in CLIENT.values())


def test_the_page_goes_to_stdout_or_to_a_file(book: Program, tmp_path: Path) -> None:
    page = book.ok("review", "--html")
    path = tmp_path / "numbers.html"

    said = book.ok("review", "--html", "-o", str(path))

    assert page.startswith("<!doctype html>")
    assert path.read_text("utf-8") == page
    assert str(path) in said
    assert AMMERFELD not in page


def test_text_goes_to_a_file_at_80_columns(book: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_80 = book.ok("review")
    monkeypatch.setenv("COLUMNS", "40")
    path = tmp_path / "numbers.txt"

    book.ok("review", "-o", str(path))

    assert [line.rstrip() for line in path.read_text("utf-8").splitlines()] == at_80.splitlines()


def test_a_file_that_cannot_be_written_is_a_storage_error(book: Program, tmp_path: Path) -> None:
    assert book("review", "--html", "-o", str(tmp_path / "none" / "x.html")).code == 5


def test_the_document_can_be_read_by_a_script_with_a_file_named(book: Program, tmp_path: Path) -> None:
    assert json.loads(book.ok("review", "--json", "-o", str(tmp_path / "x")))["now"]["visits"] == 1
