"""`export` of the whole book, as a folder, and of one person; and what comes back in."""

import json
from datetime import date
from pathlib import Path

import pytest

from salescoach.cli.archive import bring_in
from salescoach.cli.context import Session
from salescoach.exchange.tally import Tally
from salescoach.settings import read_settings
from tests.program import BUYER, CLIENT, Program

NAME, PERSON = CLIENT["en"], f"{CLIENT['en']}/{BUYER['en']}"


def brought(home: Path, raw: str, lang: str = "en", *, keep_going: bool = False) -> Tally:
    env = {"SALESCOACH_HOME": str(home), "SALESCOACH_TODAY": "2026-12-01", "SALESCOACH_LANG": lang}
    session = Session(read_settings(env, date(2026, 12, 1)))
    try:
        return bring_in(session, raw.encode(), False, keep_going)
    finally:
        session.close()


def test_without_a_format_the_whole_book_is_written_as_json(book: Program) -> None:
    document = json.loads(book.ok("export"))

    assert next(iter(document)) == "schema"
    assert (document["schema"], document["made"]) == ("salescoach/book@1", "2026-12-01")
    assert [one["name"] for one in document["clients"]] == [NAME]
    assert book.ok("export", "--as", "json") == book.ok("export") == book.ok("--lang", "zh", "export")


def test_before_there_are_records_the_document_is_whole_and_empty(program: Program) -> None:
    assert json.loads(program.ok("export"))["clients"] == []


def test_a_book_comes_into_an_empty_home_and_goes_out_the_same(
    book: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = book.ok("export")

    tally = brought(tmp_path / "new", written, "zh")
    monkeypatch.setenv("SALESCOACH_HOME", str(tmp_path / "new"))

    assert (tally.read, tally.created, tally.saved) == (tally.created, tally.read, True)
    assert book.ok("export") == written
    assert brought(tmp_path / "new", written).skipped == tally.read


def test_a_failure_is_told_with_its_line_in_the_reps_language(tmp_path: Path) -> None:
    raw = '{"schema": "salescoach/book@1",\n"notes": [\n{}]}'

    english, chinese = brought(tmp_path / "a", raw), brought(tmp_path / "a", raw, "zh")

    assert [(one.line, one.why) for one in english.failures] == [(3, "notes[0].id is missing.")]
    assert [(one.line, one.why) for one in chinese.failures] == [(3, "缺少 notes[0].id。")]
    assert (english.failed, english.read, english.saved) == (1, 1, False)


def test_a_file_is_for_the_rep_alone_and_replaces_a_link_instead_of_following_it(book: Program, tmp_path: Path) -> None:
    target, other = tmp_path / "book.json", tmp_path / "other"
    other.write_text("mine")
    target.symlink_to(other)

    assert "Records written" in book.ok("export", "-o", str(target))

    assert target.stat().st_mode & 0o777 == 0o600
    assert other.read_text() == "mine"
    assert target.read_text() == book.ok("export")


def test_a_file_that_cannot_be_written_is_said(book: Program, tmp_path: Path) -> None:
    assert book("export", "-o", str(tmp_path / "none" / "book.json")).code == 5


def test_a_folder_has_a_page_a_client_with_all_that_was_written_as_text(book: Program, tmp_path: Path) -> None:
    book.ok("note", NAME, "<script>x</script> # no [heading](x) \x1b[31m")

    book.ok("export", "--as", "md", "-o", str(tmp_path / "out"))
    page = (tmp_path / "out" / "Ammerfeld-Hydraulik.md").read_text("utf-8")

    assert "\\<script\\>x\\</script\\> \\# no \\[heading\\](x) \\\\x1b\\[31m" in page
    for told in (BUYER["en"], "year-end stop" if "year-end stop" in page else "winter stop", "Promises", "Visits"):
        assert told in page
    assert "(<Ammerfeld-Hydraulik.md>)" in (tmp_path / "out" / "index.md").read_text("utf-8")
    book.ok("--lang", "zh", "export", "--as", "md", "-o", str(tmp_path / "out"))
    assert "## 承诺" in (tmp_path / "out" / "Ammerfeld-Hydraulik.md").read_text("utf-8")


def test_a_folder_needs_a_place_and_takes_none_that_is_somebody_elses(book: Program, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")

    assert book("export", "--as", "md").code == 2
    assert book("export", "--as", "md", "-o", str(tmp_path)).code == 4


def test_what_is_held_on_a_person_is_what_refers_to_them_and_what_names_them(book: Program) -> None:
    book.ok("client", "add", "Morvale")
    book.ok("note", "Morvale", "Ask Frau Voss first.")
    book.ok("note", "Morvale", "Nothing to do with her.")

    document = json.loads(book.ok("export", "--person", PERSON, "--as", "json"))
    text = book.ok("export", "--person", PERSON)

    assert next(iter(document.items())) == ("schema", "salescoach/person@1")
    assert ("contacts", "refers") in {(one["part"], one["because"]) for one in document["records"]}
    notes = [one["record"]["text"] for one in document["records"] if one["part"] == "notes"]
    assert notes == ["Ask Frau Voss first."]
    assert "Ask Frau Voss first." in text
    assert "Nothing to do with her." not in text


def test_what_is_held_on_a_person_is_written_in_no_other_format(book: Program) -> None:
    assert book("export", "--person", PERSON, "--as", "ics").code == 2
    assert book("export", "--person", NAME).code == 2
