"""`salescoach practice` as CLI.md fixes it: the cases of the sources, worked one at a time."""

from typing import Any

import pytest
import yaml

from salescoach.wrap import cells
from tests.program import CLIENT, Program

AMMERFELD = CLIENT["en"]
KEYS = [
    "schema", "case", "title", "situation", "ask", "because", "holds", "mistakes", "model", "hit", "answer", "last",
]  # fmt: skip
BEGGED = "summary: They think.\ntaboos: {pleaded: yes, contempt: no}\nnext_date: fri\n"


def case(program: Program, *args: str, stdin: str = "") -> dict[str, Any]:
    return program.json("practice", *args, stdin=stdin)


def test_the_document_has_the_keys_of_the_contract(program: Program) -> None:
    found = case(program, "typhoon")

    assert list(found) == KEYS
    assert (found["schema"], found["case"], found["hit"]) == ("salescoach/practice@1", "typhoon", None)
    for part in ("holds", "mistakes", "model"):
        assert found[part]
        assert all(list(line) == ["id", "text", "source"] for line in found[part])


def test_every_case_has_the_same_ids_in_both_languages(program: Program) -> None:
    english, chinese = (program.json("--lang", lang, "practice", "typhoon") for lang in ("en", "zh"))

    for part in ("holds", "mistakes", "model"):
        assert [line["id"] for line in english[part]] == [line["id"] for line in chinese[part]]
    assert english["situation"] != chinese["situation"]


def test_answers_from_a_file_are_kept_and_held_against_the_points(program: Program) -> None:
    done = case(program, "typhoon", "--answers", "-", stdin="answer: Go there.\nhit: [there, knew]\n")

    assert done["hit"] == ["typhoon.knew", "typhoon.there"]
    assert (done["answer"], done["last"]) == ("Go there.", None)
    again = case(program, "typhoon")
    assert (again["hit"], again["last"]) == (None, {"on": "2026-12-01", "hit": 2, "of": 6})
    (listed,) = [one for one in program.json("practice", "--list")["cases"] if one["last"]]
    assert (listed["case"], listed["hit"], listed["of"], listed["times"]) == ("typhoon", 2, 6, 1)
    assert "2026-12-01  2/6" in program.ok("practice", "--list")


def test_the_sheet_says_what_was_there_and_what_is_missing(program: Program) -> None:
    text = program.ok("practice", "typhoon", "--answers", "-", stdin="answer: Go there.\nhit: [there]\n")

    assert "1 of 6" in text
    assert "Go there." in text
    assert text.index("in person") < text.index("Missing") < text.index("again after being ignored")


@pytest.mark.parametrize("stdin", ["hit: [gone]", "mood: fine", "hit: 3\nanswer: {}"])
def test_answers_that_do_not_hold_are_refused_and_nothing_is_kept(program: Program, stdin: str) -> None:
    assert program("practice", "typhoon", "--answers", "-", stdin=stdin).code == 4
    assert all(one["last"] is None for one in program.json("practice", "--list")["cases"])


def test_without_a_terminal_and_without_answers_it_says_how(program: Program) -> None:
    ran = program("practice")

    assert ran.code == 2
    assert "--answers" in ran.err


def test_the_file_to_fill_in_can_be_sent_back_as_it_is(program: Program) -> None:
    form = program.ok("practice", "typhoon", "--questions")

    assert yaml.safe_load(form) == {"answer": None, "hit": None}
    assert "Taizhou" in form
    assert case(program, "typhoon", "--answers", "-", stdin=form)["hit"] == []


def test_an_unknown_case_names_the_nearest(program: Program) -> None:
    ran = program("practice", "thyphon")

    assert ran.code == 3
    assert "typhoon" in ran.err


def test_part_of_a_name_is_enough_where_it_is_the_only_one(program: Program) -> None:
    assert case(program, "Zhang")["case"] == "xiao-zhang"


def test_without_a_debrief_a_case_is_chosen_and_today_names_none(program: Program) -> None:
    program.ok("client", "add", "Acme")

    assert [one["id"] for one in case(program)["because"]] == ["because-never"]
    assert program.json("today")["practise"] is None


def test_what_debriefs_show_is_practised_next_and_said_in_today(program: Program) -> None:
    program.ok("client", "add", "Acme")
    for day in ("2026-11-20", "2026-11-24", "2026-11-26"):
        program.ok("debrief", "Acme", "--when", day, "--answers", "-", stdin=BEGGED)

    found = case(program)

    (listed,) = [one for one in program.json("practice", "--list")["cases"] if one["case"] == found["case"]]
    assert found["because"]
    assert {one["id"].removeprefix("because-") for one in found["because"]} <= set(listed["trains"])
    assert all(one["text"].startswith("3 × in your debriefs") for one in found["because"])
    told = program.json("today")["practise"]
    assert (told["case"], told["command"]) == (found["case"], f"salescoach practice {found['case']}")
    assert told["command"] in program.ok("today")
    case(program, found["case"], "--answers", "-", stdin="answer: Next time.")
    assert case(program)["case"] != found["case"], "worked now; another one is next"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 40])
def test_every_case_fits_the_screen(program: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ids = [one["case"] for one in program.json("practice", "--list")["cases"]]
    texts = [program.ok("--lang", lang, "practice", id_, "--show") for id_ in ids[::6]]
    texts.append(program.ok("--lang", lang, "practice", "--list"))

    assert all(cells(line) <= columns for text in texts for line in text.splitlines())


def test_a_team_can_add_a_case_of_its_own(program: Program) -> None:
    program.ok("playbook", "new", "scenario", "double-price")

    found = case(program, "double-price")

    assert [one["id"] for one in found["holds"]] == ["double-price.pause", "double-price.compared"]
