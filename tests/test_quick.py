"""The quick lane repeats what the full lane printed, to the byte, and only where nothing it depends on has changed."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import PlatformDirs

from salescoach.quick import answers, completing, places
from salescoach.records.me import Me
from salescoach.records.names import fold
from salescoach.store import FILE_NAME, open_store

#: What a run of the program is started with; with LANE set it tells on a file which lane answered.
ENTRY = """
import os, sys
from salescoach.quick import run

leave = os._exit

def told(code):
    with open(os.environ["LANE"], "w") as lane:
        lane.write(" ".join(sys.modules))
    leave(code)

os._exit = told
code = run()  # the quick lane comes back
with open(os.environ["LANE"], "w") as lane:
    lane.write(" ".join(sys.modules))
sys.exit(code)
"""
HEAVY = {"typer", "rich", "pydantic", "questionary", "prompt_toolkit", "peewee", "yaml", "msgspec", "platformdirs"}
SENTENCE = "you cost a fifth more than what we pay now"
LINES = (
    ("--version",),
    ("objection",),
    ("objection", "price"),
    ("objection", SENTENCE, "--why"),
    ("objection", "价格", "--style", "driver", "--json"),
    ("--lang", "zh", "objection", "你们比现在用的贵了两成"),
    ("guide",),
    ("guide", "seats", "--why"),
    ("prep", "--help"),
    ("--show-completion", "zsh"),
)
SCREENS = (
    {},
    {"SALESCOACH_LANG": "zh", "COLUMNS": "40"},
    {"LANG": "zh_CN.GBK", "LC_ALL": "", "PYTHONIOENCODING": "gbk", "COLUMNS": "100"},
    {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"},
    {"NO_COLOR": "", "FORCE_COLOR": "1", "TERM": "xterm-256color"},
)


class Ran:
    """A run of the program: what it wrote, how it ended, and what it had loaded."""

    def __init__(self, home: Path, *argv: str, env: dict[str, str] | None = None, **streams: int) -> None:
        lane = home / "lane"
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
        given = {**inherited, "PYTHONPATH": str(Path(__file__).parents[1]), "LANE": str(lane), **(env or {})}
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        ran = subprocess.run([sys.executable, "-c", ENTRY, *argv], env=given, timeout=60, **streams)  # type: ignore[call-overload]
        self.printed = ran.stdout, ran.stderr, ran.returncode
        self.modules = set(lane.read_text().split())

    @property
    def quick(self) -> bool:
        """The full lane was not even loaded."""
        return "salescoach.cli" not in self.modules


@pytest.fixture(autouse=True)
def own_cache(home: Path, compiled: Path) -> Path:
    """What is remembered is this test's own; what is compiled is everybody's."""
    cache = home / "cache"
    cache.unlink()
    cache.mkdir()
    (compiled / "playbooks").mkdir(exist_ok=True)
    (cache / "playbooks").symlink_to(compiled / "playbooks")
    return cache


def twice(home: Path, *argv: str, env: dict[str, str] | None = None) -> tuple[Ran, Ran]:
    return Ran(home, *argv, env=env), Ran(home, *argv, env=env)


def remembered(home: Path, *argv: str, env: dict[str, str] | None = None) -> bool:
    """Whether what was asked once is repeated, as it was, at the next time."""
    first, second = twice(home, *argv, env=env)
    assert first.printed == second.printed
    return second.quick


# the same bytes


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_what_was_asked_before_is_repeated_to_the_byte_without_the_full_lane(
    home: Path, screen: dict[str, str]
) -> None:
    Ran(home, "objection", SENTENCE)  # compiles and learns, where no test has yet
    Ran(home, "objection", "你们比现在用的贵了两成")
    at = SCREENS.index(screen)
    for line in LINES[at % 2 :: 2] if at else LINES:
        first, second = twice(home, *line, env=screen)

        assert (first.quick, second.quick) == (False, True), line
        assert first.printed == second.printed
        assert second.printed[0]
        assert second.printed[1:] == (b"", 0)
        assert not second.modules & HEAVY


def test_a_terminal_gets_its_own_colours_and_width_again(home: Path) -> None:
    def on(columns: int) -> str:
        env = {**os.environ, "LANE": str(home / "lane"), "PYTHONPATH": str(Path(__file__).parents[1])}
        env |= {"TERM": "xterm-256color", "NO_COLOR": ""}
        return str(
            pexpect.run(
                f"{sys.executable} -c '{ENTRY}' objection price --why",
                env=env,
                encoding="utf-8",
                timeout=60,
                dimensions=(50, columns),
            )
        )

    wide, narrow = on(100), on(44)

    assert wide != narrow
    assert "\x1b[" in wide
    assert (on(100), on(44)) == (wide, narrow)
    assert "salescoach.cli" not in (home / "lane").read_text().split()
    assert b"\x1b[" not in Ran(home, "objection", "price", "--why").printed[0]


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "> /dev/full", "| head -c 5"])
def test_a_stream_that_is_closed_full_or_broken_off_ends_as_in_the_full_lane(home: Path, closed: str) -> None:
    Ran(home, "guide")

    def run(program: str) -> tuple[str, int]:
        line = f"{sys.executable} -c '{program}' guide {closed}"
        ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=env, timeout=60)
        return ran.stdout + ran.stderr, ran.returncode

    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    assert run("from salescoach.quick import run; run()") == run("from salescoach.cli import run; run()")


def test_an_answer_is_the_same_on_every_day(home: Path) -> None:
    """The day is no part of a question unless it was fixed: no pure command may ask what day it is."""
    for line in (("objection", SENTENCE, "--why"), ("guide", "seats", "--json")):
        assert (
            len({Ran(home, *line, env={"SALESCOACH_TODAY": day}).printed for day in ("2026-12-01", "2031-02-03")}) == 1
        )


def test_all_that_the_full_lane_reads_of_the_environment_is_part_of_the_question(home: Path) -> None:
    spy = """
