"""What can go wrong at the door: each a clear message with what to do, the right exit code, and nothing lost."""

import errno
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salescoach.language import say, told, visible
from tests.examples import each_once
from tests.journeys.asking import ask
from tests.journeys.program import Done, Run
from tests.journeys.terminal import CTRL_C, ENTER, Terminal, cells, environment

LANGS = ("en", "zh")
Open = Callable[..., Terminal]


def said(done: Done) -> str:
    return done.stderr.decode()


def visits(run: Run) -> list[Any]:
    """Every visit in the book."""
    done = run("visit", "list", "--json")
    assert done.returncode == 0, said(done)
    return [one["visit"] for one in json.loads(done.stdout)["visits"]]


# Names


@pytest.mark.parametrize("lang", LANGS)
def test_an_unknown_client_is_said_with_the_command_that_adds_it(run: Run, client: str, lang: str) -> None:
    done = run("prep", "Zzyzx", lang=lang)

    assert done.returncode == 3
    assert done.stdout == b""
    assert say("error.client-unknown", lang, given="Zzyzx") in said(done)
    assert "salescoach client add" in said(done)


def test_an_ambiguous_name_names_the_nearest_three(run: Run, client: str) -> None:
    for name in ("Acme North", "Acme South", "Acme West"):
        run("client", "add", name)

    done = run("prep", "acme")

    assert done.returncode == 3
    nearest = next(line for line in said(done).splitlines() if line.startswith("nearest: "))
    assert len(nearest.removeprefix("nearest: ").split(" · ")) == 3
    assert "hint: " in said(done)


def test_an_ambiguous_name_at_a_terminal_is_picked_with_one_key(at: Open, run: Run, client: str) -> None:
    run("client", "add", "Acme North")
    picking = at("prep", "acme", "--brief")
    rows = picking.asked(say("cli.who-is-meant", "en", name="acme")).split("\n")
    picking.presses("2")

    assert picking.ends() == 0
    assert picking.text.split("\n")[0].startswith(rows[2].lstrip(" >").removeprefix("2 "))


@pytest.mark.parametrize("args", [("debrief",), ("prep", "Acme"), ("debrief", "Acme"), ("client", "show", "Acme")])
def test_an_empty_book_says_what_is_missing_and_what_to_do(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)

    assert done.returncode == 3
    assert "hint: salescoach " in said(done)


def test_an_empty_book_answers_objections_and_lists_nothing(run: Run) -> None:
    assert b"Price" in run("objection", "price").stdout
    assert b"salescoach me" in run("today").stdout


# Nobody to ask


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("args", [("me",), ("prep", "Acme Hydraulik"), ("debrief",), ("crisis", "product")])
def test_without_a_terminal_a_walk_ends_with_2_and_names_answers(
    run: Run, client: str, args: tuple[str, ...], lang: str
) -> None:
    done = run(*args, lang=lang)

    assert done.returncode == 2
    assert say("error.no-answers", lang) in said(done)
    assert "--answers" in said(done)


@pytest.mark.parametrize("args", [("me",), ("prep", "Acme Hydraulik"), ("debrief",), ("crisis",)])
def test_no_input_never_asks_even_at_a_terminal(at: Open, client: str, args: tuple[str, ...]) -> None:
    terminal = at("--no-input", *args)

    assert terminal.ends() == 2
    assert "hint: " in terminal.text


def test_no_input_does_not_ask_who_is_meant(at: Open) -> None:
    terminal = at("--no-input", "prep", "Nobody")

    assert terminal.ends() == 3
    assert "salescoach client add" in terminal.text


