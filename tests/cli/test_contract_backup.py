"""`backup` and `restore` as scripts and people rest on them, and what keeps backups without being asked."""

import os
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from salescoach.wrap import cells
from tests.program import CLIENT, Program

NAME = CLIENT["en"]


def backups(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.json("backup", "--list")["backups"]
    return found


def forget_backups(home: Path) -> None:
    for path in (home / "data" / "backups").iterdir():
        path.unlink()


# backup


def test_a_backup_says_where_it_is_how_large_and_of_what(book: Program, home: Path) -> None:
    document = book.json("backup")

    path = Path(document["path"])
    assert path.parent == home / "data" / "backups"
    assert document == {
        "schema": "salescoach/backup@1", "name": path.name, "path": str(path), "taken": "2026-12-01T00:00:00",
        "why": "asked", "size": path.stat().st_size, "clients": 1, "visits": 1, "checked": True, "dangling": 0,
    }  # fmt: skip
    assert backups(book)[0]["name"] == path.name


def test_a_backup_goes_to_a_file_or_folder_of_the_reps_own_privately_and_is_not_listed(
    book: Program, tmp_path: Path
) -> None:
    before, mask = len(backups(book)), os.umask(0)
    try:
        book.ok("backup", "-o", str(tmp_path / "mine.db"))
        folder = Path(book.json("backup", "-o", str(tmp_path))["path"])
    finally:
        os.umask(mask)

    assert folder == tmp_path / "salescoach-2026-12-01-000000-asked.db"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mine.db", folder)] == [0o600, 0o600]
    assert len(backups(book)) == before


@pytest.mark.parametrize("taken", ["mine.db", "nowhere/mine.db"])
def test_a_backup_takes_no_files_place_and_makes_no_folder_that_was_mistyped(
    book: Program, tmp_path: Path, taken: str
) -> None:
    (tmp_path / "mine.db").write_text("mine")
    ran = book("backup", "-o", str(tmp_path / taken))

    assert (ran.code, ran.out) == (5, "")
    assert (tmp_path / "mine.db").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_where_nothing_is_recorded_there_is_nothing_to_back_up_or_restore(program: Program, home: Path) -> None:
    ran = program("backup")

    assert (ran.code, ran.out) == (3, "")
    assert backups(program) == []
    assert program("restore").code == 0
    assert program("restore", "daily").code == 3
    assert not (home / "data").exists()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", ["40", "80"])
def test_the_list_fits_the_screen(book: Program, lang: str, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    book.ok("backup")

    shown = book.ok("--lang", lang, "backup", "--list")
    assert all(cells(line) <= int(columns) for line in shown.splitlines())


# Without being asked


def test_the_first_change_of_a_day_is_followed_by_a_backup_and_later_ones_are_not(
    book: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-02")
    before = len(backups(book))
    book.ok("today")
    assert len(backups(book)) == before, "reading is no change"
    ran = book("note", NAME, "one")
    book.ok("note", NAME, "two")

    assert ran.err == ""
    assert [(one["why"], one["taken"]) for one in backups(book)[: len(backups(book)) - before]] == [
        ("daily", "2026-12-02T00:00:00")
    ]


@pytest.mark.parametrize(("lang", "word"), [("en", "warning: "), ("zh", "注意：")])
def test_a_daily_backup_that_cannot_be_made_is_one_line_and_fails_nothing(
    program: Program, home: Path, lang: str, word: str
) -> None:
    (home / "data").mkdir(mode=0o700)
    (home / "data" / "backups").write_text("in the way")
    ran = program("--lang", lang, "client", "add", "One Ltd")

    assert (ran.code, len(ran.err.splitlines())) == (0, 1)
    assert ran.err.startswith(word)
    assert "salescoach doctor" in ran.err
    assert "One Ltd" in program.ok("client", "list")


def test_a_merge_is_preceded_by_a_backup_that_has_both(book: Program) -> None:
    book.ok("client", "add", "Ammerfeld Süd")
    book.ok("client", "merge", "Ammerfeld Süd", NAME)
    last = backups(book)[0]

    assert last["why"] == "merge"
    with closing(sqlite3.connect(last["path"])) as copy:
        assert copy.execute("SELECT count(*) FROM client").fetchone() == (2,)
    book.ok("restore", last["name"], "--yes")
    assert "Ammerfeld Süd" in book.ok("client", "list")


def test_a_merge_whose_backup_cannot_be_made_does_not_happen(book: Program, home: Path) -> None:
    book.ok("client", "add", "Ammerfeld Süd")
    forget_backups(home)
    (home / "data" / "backups").rmdir()
    (home / "data" / "backups").write_text("in the way")

    assert book("client", "merge", "Ammerfeld Süd", NAME).code == 5
    assert "Ammerfeld Süd" in book.ok("client", "list")


# restore


def test_a_restore_says_what_changes_keeps_what_was_there_and_can_be_taken_back(book: Program) -> None:
    made = book.json("backup")["name"]
    book.ok("client", "add", "Later Ltd")
    book.ok("note", NAME, "later")
    document = book.json("restore", made, "--yes")

    assert (document["restored"], document["clients"], document["last_visit"]) == (True, 1, "2026-11-12")
    assert document["differences"] == [
        {"record": "client", "lost": 1, "gained": 0, "changed": 0},
        {"record": "note", "lost": 1, "gained": 0, "changed": 0},
    ]
    assert "Later Ltd" not in book.ok("client", "list")
    book.ok("restore", Path(document["kept"]).name, "--yes")
    assert "Later Ltd" in book.ok("client", "list")


def test_a_restore_of_what_is_the_same_changes_nothing(book: Program) -> None:
    made = book.json("backup")["name"]
    before = backups(book)
    document = book.json("restore", made, "--yes")

    assert (document["restored"], document["kept"]) == (False, None)
    assert backups(book) == before


def test_a_restore_that_nobody_can_be_asked_about_wants_yes(book: Program) -> None:
    made = book.json("backup")["path"]
    book.ok("client", "add", "Later Ltd")
    ran = book("restore", made)

    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert "Later Ltd" in book.ok("client", "list")


def test_a_restore_without_a_file_lists_the_backups(book: Program) -> None:
    book.ok("backup")

    assert book.ok("restore") == book.ok("backup", "--list")
    assert book.json("restore")["schema"] == "salescoach/backups@1"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_restored_says_why_and_what_to_do(book: Program, tmp_path: Path, lang: str) -> None:
    (tmp_path / "letter.db").write_text("Dear diary, " * 999)
    codes = {"tuesday": 3, str(tmp_path): 3, str(tmp_path / "letter.db"): 4}
    for given, code in codes.items():
        ran = book("--lang", lang, "restore", given, "--yes")
        assert (ran.code, ran.out) == (code, ""), ran
        assert "salescoach backup --list" in ran.err


@pytest.mark.parametrize("command", [["client", "list"], ["note", NAME, "x"]])
def test_a_damaged_book_names_restore_which_mends_it_and_keeps_the_file(
    book: Program, home: Path, command: list[str]
) -> None:
    path = home / "data" / "salescoach.db"
    rubbish = b"not a database at all" * 100
    path.write_bytes(rubbish)
    ran = book(*command)
    assert ran.code == 5
    assert "salescoach restore" in ran.err

    document = book.json("restore", backups(book)[-1]["name"], "--yes")

    kept = Path(document["kept"])
    assert (kept.parent, kept.name) == (home / "data", "salescoach-damaged-2026-12-01-000000.db")
    assert kept.read_bytes() == rubbish
    assert book(*command).code in (0, 3)


# Where something is wrong


def test_what_is_no_place_for_a_backup_is_told_with_a_hint_that_helps(book: Program, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    for output, code in (("mine.db", 5), ("nowhere/mine.db", 5), ("x" * 300, 5), (f"{'x' * 300}/mine.db", 5)):
        ran = book("backup", "-o", str(tmp_path / output))
        assert (ran.code, ran.out) == (code, ""), ran
        assert "free some space" not in ran.err
    for words in (["-o", ""], ["-o", "-"], ["--list", "-o", "mine.db"]):
        ran = book("backup", *words)
        assert (ran.code, ran.out) == (2, ""), ran


@pytest.mark.parametrize("columns", ["40", "80"])
def test_names_in_the_list_stay_whole_on_a_line_of_their_own(
    book: Program, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    made = [book.json("backup")["name"] for _ in range(2)]

    assert set(made) <= set(book.ok("backup", "--list").splitlines())


def test_a_book_without_clients_and_without_backups_has_lost_nothing(program: Program) -> None:
    assert program.json("today")["lost"] is None


@pytest.mark.parametrize(("lang", "word"), [("en", "in a backup"), ("zh", "备份里有")])
@pytest.mark.parametrize("how", ["gone", "nothing in it"])
def test_a_book_that_is_gone_while_backups_have_clients_is_no_new_one(
    book: Program, home: Path, how: str, lang: str, word: str
) -> None:
    path = home / "data" / "salescoach.db"
    path.unlink()
    if how != "gone":
        path.touch()
    for _ in range(2):  # the second time it was made anew
        finding = next(one for one in book.json("doctor", code=5)["findings"] if one["id"] == "book")
        assert (finding["ok"], finding["command"]) == (False, "salescoach restore")
        shown = book.ok("--lang", lang, "today").splitlines()[0]
        assert word in shown
        assert "salescoach restore" in shown
        newest = backups(book)[0]["name"]
        assert book.json("today")["lost"] == {"backup": newest, "command": "salescoach restore"}
    book.ok("restore", backups(book)[0]["name"], "--yes")

    assert NAME in book.ok("client", "list")


@pytest.mark.parametrize("command", [["today"], ["client", "list"], ["backup"], ["note", NAME, "x"], ["doctor"]])
def test_a_book_that_is_a_link_to_nowhere_is_an_error(book: Program, home: Path, command: list[str]) -> None:
    path = home / "data" / "salescoach.db"
    path.rename(home / "moved.db")
    path.symlink_to(home / "nowhere" / "moved.db")
    ran = book(*command)

    assert ran.code == 5
    assert "link" in ran.out + ran.err
    assert path.is_symlink()


def test_a_damaged_book_without_a_backup_is_told_what_can_be_done(book: Program, home: Path) -> None:
    forget_backups(home)
    path = home / "data" / "salescoach.db"
    path.write_bytes(b"not a database at all" * 100)
    ran = book("restore")
    assert (ran.code, ran.out) == (5, "")
    assert "begin anew" in ran.err

    (command,) = [one["command"] for one in book.json("doctor", code=5)["findings"] if one["id"] == "book"]
    assert command.startswith("mv ")
    subprocess.run(command, shell=True, check=True)
    assert book.ok("client", "list") is not None
    assert path.with_name("salescoach-damaged-old.db").exists()


def test_a_folder_in_the_books_place_is_moved_not_given_rights(book: Program, home: Path) -> None:
    path = home / "data" / "salescoach.db"
    path.unlink()
    path.mkdir()

    (command,) = [one["command"] for one in book.json("doctor", code=5)["findings"] if one["id"] == "book"]
    assert command.startswith("mv ")


def test_backups_dated_ahead_are_named_by_doctor(book: Program, home: Path) -> None:
    made = Path(book.json("backup")["path"])
    made.rename(made.with_name("salescoach-2036-01-01-000000-daily.db"))

    (finding,) = [one for one in book.json("doctor", code=5)["findings"] if one["id"] == "backup"]
    assert "salescoach-2036-01-01-000000-daily.db" in finding["text"]


def test_a_backup_of_the_day_before_there_was_a_client_is_not_enough(program: Program) -> None:
    program.ok("me", "--answers", "-", stdin="name: Rep\n")
    assert len(backups(program)) == 1
    program.ok("client", "add", "One Ltd")
    program.ok("client", "add", "Two Ltd")

    assert [one["why"] for one in backups(program)] == ["daily", "daily"]
    with closing(sqlite3.connect(backups(program)[0]["path"])) as copy:
        assert copy.execute("SELECT name FROM client").fetchall() == [("One Ltd",)]
