"""Opening: private from the first moment, migrated with a backup, waiting for others, and clear about what is wrong."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from salescoach.catalogue.error import MESSAGES
from salescoach.errors import StoreError
from salescoach.records.models import Draft
from salescoach.store import FILE_NAME, Store, open_store, sqlite
from salescoach.store.migrating import HISTORY, SCRIPTS
from salescoach.store.tables import TABLES
from tests.store.samples import a_client

IMPORTS = """
import sys
from datetime import date
from pathlib import Path
from salescoach.errors import StoreError
from salescoach.records.models import Client, Draft
from salescoach.store import open_store
folder = Path(sys.argv[1])
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def program(body: str, folder: Path) -> subprocess.Popen[str]:
    """Another program, with the store's folder as its argument."""
    command = [sys.executable, "-c", IMPORTS + body, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def refused(folder: Path, **options: object) -> StoreError:
    """The error that opening gives, its sentence and hint checked to be sayable."""
    with pytest.raises(StoreError) as caught:
        open_store(folder, **options)  # type: ignore[arg-type]
    error = caught.value
    assert error.exit_code == 5
    for key in (error.key, f"{error.key}-hint"):
        assert all(wording.format_map(error.facts) for wording in MESSAGES[key])
    return error


# Privacy


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_folder_and_files_are_the_reps_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "one" / "two"
    with umask(mask), open_store(folder) as store:
        store.clients.add(a_client())
        target = store.backup(folder / "backups" / "now.db")

        assert mode(folder) == mode(folder.parent) == mode(target.parent) == 0o700
        assert {mode(path) for path in folder.iterdir() if path.is_file()} == {0o600}
        assert mode(target) == 0o600


def test_a_database_that_others_could_read_is_taken_from_them(folder: Path) -> None:
    open_store(folder).close()
    (folder / FILE_NAME).chmod(0o644)
    open_store(folder).close()

    assert mode(folder / FILE_NAME) == 0o600


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_store(tmp_path).close()

    assert mode(tmp_path) == 0o755


# Settings


def test_the_database_keeps_a_log_checks_references_and_syncs_at_every_commit(store: Store) -> None:
    database = store.connection.database

    assert database.pragma("journal_mode") == "wal"
    assert database.pragma("foreign_keys") == 1
    assert database.pragma("synchronous") == 2
    assert database.pragma("busy_timeout") == 5000


# Several programs at once


def test_a_writer_waits_for_another_to_finish(folder: Path) -> None:
    open_store(folder).close()
    body = """
with open_store(folder) as store, store.transaction():
    store.clients.add(Client(id="A" * 26, name="First"))
    print("held", flush=True)
    sys.stdin.readline()
"""
    with program(body, folder) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        release = threading.Timer(0.3, other.communicate, ["\n"])
        release.start()
        with open_store(folder) as store:
            store.clients.add(a_client("Second"))
            release.join()

            assert [client.name for client in store.clients.list()] == ["First", "Second"]


def test_a_reader_does_not_wait_for_a_writer(folder: Path) -> None:
    with open_store(folder) as writer, open_store(folder, patience=0) as reader, writer.transaction():
        writer.clients.add(a_client())

        assert reader.clients.list() == []


def test_a_writer_that_waited_long_enough_says_so(folder: Path) -> None:
    with open_store(folder) as writer, open_store(folder, patience=0.05) as other, writer.transaction():
        writer.clients.add(a_client())
        with pytest.raises(StoreError) as caught:
            other.clients.add(a_client("Nord", "N" * 26))

    assert caught.value.key == "store-busy"


def test_programs_that_create_the_store_at_the_same_time_all_succeed(folder: Path) -> None:
    body = 'open_store(folder).clients.add(Client(id=sys.argv[2] * 26, name="Client " + sys.argv[2]))'
    others = [
        subprocess.Popen([sys.executable, "-c", IMPORTS + body, str(folder), letter], stderr=subprocess.PIPE, text=True)
        for letter in "ABCDEF"
    ]
    failures = [error for other in others if (error := other.communicate()[1])]

    assert failures == []
    with open_store(folder) as store:
        assert store.clients.count() == 6
    assert not (folder / "backups").exists()


def test_an_answer_that_was_kept_survives_a_kill(folder: Path) -> None:
    body = """
store = open_store(folder)
for number in range(100):
    answers = {"number": number}
    store.drafts.keep(Draft(id="D" * 26, command="prep", subject="x", answers=answers, updated=date(2026, 12, 1)))
    print(number, flush=True)
sys.stdin.readline()
"""
    with program(body, folder) as other:
        assert other.stdout is not None
        kept = [next(other.stdout) for _ in range(10)]
        other.send_signal(signal.SIGKILL)
        kept += list(other.stdout)
        other.wait()

    with open_store(folder) as store:
        draft = store.drafts.find("prep", "x")
    assert isinstance(draft, Draft)
    assert draft.answers["number"] >= int(kept[-1])


# What can be wrong


def test_a_file_that_is_no_database_is_named_and_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_text("Dear diary, " * 1000)

    assert refused(folder).key == "store-not-database"
    assert (folder / FILE_NAME).read_text().startswith("Dear diary")


@pytest.mark.parametrize("at", [100, 4096, 8192])
def test_a_damaged_database_is_a_store_error_wherever_the_damage_is(folder: Path, at: int) -> None:
    with open_store(folder) as store:
        store.clients.add_all([a_client(f"Client {number}", store.new_id()) for number in range(500)])
    path = folder / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + b"\xff" * (len(whole) - at))

    with pytest.raises(StoreError) as caught, open_store(folder) as store:
        store.clients.list()

    assert caught.value.key == "store-corrupt"