# Stopping


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("how_far", [0, 1, 3])
def test_ctrl_c_keeps_what_was_answered_and_says_how_to_go_on(
    at: Open, client: str, run: Run, lang: str, how_far: int
) -> None:
    steps = [("ended", "3"), ("summary", "fine" + ENTER), ("client_commitments.who", "Li" + ENTER)]
    after = ["ended", "summary", "client_commitments.who", "client_commitments.what"][how_far]
    first = at("debrief", lang=lang)
    for path, keys in steps[:how_far]:
        first.answers(ask("debrief", path, lang), keys)
    first.asked(ask("debrief", after, lang))
    first.presses("half a wo" + CTRL_C if after == "summary" else CTRL_C)

    assert first.ends() == 130
    assert say("error.walk-paused", lang) in first.text
    assert "salescoach debrief 'Acme Hydraulik'" in first.text
    assert visits(run)[0]["status"] == "planned"
    again = at("debrief", lang=lang)
    again.asked(ask("debrief", after, lang))
    again.presses(CTRL_C)
    assert again.ends() == 130


@pytest.mark.parametrize("lang", LANGS)
def test_ctrl_c_where_somebody_is_to_be_picked_changes_nothing(at: Open, run: Run, lang: str) -> None:
    terminal = at("prep", "Nobody", lang=lang)
    terminal.asked(say("cli.who-is-meant", lang, name="Nobody"))
    terminal.presses(CTRL_C)

    assert terminal.ends() == 130
    assert say("error.stopped", lang) in terminal.text
    assert b"[]" in run("client", "list", "--json").stdout


@pytest.mark.parametrize("lang", LANGS)
def test_ctrl_c_at_a_confirmation_says_that_nothing_was_changed(at: Open, client: str, run: Run, lang: str) -> None:
    terminal = at("client", "remove", client, lang=lang)
    terminal.sees(say("walk.keys-confirm", lang))
    terminal.presses(CTRL_C)

    assert terminal.ends() == 130
    assert terminal.text.split("\n")[-1] == say("error.stopped", lang)
    assert client.encode() in run("client", "list").stdout


@pytest.mark.parametrize("lang", LANGS)
def test_a_hint_is_broken_between_words_on_a_narrow_screen_and_its_command_stays_on_a_row(at: Open, lang: str) -> None:
    terminal = at("undo", lang=lang, columns=40)

    assert terminal.ends() == 3
    terminal.sees(say("error.hint", lang, hint=say("error.undo-nothing-hint", lang)))
    assert terminal.broken == []
    assert "salescoach backup --list" in terminal.text


@pytest.mark.parametrize("lang", LANGS)
def test_a_hint_that_is_piped_is_one_line_however_long(process: Run, lang: str) -> None:
    done = process("undo", lang=lang)

    hint = say("error.hint", lang, hint=say("error.undo-nothing-hint", lang))
    assert said(done).splitlines() == [say("error.undo-nothing", lang), hint]


# Encodings


@each_once("encoding, lang", ("gbk", "cp1252", "ascii"), ("zh", "en"))
def test_no_encoding_makes_prep_objection_or_debrief_crash(process: Run, client: str, lang: str, encoding: str) -> None:
    answers = (
        "summary: fine\nobjections: [{said: “太贵了” – says Müller}]\nclient_commitments: [{who: 王总, what: 试 A}]\n"
    )
    coded = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = [
        process("prep", client, "--deep", "--brief", lang=lang, **coded),
        process("objection", "price", "--deep", "--why", lang=lang, **coded),
        process("debrief", "--answers", "-", lang=lang, given=answers, **coded),
        process("today", lang=lang, **coded),
        process("--help", lang=lang, **coded),
        process("prep", "没有", lang=lang, **coded),
    ]

    assert [one.returncode for one in done] == [0, 0, 0, 0, 0, 3]
    for one in done:
        shown = one.stdout.decode(encoding) + one.stderr.decode(encoding)
        assert shown.strip()
        if lang == "en":
            assert shown.count("?") < shown.count(" ") / 2  # stand-ins, not a row of question marks


# Text from outside is shown as text

NASTY = ("[bold]x[/]", "\x1b[2J\x1b[31mred", "=HYPERLINK(1)", "evil\u202egnp", "{company}", "%s $(id) `id`")


