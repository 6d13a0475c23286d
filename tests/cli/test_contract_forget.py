"""`forget`: after it no file of the rep's has the person's name, and everything else is as it was."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from salescoach.store import FILE_NAME
from tests.program import BUYER, CLIENT, USER, Program

BOOK_0001 = Path(__file__).parents[1] / "store" / "book-0001.sql"
NAME, PERSON = CLIENT["en"], USER["en"]
WHO = f"{NAME}/{PERSON}"


@pytest.fixture(autouse=True)
def cache_put_back(home: Path, tmp_path: Path) -> Iterator[None]:
    """Forgetting empties the cache; the next test has it as it was."""
    cache, kept = home / "cache", tmp_path / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    shutil.copytree(cache, kept)
    yield
    shutil.rmtree(cache)
    shutil.copytree(kept, cache)


@pytest.fixture
def named(book: Program, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The book with the person named wherever somebody can be named; written once, then copied."""
    kept = tmp_path_factory.getbasetemp() / "named"
    if kept.exists():
        shutil.copytree(kept, home, dirs_exist_ok=True)
        return book
    book.ok("note", NAME, f"{PERSON} signs nothing alone, says KARL  DORN’s deputy.")
    book.ok("client", "add", "Other", "--industry", "pumps")
    book.ok("note", "Other", f"They know Mr. Dorn of {NAME}. Dornier is somebody else.")
    book.ok("promise", "add", NAME, f"call {PERSON} back", "--by", "2026-12-09")
    book.ok("prep", NAME, "--answers", "-", stdin=f"contacts: [{PERSON}]\nnotes: ask {PERSON} about the leaks\n")
    book.ok("profile", WHO, "--answers", "-", stdin="cues: [asks-for-data]\n")
    book.ok("account", "map", WHO, "--answers", "-", stdin="{}")
    book("objection", f"{PERSON} says squirrels fly south")
    book.ok("search", PERSON)
    book.ok("backup")
    assert book("contact", "edit", f"{NAME}/{BUYER['en']}").code == 4
    for name in ("data", "cache"):
        shutil.copytree(home / name, kept / name)
    return book


