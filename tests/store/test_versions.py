"""Books of every released shape, kept as they were: brought forward whole, with a backup first, or left alone."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from salescoach.errors import StoreError
from salescoach.store import FILE_NAME, Store, open_store, snapshot
from salescoach.store.backups import recognised
from salescoach.store.migrating import HISTORY, SCRIPTS, steps

HERE = Path(__file__).parent
#: What the program of that time had written, as that program kept it; never edited.
BOOKS = {path.stem.removeprefix("book-"): path for path in sorted(HERE.glob("book-*.sql"))}
#: And what was put in, as that program's repositories gave it back.
PUT_IN = {path.stem.removeprefix("book-"): path for path in sorted(HERE.glob("book-*.json"))}
Rows = dict[str, list[dict[str, Any]]]
each_book = pytest.mark.parametrize("number", sorted(BOOKS))


def lay_out(folder: Path, number: str) -> Path:
    """The book of a shape, as a file."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / FILE_NAME)) as old:
        old.executescript(BOOKS[number].read_text("utf-8"))
    return folder / FILE_NAME


def rows_of(path: Path) -> Rows:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')] for name in tables}


def test_a_book_of_every_released_shape_is_kept() -> None:
    assert sorted(BOOKS) == sorted(re.match(r"\d+", step)[0] for step in steps())[: len(BOOKS)]  # type: ignore[index]
    assert len(BOOKS) >= 7


@pytest.mark.parametrize("number", sorted(PUT_IN))
def test_a_kept_book_has_something_of_everything(tmp_path: Path, number: str) -> None:
    assert [name for name, rows in rows_of(lay_out(tmp_path, number)).items() if not rows] == []


@each_book
def test_an_old_book_comes_forward_with_every_row_it_had(tmp_path: Path, number: str) -> None:
    before = rows_of(lay_out(tmp_path, number))
    open_store(tmp_path).close()
    after = rows_of(tmp_path / FILE_NAME)

    for table, rows in before.items():
        if table == HISTORY:
            continue
        if any("id" not in row for row in rows):  # what the program notes for itself
            assert after[table] == rows
            continue
        became = {row["id"]: row for row in after[table] + (after["crisis"] if table == "draft" else [])}
        for row in rows:
            now = became[row["id"]]
            assert {name: now[name] for name in row if name in now and name != "answers"} == {
                name: text for name, text in row.items() if name in now and name != "answers"
            }
    assert [row["name"] for row in after[HISTORY]] == steps()


@pytest.mark.parametrize("number", sorted(PUT_IN))
def test_the_repositories_give_back_what_was_put_in_by_the_program_of_that_time(tmp_path: Path, number: str) -> None:
    lay_out(tmp_path, number)
    wanted = json.loads(PUT_IN[number].read_text("utf-8"))
    with open_store(tmp_path) as store:
        found = {name: given_back(store, name) for name in wanted}

    assert len(wanted) >= 15
    for name, records in wanted.items():
        assert covers(found[name], records), name


def given_back(store: Store, name: str) -> Any:
    shelf = getattr(store, name)
    return json.loads(msgspec.json.encode(shelf.get() if name == "me" else shelf.list()))


def covers(now: Any, then: Any) -> bool:
    """All that was there is; what a later program knows besides may stand beside it."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and covers(now[key], part) for key, part in then.items())
    if isinstance(then, list):
        return len(now) == len(then) and all(covers(one, other) for one, other in zip(now, then, strict=True))
    return bool(now == then)


@each_book
def test_before_an_old_book_comes_forward_it_is_backed_up_as_it_was(tmp_path: Path, number: str) -> None:
    before = rows_of(lay_out(tmp_path, number))
    open_store(tmp_path).close()
    if max(steps()).startswith(number):
        assert not (tmp_path / "backups").exists()
        return
    (copy,) = (tmp_path / "backups").iterdir()
    made = recognised(copy)
    assert made is not None
    assert made.why == "migration"
    assert snapshot.read_back(copy).step.startswith(number)
    assert rows_of(copy) == before


@each_book
def test_a_failure_in_the_middle_leaves_an_old_book_as_it_was(tmp_path: Path, number: str) -> None:
    book = lay_out(tmp_path / "data", number)
    scripts = Path(shutil.copytree(SCRIPTS, tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__")))
    body = 'def up(migrator, db):\n    db.execute_sql("CREATE TABLE half (id)")\n    db.execute_sql("DROP TABLE nowhere")\n'
    (scripts / "9999_bad.py").write_text(body)
    before = rows_of(book)

    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "data", scripts=scripts)

    assert caught.value.key == "store-failed"
    assert rows_of(book) == before


@each_book
def test_a_book_that_is_newer_than_the_program_is_refused_untouched(tmp_path: Path, number: str) -> None:
    book = lay_out(tmp_path / "data", number)
    older = tmp_path / "older"
    older.mkdir()
    raw = book.read_bytes()

    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "data", scripts=older)

    assert (caught.value.key, caught.value.exit_code) == ("store-newer", 5)
    assert caught.value.facts["step"].startswith(number)  # type: ignore[attr-defined]
    assert not (tmp_path / "data" / "backups").exists()
    with closing(sqlite3.connect(book)) as database:
        database.execute("PRAGMA journal_mode = delete")
    assert rows_of(book)
    assert len(book.read_bytes()) == len(raw)