@pytest.mark.parametrize("name", NASTY, ids=["markup", "escapes", "formula", "bidi", "braces", "shell"])
def test_a_name_that_could_act_is_shown_as_text_in_every_command(
    run: Run, home: Path, tmp_path: Path, name: str
) -> None:
    import salescoach.store
    from salescoach.records.models import Client, Contact, Note, Promise

    with salescoach.store.open_store(
        home / "data"
    ) as store:  # past every check at the door: an import, an older version
        one = store.clients.add(Client(id=store.new_id(), name=name))
        store.contacts.add(Contact(id=store.new_id(), client_id=one.id, name=name))
        store.notes.add(Note(id=store.new_id(), client_id=one.id, on=date(2026, 11, 1), text=name))
        store.promises.add(Promise(id=store.new_id(), client_id=one.id, owner="theirs", who=name, what=name))
    plain = "".join(char for char in name if char.isprintable())  # what a name is cleaned to when it is kept
    given = json.dumps(
        {"summary": plain, "lesson": plain, "objections": [{"said": plain}], "our_promises": [{"what": plain}]}
    )
    commands: list[tuple[tuple[str, ...], str]] = [
        (("prep", name, "--answers", "-"), json.dumps({"when": "2026-12-01", "questions": [plain]})),
        (("debrief", "--answers", "-"), given),
        (("prep", name, "--brief", "--deep", "--why"), ""),
        (("prep", name, "--brief", "--format", "md"), ""),
        (("prep", name, "--brief", "--format", "html"), ""),
        (("objection", "price", "--for", f"{name}/{name}", "--deep"), ""),
        (("client", "show", name), ""),
        (("client", "list"), ""),
        (("visit", "list"), ""),
        (("promise", "list"), ""),
        (("today",), ""),
        (("prep", "nobody " + name), ""),
        (("me", "--answers", "-"), json.dumps({"name": plain, "company": plain, "products": [plain]})),
        (("crisis", "product", "--answers", "-"), json.dumps({"may_concede": plain})),
    ]
    for args, text in commands:
        done = run(*args, given=text)
        shown = done.stdout.decode() + done.stderr.decode()
        assert done.returncode in (0, 3), (args, shown)
        assert "\x1b" not in shown, args
        assert "\u202e" not in shown, args
        if args[0] in ("client", "visit", "promise", "debrief", "me") or args[-1] == "--why":
            assert plain in shown or visible(name) in shown, (args, shown)


def test_a_name_with_escapes_is_harmless_at_a_terminal_too(at: Open, home: Path, run: Run) -> None:
    terminal = at("prep", "\x1b[2J[bold]x[/]\u202e")
    terminal.sees(r"\x1b[2J[bold]x[/]\u202e")
    terminal.asked("?")
    terminal.presses("1")
    terminal.reads_on(say("prep.hold", "en"))
    terminal.asked(ask("prep", "purpose", "en"))

    assert "\x1b[2J" not in terminal.raw
    assert "\u202e" not in terminal.raw
    assert "[bold]x[/]" in terminal.scroll


# Answers files


