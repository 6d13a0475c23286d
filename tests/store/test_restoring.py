"""Restoring: looked at first, all at once, safe against whoever has the book open, and over a damaged book too."""

import os
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from salescoach.errors import InvalidError, StoreError
from salescoach.records.models import Client, Draft
from salescoach.store import FILE_NAME, Store, open_store, snapshot
from salescoach.store.backups import Backup, Backups
from salescoach.store.migrating import steps
from salescoach.store.restoring import Staged, damaged_files, differences, present, put_in_place, staged
from tests.store.samples import DEC_1, a_client

NOW = datetime.fromisoformat("2026-12-01T14:30:15")
BOOK_0002 = Path(__file__).with_name("book-0002.sql")
DRAFT = Draft(id="D" * 26, command="prep", subject="x", answers={"notes": "half"}, updated=DEC_1)


@pytest.fixture
def made(store: Store) -> Backup:
    """A backup of a book with one client and a half-finished walk; the book went on to have another client instead."""
    store.clients.add(a_client())
    store.drafts.keep(DRAFT)
    made = store.backups.take("asked")
    store.clients.remove(a_client().id)
    store.drafts.drop("prep", "x")
    store.clients.add(a_client("Later Ltd", "L" * 26))
    return made


def restore(file: Path, folder: Path, *, damaged: bool = False) -> Path | None:
    with staged(file, folder) as copy:
        return put_in_place(copy, folder / FILE_NAME, NOW, damaged=damaged)


def called(folder: Path) -> list[str]:
    with open_store(folder) as store:
        return [client.name for client in store.clients.list()]


def test_everything_is_as_it_was_half_finished_walks_too(made: Backup, folder: Path) -> None:
    restore(made.path, folder)

    with open_store(folder) as store:
        assert store.clients.list() == [a_client()]
        assert store.drafts.list() == [DRAFT]
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert list(folder.rglob("*.part")) == []


def test_what_would_be_lost_and_gained_is_counted(made: Backup, store: Store, folder: Path) -> None:
    store.me.save(store.me.get())
    with staged(made.path, folder) as copy:
        found = {one.record: (one.lost, one.gained, one.changed) for one in differences(folder / FILE_NAME, copy)}

    assert (found["client"], found["draft"]) == ((1, 1, 0), (0, 1, 0))


def test_a_record_that_was_changed_since_is_counted_as_such(store: Store, folder: Path) -> None:
    store.clients.add(a_client())
    made = store.backups.take("asked")
    store.clients.save(a_client(remarks="asks for Karl"))
    with staged(made.path, folder) as copy:
        (one,) = differences(folder / FILE_NAME, copy)

    assert (one.record, one.lost, one.gained, one.changed) == ("client", 0, 0, 1)


def test_a_program_that_has_the_book_open_sees_the_restored_one_and_goes_on_writing(
    made: Backup, store: Store, folder: Path
) -> None:
    """The store of this test was open all the time."""
    assert [client.name for client in store.clients.list()] == ["Later Ltd"]
    restore(made.path, folder)

    assert [client.name for client in store.clients.list()] == ["Acme GmbH"]
    store.clients.add(a_client("Nord", "N" * 26))
    assert called(folder) == ["Acme GmbH", "Nord"]


READS_AND_WRITES = """
import sys
import time
from pathlib import Path
from salescoach.records.models import Client
from salescoach.store import open_store
wants = sys.argv[2]
with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    for number in range(100_000):
        if wants == "reader":
            names = {one.name for one in store.clients.list()}
            old, new = "Later Ltd" in names, "Acme GmbH" in names
            assert old != new, names
        else:
            store.clients.add(Client(id=f"W{number:025}", name=f"Written {number}"))
        print(number, flush=True)
"""