import os, sys
read, take = set(), os._Environ.__getitem__
from salescoach.cli import main
os._Environ.__getitem__ = lambda self, name: read.add(name) or take(self, name)
os._Environ.__contains__ = lambda self, name: read.add(name) or name in self._data
code = main(sys.argv[1:])
print(*read, file=sys.stderr)
"""
    looked_at = {"SALESCOACH_HOME", "HOME", "ANDROID_ROOT", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}
    never_drawn = {"SALESCOACH_DEBUG", "JUPYTER_COLUMNS", "JUPYTER_LINES", "DATABRICKS_RUNTIME_VERSION"}
    of_python = {"TMPDIR", "TEMP", "TMP", "LANGUAGE", "LC_CTYPE", "PATH", "_SALESCOACH_COMPLETE"}
    few = {name: os.environ[name] for name in ("SALESCOACH_HOME", "LANG", "COLUMNS")}  # a copy reads all that is there
    env = {**few, "PYTHONPATH": str(Path(__file__).parents[1]), "FORCE_COLOR": "1"}
    for line in (*LINES, ("objection", "price", "--json")):
        ran = subprocess.run([sys.executable, "-c", spy, *line], env=env, capture_output=True, text=True, check=True)
        libraries = ("PYTHON", "_PYTHON", "PYDANTIC", "TYPER", "_TYPER")
        names = {name for name in ran.stderr.split() if not name.startswith(libraries)}

        assert names - looked_at - never_drawn - of_python <= set(answers.ENVIRONMENT), line


# nothing that was done is lost


@pytest.mark.parametrize(
    "argv",
    [
        ("objection", "price", "--mine"),
        ("objection", "price", "--deep"),
        ("objection", "price", "--questions"),
        ("objection", "xyzzy plugh frotz"),
        ("objection", "xyzzy plugh frotz", "--json"),
        ("guide", "xyzzyplugh"),
        ("guide", "--nonsense"),
        ("today",),
        ("client", "list"),
        ("client", "add", "Acme", "--industry", "--help"),
    ],
    ids=" ".join,
)
def test_a_command_that_does_more_than_print_or_fails_is_run_every_time(home: Path, argv: tuple[str, ...]) -> None:
    Ran(home, *argv)

    assert not Ran(home, *argv).quick


def test_an_objection_for_a_client_is_worked_out_every_time(home: Path) -> None:
    Ran(home, "client", "add", "Acme")

    for argv in (("objection", "price", "--for", "Acme"), ("objection", "price", "--for=Acme")):
        assert not twice(home, *argv)[1].quick


def test_a_question_at_a_terminal_is_asked_every_time(home: Path) -> None:
    """Three choices, one key: what was chosen once is not what is meant the next time."""
    said = ("not sure about this", "bad service and no money", "not now and does it work")
    words = next(one for one in said if b'"confident": false' in Ran(home, "objection", one, "--json").printed[0])
    env = {**os.environ, "LANE": str(home / "lane"), "PYTHONPATH": str(Path(__file__).parents[1]), "TERM": "xterm"}
    for _ in range(2):
        child = pexpect.spawn(sys.executable, ["-c", ENTRY, "objection", words], env=env, encoding="utf-8", timeout=30)
        child.expect("Which one")
        child.send("1")
        child.expect(pexpect.EOF)
        assert "salescoach.cli" in (home / "lane").read_text().split()


def test_a_warning_is_said_every_time(home: Path) -> None:
    own = home / "data" / "playbooks"
    own.mkdir(parents=True)
    (own / "note.yaml").write_text("kind: card\n", encoding="utf-8")
    _, second = twice(home, "objection", "price")

    assert not second.quick
    assert b"note.yaml" in second.printed[1]


# what changes an answer


def test_a_new_company_name_stands_in_the_answer_at_once(home: Path) -> None:
    assert remembered(home, "objection", "trust")
    with open_store(home / "data") as store:
        store.me.save(Me(name="Jana", company="Morvale Seals", products=("seals",), proof_points=("No leak.",)))

    first, second = twice(home, "objection", "trust")

    assert not first.quick
    assert second.quick
    assert first.printed == second.printed


def test_a_client_that_is_added_leaves_answers_as_they_are(home: Path) -> None:
    Ran(home, "me", "--show")
    Ran(home, "client", "add", "Acme")
    assert remembered(home, "objection", "price")
    Ran(home, "client", "add", "Bolt")

    assert Ran(home, "objection", "price").quick


def test_a_playbook_of_ones_own_answers_at_once(home: Path) -> None:
    assert remembered(home, "guide", "seats-in-cars")
    own = home / "data" / "playbooks"
    own.mkdir(parents=True)
    card = next((Path(__file__).parents[1] / "playbooks").rglob("*seats-in-cars*"))
    (own / "seats.yaml").write_text(card.read_text("utf-8").replace("Seating in cars", "Where we sit"), "utf-8")

    assert b"Where we sit" in Ran(home, "guide", "seats-in-cars").printed[0]


def test_what_was_asked_before_is_repeated_whatever_becomes_of_other_kinds(home: Path) -> None:
    own = home / "data" / "playbooks"
    own.mkdir(parents=True)
    assert remembered(home, "guide", "seats-in-cars")
    price = next((Path(__file__).parents[1] / "playbooks").rglob("price.yaml")).read_text("utf-8")
    (own / "objections").mkdir()
    (own / "objections" / "a.yaml").write_text(price, "utf-8")

    assert Ran(home, "guide", "seats-in-cars").quick

    (own / "anywhere").mkdir()
    (own / "anywhere" / "a.yaml").write_text(price.replace("id: price", "id: other"), "utf-8")
    assert not Ran(home, "guide", "seats-in-cars").quick, "it may have been a card"


def question(*argv: str, env: dict[str, str] | None = None) -> answers.Question | None:
    with patch.dict(os.environ, env or {}):
        return answers.question(list(argv))


@pytest.mark.parametrize("name", answers.ENVIRONMENT)
def test_every_setting_is_part_of_the_question(name: str) -> None:
    assert question("guide", env={name: "1"}) != question("guide", env={name: "2"})


WORDS = st.lists(st.text(max_size=12), max_size=4)


@given(WORDS, WORDS)
def test_different_words_are_different_questions(one: list[str], other: list[str]) -> None:
    assert (question("guide", *one) == question("guide", *other)) == (one == other)


@given(name=st.sampled_from(answers.ENVIRONMENT), one=st.text("ab\n'\" ,"), other=st.text("ab\n'\" ,"))
def test_different_settings_are_different_questions(name: str, one: str, other: str) -> None:
    asked = question("guide", env={name: one}), question("guide", env={name: other})
    assert (asked[0] == asked[1]) == (one == other)


def test_an_answer_rests_on_every_file_in_which_playbooks_of_its_kinds_can_be(home: Path, tmp_path: Path) -> None:
    team = tmp_path / "team"
    own = home / "data" / "playbooks" / "cards"
    seen = [answers.playbooks(str(home / "data"), ["card"])]

    def changed() -> bool:
        with patch.dict(os.environ, {"SALESCOACH_PLAYBOOKS": str(team)}):
            seen.append(answers.playbooks(str(home / "data"), ["card"]))
        return len(set(seen)) == len(seen)

    assert changed(), "a team folder is named"
    for folder in (team, own):
        folder.mkdir(parents=True)
        assert folder == own or changed(), "it is there"
        file = folder / "a.yaml"
        for text in ("kind: card", "kind: cards"):
            file.write_text(text)
            assert changed(), "written"
        os.utime(file, ns=(1, 1))
        assert changed(), "of another time"
        file.rename(folder / "b.YML")
        assert changed(), "renamed"
        (folder / "c.yaml").symlink_to(folder / "b.YML")
        assert changed(), "linked to"
        (folder / ".hidden.txt").touch()
        assert not changed(), "no playbook"
        seen.pop()


def test_the_question_changes_with_the_program_and_its_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = {question("guide")}
    monkeypatch.setattr(answers, "__version__", "0.0.0")
    seen.add(question("guide"))
    libraries = tmp_path / "site-packages"
    libraries.mkdir()
    monkeypatch.setattr(sys, "path", [str(libraries), *sys.path])
    seen.add(question("guide"))
    os.utime(libraries, ns=(1, 1))
    seen.add(question("guide"))

    assert len(seen) == 4


def test_records_that_cannot_be_read_are_left_to_the_full_lane(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / FILE_NAME).write_bytes(b"no database at all" * 100)

    assert question("guide") is None


def test_too_many_files_are_left_to_the_full_lane(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salescoach.listing.MOST_FILES", 3)

    assert question("guide") is None


# what is kept


def test_an_entry_that_is_broken_or_anothers_is_no_answer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = question("guide")
    assert asked
    answers.remember(asked, (), answers.stamp(()), "text\nof 两行\r\n")
    (file,) = (home / "cache" / "answers").iterdir()
    whole = file.read_bytes()

    assert answers.recall(asked) == "text\nof 两行\r\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    file.chmod(0o620)
    assert answers.recall(asked) is None, "others may have written it"
    file.chmod(0o600)
    monkeypatch.setattr(os, "getuid", lambda: file.stat().st_uid + 1)
    assert answers.recall(asked) is None, "another user wrote it"
    monkeypatch.undo()
    assert answers.recall(asked)
    for broken in (
        whole[:-1],
        whole[:40],
        b"",
        whole.replace(b"text", b"tent"),
        b"x" + whole,
        whole.replace(b"g", b"G", 1),
    ):
        file.write_bytes(broken)
        assert answers.recall(asked) is None


def test_the_oldest_answers_go_and_a_long_one_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST", 3)
    asked = [question("guide", str(number)) for number in range(5)]
    for at, one in enumerate(asked):
        assert one
        answers.remember(one, (), answers.stamp(()), "x")
        newest = max((home / "cache" / "answers").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (at + 1e9, at + 1e9))

    assert [answers.recall(one) for one in asked if one] == [None, None, "x", "x", "x"]
    assert asked[0]
    answers.remember(asked[0], (), answers.stamp(()), "x" * (answers.LONGEST + 1))
    assert answers.recall(asked[0]) is None


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(home: Path) -> None:
    (home / "cache" / "answers").write_text("in the way")
    first, second = twice(home, "objection", "price")

    assert first.printed == second.printed
    assert first.printed[2] == 0


# the same as the full lane has it


@pytest.mark.parametrize(
    "env",
    [
        {"HOME": "/home/you"},
        {"HOME": "/home/you", "XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "relative"},
        {"HOME": "/home/you", "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": "/c"},
    ],
)
def test_the_folders_are_the_platforms_own(env: dict[str, str]) -> None:
    with patch.dict(os.environ, env, clear=True):
        dirs = PlatformDirs("salescoach", appauthor=False)
        assert places.folders(os.environ) == (dirs.user_data_dir, dirs.user_config_dir, dirs.user_cache_dir)


def test_the_records_lie_where_the_store_keeps_them() -> None:
    assert places.DATABASE == FILE_NAME


@given(st.text() | st.text("aéÖ 张 三Ａ\u0301'"))
def test_a_name_is_folded_as_the_store_folds_it(name: str) -> None:
    assert completing.folded(name) == fold(name)


# Tab


def tab(home: Path, line: str, **env: str) -> list[str]:
    given = {"_SALESCOACH_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line, **env}
    Ran(home, env=given)
    ran = Ran(home, env=given)
    assert ran.quick
    assert not ran.modules & HEAVY
    assert ran.printed[1:] == (b"", 0)
    return [row.partition("\t")[0] for row in ran.printed[0].decode().splitlines()]


def test_tab_knows_every_command_of_the_tree(home: Path) -> None:
    from salescoach.cli.tree import COMMANDS

    assert tab(home, "salescoach ") == list(COMMANDS)


def test_tab_knows_options_topics_cards_styles_and_choices(home: Path) -> None:
    assert "--mine" in tab(home, "salescoach objection price --")
    assert tab(home, "salescoach --lang zh objection pric") == ["price"]
    assert tab(home, "salescoach guide seats-in") == ["seats-in-cars"]
    assert tab(home, "salescoach objection price --style dr") == ["driver"]
    assert tab(home, "salescoach account map x --format ") == ["text", "md", "html"]
    assert tab(home, "salescoach playbook schema che") == ["checklist"]
    assert tab(home, "salescoach client add x --kind ") == ["company", "person"]
    assert tab(home, "salescoach contact add x y --stance n") == ["neutral"]
    assert tab(home, "salescoach import --as v") == ["vcard"]


def test_tab_says_in_the_reps_language_what_a_command_does(home: Path) -> None:
    given = {"_SALESCOACH_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "salescoach gui", "SALESCOACH_LANG": "zh"}

    assert "参考卡" in Ran(home, env=given).printed[0].decode()


def test_tab_finds_a_client_by_pinyin_and_says_nothing_without_records(home: Path) -> None:
    assert tab(home, "salescoach prep ") == []
    Ran(home, "client", "add", "苏州禾澄液压")

    assert tab(home, "salescoach prep su") == ["苏州禾澄液压"]
    assert tab(home, "salescoach prep szhc") == ["苏州禾澄液压"]


def test_tab_behind_a_client_finds_the_people_there_by_pinyin_and_alias(home: Path) -> None:
    Ran(home, "client", "add", "Amber", "--alias", "Bernstein")
    for person in ("王敏", "Ann Lee"):
        Ran(home, "contact", "add", "Amber", person)
    Ran(home, "client", "add", "Birch")
    Ran(home, "contact", "add", "Birch", "王明")

    assert tab(home, "salescoach contact show Amber/") == ["Amber/Ann Lee", "Amber/王敏"]
    assert tab(home, "salescoach contact show Amber/wangm") == ["Amber/王敏"]
    assert tab(home, "salescoach contact show Amber/wm") == ["Amber/王敏"]
    assert tab(home, "salescoach contact show bernstein/ann") == ["Amber/Ann Lee"]


def test_tab_takes_the_clients_of_the_book_that_the_line_names(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    Ran(home, "client", "add", "Amber")
    Ran(home, "--home", str(other), "client", "add", "Birch")

    assert tab(home, "salescoach prep ") == ["Amber"]
    assert tab(home, f"salescoach --home {other} prep ") == ["Birch"]
    assert tab(home, f"salescoach --home={other} prep ") == ["Birch"]


def test_tab_knows_the_backups_that_can_be_restored_and_leaves_files_to_the_shell(home: Path) -> None:
    assert tab(home, "salescoach restore ") == ["<files>"]
    folder = home / "data" / "backups"
    folder.mkdir(parents=True)
    for name in ("salescoach-2026-12-01-143015-asked.db", "salescoach-2026-12-02-000000-daily.db", "x.db.part"):
        (folder / name).touch()

    assert tab(home, "salescoach restore ") == [
        "salescoach-2026-12-02-000000-daily.db",
        "salescoach-2026-12-01-143015-asked.db",
    ]
    assert tab(home, "salescoach restore salescoach-2026-12-01") == ["salescoach-2026-12-01-143015-asked.db"]
    assert tab(home, "salescoach restore /st") == ["<files>"]


def test_tab_says_nothing_where_something_is_broken(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / FILE_NAME).write_bytes(b"no database at all" * 100)

    assert tab(home, "salescoach prep a") == []


@given(st.text(max_size=30))
def test_any_line_can_be_taken_apart(line: str) -> None:
    words, starts = completing.split(line)

    assert len(words) == len(starts)
    assert starts == sorted(starts)


@given(st.text("ab '\"$\\`:张", min_size=1, max_size=12), st.sampled_from(["", "'", '"']))
def test_what_is_put_on_the_line_is_read_back_as_one_word(value: str, quote: str) -> None:
    line = quote + completing._quoted(value, quote) + quote

    assert completing.split(line)[0][-1:] == [value] or quote == '"'