@pytest.mark.parametrize(
    ("command", "text", "line", "names"),
    [
        ("debrief", "summary: fine\nsumary: fine\n", 2, "sumary"),
        ("debrief", "summary: fine\nobjections: price\n", 2, "objections"),
        ("debrief", "order: yes\nrefused: yes\n", 2, "refused"),
        ("debrief", "took_place: no\nsummary: fine\n", 0, "summary"),
        ("debrief", "next_date: some day\n", 1, "next_date"),
        ("debrief", "client_commitments:\n  - who: Li\n    when: tomorrow\n", 3, "when"),
        ("debrief", "summary: [fine]\n", 1, "summary"),
        ("debrief", "summary: fine\n\tlesson: x\n", 2, ""),
        ("debrief", "summary: a\nsummary: b\n", 2, "summary"),
        ("prep", "purpose: holiday\n", 1, "purpose"),
        ("prep", "checklist: {no-such-item: done}\n", 1, "no-such-item"),
        ("prep", "checklist: {appointment: perhaps}\n", 1, "appointment"),
        ("prep", "- a\n- b\n", 1, ""),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_an_answers_file_that_does_not_hold_ends_with_4_line_and_key_and_saves_nothing(
    run: Run, client: str, tmp_path: Path, command: str, text: str, line: int, names: str, lang: str
) -> None:
    before = visits(run)
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")

    done = run(command, client, "--answers", str(path), lang=lang)

    assert done.returncode == 4
    assert done.stdout == b""
    assert names in said(done)
    if line:
        assert f"{path}:{line}:" in said(done)
    assert visits(run) == before


def test_an_answers_file_that_is_not_there_or_is_no_text_ends_with_4(run: Run, client: str, tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00summary")

    assert run("debrief", "--answers", str(tmp_path / "none.yaml")).returncode == 4
    assert run("debrief", "--answers", str(tmp_path)).returncode == 4
    assert run("debrief", "--answers", str(tmp_path / "bytes.yaml")).returncode == 4


# Playbooks

ALIAS_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
GOOD = "kind: objection\nid: price\nversion: 9\nstatus: draft\ntitle: Mine\nsources: [ours]\n"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "text",
    [GOOD + "\tsummary: x\n", GOOD + "id: price\n", GOOD + ALIAS_BOMB, GOOD.replace("9", "[nine]"), "\x00", GOOD],
    ids=["tab", "duplicate-key", "alias-bomb", "wrong-type", "binary", "missing-keys"],
)
def test_a_broken_personal_playbook_is_one_warning_and_the_built_in_answers(
    run: Run, home: Path, text: str, lang: str
) -> None:
    expected = run("objection", "price", lang=lang).stdout
    path = home / "data" / "playbooks" / "price.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")

    done = run("objection", "price", lang=lang)

    assert done.returncode == 0
    assert done.stdout == expected
    lines = said(done).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(say("error.warning", lang, message=""))
    assert f"{path}:" in lines[0]


def test_a_personal_playbook_in_one_language_answers_in_the_other(run: Run, home: Path) -> None:
    path = home / "data" / "playbooks" / "price.yaml"
    path.parent.mkdir(parents=True)
    source = (Path(__file__).parents[2] / "playbooks" / "objections" / "price.yaml").read_text(encoding="utf-8")
    path.write_text(source.replace('  en: "Price"', '  zh: "只有中文"').replace('  zh: "价格"\n', ""), encoding="utf-8")

    done = run("objection", "price")

    assert done.returncode == 0
    assert "只有中文" in done.stdout.decode()
    assert said(done) == ""


# The store


@pytest.fixture
def weak(home: Path) -> Iterator[Path]:
    """The data folder, whose rights a test takes away; they come back afterwards."""
    folder = home / "data"
    yield folder
    if folder.exists():
        folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_home_ends_with_5(run: Run, client: str, weak: Path) -> None:
    weak.chmod(0o500)
    (weak / "salescoach.db").chmod(0o400)

    done = run("note", client, "hello")

    assert done.returncode == 5
    assert "hint: " in said(done)


@pytest.mark.parametrize("lang", LANGS)
def test_a_home_that_cannot_be_made_ends_with_5(run: Run, tmp_path: Path, lang: str) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    done = run("--home", str(blocked / "home"), "client", "add", "Acme", lang=lang)

    assert done.returncode == 5
    assert "--home" in said(done)
    assert run("--home", str(blocked / "home"), "objection", "price").returncode == 0  # needs no record


#: Python would leave half a compiled module behind where there is no room, and stumble over it ever after.
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}