def test_another_program_reading_and_one_writing_meanwhile_see_one_book_or_the_other(
    made: Backup, store: Store, folder: Path
) -> None:
    store.close()
    command = [sys.executable, "-c", READS_AND_WRITES, str(folder)]
    others = [
        subprocess.Popen([*command, wants], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for wants in ("reader", "writer")
    ]
    for other in others:
        assert other.stdout is not None
        assert next(other.stdout) == "ready\n"
        for _ in range(3):
            next(other.stdout)
    for _ in range(2):
        restore(made.path, folder)
    for other in others:
        assert other.stdout is not None
        assert next(other.stdout)
        assert other.poll() is None, other.stderr and other.stderr.read()
        other.kill()
        other.communicate()

    assert snapshot.read_back(folder / FILE_NAME).dangling == 0
    assert "Acme GmbH" in called(folder)


def test_a_program_that_keeps_the_book_to_itself_is_waited_for_then_told(
    made: Backup, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salescoach.store.restoring.PATIENCE_SECONDS", 0.1)
    with store.transaction():
        store.clients.add(a_client("Nord", "N" * 26))
        with pytest.raises(StoreError) as caught:
            restore(made.path, folder)

    assert caught.value.key == "store-busy"
    assert called(folder) == ["Later Ltd", "Nord"]


KILLED = """
import os, sqlite3, sys
from datetime import datetime
from pathlib import Path
from salescoach.store import snapshot
from salescoach.store.restoring import staged, put_in_place
real = snapshot.pour
def pour(source, target, patience, keep=None):
    if "part" not in str(target.execute("PRAGMA database_list").fetchone()[2]):
        source.backup(target, pages=1, progress=lambda status, left, total: os._exit(9) if left < total - 3 else None)
    real(source, target, patience)
folder = Path(sys.argv[1])
with staged(Path(sys.argv[2]), folder) as copy:
    snapshot.pour = pour
    put_in_place(copy, folder / "salescoach.db", datetime(2026, 12, 1), damaged=False)
"""


def test_a_restore_that_is_killed_half_way_leaves_the_book_as_it_was(made: Backup, store: Store, folder: Path) -> None:
    store.close()
    ran = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(made.path)], capture_output=True, text=True)

    assert ran.returncode == 9, ran.stderr
    assert called(folder) == ["Later Ltd"]


def test_where_there_is_no_book_the_backup_becomes_it(made: Backup, tmp_path: Path) -> None:
    there = tmp_path / "new" / "data"
    before = os.umask(0)
    try:
        assert present(there / FILE_NAME).state == "missing"
        restore(made.path, there)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in (there, there.parent)}
    finally:
        os.umask(before)

    assert called(there) == ["Acme GmbH"]
    assert modes == {0o700}
    assert stat.S_IMODE((there / FILE_NAME).stat().st_mode) == 0o600


def test_an_older_book_is_brought_forward_in_a_copy(tmp_path: Path, folder: Path) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as database:
        database.executescript(BOOK_0002.read_text("utf-8"))
    raw = old.read_bytes()
    with staged(old, folder) as copy:
        assert (copy.old_step, copy.contents.step) == ("0002_unmatched", max(steps()))
        put_in_place(copy, folder / FILE_NAME, NOW, damaged=False)

    assert called(folder) == ["苏州禾澄液压"]
    assert old.read_bytes() == raw


def test_a_page_of_another_size_does_no_harm(made: Backup, folder: Path) -> None:
    with closing(sqlite3.connect(made.path)) as database:
        database.execute("PRAGMA page_size = 8192")
        database.execute("VACUUM")
    restore(made.path, folder)

    assert called(folder) == ["Acme GmbH"]


def refused(file: Path, folder: Path) -> str:
    with pytest.raises(InvalidError) as caught, staged(file, folder):
        pass
    assert list(folder.rglob("*.part")) == []
    return caught.value.key


