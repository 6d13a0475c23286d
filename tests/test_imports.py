"""What a command does not need it does not load: the modules of whole runs of the program, listed.

A library that slips into a module's top costs every start of the program, and nobody notices one at a time.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = "Ammerfeld Hydraulik"
PROBE = """
import sys
from salescoach.cli import main
code = main(sys.argv[1:])
print("modules:", *{name.partition(".")[0] for name in sys.modules}, *sys.modules, file=sys.stderr)
sys.exit(code)
"""

#: Libraries for asking, drawing, keeping, reading and spelling: each is for some commands alone.
ASKING = {"questionary", "prompt_toolkit"}
KEEPING = {"peewee", "playhouse", "ulid"}
READING = {"yaml"}
SPELLING = {"pypinyin", "rapidfuzz"}
DRAWING = {"jinja2", "rich.table", "rich.markdown", "pygments"}
EVERYTHING = ASKING | KEEPING | READING | SPELLING | DRAWING


def loaded(*argv: str) -> set[str]:
    """The modules that a run of the program, which must end well, had loaded at its end."""
    env = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    line = [sys.executable, "-c", PROBE, *argv]
    ran = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=env, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.rpartition("modules:")[2].split())


@pytest.fixture
def book(home: Path) -> Path:
    """A home with a client in it, and the playbooks compiled."""
    loaded("client", "add", CLIENT)
    loaded("prep", CLIENT, "--brief", "--json")
    return home


@pytest.mark.parametrize("argv", [["--version"], ["--help"], ["--lang", "zh", "--help"]])
def test_version_and_help_load_no_library_and_no_command(argv: list[str]) -> None:
    modules = loaded(*argv)

    assert modules & EVERYTHING == set()
    assert modules & {"salescoach.cli.prep", "salescoach.playbook.models", "salescoach.records.models"} == set()


@pytest.mark.parametrize("command", ["prep", "debrief", "objection", "client", "crisis", "playbook"])
def test_help_on_a_command_loads_neither_what_asks_nor_what_keeps(command: str) -> None:
    assert loaded(command, "--help") & (ASKING | KEEPING | READING | SPELLING) == set()


def test_an_objection_by_topic_before_there_are_records_loads_nothing_but_its_answer(home: Path) -> None:
    loaded("objection", "price")

    modules = loaded("objection", "price")

    assert modules & EVERYTHING == set()
    assert modules & {"salescoach.store.tables", "salescoach.coach.debrief", "salescoach.coach.prep"} == set()


def test_an_objection_by_topic_with_a_book_opens_no_database_library(book: Path) -> None:
    assert loaded("objection", "price") & EVERYTHING == set()


def test_an_objection_in_the_customers_words_loads_no_yaml_once_the_playbooks_are_compiled(home: Path) -> None:
    words = "you cost a fifth more than what we pay now"
    loaded("objection", words)

    assert loaded("objection", words) & EVERYTHING == set()


def test_a_personal_playbook_is_read_once_and_not_again(home: Path) -> None:
    own = home / "data" / "playbooks"
    own.mkdir(parents=True)
    (own / "note.yaml").write_text("kind: card\n", encoding="utf-8")  # broken: a warning, at every run
    loaded("objection", "price")

    assert loaded("objection", "price") & READING == set()


def test_a_brief_as_json_loads_nothing_that_asks_draws_reads_or_spells(book: Path) -> None:
    modules = loaded("prep", CLIENT, "--brief", "--json")

    assert modules & (ASKING | READING | SPELLING | DRAWING | {"rich.text", "rich.console"}) == set()
    assert "ulid" not in modules, "nothing is saved, so nothing needs an id"


def test_a_brief_for_eyes_loads_nothing_that_asks_reads_or_spells(book: Path) -> None:
    assert loaded("prep", CLIENT, "--brief") & (ASKING | READING | SPELLING) == set()


def test_the_list_of_clients_loads_nothing_that_asks_reads_or_spells(book: Path) -> None:
    assert loaded("client", "list") & (ASKING | READING | SPELLING) == set()


def test_a_latin_name_is_saved_without_the_pinyin_dictionary(home: Path) -> None:
    assert "pypinyin" not in loaded("client", "add", CLIENT)
    assert "pypinyin" in loaded("client", "add", "苏州禾澄液压")


def test_a_walk_from_an_answers_file_loads_nothing_that_asks(book: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("forecast: even\n", encoding="utf-8")

    assert loaded("prep", CLIENT, "--answers", str(answers)) & (ASKING | SPELLING) == set()


#: What every full run loads beside the standard library: the command line's library, and what that one loads itself.
ALWAYS = {"typer", "annotated_doc", "shellingham", "salescoach"}
DRAWN, KEPT = {"msgspec", "typing_extensions", "rich"}, {"msgspec", "typing_extensions", "peewee"}
#: Command line → how many modules of ours it may load, and which libraries beside `ALWAYS`. Raise one only with a reason.
BUDGETS: dict[tuple[str, ...], tuple[int, set[str]]] = {
    ("--version",): (17, set()),
    ("objection", "price"): (52, DRAWN),
    ("guide", "seats"): (48, DRAWN),
    ("style", "loud"): (54, DRAWN),
    ("client", "list"): (58, KEPT),
    ("promise", "list"): (61, KEPT),
    ("visit", "list"): (73, KEPT),
    ("care",): (75, KEPT | DRAWN),
    ("review",): (73, KEPT | DRAWN),
    ("today",): (84, KEPT | DRAWN),
    ("prep", CLIENT, "--brief"): (92, KEPT | DRAWN),
    ("client", "show", CLIENT): (87, KEPT | DRAWN),
    ("debrief", CLIENT, "--questions"): (102, KEPT | {"ulid"}),  # an unplanned visit has an id
}


@pytest.mark.parametrize("argv", BUDGETS, ids=" ".join)
def test_a_command_keeps_to_its_budget_of_modules(book: Path, argv: tuple[str, ...]) -> None:
    most, libraries = BUDGETS[argv]
    loaded(*argv)

    modules = loaded(*argv)

    ours = {name for name in modules if name.startswith("salescoach")}
    foreign = {name for name in modules if not re.search(r"^_|\.", name)} - set(sys.stdlib_module_names) - ALWAYS
    assert foreign <= libraries
    assert len(ours) <= most


def test_the_quick_lane_loads_five_modules_of_ours_and_two_of_pythons(home: Path) -> None:
    def modules(start: str) -> set[str]:
        probe = PROBE.replace("from salescoach.cli import main\ncode = main(sys.argv[1:])", start)
        env = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
        ran = subprocess.run(
            [sys.executable, "-c", probe, "guide"], env=env, capture_output=True, text=True, check=True
        )
        return set(ran.stderr.rpartition("modules:")[2].split())

    loaded("guide")
    first = "from salescoach.quick import run\ncode = run()"
    modules(first)

    more = modules(first) - modules("code = 0")
    ours = {"salescoach", "salescoach.listing", *(f"salescoach.quick{one}" for one in ("", ".answers", ".places"))}
    assert more == {*ours, "_blake2", "zlib"}