def fill_the_disk() -> None:
    """No file may grow past a few KiB: every write fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_full_disk_ends_with_5_and_what_was_saved_is_still_there(run: Run, process: Run, client: str) -> None:
    before = visits(run)
    long = "word " * 2_000

    done = process("note", client, long, before=fill_the_disk, **NO_BYTECODE)
    walked = process(
        "debrief", "--answers", "-", given=f"summary: {long[:3000]}\n", before=fill_the_disk, **NO_BYTECODE
    )

    assert (done.returncode, walked.returncode) == (5, 5)
    assert "hint: " in said(done)
    assert visits(run) == before
    assert process("objection", "price", before=fill_the_disk, **NO_BYTECODE).returncode == 0


def test_a_locked_database_ends_with_5_and_nothing_is_lost(run: Run, client: str, home: Path) -> None:
    before = visits(run)
    other = sqlite3.connect(home / "data" / "salescoach.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = run("note", client, "hello")
    other.rollback()
    other.close()

    assert done.returncode == 5
    assert "salescoach.db" in said(done)
    assert visits(run) == before
    assert run("note", client, "hello").returncode == 0


@pytest.mark.parametrize(
    "rubbish", [b"this is not a database, it is a letter to my aunt" * 200, b"SQLite format 3\x00" * 900]
)
@pytest.mark.parametrize("args", [("today",), ("prep", "Acme", "--brief"), ("debrief",), ("client", "list")])
def test_a_corrupt_database_ends_with_5_and_is_left_as_it_is(
    run: Run, home: Path, rubbish: bytes, args: tuple[str, ...]
) -> None:
    path = home / "data" / "salescoach.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(rubbish)

    done = run(*args)

    assert done.returncode == 5
    assert str(path) in said(done)
    assert "hint: " in said(done)
    assert path.read_bytes() == rubbish


def test_a_damaged_page_ends_with_5(run: Run, client: str, home: Path) -> None:
    path = home / "data" / "salescoach.db"
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    done = run("client", "show", client)

    assert done.returncode == 5
    assert "restore" in said(done)


# Pipes and narrow screens


@pytest.mark.parametrize(
    "args", ["objection price --deep --why", "client list", "prep 'Acme Hydraulik' --brief --deep --why", "--help"]
)
def test_a_pipe_that_closes_early_is_no_error(run: Run, client: str, home: Path, args: str) -> None:
    line = f'"{sys.executable}" -m salescoach {args} | head -c 1 > /dev/null; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", line], env=environment(home), capture_output=True, text=True, check=False)

    assert done.stdout.strip() in ("0", "141")
    assert done.stderr == ""


@pytest.mark.parametrize("lang", LANGS)
def test_piped_output_fits_the_columns_that_are_asked_for(run: Run, client: str, lang: str) -> None:
    for columns in (40, 80, 120):
        for args in (("prep", client, "--brief", "--deep"), ("objection", "price", "--deep", "--why"), ("today",)):
            shown = run(*args, lang=lang, COLUMNS=str(columns)).stdout.decode()
            assert max(map(cells, shown.splitlines())) <= columns, (columns, args)


# Output that goes nowhere, and a home that is empty


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("args", ["objection price", "client list", "playbook list", "export", "export --as ics"])
@each_once("closed, lang", (">/dev/full", ">&-"), LANGS)
def test_output_that_cannot_be_written_is_said(home: Path, client: str, args: str, closed: str, lang: str) -> None:
    line = f"{sys.executable} -m salescoach --lang {lang} {args} {closed}"
    done = subprocess.run(["sh", "-c", line], env=environment(home, lang), capture_output=True, text=True, check=False)

    facts = told({"why": os.strerror(errno.ENOSPC if "full" in closed else errno.EBADF)}, lang)
    assert done.returncode == 5, done.stderr
    assert done.stderr.splitlines()[0] == say("error.stdout-unwritable", lang, **facts)
    assert len(done.stderr.splitlines()) == 2


def test_a_reader_that_goes_away_is_no_trouble(home: Path, client: str) -> None:
    line = f"{sys.executable} -m salescoach export | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], env=environment(home), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_an_empty_home_is_no_home(process: Run, home: Path, client: str, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    assert client.encode() in process("--home", "", "client", "list").stdout
    assert not list((tmp_path / "here").iterdir())


@each_once(
    "answer, lang", [("y", True), ("n", False), (ENTER, False), ("否", False), ("是", True), ("xq好n", False)], LANGS
)
def test_a_confirmation_takes_one_key_in_either_language(
    at: Open, client: str, run: Run, lang: str, answer: tuple[str, bool]
) -> None:
    keys, gone = answer
    terminal = at("client", "remove", client, lang=lang, columns=40)
    terminal.sees(say("walk.keys-confirm", lang))
    terminal.presses(keys)

    assert terminal.ends() == 0
    assert "Error" not in terminal.text
    assert (client.encode() in run("client", "list").stdout) is not gone
