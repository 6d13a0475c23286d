"""What CLI.md fixes for every command: global options, environment, width, help, streams, encodings and exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from salescoach.cli.tree import COMMANDS
from salescoach.wrap import cells
from tests.program import CLIENT, Program

AMMERFELD, HECHENG = CLIENT["en"], CLIENT["zh"]
PROGRAM = [sys.executable, "-c", "from salescoach.cli import run; run()"]
FAMILIES = {
    "client": ("add", "show", "list", "edit", "rename", "merge", "remove"),
    "contact": ("add", "show", "edit", "remove"),
    "visit": ("list", "show", "edit", "cancel"),
    "promise": ("list", "add", "done", "drop"),
    "playbook": ("list", "show", "lint", "new", "edit", "schema", "gaps"),
}
#: Every command line that has help.
LINES = [[], *([name] for name in COMMANDS), *([name, one] for name, ones in FAMILIES.items() for one in ones)]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: What may be English in Chinese help: names that are typed, and words that Chinese uses as they are.
LIBRARY_WORDS = re.compile(
    r"\b(Usage|Options|Arguments|Commands|Show this|default|required|OPTIONS|ARGS|Install|COMMAND|str|int)\b(?!/)"
)


def run(*argv: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    """The program as its own process; variables given as "" are taken out of the environment."""
    merged = {name: text for name, text in {**os.environ, **env}.items() if text}
    return subprocess.run([*PROGRAM, *argv], input=stdin.encode(), capture_output=True, env=merged, timeout=60)


# Language


@pytest.mark.parametrize(
    ("env", "argv", "lang"),
    [
        ({}, [], "en"),
        ({}, ["--lang", "zh"], "zh"),
        ({}, ["--lang=zh"], "zh"),
        ({"SALESCOACH_LANG": "zh"}, [], "zh"),
        ({"SALESCOACH_LANG": "zh"}, ["--lang", "en"], "en"),
        ({"LANG": "zh_CN.UTF-8"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, [], "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "SALESCOACH_LANG": "en"}, [], "en"),
        ({"LANG": "fr_FR.UTF-8"}, [], "en"),
        ({"LANG": ""}, [], "en"),
    ],
)
def test_the_language_is_the_options_else_the_variables_else_the_locales_else_english(
    program: Program, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], argv: list[str], lang: str
) -> None:
    for name, text in env.items():
        monkeypatch.setenv(name, text)

    for words in (["--help"], ["today"], ["objection", "price"]):
        assert bool(CHINESE.search(program.ok(*argv, *words))) == (lang == "zh"), words


@pytest.mark.parametrize("where", ["--lang", "SALESCOACH_LANG"])
def test_another_language_is_wrong_usage(program: Program, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where.startswith("--"):
        ran = program("--lang", "tlh", "today")
    else:
        monkeypatch.setenv(where, "tlh")
        ran = program("today")

    assert (ran.code, ran.out) == (2, "")
    assert "tlh" in ran.err


# Folders and the day


def test_home_keeps_data_config_and_cache_under_one_folder(program: Program, tmp_path: Path, home: Path) -> None:
    program.ok("--home", str(tmp_path / "other"), "client", "add", "One Ltd")

    assert (tmp_path / "other" / "data").is_dir()
    assert program.json("client", "list")["clients"] == []
    assert len(program.json("--home", str(tmp_path / "other"), "client", "list")["clients"]) == 1


def test_the_variable_for_home_does_the_same(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESCOACH_HOME", str(tmp_path / "third"))

    program.ok("client", "add", "One Ltd")

    assert (tmp_path / "third" / "data").is_dir()


def test_today_is_fixed_by_its_variable(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.ok("client", "add", "One Ltd")
    monkeypatch.setenv("SALESCOACH_TODAY", "2027-02-28")

    assert program.json("prep", "One Ltd", "--brief", "--when", "tomorrow")["when"] == "2027-03-01"
    assert program.ok("today").startswith("Sun 28 Feb 2027")


def test_a_today_that_is_no_date_is_wrong_usage(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESCOACH_TODAY", "someday")

    ran = program("today")

    assert (ran.code, ran.out) == (2, "")
    assert "SALESCOACH_TODAY" in ran.err


def test_a_team_folder_that_is_not_there_is_a_warning(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESCOACH_PLAYBOOKS", "/nowhere/at/all")

    ran = program("objection", "price")

    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert "/nowhere/at/all" in ran.err


# Width and colour


SCREENS = [
    ["prep", AMMERFELD, "--brief"],
    ["prep", AMMERFELD, "--brief", "--deep", "--why"],
    ["objection", "price", "--style", "driver", "--deep", "--why"],
    ["objection"],
    ["client", "show", AMMERFELD],
    ["client", "list"],
    ["visit", "list"],
    ["promise", "list"],
    ["today"],
    ["playbook", "list"],
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_every_screen_fits_the_columns_in_both_languages(
    book: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    book.ok("client", "add", HECHENG)

    for words in SCREENS:
        wide = [line for line in book.ok("--lang", lang, *words).splitlines() if cells(line) > int(columns)]
        assert wide == [], words


@pytest.mark.parametrize("columns", ["", "0", "wide", "-3"])
def test_without_a_sensible_number_of_columns_it_is_80(
    book: Program, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    at_80 = book.ok("prep", AMMERFELD, "--brief")
    monkeypatch.setenv("COLUMNS", columns)

    assert book.ok("prep", AMMERFELD, "--brief") == at_80


@pytest.mark.parametrize("words", SCREENS[:4])
def test_a_terminal_shows_the_same_text_with_colour_and_without_it_where_none_is_wanted(
    book: Program, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    piped = book.ok(*words)

    assert book.ok(*words, tty=True) == piped, "NO_COLOR is set"

    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = book.ok(*words, tty=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert "\x1b[" in coloured or words == ["objection"]
    assert [line.rstrip() for line in plain.splitlines()] == [line.rstrip() for line in piped.splitlines()]


# Help


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_help_is_in_the_reps_language_and_fits(program: Program, words: list[str], lang: str) -> None:
    short, long = (program("--lang", lang, *words, option) for option in ("-h", "--help"))

    assert (short.code, short.err) == (0, "")
    assert short.out == long.out
    assert all(cells(line) <= 80 for line in short.out.splitlines())
    assert not re.search(r"\b[a-z]+\.(help-)?[a-z-]+\b(?<!\.yaml)", short.out), "a catalogue key"
    assert not words or not re.search("completion", short.out), "the library has options of its own"
    if lang == "zh":
        assert short.out.startswith("用法：")
        assert not LIBRARY_WORDS.search(short.out), LIBRARY_WORDS.search(short.out)
        described = [line for line in short.out.splitlines() if re.match(r"  \S.*\S  +\S", line)]
        assert all(CHINESE.search(line) for line in described if "、" not in line and "JSON" not in line)
    else:
        assert not CHINESE.search(short.out.replace("月底", ""))


def test_help_names_every_command(program: Program) -> None:
    out = program.ok("-h")

    assert all(re.search(rf"^  {name}  +\S", out, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_alone_shows_its_help(program: Program, family: str) -> None:
    ran = program(family)

    assert (ran.code, ran.err) == (0, "")
    assert all(re.search(rf"^  {name}  +\S", ran.out, re.MULTILINE) for name in FAMILIES[family])


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["prep"], "CLIENT"),
        (["prep", "x", "--nonsense"], "--nonsense"),
        (["nonsense"], "nonsense"),
        (["client", "nonsense"], "nonsense"),
        (["client", "add", "x", "--kind", "foo"], "company|person"),
        (["visit", "list", "--limit", "0"], "--limit"),
        (["prep", "x", "--when"], "--when"),
        (["today", "x", "y"], "x y"),
    ],
)
def test_wrong_usage_is_said_in_the_reps_language_and_names_help(program: Program, argv: list[str], named: str) -> None:
    english, chinese = (program("--lang", lang, *argv) for lang in ("en", "zh"))

    assert (english.code, chinese.code) == (2, 2)
    assert (english.out, chinese.out) == ("", "")
    assert all(named in one.err.splitlines()[0] for one in (english, chinese))
    assert all("--help" in one.err.splitlines()[1] for one in (english, chinese))
    assert CHINESE.search(chinese.err.splitlines()[0])


@pytest.mark.parametrize(
    ("argv", "english", "chinese"),
    [
        (["debreif"], "Nearest: debrief.", "最接近的：debrief。"),
        (["playbook", "shwo"], "Nearest: show.", "最接近的：show。"),
        (
            ["playbook", "nope"],
            "There is no command “nope”; there are list, show, lint, new, edit, schema, sources, gaps.",
            "没有“nope”这个命令。可用的有：list、show、lint、new、edit、schema、sources、gaps。",
        ),
    ],
)
def test_a_command_that_is_none_names_the_nearest_or_all_there_are(
    program: Program, argv: list[str], english: str, chinese: str
) -> None:
    assert english in program("--lang", "en", *argv).err.splitlines()[0]
    assert chinese in program("--lang", "zh", *argv).err.splitlines()[0]


def test_the_version_is_one_line(program: Program) -> None:
    assert re.fullmatch(r"salescoach \d+\.\d+\.\d+\n", program.ok("--version"))


# How it ends


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["today"], 0),
        (["nonsense"], 2),
        (["prep"], 2),
        (["today", "--nonsense"], 2),
        (["prep", "Nobody Inc", "--brief"], 3),
        (["debrief"], 3),
        (["client", "show", "Nobody Inc"], 3),
        (["visit", "show", "zzzz"], 3),
        (["playbook", "show", "nothing"], 3),
        (["client", "add", ""], 4),
        (["client", "add", "One Ltd", "--country", "Germany"], 4),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_exit_codes_are_those_of_the_contract(program: Program, argv: list[str], code: int, lang: str) -> None:
    ran = program("--lang", lang, *argv)

    assert ran.code == code, ran
    if code:
        assert ran.out == ""
        assert ran.err
        assert "Traceback" not in ran.err
        assert bool(CHINESE.search(ran.err)) == (lang == "zh")


def test_a_database_that_is_none_is_a_storage_error_and_stays(program: Program, home: Path) -> None:
    program.ok("client", "add", "One Ltd")
    (home / "data" / "salescoach.db").write_bytes(b"not a database at all" * 100)

    ran = program("client", "list")

    assert (ran.code, ran.out) == (5, "")
    assert "salescoach.db" in ran.err
    assert (home / "data" / "salescoach.db").read_bytes().startswith(b"not a database")


def test_a_mistake_says_what_happened_and_what_to_do_next(program: Program) -> None:
    what, *rest = program("client", "show", "Nobody Inc").err.splitlines()

    assert "Nobody Inc" in what
    assert rest[-1].startswith("hint: salescoach ")


# As a process of its own


def test_a_pipe_gets_the_document_alone_on_stdout(book: Program) -> None:
    ran = run("prep", AMMERFELD, "--answers", "-", "--json", stdin="forecast: even\n")

    assert ran.returncode == 0
    assert next(iter(json.loads(ran.stdout))) == "schema"
    assert ran.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_an_encoding_without_a_glyph_gets_a_plain_one_and_no_crash(book: Program, encoding: str) -> None:
    book.ok("client", "add", HECHENG)
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    brief = run("prep", AMMERFELD, "--brief", **env)
    clients = run("--lang", "zh", "client", "show", HECHENG, **env)

    assert (brief.returncode, clients.returncode) == (0, 0)
    assert AMMERFELD in brief.stdout.decode(encoding)
    if encoding == "gbk":
        assert HECHENG in clients.stdout.decode(encoding)


def test_a_reader_that_goes_away_is_no_error(book: Program) -> None:
    line = f'{sys.executable} -c "{PROGRAM[2]}" playbook show price | head -1'

    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, timeout=60)

    assert ran.stderr == b""
    assert len(ran.stdout.splitlines()) == 1


def test_answers_come_from_standard_input_or_a_file_alike(book: Program, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_bytes("\ufeffnotes: 带样品\n".encode())

    assert run("prep", AMMERFELD, "--answers", str(file), "--json").returncode == 0
    noted = book.json("visit", "list")["visits"][0]["visit"]["plan"]["notes"]
    assert noted == "带样品"


@pytest.mark.parametrize(
    ("name", "content"), [("absent.yaml", None), ("latin.yaml", "notes: Müller".encode("latin-1"))]
)
def test_an_answers_file_that_cannot_be_read_exits_4(
    book: Program, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    ran = book("prep", AMMERFELD, "--answers", str(tmp_path / name))

    assert (ran.code, ran.out) == (4, "")
    assert name in ran.err
