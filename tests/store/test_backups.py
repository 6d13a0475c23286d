"""Backups: consistent while others write, checked, private, named so that they sort, and thinned out by day and week."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import NotFoundError, StoreError
from salescoach.store import FILE_NAME, Store, open_store, snapshot
from salescoach.store.backups import BARE, DAYS, WEEKS, Backup, Backups, Why, outdated, recognised
from salescoach.store.snapshot import RECORDS, UnsoundError
from salescoach.store.tables import TABLES
from tests.store.samples import a_client

NOON = datetime.fromisoformat("2026-12-01T14:30:15")
DAY = timedelta(days=1)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


@pytest.fixture
def backups(store: Store) -> Backups:
    """The backups of a book with a client in it, at half past two."""
    store.clients.add(a_client())
    return Backups(store.path, at(NOON))


def names(backups: Backups) -> list[str]:
    return [one.name for one in backups.list()]


# Taking


@pytest.mark.parametrize("why", get_args(Why))
def test_a_backup_is_named_by_when_and_why_and_holds_what_the_book_does(backups: Backups, why: Why) -> None:
    made = backups.take(why)

    assert made.name == f"salescoach-2026-12-01-143015-{why}.db"
    assert (made.why, made.taken, made.size) == (why, NOON, made.path.stat().st_size)
    assert made.contents is not None
    assert made.contents.rows["client"] == 1
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("SELECT name FROM client").fetchall() == [("Acme GmbH",)]


def test_those_of_one_second_have_names_of_their_own_and_the_later_one_is_the_newer(backups: Backups) -> None:
    made = [backups.take(why) for why in ("merge", "asked", "asked")]

    assert names(backups) == [one.name for one in reversed(made)]
    assert made[2].name == "salescoach-2026-12-01-143015-asked-3.db"


def test_a_backup_is_one_file_that_is_the_reps_alone_whatever_the_umask(backups: Backups, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = backups.take("asked")
        mine = backups.copy_to(tmp_path / "stick" / "mine.db")
    finally:
        os.umask(before)

    for path in (made.path, mine.path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert list(path.parent.iterdir()) == [path]


def test_what_another_program_has_not_committed_is_not_in_a_backup_and_nobody_waits(folder: Path) -> None:
    with open_store(folder) as store, open_store(folder) as other, other.transaction():
        store_backups = Backups(store.path, at(NOON), patience=0.1)
        other.clients.add(a_client())
        made = store_backups.take("daily")

    assert snapshot.read_back(made.path).rows["client"] == 0


WRITES = """
import sys
from pathlib import Path
from salescoach.records.models import Client, Note
from salescoach.store import open_store
from datetime import date
with open_store(Path(sys.argv[1])) as store:
    for number in range(10_000):
        with store.transaction():
            one = Client(id=f"C{number:025}", name=f"Client {number}")
            store.clients.add(one)
            store.notes.add(Note(id=f"N{number:025}", client_id=one.id, on=date(2026, 12, 1), text="x" * 500))
        print(number, flush=True)
