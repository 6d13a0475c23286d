"""The commands about records as CLI.md fixes them: names, ids, dates, and the documents for scripts."""

import json
import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.playbook.samples import CARD, write
from tests.program import BUYER, CLIENT, USER, Program

AMMERFELD, HECHENG = CLIENT["en"], CLIENT["zh"]
SHORT_ID = r"\b[0-9a-z]{4,8}\b"


@pytest.mark.parametrize(
    ("argv", "schema", "keys"),
    [
        (["client", "list"], "clients@1", ["clients"]),
        (["client", "show", AMMERFELD], "client@1", ["client", "contacts", "promises", "last_visit", "notes"]),
        (["contact", "show", f"{AMMERFELD}/{BUYER['en']}"], "contact@1", ["client", "contact"]),
        (["visit", "list"], "visits@1", ["visits"]),
        (["promise", "list"], "promises@1", ["promises"]),
        (["note", AMMERFELD, "hello"], "note@1", ["client", "note"]),
        (["promise", "add", AMMERFELD, "hello"], "promise@1", ["client", "promise"]),
        (["client", "add", "New Ltd"], "client@1", ["client"]),
        (["contact", "add", AMMERFELD, "New Man"], "contact@1", ["client", "contact"]),
        (["playbook", "list"], "playbooks@1", ["playbooks"]),
        (["playbook", "show", "price"], "playbook@1", ["kind", "id", "version", "title", "playbook"]),
        (["playbook", "lint"], "lint@1", ["findings"]),
    ],
)
def test_every_document_begins_with_its_schema(book: Program, argv: list[str], schema: str, keys: list[str]) -> None:
    found = book.json(*argv)

    assert found["schema"] == f"salescoach/{schema}"
    assert set(keys) <= set(found)


def test_json_keys_are_snake_case_and_dates_are_iso(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--when", "next tue", "--answers", "-")
    documents = [book.json("client", "show", AMMERFELD), book.json("visit", "list"), book.json("promise", "list")]

    def keys(found: object) -> set[str]:
        if isinstance(found, list):
            return {key for one in found for key in keys(one)}
        if not isinstance(found, dict):
            return set()
        # keys of these maps are ids of the field, not names of ours
        inner = [one for name, one in found.items() if name not in ("playbooks", "checklist", "listening", "taboos")]
        return set(found) | {key for one in inner for key in keys(one)}

    names = {key for one in documents for key in keys(one)}
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names), names
    text = json.dumps(documents)
    assert '"when": "2026-12-08"' in text
    assert '"by": "2026-11-20"' in text


# Names


def test_a_name_is_found_exactly_by_alias_by_its_beginning_and_roughly(program: Program) -> None:
    program.ok("client", "add", AMMERFELD, "--alias", "AH")
    program.ok("client", "add", "Brandt & Söhne")

    for said in (AMMERFELD, "AH", "ah", "ammer", "Ammerfeld Hydraulic", "ＡＭＭＥＲＦＥＬＤ hydraulik"):
        assert program.json("client", "show", said)["client"]["name"] == AMMERFELD, said


@pytest.mark.parametrize("said", [HECHENG, "苏州", "suzhouhecheng", "suzhou", "SuZhou He Cheng"])
def test_a_chinese_name_is_found_by_pinyin(program: Program, said: str) -> None:
    program.ok("client", "add", HECHENG)
    program.ok("contact", "add", HECHENG, "王敏")

    assert program.json("client", "show", said)["client"]["name"] == HECHENG
    assert program.json("contact", "show", f"{said}/wangmin")["contact"]["name"] == "王敏"


def test_several_clients_exit_3_with_the_nearest_three(program: Program) -> None:
    for place in ("Nord", "Ost", "Süd", "West"):
        program.ok("client", "add", f"Kessler {place}")

    ran = program("client", "show", "kessler")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("Kessler ") == 3


def test_a_name_and_what_it_needs_is_all_that_adding_takes(program: Program) -> None:
    program.ok("client", "add", "One Ltd")
    program.ok("contact", "add", "One Ltd", "Ann")

    assert program.json("client", "show", "One Ltd")["contacts"][0]["name"] == "Ann"


def test_the_one_that_is_meant_is_named(book: Program) -> None:
    assert AMMERFELD in book.ok("note", "ammer", "hello")


# Ids


def test_promises_are_shown_with_short_ids_that_close_them(book: Program) -> None:
    row = next(line for line in book.ok("promise", "list").splitlines() if "send the test" in line)
    short = row.split()[0]
    assert re.fullmatch(SHORT_ID, short)

    book.ok("promise", "done", short)

    assert "send the test" not in book.ok("promise", "list")
    closed = next(
        one["promise"] for one in book.json("promise", "list", "--all")["promises"] if one["promise"]["state"] == "done"
    )
    assert closed["id"].lower().endswith(short.lower()) or closed["id"].lower().startswith(short.lower())
    assert closed["closed_on"] == "2026-12-01"


def test_a_full_id_works_too_and_an_unknown_one_exits_3(book: Program) -> None:
    full = book.json("promise", "list")["promises"][0]["promise"]["id"]

    assert len(full) == 26
    book.ok("promise", "drop", full)
    assert book("promise", "drop", "zzzz").code == 3


def test_an_id_from_the_list_shows_a_visit(book: Program) -> None:
    short = book.ok("visit", "list").split()[0]

    assert book.json("visit", "show", short)["visit"]["when"] == "2026-11-12"