def test_a_record_that_cannot_be_read_back_is_a_store_error(store: Store) -> None:
    store.clients.add(a_client())
    store.connection.database.execute_sql("UPDATE client SET tags = '{broken'")

    with pytest.raises(StoreError) as caught:
        store.clients.list()

    assert caught.value.key == "store-corrupt"


def test_another_programs_database_is_refused_and_left_alone(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        other.execute("CREATE TABLE photo (id INTEGER)")

    assert refused(folder).key == "store-foreign"
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photo",)]


def test_a_folder_whose_place_is_taken_by_a_file_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    assert refused(tmp_path / "data").key == "store-cannot-open"
    assert refused(tmp_path / "data" / "deeper").key == "store-cannot-open"


def test_a_database_file_whose_place_is_taken_by_a_folder_is_a_store_error(folder: Path) -> None:
    (folder / FILE_NAME).mkdir(parents=True)

    assert refused(folder).key == "store-cannot-open"


@pytest.mark.parametrize("prepare", ["new", "existing"])
def test_a_folder_that_cannot_be_written_is_a_store_error(
    prepare: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    parent = Path(tmp_path_factory.mktemp("shared"))
    folder = parent / "data"
    if prepare == "existing":
        open_store(folder).close()
        (folder / FILE_NAME).chmod(0o444)
        folder.chmod(0o555)
    else:
        folder.mkdir(mode=0o555)
    body = """
import os, sqlite3
if not os.geteuid():
    os.chdir(folder)
    folder = Path(".")
    os.setuid(65534)  # nobody: root may write anywhere
try:
    open_store(folder).clients.add(Client(id="A" * 26, name="First"))
except StoreError as error:
    print(error.key)
"""
    with program(body, folder) as other:
        said, failed = other.communicate()

    assert said.strip() == "store-read-only", failed


def test_a_full_disk_is_a_store_error_and_loses_nothing_that_was_kept(store: Store) -> None:
    store.clients.add(a_client())
    database = store.connection.database
    database.pragma("max_page_count", database.pragma("page_count"))
    with pytest.raises(StoreError) as caught:
        store.clients.save(a_client(remarks="x" * 1_000_000))

    assert caught.value.key == "store-full"
    assert store.clients.list() == [a_client()]


def test_every_code_the_database_has_for_failing_has_a_sentence_and_every_sentence_is_sayable() -> None:
    facts = {"path": "p", "backups": "b", "seconds": 5, "detail": "d"}
    for key in {*sqlite.MESSAGE_KEYS.values(), "store-failed", "store-backup"}:
        assert [wording.format_map(facts) for wording in MESSAGES[key]]


# Migrations


def test_the_migrated_database_is_what_the_tables_say(store: Store) -> None:
    from playhouse.schema_diff import diff_models  # type: ignore[import-untyped]

    database = store.connection.database
    with database.bind_ctx(TABLES):
        found = diff_models(database, TABLES)

    assert not found, found


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The released migrations, in a folder where a test can add its own."""
    return Path(shutil.copytree(SCRIPTS, tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__")))


ADDS_A_COLUMN = """
from peewee import TextField

def up(migrator, db):
    migrator.migrate(migrator.add_column("note", "mood", TextField(default="fine")))
"""
FAILS_HALF_WAY = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE half (id INTEGER)")
    db.execute_sql("INSERT INTO nowhere VALUES (1)")
"""


def test_a_migration_backs_the_database_up_first_privately_and_keeps_the_data(folder: Path, scripts: Path) -> None:
    with open_store(folder) as store:
        store.clients.add(a_client())
    (scripts / "0003_mood.py").write_text(ADDS_A_COLUMN)
    with open_store(folder, scripts=scripts) as store:
        assert store.clients.list() == [a_client()]
        assert "mood" in {column.name for column in store.connection.database.get_columns("note")}

    (copy,) = (folder / "backups").iterdir()
    assert mode(copy) == 0o600
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT name FROM client").fetchall() == [("Acme GmbH",)]
        assert "mood" not in {row[1] for row in old.execute("PRAGMA table_info(note)")}


def test_a_backup_opens_as_a_store(folder: Path, tmp_path: Path) -> None:
    with open_store(folder) as store:
        store.clients.add(a_client())
        store.backup(tmp_path / "restored" / FILE_NAME)

    with open_store(tmp_path / "restored") as restored:
        assert restored.clients.list() == [a_client()]


def test_a_backup_never_takes_the_place_of_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    with pytest.raises(StoreError) as caught:
        store.backup(tmp_path / "mine.db")

    assert caught.value.key == "backup-there"
    assert (tmp_path / "mine.db").read_text() == "mine"


def test_a_backup_that_does_not_fit_leaves_nothing_half_written(folder: Path, tmp_path: Path) -> None:
    open_store(folder).close()
    body = """
import resource
store = open_store(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    store.backup(folder / "copies" / "now.db")
except StoreError as error:
    print(error.key)
"""
    with program(body, folder) as other:
        said, failed = other.communicate()

    assert said.strip() in ("store-io", "store-full"), failed
    assert list((folder / "copies").iterdir()) == []


def test_a_new_database_and_one_that_is_up_to_date_are_not_backed_up(folder: Path) -> None:
    open_store(folder).close()
    open_store(folder).close()

    assert not (folder / "backups").exists()


def test_a_migration_that_fails_leaves_no_trace_and_a_second_try_another_backup(folder: Path, scripts: Path) -> None:
    with open_store(folder) as store:
        store.clients.add(a_client())
    (scripts / "0003_bad.py").write_text(FAILS_HALF_WAY)
    (scripts / "0004_mood.py").write_text(ADDS_A_COLUMN)
    assert refused(folder, scripts=scripts).key == "store-failed"
    assert refused(folder, scripts=scripts).key == "store-failed"

    with open_store(folder) as store:
        assert store.clients.list() == [a_client()]
        assert "half" not in store.connection.database.get_tables()
    assert len(list((folder / "backups").iterdir())) == 2


def test_a_migration_that_another_program_made_meanwhile_is_not_made_twice(folder: Path, scripts: Path) -> None:
    open_store(folder).close()
    (scripts / "0003_mood.py").write_text(ADDS_A_COLUMN)
    body = "open_store(folder, scripts=Path(sys.argv[2]))"

    def while_another_program_is_faster() -> datetime:
        """What asks for the time is the backup, made before the lock is taken."""
        subprocess.run([sys.executable, "-c", IMPORTS + body, str(folder), str(scripts)], check=True)
        return datetime.fromisoformat("2026-12-01T00:00:00")

    with open_store(folder, scripts=scripts, clock=while_another_program_is_faster) as store:
        names = [column.name for column in store.connection.database.get_columns("note")]
    assert names.count("mood") == 1


def test_a_backup_that_cannot_be_written_stops_the_migration(folder: Path, scripts: Path) -> None:
    open_store(folder).close()
    (folder / "backups").write_text("in the way")
    (scripts / "0003_mood.py").write_text(ADDS_A_COLUMN)

    assert refused(folder, scripts=scripts).key == "store-backup"
    open_store(folder).close()


def test_a_database_newer_than_the_program_is_refused(folder: Path, scripts: Path) -> None:
    (scripts / "0003_mood.py").write_text(ADDS_A_COLUMN)
    open_store(folder, scripts=scripts).close()
    before = (folder / FILE_NAME).read_bytes()

    error = refused(folder)

    assert error.key == "store-newer"
    assert error.facts["step"] == "0003_mood"
    assert (folder / FILE_NAME).read_bytes() == before


def test_each_migration_is_recorded_by_name(store: Store) -> None:
    names = store.connection.database.execute_sql(f"SELECT name FROM {HISTORY}").fetchall()

    assert names == [(script.stem,) for script in sorted(SCRIPTS.glob("0*.py"))]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY])
