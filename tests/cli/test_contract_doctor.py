"""`doctor`: each thing that can be wrong is found where nothing else runs, with the command that mends it."""

import os
import re
import sqlite3
import stat
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from salescoach.catalogue.error import MESSAGES
from salescoach.cli.doctor import LIBRARIES
from salescoach.cli.tree import COMMANDS
from salescoach.wrap import cells
from tests.program import CLIENT, Program

NAME = CLIENT["en"]
#: Names of packages that are imported under others.
IMPORTED = {"PyYAML": "yaml", "pydantic-core": "pydantic_core", "python-ulid": "ulid"}
DATABASE = "salescoach.db"


def findings(program: Program, code: int = 0) -> dict[str, dict[str, Any]]:
    document = program.json("doctor", code=code)
    assert document["ok"] == (code == 0)
    return {one["id"]: one for one in document["findings"]}


def attention(program: Program, code: int) -> dict[str, str]:
    """What is to be looked at, and the command for it."""
    return {name: one["command"] for name, one in findings(program, code).items() if not one["ok"]}


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_mode, path.lstat().st_size) for path in folder.rglob("*")}


def test_all_is_well_in_a_home_where_nothing_was_recorded_and_nothing_is_made(tmp_path: Path, program: Program) -> None:
    ran = program("--home", str(tmp_path / "new"), "doctor")

    assert (ran.code, ran.err) == (0, "")
    assert not (tmp_path / "new").exists()