@pytest.fixture(autouse=True)
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that leaves a broken text behind, which names the person."""
    script = tmp_path / "editor.sh"
    script.write_text(f'#!/bin/sh\nprintf "remarks: {{{PERSON}\\n" > "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))


def holding(home: Path, *names: str) -> list[str]:
    """The files with one of the names in them, whatever sort of file it is."""
    wanted = [
        form for name in names for form in (name.encode(), name.encode("utf-16-le"), json.dumps(name)[1:-1].encode())
    ]
    folders = (home / name for name in ("data", "config", "cache"))  # other tests leave things beside
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(name in path.read_bytes() for name in wanted)]


def test_after_it_no_file_has_the_name_anywhere(named: Program, home: Path) -> None:
    assert len(holding(home, PERSON)) >= 3, "the book, a backup and what was being edited"

    document = named.json("forget", WHO, "--yes")

    assert holding(home, PERSON, "KARL  DORN", "Dorn of") == []
    assert document["erased"]["rewritten"] >= 1
    assert document["erased"]["files"] == 1


def test_the_rest_is_as_it_was(named: Program) -> None:
    others = named.json("client", "show", "Other"), named.json("contact", "show", f"{NAME}/{BUYER['en']}")
    visits = len(named.json("visit", "list")["visits"])

    named.ok("forget", WHO, "--yes")

    assert named.json("contact", "show", f"{NAME}/{BUYER['en']}") == others[1]
    assert len(named.json("visit", "list")["visits"]) == visits
    found = [one["text"] for one in named.json("search", "Dornier")["found"]]
    assert found == [f"They know (erased) of {NAME}. Dornier is somebody else."]
    assert named("contact", "show", WHO).code == 3
    assert named.json("doctor")["findings"]


def test_a_backup_is_rewritten_and_still_restores(named: Program, home: Path) -> None:
    notes = [one["text"] for one in named.json("search", "deputy")["found"]]
    named.ok("forget", WHO, "--yes")
    (kept,) = [one for one in (home / "data" / "backups").iterdir() if "asked" in one.name]

    named.ok("restore", kept.name, "--yes")

    assert notes != [one["text"] for one in named.json("search", "deputy")["found"]]
    assert holding(home, PERSON) == []


def test_a_backup_of_an_older_program_is_rewritten_too(book: Program, home: Path) -> None:
    old = home / "data" / "backups" / "salescoach-2026-01-01-080000-migration.db"
    old.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(old)) as database:
        database.executescript(BOOK_0001.read_text("utf-8"))
        client, name = database.execute("SELECT client_id, name FROM contact LIMIT 1").fetchone()
        database.execute("UPDATE contact SET name = ? WHERE name = ?", (PERSON, name))
        ours = sqlite3.connect(home / "data" / FILE_NAME).execute("SELECT id FROM client").fetchone()[0]
        database.execute("PRAGMA foreign_keys = 0")
        for table in ("contact", "visit", "promise", "note"):
            database.execute(f"UPDATE {table} SET client_id = ? WHERE client_id = ?", (ours, client))
        database.execute("UPDATE client SET id = ? WHERE id = ?", (ours, client))
        database.commit()
    assert old.name in holding(home, PERSON)

    book.ok("forget", WHO, "--yes")

    assert holding(home, PERSON) == []
    assert old.exists()


def test_what_cannot_be_rewritten_is_deleted_and_said(book: Program, home: Path) -> None:
    folder = home / "data" / "backups"
    folder.mkdir(exist_ok=True)
    broken = folder / "salescoach-2026-02-01-080000-daily.db"
    broken.write_bytes(b"SQLite format 3\0" + PERSON.encode() * 99)
    aside = home / "data" / "salescoach-damaged-2026-02-01-080000.db"
    shutil.copyfile(broken, aside)

    printed = book.ok("forget", WHO, "--yes")

    assert not broken.exists()
    assert not aside.exists()
    assert "Unreadable copies that could not be rewritten were deleted: 2." in printed


def test_nothing_of_it_can_be_taken_back(named: Program) -> None:
    named.ok("forget", WHO, "--yes")
    assert named("undo").code == 3


def test_it_makes_no_backup_of_its_own(book: Program, home: Path) -> None:
    before = {path.name for path in (home / "data" / "backups").glob("*")}
    book.ok("forget", WHO, "--yes")
    after = {path.name for path in (home / "data" / "backups").glob("*")}
    assert not [name for name in after - before if "daily" not in name]
    assert holding(home, PERSON) == []


def test_the_receipt_says_when_and_how_much_and_not_who(named: Program, home: Path) -> None:
    receipt = Path(named.json("forget", WHO, "--yes")["receipt"])

    text = receipt.read_text("utf-8")

    assert text.startswith("salescoach, Tue 1 Dec 2026: a person was erased.")
    assert not [word for word in (*WHO.replace("/", " ").split(), BUYER["en"]) if word in text]
    assert stat.S_IMODE(receipt.stat().st_mode) == 0o600


def test_somebody_else_of_the_same_name_stays_with_all_that_is_written_there(book: Program) -> None:
    book.ok("client", "add", "Other")
    book.ok("contact", "add", "Other", PERSON)
    book.ok("note", "Other", f"{PERSON} of Other likes trains.")

    book.ok("forget", WHO, "--yes")

    assert book.json("contact", "show", f"Other/{PERSON}")
    assert [one["text"] for one in book.json("search", "trains")["found"]] == [f"{PERSON} of Other likes trains."]


def test_a_name_that_may_be_somebody_elses_there_is_told_and_a_telephone_number_goes(program: Program) -> None:
    program.ok("client", "add", "Amber")
    program.ok("contact", "add", "Amber", "张伟强", "--phone", "+86 139 1234 5678")
    program.ok("contact", "add", "Amber", "張偉強")
    program.ok("note", "Amber", "张伟强 wants the price, call 139 1234 5678.")

    said = program.ok("forget", "Amber/张伟强", "--yes")

    assert "张伟强" in said, "the note may mean the other, and the rep is told"
    assert "1234 5678" not in program.ok("client", "show", "Amber")


def test_a_client_who_is_a_person_goes_with_everything(book: Program, home: Path) -> None:
    book.ok("client", "add", "Greta Holm", "--kind", "person")
    book.ok("note", "Greta Holm", "Prefers mornings.")
    book.ok("note", NAME, "Ask Greta Holm first.")

    book.ok("forget", "Greta Holm", "--yes")

    assert holding(home, "Greta Holm", "Prefers mornings") == []
    assert book("client", "show", "Greta Holm").code == 3


@pytest.mark.parametrize(
    ("whom", "code", "said"),
    [(NAME, 2, "is a company"), (f"{NAME}/Karl", 3, "not a name in full"), (f"{NAME}/Nobody", 3, "Nobody at")],
)
def test_a_company_a_guess_or_a_stranger_is_refused_and_nothing_is_erased(
    book: Program, whom: str, code: int, said: str
) -> None:
    ran = book("forget", whom, "--yes")
    assert (ran.code, said in ran.err) == (code, True), ran
    assert book.json("contact", "show", WHO)


def test_without_a_terminal_it_wants_yes(book: Program) -> None:
    assert book("forget", WHO).code == 2
    assert book.json("contact", "show", WHO)


@pytest.mark.parametrize("both", ["zh"], indirect=True)
def test_a_chinese_name_is_found_within_sentences_and_titles_are_counted(both: Program, home: Path) -> None:
    client, person = CLIENT["zh"], USER["zh"]
    both.ok("--lang", "zh", "note", client, f"听{person}说年底检修，周科长也这么讲。")

    printed = both.ok("--lang", "zh", "forget", f"{client}/{person}", "--yes")

    assert holding(home, person) == []
    assert "周科长" in printed
    texts = [one["text"] for one in both.json("--lang", "zh", "search", "检修")["found"]]
    assert "听（已删除）说年底检修，周科长也这么讲。" in texts


def test_mail_and_telephone_go_too_however_they_are_written(book: Program, home: Path) -> None:
    book.ok("contact", "add", NAME, "Kim Roe", "--mail", "kim@acme.example", "--phone", "+44 20 7777 8888")
    for text in (
        "call 020 7777 8888",
        "call 00442077778888",
        "call +44 (20) 7777-8888",
        "mail KIM@ACME.example",
        "1207777888899",
    ):
        book.ok("note", NAME, f"squirrel {text}")

    book.ok("forget", f"{NAME}/Kim Roe", "--yes")

    texts = sorted(one["text"] for one in book.json("search", "squirrel")["found"])
    assert texts == ["squirrel 1207777888899", *["squirrel call (erased)"] * 3, "squirrel mail (erased)"]


def test_somebody_who_was_removed_before_can_still_be_erased(book: Program, home: Path) -> None:
    book.ok("note", NAME, f"{PERSON} drinks tea.")
    book.ok("backup")
    book.ok("contact", "remove", WHO, "--yes")

    printed = book.ok("forget", WHO, "--yes")

    assert holding(home, PERSON) == []
    assert printed.startswith("Erased.")
    assert book("forget", WHO, "--yes").code == 3


def test_a_copy_in_the_data_folder_under_a_name_of_its_own_is_rewritten(book: Program, home: Path) -> None:
    book.ok("backup", "-o", str(home / "data" / "mine.copy"))
    book.ok("forget", WHO, "--yes")
    assert holding(home, PERSON) == []
    assert (home / "data" / "mine.copy").exists()


def test_a_client_with_the_name_in_its_own_stays_and_is_named(book: Program) -> None:
    book.ok("client", "add", f"{PERSON} and Sons")
    printed = book.ok("forget", WHO, "--yes")
    assert f"Clients whose own name has theirs, left as they are, 1: {PERSON} and Sons." in printed


def test_words_that_may_still_mean_them_are_named(book: Program) -> None:
    book.ok("note", NAME, "Dorn was not in.")
    assert "Words that may still mean them, 1: Dorn." in book.ok("forget", WHO, "--yes")


def test_a_backup_of_a_newer_program_is_not_deleted_and_nobody_is_erased_by_half(book: Program, home: Path) -> None:
    book.ok("backup")
    (kept,) = (home / "data" / "backups").glob("*asked*.db")
    with closing(sqlite3.connect(kept)) as database:
        database.execute(
            "INSERT INTO schema_migration (name, applied) SELECT '9999_later', applied FROM schema_migration LIMIT 1"
        )
        database.commit()

    ran = book("forget", WHO, "--yes")

    assert ran.code == 5, ran
    assert kept.exists()
    assert book.json("contact", "show", WHO)


def test_a_chinese_name_goes_in_pinyin_too_unless_somebody_else_there_reads_the_same(program: Program) -> None:
    for client, person in (("Acme", "李静"), ("Bolt", "李晶"), ("Cord", "Li Jing"), ("Dorn", "Otto")):
        program.ok("client", "add", client)
        program.ok("contact", "add", client, person)
        program.ok("note", client, f"Asked Li Jing and 李靜, li jing again ({client})")

    erased = program.json("forget", "Acme/李静", "--yes")["erased"]

    kept = {one["client"]: one["text"] for one in program.json("search", "again")["found"]}
    assert kept == {
        "Acme": "Asked (erased) and (erased), li jing again (Acme)",
        "Bolt": "Asked Li Jing and (erased), li jing again (Bolt)",
        "Cord": "Asked Li Jing and (erased), li jing again (Cord)",
        "Dorn": "Asked (erased) and (erased), li jing again (Dorn)",
    }
    assert sorted(erased["hints"]) == ["Li Jing", "li jing"]
