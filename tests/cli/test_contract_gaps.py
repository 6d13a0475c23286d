"""What nothing fitted is kept without a word; `salescoach playbook gaps` lists it, adopts it or forgets it."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.cli.context import Session
from salescoach.cli.gaps import keep
from salescoach.language import say
from salescoach.playbook.check import validate
from salescoach.playbook.yaml_text import read_file
from salescoach.records.sentences import LONGEST
from salescoach.settings import Settings
from salescoach.wrap import cells
from tests.program import Program

LANGS = ("en", "zh")
COFFEE, WEATHER = "the coffee in Vienna tastes of squirrels", "今天天气怎么样"
PROGRAM = [sys.executable, "-c", "from salescoach.cli import run; run()"]
MODULES = "import sys\nfrom salescoach.cli import main\nmain(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)"


def gaps(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.json("playbook", "gaps")["gaps"]
    return found


def database(home: Path) -> Path:
    return home / "data" / "salescoach.db"


def modules(*argv: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", MODULES, *argv], capture_output=True, encoding="utf-8", timeout=60)
    return set(ran.stderr.split())


@pytest.fixture
def heard(program: Program) -> Program:
    """A book in which two sentences wait: one said twice."""
    for words in (WEATHER, COFFEE, COFFEE.upper()):
        assert program("objection", words).code == 3
    return program


# Keeping


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("words", [COFFEE, WEATHER])
def test_a_sentence_that_nothing_fits_is_kept_and_the_answer_is_as_before(
    program: Program, words: str, options: list[str]
) -> None:
    first, again = program("objection", words, *options), program("objection", words, *options)

    assert (first.code, first.out, first.err) == (again.code, again.out, again.err)
    assert first.code == 3
    assert bool(first.out) == bool(options)
    assert [(one["said"], one["times"], one["on"]) for one in gaps(program)] == [(words, 2, "2026-12-01")]


@pytest.mark.parametrize("words", ["qqqq", "??", "太怪了", "x " * 300, "\x1b[31m two words", "\ud800 two words", ""])
def test_what_no_customer_says_is_not_kept_and_makes_no_database(program: Program, home: Path, words: str) -> None:
    program("objection", words)

    assert not database(home).exists()


def test_a_sentence_that_fits_is_not_kept_and_loads_no_database(program: Program, home: Path) -> None:
    program.ok("objection", "you are too expensive")

    assert not database(home).exists()
    assert modules("objection", "you are too expensive") & {"peewee", "salescoach.cli.gaps", "ulid"} == set()


def test_words_that_are_no_sentence_load_no_database_either(program: Program) -> None:
    assert "peewee" not in modules("objection", "qqqq")


@pytest.fixture
def locked(heard: Program, home: Path) -> Any:
    """Another program is writing."""
    with closing(sqlite3.connect(database(home), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield heard
        other.execute("ROLLBACK")


def test_a_database_that_is_locked_changes_nothing_but_the_list(locked: Program) -> None:
    ran = locked("objection", "the moon is made of cheese")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == say("error.no-objection", "en", words="the moon is made of cheese")
    assert len(ran.err.splitlines()) == 3


@pytest.mark.parametrize("content", [b"Dear diary, " * 400, b"\xff" * 5000])
def test_a_file_that_is_no_database_changes_nothing_and_stays(program: Program, home: Path, content: bytes) -> None:
    expected = program("objection", COFFEE)
    database(home).write_bytes(content)
    for name in ("salescoach.db-wal", "salescoach.db-shm"):
        (home / "data" / name).unlink(missing_ok=True)
    ran = program("objection", COFFEE)

    assert (ran.code, ran.out, ran.err) == (expected.code, expected.out, expected.err)
    assert database(home).read_bytes() == content


def test_a_folder_that_cannot_be_written_changes_nothing(program: Program, home: Path) -> None:
    expected = program("objection", COFFEE)
    (home / "data" / "salescoach.db").unlink()
    for rest in (home / "data").iterdir():
        rest.unlink()
    (home / "data").rmdir()
    (home / "data").write_text("in the way")
    try:
        ran = program("objection", COFFEE)
    finally:
        (home / "data").unlink()

    assert (ran.code, ran.out, ran.err) == (expected.code, expected.out, expected.err)


def test_a_full_disk_changes_nothing_and_leaves_no_empty_book_behind(program: Program, home: Path) -> None:
    program("objection", "price")
    ran = subprocess.run(
        [*PROGRAM, "objection", COFFEE],
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )

    assert (ran.returncode, ran.stdout) == (3, b"")
    assert ran.stderr.decode().startswith(say("error.no-objection", "en", words=COFFEE))
    assert b"Traceback" not in ran.stderr
    assert not (home / "data").exists()


def a_session(folder: Path) -> Session:
    where = {"data": folder / "data", "config": folder, "cache": folder / "cache"}
    return Session(Settings(lang="en", team_playbooks=(), today=date(2026, 12, 1), no_input=True, **where))


ANYTHING = st.text(st.characters(), max_size=400) | st.text(st.characters(categories=("Cs", "Cc", "Cf", "Lo", "Zs")))
SPEECH = st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12), max_size=30).map(
    " ".join
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING | SPEECH)
def test_no_words_whatever_make_keeping_fail_and_what_is_kept_is_bounded(tmp_path: Path, words: str) -> None:
    kept = keep(a_session(tmp_path), words)

    assert kept is None or (0 < len(kept.said) <= LONGEST and len(kept.said) <= len(words))


# The list


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_book_says_so_and_is_not_made(program: Program, home: Path, lang: str) -> None:
    assert program.ok("--lang", lang, "playbook", "gaps").strip() == say("gaps.none", lang)
    assert gaps(program) == []
    assert not database(home).exists()


def test_the_document_has_the_keys_of_the_contract_the_most_frequent_first(heard: Program) -> None:
    document = heard.json("playbook", "gaps")

    assert document["schema"] == "salescoach/gaps@1"
    assert list(document) == ["schema", "gaps"]
    assert all(set(one) == {"id", "said", "times", "on", "nearest"} for one in document["gaps"])
    assert [(one["said"], one["times"]) for one in document["gaps"]] == [(COFFEE, 2), (WEATHER, 1)]
    for one in document["gaps"]:
        assert one["nearest"] == [
            match["topic"] for match in heard.json("objection", one["said"], code=3)["matches"][:3]
        ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("columns", ["80", "40"])
def test_a_row_says_id_day_times_sentence_and_nearest_topic_and_fits(
    heard: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str
) -> None:
    heard("objection", "how many llamas " * 18)
    monkeypatch.setenv("COLUMNS", columns)
    first = gaps(heard)[0]
    out = heard.ok("--lang", lang, "playbook", "gaps")

    text = "".join(out.split())
    for part in (first["id"][-6:].lower(), COFFEE, first["nearest"][0], "2026", say("gaps.todo", lang)):
        assert "".join(part.split()) in text
    assert all(cells(line) <= int(columns) for line in out.splitlines())


def test_an_id_alone_shows_that_one(heard: Program) -> None:
    _, second = gaps(heard)

    assert heard.json("playbook", "gaps", second["id"][-6:])["gaps"] == [second]


# What becomes of them


@pytest.mark.unmeasured  # learns all phrasings afresh, as tests of the coach do
@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.torture), "zh"])
def test_one_that_is_adopted_is_a_phrasing_from_then_on_and_leaves_the_list(
    heard: Program, home: Path, lang: str
) -> None:
    first, second = gaps(heard)
    document = heard.json("--lang", lang, "playbook", "gaps", first["id"], "--topic", "价格")

    path = home / "data" / "playbooks" / "phrasings" / "heard.yaml"
    assert document == {
        "schema": "salescoach/gap@1",
        "id": first["id"],
        "said": COFFEE,
        "topic": "price",
        "path": str(path),
    }
    assert validate(read_file(path)).topics == {"price": {"en": (COFFEE,)}}  # type: ignore[union-attr]
    assert gaps(heard) == [second]
    found = heard("objection", COFFEE.title(), "--json")
    assert (found.code, found.err) == (0, ""), "nothing is left to be learned"
    assert json.loads(found.out)["matches"][0] == {"topic": "price", "title": "Price", "score": 1.0}
    assert heard.ok("playbook", "lint")


@pytest.mark.torture
def test_what_is_like_an_adopted_sentence_is_understood_too(heard: Program) -> None:
    # the topic of the test above: what is learned there need not be learned again
    ran = heard("playbook", "gaps", gaps(heard)[0]["id"], "--topic", "price")

    assert ran.code == 0
    assert COFFEE in ran.out
    assert heard.json("objection", "coffee in vienna tastes of squirrels")["matches"][0]["topic"] == "price"


def test_one_that_is_dropped_leaves_the_list_and_writes_nothing(heard: Program, home: Path) -> None:
    first, second = gaps(heard)

    assert COFFEE in heard.ok("playbook", "gaps", first["id"][-6:].lower(), "--drop")
    assert gaps(heard) == [second]
    assert heard.json("playbook", "gaps", second["id"], "--drop")["topic"] is None
    assert gaps(heard) == []
    assert not (home / "data" / "playbooks").exists()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("options", "code", "key"),
    [
        (["--drop"], 2, "gap-id-needed"),
        (["--topic", "price"], 2, "gap-id-needed"),
        (["ID", "--topic", "price", "--drop"], 2, "gap-topic-or-drop"),
        (["ID", "--topic", "prise"], 3, "topic-not-found"),
        (["ID", "--topic", ""], 3, "topic-not-found"),
        (["zzzzzz"], 3, "unmatched-id-unknown"),
        (["zzzzzz", "--drop"], 3, "unmatched-id-unknown"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    heard: Program, lang: str, options: list[str], code: int, key: str
) -> None:
    before = gaps(heard)
    given_id = [before[0]["id"] if one == "ID" else one for one in options]
    ran = heard("--lang", lang, "playbook", "gaps", *given_id)

    facts = {"name": options[-1], "given": options[0]}
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.splitlines()[0] == say(f"error.{key}", lang, **facts)
    assert gaps(heard) == before


def test_an_id_where_there_is_no_book_is_not_found_and_makes_none(program: Program, home: Path) -> None:
    assert program("playbook", "gaps", "zzzzzz", "--drop").code == 3
    assert not database(home).exists()


def test_a_broken_file_of_phrasings_keeps_the_sentence_on_the_list(heard: Program, home: Path) -> None:
    path = home / "data" / "playbooks" / "phrasings" / "heard.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("kind: phrasings\n", encoding="utf-8")
    ran = heard("playbook", "gaps", gaps(heard)[0]["id"], "--topic", "price")

    assert (ran.code, ran.out) == (4, "")
    assert str(path) in ran.err
    assert path.read_text("utf-8") == "kind: phrasings\n"
    assert len(gaps(heard)) == 2


# The kind


@pytest.mark.torture
def test_a_new_file_of_phrasings_holds_and_its_sentences_are_known(program: Program) -> None:
    path = Path(program.ok("playbook", "new", "phrasings", "more").splitlines()[0])

    assert program("playbook", "lint", str(path)).code == 0
    assert program.json("objection", "we have seen it for half of that.")["matches"][0] == {
        "topic": "price", "title": "Price", "score": 1.0,
    }  # fmt: skip
    assert "We have seen it for half of that." in program.ok("playbook", "show", "more")
    assert "topics" in json.loads(program.ok("playbook", "schema", "phrasings"))["properties"]


@pytest.mark.torture
def test_a_phrasing_of_a_topic_that_there_is_not_is_an_error_of_the_file_alone(program: Program) -> None:
    path = Path(program.ok("playbook", "new", "phrasings", "more").splitlines()[0])
    path.write_text(path.read_text("utf-8").replace("price:", "prise:"), encoding="utf-8")

    ran = program("playbook", "lint", str(path))
    assert (ran.code, "PB020" in ran.out, "prise" in ran.out) == (4, True, True)
    assert program("objection", "we have seen it for half of that.", "--json").code == 0, "the rest is learned"