def test_all_is_well_in_a_book_and_nothing_changes(book: Program, home: Path) -> None:
    (home / "data").chmod(0o700)
    before = tree(home / "data")

    assert all(one["ok"] for one in findings(book).values())
    assert tree(home / "data") == before


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", ["40", "80"])
def test_what_is_found_fits_the_screen(
    book: Program, home: Path, lang: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths and commands, which are there to be copied, are as long as they are."""
    monkeypatch.setenv("COLUMNS", columns)
    (home / "data" / DATABASE).chmod(0o644)

    lines = book("--lang", lang, "doctor").out.splitlines()
    assert any(line.startswith("!   ") for line in lines)
    assert all(cells(line) <= int(columns) for line in lines if "→" not in line and "/" not in line)


def wreck(home: Path, how: str) -> None:
    path = home / "data" / DATABASE
    if how == "letter":
        path.write_bytes(b"Dear diary, " * 999)
    elif how == "pages":
        raw = path.read_bytes()
        path.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))
    else:
        with closing(sqlite3.connect(path)) as database:
            if how == "newer":
                database.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
            elif how == "foreign":
                path.unlink()
                with closing(sqlite3.connect(path)) as other:
                    other.execute("CREATE TABLE photo (id)")
            else:
                database.execute("UPDATE visit SET client_id = 'nobody'")
            database.commit()


@pytest.mark.parametrize(
    ("how", "command"),
    [
        ("letter", "salescoach restore"),
        ("pages", "salescoach restore"),
        ("newer", "python -m pip install --upgrade salescoach"),
        ("foreign", "salescoach --home DIR"),
        ("dangling", "salescoach restore"),
    ],
)
def test_a_book_that_is_not_sound_is_found_with_what_mends_it(
    book: Program, home: Path, how: str, command: str
) -> None:
    wreck(home, how)

    assert attention(book, 5)["book"] == command


@pytest.mark.parametrize("how", ["letter", "pages"])
def test_the_command_that_doctor_names_for_a_damaged_book_mends_it(book: Program, home: Path, how: str) -> None:
    book.ok("backup")
    wreck(home, how)
    assert attention(book, 5)["book"] == "salescoach restore"
    newest = book.json("restore")["backups"][0]["name"]
    book.ok("restore", newest, "--yes")

    found = findings(book)
    assert found["book"]["ok"]
    assert "salescoach-damaged-" in found["damaged-files"]["text"]


def test_files_that_others_may_look_into_are_closed_by_the_command_that_is_named(book: Program, home: Path) -> None:
    book.ok("backup")
    wide = [home / "data", home / "data" / DATABASE, home / "data" / "backups", *(home / "data" / "backups").iterdir()]
    for path in wide:
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = tree(home / "data")
    assert attention(book, 5) == {"private": "salescoach doctor --mend"}
    assert tree(home / "data") == before, "looking changes nothing"

    book.ok("doctor", "--mend")
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in wide} == {0}
    assert findings(book)["private"]["ok"]


def test_a_data_folder_that_is_none_is_found(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESCOACH_HOME", str(tmp_path))
    (tmp_path / "data").write_text("")

    assert attention(program, 5)["folder"].startswith("mv ")


def test_a_team_folder_that_is_not_there_and_a_broken_playbook_are_of_the_content(
    book: Program, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESCOACH_PLAYBOOKS", "/nowhere/team")
    mine = home / "data" / "playbooks" / "objections"
    mine.mkdir(parents=True)
    (mine / "bad.yaml").write_text("kind: objection\nid: [")

    found = attention(book, 4)
    assert found["broken-playbooks"] == "salescoach playbook lint"
    assert "SALESCOACH_PLAYBOOKS" in found["team-folder"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_playbook_that_is_a_link_out_of_its_folder_is_named_by_doctor_and_by_lint(
    book: Program, home: Path, tmp_path: Path, lang: str
) -> None:
    mine = home / "data" / "playbooks"
    mine.mkdir(parents=True)
    (mine / "price.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    assert "SALESCOACH_PLAYBOOKS" in attention(book, 4)["linked-playbooks"]
    told = findings(book, 4)["linked-playbooks"]["text"]
    assert "price.yaml" in told
    assert "elsewhere.yaml" in told
    for path in ((), (str(mine),)):
        linted = book("--lang", lang, "playbook", "lint", *path)
        assert (linted.code, "price.yaml:1:1: PB037" in linted.out) == (4, True)


def test_a_book_without_a_backup_is_found_and_the_command_that_is_named_makes_one(book: Program, home: Path) -> None:
    for path in (home / "data" / "backups").iterdir():
        path.unlink()
    assert attention(book, 5) == {"backup": "salescoach backup"}
    book.ok("backup")

    assert findings(book)["backup"]["ok"]


def test_a_book_that_has_outrun_its_last_backup_is_found(book: Program, home: Path) -> None:
    for path in (home / "data" / "backups").iterdir():
        os.utime(path, (0, 0))

    assert attention(book, 5) == {"backup": "salescoach backup"}


def test_unfinished_walks_are_counted_with_the_command_that_goes_on(book: Program, home: Path) -> None:
    (client,) = book.json("client", "list")["clients"]
    (visit,) = book.json("visit", "list", NAME)["visits"]
    draft = "INSERT INTO draft (id, tail, command, subject, answers, updated) VALUES (?, ?, ?, ?, '{}', ?)"
    with closing(sqlite3.connect(home / "data" / DATABASE)) as database:
        database.execute(draft, ("B" * 26, "B", "prep", client["id"], "2026-11-30"))
        database.execute(draft, ("A" * 26, "A", "debrief", visit["visit"]["id"], "2026-11-20"))
        database.commit()

    found = findings(book)["drafts"]
    assert found["ok"]
    assert re.search(r"2\b.*20 Nov 2026", found["text"])
    assert found["command"] == f"salescoach debrief '{NAME}'"


def test_libraries_looked_for_are_those_that_the_program_stands_on() -> None:
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[><=]", line)[0] for line in declared["dependencies"]]

    assert {IMPORTED.get(name, name) for name in names} == set(LIBRARIES)


def test_every_hint_about_the_book_names_a_command_that_is_there() -> None:
    keys = [key for key in MESSAGES if key.startswith(("store-", "backup-", "restore-")) and key.endswith("-hint")]
    named = {word for key in keys for text in MESSAGES[key] for word in re.findall(r"salescoach ([a-z]+)", text)}

    assert {"restore", "doctor", "backup"} <= named <= {*COMMANDS, "and"}, "and: “the other salescoach and run this”"