@pytest.mark.parametrize("log", [False, True])
def test_a_book_that_cannot_be_written_is_read_and_says_why_it_is_not_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, log: bool
) -> None:
    with open_store(folder) as store:
        store.clients.add(a_client(name="Acme"))
        copies = {one: one.read_bytes() for one in folder.iterdir() if one.suffix != ".db-shm" and one.is_file()}
    if log:
        for path, content in copies.items():
            path.write_bytes(content)
    held = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file() and one.suffix == ".db"}

    def fails(*_: object) -> None:
        error = sqlite3.OperationalError("not now")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(sqlite, "connect", fails)
    with open_store(folder) as store:
        assert [one.name for one in store.clients.list()] == ["Acme"]
        store.search.make()
        assert store.search.is_made()
        assert [one.record for one in store.search.find("acm", 5)] == ["client"]
        for change in (lambda: store.clients.add(a_client(name="B")), lambda: store.transaction().__enter__()):
            with pytest.raises(StoreError) as refusal:
                change()
            assert refusal.value.key == sqlite.MESSAGE_KEYS[code]
        assert not store.changed
    if not log:
        assert held == {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file() and one.suffix == ".db"}


def test_a_book_of_an_older_shape_that_cannot_be_written_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(folder).close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        database.execute(f"DELETE FROM {HISTORY} WHERE name = (SELECT max(name) FROM {HISTORY})")
        database.commit()

    def fails(*_: object) -> None:
        error = sqlite3.OperationalError("not now")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(sqlite, "connect", fails)
    assert refused(folder).key == "store-full"
