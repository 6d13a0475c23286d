"""`export --as ics`, and how far promises are kept in `client show`."""

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.program import CLIENT, Program

NAME = CLIENT["en"]
NEXT = "-next@"


def uids(text: str | bytes) -> dict[str, str]:
    """The states of entries by id, without the next contact that the book's debrief agreed on."""
    events = Calendar.from_ical(text).walk("VEVENT")
    return {str(one["UID"]): str(one["STATUS"]) for one in events if NEXT not in one["UID"]}


def test_promises_and_planned_visits_are_written_to_stdout_and_nothing_else_is(book: Program) -> None:
    book.ok("prep", NAME, "--when", "2026-12-09", "--answers", "-", stdin="{}")
    book.ok("promise", "add", NAME, "count the leaks", "--theirs", "--who", "Karl Dorn", "--by", "2026-12-04")

    ran = book("export", "--as", "ics")

    events = Calendar.from_ical(ran.out).walk("VEVENT")
    assert (ran.code, ran.err) == (0, "")
    assert [str(event["SUMMARY"]) for event in events] == [
        f"{NAME}: we promised – send the test report for the 80 mm kit",
        f"{NAME}: next contact – Come back with the test report.",
        f"{NAME}: Karl Dorn promised – count the leaks",
        f"{NAME}: visit – Discovery",
    ]


def test_a_second_export_updates_and_does_not_double(book: Program) -> None:
    first = uids(book.ok("export", "--as", "ics"))
    (promise,) = [one["promise"] for one in book.json("promise", "list")["promises"] if one["promise"]["by"]]
    book.ok("promise", "done", promise["id"])

    second = uids(book.ok("export", "--as", "ics"))

    assert first == {f"{promise['id']}@salescoach": "CONFIRMED"}
    assert second == {f"{promise['id']}@salescoach": "CANCELLED"}


def test_a_file_is_written_byte_by_byte_as_calendars_want_it(book: Program, tmp_path: Path) -> None:
    file = tmp_path / "calendar.ics"

    said = book.ok("export", "--as", "ics", "-o", str(file))

    written = file.read_bytes()
    assert said.startswith("Entries written to")
    assert ": 2." in said
    assert len(uids(written)) == 1
    assert written.count(b"\n") == written.count(b"\r\n")


def test_an_empty_book_writes_a_calendar_without_entries_and_makes_no_book(program: Program, home: Path) -> None:
    assert uids(program.ok("export", "--as", "ics")) == {}
    assert not list((home / "data").glob("*.db"))


def test_another_format_is_wrong_usage_that_names_what_there_is(program: Program) -> None:
    ran = program("export", "--as", "docx")

    assert ran.code == 2
    assert "ics" in ran.err


def test_a_file_that_cannot_be_written_is_said(book: Program, tmp_path: Path) -> None:
    assert book("export", "--as", "ics", "-o", str(tmp_path / "nowhere" / "x.ics")).code == 5


@pytest.mark.parametrize("both", ["en", "zh"], indirect=True)
def test_client_show_says_how_far_promises_are_kept_once_there_are_three(
    both: Program, request: pytest.FixtureRequest
) -> None:
    lang = request.node.callspec.params["both"]
    client, words = CLIENT[lang], {"en": "we kept 2 of 3", "zh": "我方3个兑现2个"}[lang]
    assert words.split()[0] + " kept" not in both.ok("--lang", lang, "client", "show", client)
    assert both.json("client", "show", client)["promises_kept"] == {"ours": None, "theirs": None}
    for what in ("a", "b"):
        added = both.json("promise", "add", client, what, "--by", "2026-12-04")
        both.ok("promise", "done", added["promise"]["id"])

    assert words in both.ok("--lang", lang, "client", "show", client)
    assert both.json("client", "show", client)["promises_kept"] == {
        "ours": {"kept": 2, "of": 3, "late": 0},
        "theirs": None,
    }