def test_a_visit_that_is_cancelled_asks_for_nothing_any_more(book: Program) -> None:
    made = book.json("prep", AMMERFELD, "--answers", "-")
    assert made["when"] == "2026-12-01"
    short = book.ok("visit", "list").split()[0]

    book.ok("visit", "cancel", short)

    assert book.json("today")["debrief"] == []
    assert book("debrief", "--answers", "-").code == 3


# Promises and notes


@pytest.mark.parametrize(
    ("said", "meant"), [("fri", "2026-12-04"), ("月底", "2026-12-31"), ("in 2 weeks", "2026-12-15")]
)
def test_a_promise_takes_any_form_of_a_date_and_echoes_it(program: Program, said: str, meant: str) -> None:
    program.ok("client", "add", "One Ltd")

    found = program.json("promise", "add", "One Ltd", "send a quote", "--by", said)

    assert found["promise"]["by"] == meant
    assert found["promise"]["owner"] == "ours"


def test_a_note_is_dated_today(book: Program) -> None:
    book.ok("note", AMMERFELD, "plant", "closes", "in", "August")

    assert book.json("client", "show", AMMERFELD)["notes"][0] | {"id": "", "client_id": ""} == {
        "id": "", "client_id": "", "on": "2026-12-01", "text": "plant closes in August",
    }  # fmt: skip


# Changing and removing


def test_a_renamed_client_answers_to_both_names(book: Program) -> None:
    book.ok("client", "rename", AMMERFELD, "Ammerfeld SE")

    assert book.json("client", "show", AMMERFELD)["client"]["name"] == "Ammerfeld SE"


def test_merging_moves_everything(book: Program) -> None:
    book.ok("client", "add", "Ammerfeld Twin")
    book.ok("note", "Ammerfeld Twin", "moved")

    book.ok("client", "merge", "Ammerfeld Twin", AMMERFELD)

    found = book.json("client", "show", AMMERFELD)
    assert [one["text"] for one in found["notes"]] == ["moved"]
    assert len(book.json("client", "list")["clients"]) == 1


def test_removing_without_a_terminal_wants_yes(book: Program) -> None:
    assert book("client", "remove", AMMERFELD).code == 2
    assert book.json("client", "list")["clients"]

    book.ok("client", "remove", AMMERFELD, "--yes")

    assert book.json("client", "list")["clients"] == []


def test_edit_opens_yaml_in_the_editor_and_checks_it_before_saving(
    book: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"

    def edit(old: str, new: str) -> int:
        script.write_text(
            "import pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
            f"t = p.read_text('utf-8')\nassert {old!r} in t, t\np.write_text(t.replace({old!r}, {new!r}), 'utf-8')\n"
        )
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
        return book("client", "edit", AMMERFELD).code

    assert edit("stage: early", "stage: stable") == 0
    assert book.json("client", "show", AMMERFELD)["client"]["stage"] == "stable"
    assert edit("stage: stable", "stage: dreaming") == 4
    assert book.json("client", "show", AMMERFELD)["client"]["stage"] == "stable"


# Playbooks


def test_lint_gives_a_line_a_finding_and_exits_4_on_an_error(program: Program, tmp_path: Path) -> None:
    broken = write(tmp_path, "mine.yaml", re.sub("version: .+", "version: one", CARD))
    place = f":{CARD[: CARD.index('version:')].count(chr(10)) + 1}:10"

    ran = program("playbook", "lint", str(broken))

    assert ran.code == 4
    first = ran.out.splitlines()[0]
    assert re.fullmatch(rf".+mine\.yaml{place}: PB\d{{3}} .+ · .+", first), first
    found = program.json("playbook", "lint", str(broken), code=4)["findings"]
    assert found[0]["code"] in first


def test_the_built_in_playbooks_pass_lint(program: Program) -> None:
    assert program.json("playbook", "lint")["errors"] == 0


def test_a_personal_playbook_wins_over_the_teams_and_the_teams_over_the_built_in_one(
    program: Program, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Path(program.json("playbook", "show", "price")["path"]).read_text("utf-8")

    def put(folder: Path, said: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        title = f"{{en: {said}, zh: {said}}}"
        (folder / "price.yaml").write_text(re.sub(r"^title:.*(\n +.*)*", f"title: {title}", text, flags=re.M), "utf-8")

    teams = [tmp_path / "one", tmp_path / "two"]
    for folder in teams:
        put(folder, f"Team {folder.name}")
    monkeypatch.setenv("SALESCOACH_PLAYBOOKS", os.pathsep.join(map(str, teams)))
    assert program.json("objection", "price")["matches"][0]["title"] == "Team two"

    put(home / "data" / "playbooks", "Mine")

    assert program.json("objection", "price")["matches"][0]["title"] == "Mine"


def test_a_broken_playbook_of_ones_own_is_one_warning_and_the_built_in_one_answers(
    program: Program, home: Path
) -> None:
    folder = home / "data" / "playbooks"
    folder.mkdir(parents=True)
    (folder / "price.yaml").write_text("kind: objection\nid: price\nnonsense: 1\n", encoding="utf-8")

    ran = program("objection", "price", "--json")

    assert ran.code == 0
    assert json.loads(ran.out)["answer"]["topic"] == "price"
    assert len(ran.err.splitlines()) == 1
    assert re.search(r"price\.yaml:\d+:\d+: ", ran.err)


def test_people_of_both_scripts_fit_the_list(book: Program) -> None:
    book.ok("client", "add", HECHENG)

    assert HECHENG in book.ok("client", "list")
    assert USER["en"] in book.ok("client", "show", AMMERFELD)