"""


def test_backups_are_whole_while_another_program_writes(folder: Path) -> None:
    open_store(folder).close()
    backups = Backups(folder / FILE_NAME)
    with subprocess.Popen([sys.executable, "-c", WRITES, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        held = []
        for _ in range(5):
            acknowledged = int(next(writer.stdout))
            made = backups.take("asked")
            rows = snapshot.read_back(made.path).rows
            held.append(rows["client"])
            assert rows["client"] == rows["note"] > acknowledged
        writer.kill()

    assert held == sorted(held)


def test_a_damaged_book_makes_no_backup_and_leaves_the_old_ones(backups: Backups, store: Store) -> None:
    store.clients.add_all([a_client(f"Client {number}", store.new_id()) for number in range(500)])
    store.close()
    backups.take("asked")
    whole = backups.book.read_bytes()
    backups.book.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))

    with pytest.raises(StoreError) as caught:
        backups.take("daily")

    assert caught.value.key == "store-corrupt"
    assert names(backups) == ["salescoach-2026-12-01-143015-asked.db"]
    assert len(list(backups.folder.iterdir())) == 1


def test_an_index_that_tells_lies_is_found_by_all_but_the_quick_look(backups: Backups, store: Store) -> None:
    """The thorough look holds every index against its table."""
    root = store.connection.database.execute_sql("SELECT rootpage FROM sqlite_master WHERE name = 'client_name'")
    (page,) = root.fetchone()
    store.close()
    raw = bytearray(backups.book.read_bytes())
    start = (page - 1) * 4096
    found = raw.index(b"Acme GmbH", start, start + 4096)
    raw[found : found + 4] = b"Zzzz"
    backups.book.write_bytes(raw)

    with pytest.raises(StoreError) as caught:
        backups.take("merge")

    assert caught.value.key == "store-corrupt"


def test_what_a_killed_program_left_half_made_is_no_backup_and_goes_with_a_later_one(backups: Backups) -> None:
    backups.folder.mkdir(parents=True)
    old, new = (backups.folder / f"salescoach-2026-11-0{day}-090000-1.db.part" for day in (1, 2))
    old.write_text("half")
    new.write_text("being made")
    os.utime(old, (0, 0))
    backups.take("asked")

    assert len(names(backups)) == 1
    assert backups.leftovers() == [new]


def test_a_backup_never_takes_the_place_of_a_file_of_the_reps_own(backups: Backups, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    (tmp_path / "link.db").symlink_to(tmp_path / "nowhere")

    for name in ("mine.db", "link.db"):
        with pytest.raises(StoreError):
            backups.copy_to(tmp_path / name)
    assert (tmp_path / "mine.db").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_what_is_told_of_a_book_is_all_that_a_rep_records() -> None:
    assert {table._meta.table_name for table in TABLES} - set(RECORDS) == {"client_spelling"}


# Reading back


@pytest.mark.parametrize(
    ("raw", "reason"), [(b"", "empty"), (b"Dear diary, " * 999, "not-database"), (b"SQLite format 3\0", "not-database")]
)
def test_what_is_no_book_is_told_by_its_reason(tmp_path: Path, raw: bytes, reason: str) -> None:
    (tmp_path / "x.db").write_bytes(raw)
    with pytest.raises(UnsoundError) as caught:
        snapshot.read_back(tmp_path / "x.db")

    assert caught.value.reason == reason


def test_looking_at_a_book_makes_no_file_beside_it(backups: Backups, store: Store) -> None:
    store.close()
    before = sorted(backups.book.parent.iterdir())
    snapshot.read_back(backups.book)

    assert sorted(backups.book.parent.iterdir()) == before


# Listing


def test_what_is_not_named_as_a_backup_is_none_and_stays(backups: Backups) -> None:
    backups.folder.mkdir(parents=True)
    others = [
        "mine.db",
        "salescoach-2026-13-45-000000-asked.db",
        "salescoach-2026-12-01-143015-because.db",
        "notes.txt",
    ]
    for name in others:
        (backups.folder / name).write_text("mine")
    (backups.folder / "salescoach-2020-01-01-000000-daily.db").symlink_to(backups.folder / "mine.db")
    for day in range(20):
        Backups(backups.book, at(NOON + day * DAY)).take("daily")

    assert {path.name for path in backups.folder.iterdir()} >= {*others, "salescoach-2020-01-01-000000-daily.db"}
    assert len(names(backups)) <= DAYS + WEEKS


def test_backups_made_by_earlier_versions_before_a_migration_still_count(backups: Backups) -> None:
    made = backups.take("migration")
    old = made.path.rename(made.path.with_name("salescoach-0004_exercise-1.db"))
    os.utime(old, (NOON.timestamp(), NOON.timestamp()))
    found = recognised(old)

    assert found is not None
    assert (found.why, found.taken.date()) == ("migration", NOON.date())
    assert backups.find("0004_exercise").path == old


def test_a_backup_is_found_by_its_name_or_the_only_one_with_those_words(backups: Backups) -> None:
    daily, merge = backups.take("daily"), backups.take("merge")

    assert backups.find(daily.name) == backups.find(daily.path.stem) == backups.find("daily")
    with pytest.raises(NotFoundError) as ambiguous:
        backups.find("2026-12-01")
    with pytest.raises(NotFoundError) as unknown:
        backups.find("tuesday")
    assert (ambiguous.value.key, unknown.value.key) == ("backup-ambiguous", "backup-unknown")
    assert set(unknown.value.nearest) == {daily.name, merge.name}


# Thinning out

moments = st.datetimes(
    datetime.fromisoformat("2026-10-01T00:00:00"), datetime.fromisoformat("2027-01-31T00:00:00")
).map(lambda one: one.replace(microsecond=0))
histories = st.lists(st.tuples(moments, st.sampled_from(get_args(Why))), max_size=60, unique_by=lambda one: one[0]).map(
    lambda several: [
        Backup(path=Path(f"{moment:%Y%m%d%H%M%S}"), taken=moment, why=why, size=1) for moment, why in several
    ]
)


def week(one: Backup) -> tuple[int, int]:
    return one.taken.isocalendar()[:2]


@given(histories)
def test_the_newest_stays_and_never_more_than_eleven_do(history: list[Backup]) -> None:
    gone = outdated(history)
    kept = [one for one in history if one not in gone]

    assert len(kept) <= DAYS + WEEKS
    if history:
        assert max(history, key=lambda one: one.taken) in kept


@given(histories)
def test_of_seven_days_and_four_weeks_the_newest_stays(history: list[Backup]) -> None:
    gone = outdated(history)
    kept = [one for one in history if one not in gone]
    days = sorted({one.taken.date() for one in history}, reverse=True)[:DAYS]
    weeks = sorted({week(one) for one in history}, reverse=True)[:WEEKS]
    of_days = [max((o for o in history if o.taken.date() == day), key=lambda o: o.taken) for day in days]
    of_weeks = [max((o for o in history if week(o) == one), key=lambda o: o.taken) for one in weeks]

    assert all(one in kept for one in of_days + of_weeks)
    assert all(one in of_days + of_weeks or one.taken.date() == days[0] for one in kept)


@given(histories)
def test_thinning_out_twice_takes_no_more_than_once(history: list[Backup]) -> None:
    gone = outdated(history)

    assert outdated([one for one in history if one not in gone]) == []


def test_a_year_of_daily_backups_thinned_out_day_by_day_leaves_seven_days_and_four_weeks() -> None:
    days, kept = [NOON + day * DAY for day in range(365)], list[Backup]()
    for day in days:
        kept.append(Backup(path=Path(f"{day:%Y%m%d}"), taken=day, why="daily", size=1))
        gone = outdated(kept)
        kept = [one for one in kept if one not in gone]

    assert [one.taken for one in kept][-7:] == days[-7:]
    assert len({week(one) for one in kept}) == WEEKS


def test_a_second_backup_on_a_day_does_not_cost_the_first(backups: Backups) -> None:
    for day in range(20):
        Backups(backups.book, at(NOON + day * DAY)).take("daily")
    last = Backups(backups.book, at(NOON + 19 * DAY + timedelta(hours=1)))
    last.take("import")

    assert [one.why for one in last.list()[:2]] == ["import", "daily"]


def test_one_that_is_made_with_the_clock_set_back_is_there_when_it_returns(backups: Backups) -> None:
    for day in range(20):
        Backups(backups.book, at(NOON + day * DAY)).take("daily")
    made = Backups(backups.book, at(datetime.fromisoformat("2020-01-01T00:00:00"))).take("asked")

    assert made.path.exists()


def file_named(backups: Backups, moment: datetime, source: Path, why: str = "daily") -> Path:
    """A backup as if it had been taken at that moment."""
    backups.folder.mkdir(parents=True, exist_ok=True)
    path = backups.folder / f"salescoach-{moment:%Y-%m-%d-%H%M%S}-{why}.db"
    path.write_bytes(source.read_bytes())
    return path


def test_backups_without_a_client_push_out_none_that_has_one(backups: Backups, store: Store) -> None:
    good = [Backups(backups.book, at(NOON + day * DAY)).take("daily") for day in range(3)]
    store.clients.remove(a_client().id)
    for day in range(3, 60):
        Backups(backups.book, at(NOON + day * DAY)).take("daily")

    assert names(backups)[-3:] == [one.name for one in reversed(good)]
    assert len(names(backups)) == 3 + BARE
    found = backups.with_clients()
    assert found is not None
    assert found.name == good[-1].name


def test_backups_that_are_dated_ahead_push_out_none_of_these_days_nor_are_pushed_out(backups: Backups) -> None:
    kept = [Backups(backups.book, at(NOON + day * DAY)).take("daily").path for day in range(3)]
    wrong = [file_named(backups, NOON + (3000 + day) * DAY, kept[0]) for day in range(DAYS + WEEKS)]
    for minute in range(3):
        last = Backups(backups.book, at(NOON + 3 * DAY + timedelta(minutes=minute))).take("asked")

    now = Backups(backups.book, at(NOON + 3 * DAY))
    assert all(path.exists() for path in kept)
    assert last.path.exists()
    assert {one.path for one in now.ahead()} <= set(wrong)
    assert wrong[-1] in {one.path for one in now.ahead()}
    assert Backups(backups.book, at(NOON + 9000 * DAY)).ahead() == []


def test_a_half_made_copy_beside_the_target_is_taken_over_when_it_is_left_and_otherwise_gone_round(
    backups: Backups, tmp_path: Path
) -> None:
    part, own = tmp_path / "a.db.part", tmp_path / "b.db.part"
    part.write_bytes(b"SQLite format 3\0 half")
    part.with_name("a.db.part-journal").write_text("half")
    own.write_text("Dear diary")
    for path in (part, own):
        os.utime(path, (0, 0))
    busy = tmp_path / "c.db.part"
    busy.write_bytes(b"")
    for name in ("a.db", "b.db", "c.db"):
        backups.copy_to(tmp_path / name)

    left = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert left == {"a.db", "b.db", "c.db", own.name, busy.name}
    assert own.read_text() == "Dear diary"


def test_a_full_disk_is_blamed_on_the_target(backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(snapshot, "copy", full)
    with pytest.raises(StoreError) as caught:
        backups.copy_to(tmp_path / "stick.db")

    assert caught.value.key == "store-backup"
    assert caught.value.facts == {"path": tmp_path / "stick.db", "detail": os.strerror(errno.ENOSPC)}