def test_what_is_no_sound_book_of_this_program_is_refused(made: Backup, tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("Dear diary, " * 999)
    assert refused(other, folder) == "restore-not-database"
    other.write_bytes(b"")
    assert refused(other, folder) == "restore-empty"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE photo (id)")
    assert refused(other, folder) == "restore-foreign"
    raw = made.path.read_bytes()
    other.write_bytes(raw[:8192] + b"\xff" * (len(raw) - 8192))
    assert refused(other, folder) == "restore-damaged"
    with closing(sqlite3.connect(made.path)) as database:
        database.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
        database.commit()
    assert refused(made.path, folder) == "restore-newer"
    assert refused(tmp_path / "nowhere.db", folder) == "restore-unreadable"
    assert called(folder) == ["Later Ltd"]


@pytest.mark.parametrize("damage", ["pages", "all", "head"])
def test_a_damaged_book_is_restored_over_and_kept_aside(made: Backup, store: Store, folder: Path, damage: str) -> None:
    store.clients.add_all([a_client(f"Client {number}", store.new_id()) for number in range(300)])
    store.close()
    book = folder / FILE_NAME
    raw = book.read_bytes()
    wrecked = {
        "pages": raw[:8192] + b"\xff" * (len(raw) - 8192),
        "all": b"Dear diary, " * 999,
        "head": raw[:100] + b"\0" * 4000 + raw[4100:],
    }[damage]
    book.write_bytes(wrecked)

    assert present(book).state == "damaged"
    aside = restore(made.path, folder, damaged=True)

    assert aside == folder / "salescoach-damaged-2026-12-01-143015.db"
    assert aside.read_bytes() == wrecked
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert damaged_files(folder) == [aside]
    assert called(folder) == ["Acme GmbH"]


def test_a_log_that_was_left_is_never_applied_to_the_restored_book(made: Backup, store: Store, folder: Path) -> None:
    """A killed program leaves its log; the file it belongs to is wrecked."""
    body = "import os, sys; from pathlib import Path; from salescoach.store import open_store\n"
    body += "from salescoach.records.models import Client\n"
    body += "open_store(Path(sys.argv[1])).clients.add(Client(id='K' * 26, name='Killed')); os._exit(9)"
    store.close()
    subprocess.run([sys.executable, "-c", body, str(folder)], check=False)
    log = folder / f"{FILE_NAME}-wal"
    assert log.stat().st_size > 0
    (folder / FILE_NAME).write_bytes(b"Dear diary, " * 999)
    aside = restore(made.path, folder, damaged=True)

    assert aside is not None
    assert aside.with_name(f"{aside.name}-wal").exists()
    assert called(folder) == ["Acme GmbH"]


def test_another_programs_database_in_the_books_place_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("CREATE TABLE photo (id)")

    with pytest.raises(StoreError) as caught:
        present(tmp_path / FILE_NAME)
    assert caught.value.key == "store-foreign"


def test_what_is_staged_is_the_reps_alone(made: Backup, folder: Path) -> None:
    with staged(made.path, folder) as copy:
        assert isinstance(copy, Staged)
        assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700


def test_a_client_whose_name_is_a_trap_is_only_text(store: Store, folder: Path) -> None:
    store.clients.add(Client(id="T" * 26, name="'; DROP TABLE client; --"))
    made = store.backups.take("asked")
    restore(made.path, folder)

    assert called(folder) == ["'; DROP TABLE client; --"]


RECORDS = """
import sys
from pathlib import Path
from salescoach.records.models import Client
from salescoach.store import open_store
with open_store(Path(sys.argv[1])) as store:
    for number in range(100_000):
        store.clients.add(Client(id=f"W{number:025}", name=f"Written {number}"))
        print(f"W{number:025}", flush=True)
"""


def test_what_another_program_was_told_is_saved_is_in_the_copy_or_in_the_restored_book(
    made: Backup, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other writes as fast as it can; between the copy and the replacement there is time for much of what it writes."""
    real = Backups._fill

    def slow(self: Backups, part: Path, target: Path, *, thorough: bool) -> snapshot.Contents:
        held = real(self, part, target, thorough=thorough)
        time.sleep(0.3)
        return held

    monkeypatch.setattr(Backups, "_fill", slow)
    kept: list[Path] = []
    book = store.path

    def keep() -> None:
        kept.append(Backups(book).take("restore").path)

    store.close()
    with subprocess.Popen(
        [sys.executable, "-c", RECORDS, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [next(writer.stdout).strip()]
        for _ in range(3):
            with staged(made.path, folder) as copy:
                put_in_place(copy, book, NOW, damaged=False, keep=keep)
            acknowledged.append(next(writer.stdout).strip())
        assert writer.poll() is None, "it is never refused"
        writer.kill()
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    there: set[str] = set()
    for path in (*kept, book):
        with closing(sqlite3.connect(path)) as database:
            there |= {id_ for (id_,) in database.execute("SELECT id FROM client")}

    assert len(kept) == 3
    assert set(acknowledged) <= there


def test_a_copy_that_cannot_be_made_leaves_the_book_as_it_was(made: Backup, store: Store, folder: Path) -> None:
    def fails() -> None:
        raise StoreError("store-backup", path=folder, detail="no room")

    store.close()
    with staged(made.path, folder) as copy, pytest.raises(StoreError):
        put_in_place(copy, folder / FILE_NAME, NOW, damaged=False, keep=fails)

    assert called(folder) == ["Later Ltd"]
