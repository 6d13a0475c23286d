"""`salescoach crisis`: a record from its first minute, told, handed over, looked back at and closed."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.program import CLIENT, Program

AMMERFELD = CLIENT["en"]
PLAN = """\
began: "14:05"
who_leads: Jana Brandt
what_happened: Three seal kits of batch 88 leak.
who_caused: preventable
first_actions:
  - {what: Stop the lorry, who: Karl Dorn, by: 2026-11-30}
  - {what: Take two good kits along, who: Jana Brandt, by: 2026-12-02}
audiences:
  - {audience: client, what: “We know and are checking.”, who: Jana Brandt, channel: phone, by: 2026-12-01}
"""
REVIEW = """\
f_fast: 4
f_face: 2
kept: The call at five every day.
prevent:
  - {what: A carrier with a night slot, who: Tom Ferris, by: 2026-12-31}
"""


@pytest.fixture
def open_one(book: Program) -> Program:
    """A home with a product crisis of the client."""
    book.ok("crisis", "product", "--for", AMMERFELD, "--answers", "-", stdin=PLAN)
    return book


def listed(program: Program) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.json("crisis", "--list")["crises"]
    return found


def exported(program: Program, path: Path, *words: str) -> dict[str, Any]:
    program.ok("crisis", *words, "--export", str(path))
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


# The record


def test_the_document_has_the_plan_and_all_that_follows_from_it(open_one: Program) -> None:
    made = open_one.json("crisis", "--show", "--phase", "first-hour")

    assert list(made)[:4] == ["schema", "kind", "open", "parts"]
    assert (made["schema"], made["kind"], made["client"]) == ("salescoach/crisis@1", "product", AMMERFELD)
    assert (made["opened"], made["closed"], made["phase"]) == ("2026-12-01", None, "first-hour")
    assert (made["leads"], made["began"]) == ("Jana Brandt", "14:05")
    assert made["cluster"]["id"] == "preventable"
    assert [one["at"] for one in made["first_hour"]] == ["14:05", "14:10", "14:20", "14:35", "14:50", "15:05"]
    assert [(one["who"], one["overdue"]) for one in made["steps"]] == [("Karl Dorn", True), ("Jana Brandt", False)]
    assert (made["audiences"][0]["id"], made["audiences"][0]["channel"]) == ("client", "phone")
    assert (made["log"], made["review"]) == ([], None)
    for advice in (*made["cluster"]["fit"], *made["first_hour"][0]["do"], *made["audiences"][0]["drafts"]):
        assert set(advice) == {"id", "text", "source"}


def test_answers_are_added_to_those_there_are(open_one: Program) -> None:
    made = open_one.json("crisis", "--answers", "-", stdin="known: The rubber is from one batch.\n")

    said = {one["id"] for part in made["parts"] for one in part["answers"]}
    assert {"what_happened", "known", "first_actions"} <= said
    assert len(listed(open_one)) == 1


def test_the_questions_hold_what_is_known_and_make_no_record(open_one: Program, program: Program) -> None:
    assert "Three seal kits" in open_one.ok("crisis", "product", "--questions")
    open_one.ok("crisis", "talent", "--questions")

    assert [one["kind"] for one in listed(open_one)] == ["product"]


def test_a_mistake_in_the_answers_saves_nothing(program: Program) -> None:
    ran = program("crisis", "product", "--answers", "-", stdin="who_leads: Jana\nnext_update: soon\n")

    assert (ran.code, ran.out) == (4, "")
    assert listed(program) == []


def test_a_fresh_one_closes_the_one_before_and_loses_nothing(open_one: Program) -> None:
    open_one.ok("crisis", "product", "--for", AMMERFELD, "--fresh", "--answers", "-", stdin="who_leads: Tom\n")

    new, old = listed(open_one)
    assert (new["closed"], old["closed"]) == (None, "2026-12-01")
    assert open_one.json("crisis", old["id"], "--show")["leads"] == "Jana Brandt"
    assert open_one.json("crisis", "product", "--show")["leads"] == "Tom"


def test_one_about_a_client_and_one_about_none_stand_side_by_side(open_one: Program) -> None:
    open_one.ok("crisis", "financial", "--answers", "-")

    ran = open_one("crisis", "--show")
    assert (ran.code, ran.out) == (2, "")
    assert AMMERFELD in ran.err
    assert open_one.json("crisis", "--for", AMMERFELD, "--show")["kind"] == "product"
    assert open_one.json("crisis", "financial", "--show")["client"] is None


def test_a_kind_alone_means_the_crisis_of_no_client_where_both_are_open(open_one: Program) -> None:
    assert open_one.json("crisis", "product", "--show")["client"] == AMMERFELD, "the only one there is"

    open_one.ok("crisis", "product", "--fresh", "--log", "Another batch")

    assert open_one.json("crisis", "product", "--show")["client"] is None
    assert [one["client"] for one in listed(open_one) if one["closed"] is None] == [None, AMMERFELD]


@pytest.mark.parametrize(
    "words", [["--show"], ["--log", "x"], ["--done", "1"], ["--drafts"], ["--review"], ["--close"]]
)
def test_where_no_crisis_is_open_there_is_nothing_to_do(program: Program, words: list[str]) -> None:
    ran = program("crisis", *words)

    assert (ran.code, ran.out) == (3, "")
    assert "salescoach crisis" in ran.err


def test_one_thing_at_a_time(open_one: Program) -> None:
    ran = open_one("crisis", "--show", "--drafts")

    assert (ran.code, ran.out) == (2, "")
    assert "--show, --drafts" in ran.err


@pytest.mark.parametrize(
    "words", [["--show", "--format", "pdf"], ["--show", "--phase", "tomorrow"], ["product", "weather", "--show"]]
)
def test_what_there_is_not_is_wrong_usage(open_one: Program, words: list[str]) -> None:
    assert open_one("crisis", *words).code == 2


# The log and the steps


def test_a_log_line_has_its_day_its_time_and_who(open_one: Program) -> None:
    entry = open_one.json("crisis", "--log", "Line 3\n stopped\x1b[2J")["log"][0]
    other = open_one.json("crisis", "--log", "On my way", "--by", "Karl Dorn")["log"][1]

    assert entry["at"].startswith("2026-12-01 ")
    assert len(entry["at"]) == len("2026-12-01 14:05")
    assert (entry["text"], entry["who"]) == ("Line 3  stopped[2J", "Jana Brandt")
    assert other["who"] == "Karl Dorn"
    assert "On my way" in open_one.ok("crisis", "--show")


def test_the_first_line_of_a_log_opens_the_crisis(program: Program) -> None:
    program.ok("crisis", "property", "--log", "Water in hall 2")

    assert [(one["kind"], one["closed"]) for one in listed(program)] == [("property", None)]
    assert "Water in hall 2" in program.ok("crisis", "--show")


def test_an_empty_line_is_none(open_one: Program) -> None:
    assert open_one("crisis", "--log", "  ").code == 4


def test_a_step_that_is_done_is_marked_and_logged(open_one: Program) -> None:
    log = open_one.json("crisis", "--done", "1")["log"]

    assert (log[0]["who"], "Stop the lorry" in log[0]["text"]) == ("Karl Dorn", True)
    assert [one["done"] for one in open_one.json("crisis", "--show")["steps"]] == [True, False]
    open_one.ok("crisis", "--answers", "-", stdin="known: x\n")
    assert [one["done"] for one in open_one.json("crisis", "--show")["steps"]] == [True, False]


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_step_that_there_is_not_is_wrong_usage(open_one: Program, number: str) -> None:
    assert open_one("crisis", "--done", number).code == 2


# Messages


def test_messages_are_for_one_audience_or_for_all_and_of_the_phase(open_one: Program) -> None:
    every = open_one.json("crisis", "--drafts", "--phase", "first-hour")
    one = open_one.json("crisis", "product", "--drafts", "client", "--phase", "until-solved")

    assert every["schema"] == "salescoach/crisis-drafts@1"
    assert len(every["audiences"]) > 5
    assert [audience["id"] for audience in one["audiences"]] == ["client"]
    assert every["audiences"][0]["drafts"] != one["audiences"][0]["drafts"]
    wrong = open_one("crisis", "--drafts", "nobody")
    assert (wrong.code, wrong.out) == (2, "")
    assert "client, users" in wrong.err
    assert open_one("crisis", "client").code == 2, "an audience is no kind of crisis"


def test_messages_in_a_file_are_not_broken_into_rows(open_one: Program, tmp_path: Path) -> None:
    target = tmp_path / "messages.txt"

    open_one.ok("crisis", "--drafts", "--phase", "first-hour", "-o", str(target))

    draft = open_one.json("crisis", "--drafts", "--phase", "first-hour")["audiences"][0]["drafts"][0]["text"]
    assert len(draft) > 80
    assert draft in target.read_text("utf-8").splitlines()


# The end


def test_a_review_makes_its_measures_promises_of_ours_once(open_one: Program) -> None:
    made = open_one.json("crisis", "--review", "--answers", "-", stdin=REVIEW)
    open_one.ok("crisis", "--review", "--answers", "-", stdin=REVIEW)

    assert [(one["id"], one["points"]) for one in made["review"]["scores"]] == [("f_fast", 4), ("f_face", 2)]
    ours = [
        one["promise"]
        for one in open_one.json("promise", "list")["promises"]
        if one["promise"]["what"] == "A carrier with a night slot"
    ]
    assert [(one["owner"], one["who"], one["by"]) for one in ours] == [("ours", "Tom Ferris", "2026-12-31")]


def test_a_review_of_no_client_makes_no_promise(program: Program) -> None:
    program.ok("crisis", "product", "--answers", "-", stdin=PLAN)
    program.ok("crisis", "--review", "--answers", "-", stdin=REVIEW)

    assert program.json("promise", "list")["promises"] == []


@pytest.mark.parametrize("who", ["", ", who: Tom and Karl", ", who: 林岚、周建国"])
def test_a_measure_without_one_owner_is_not_taken(open_one: Program, who: str) -> None:
    ran = open_one("crisis", "--review", "--answers", "-", stdin=f"kept: x\nprevent:\n  - {{what: A carrier{who}}}\n")

    assert (ran.code, ran.out) == (4, "")
    assert "prevent" in ran.err
    assert open_one.json("crisis", "--show")["review"] is None


def test_closing_says_what_is_not_done_and_the_crisis_can_still_be_read(open_one: Program) -> None:
    said = open_one.ok("crisis", "--close")

    assert said.count("Not done") == 3
    (one,) = listed(open_one)
    assert one["closed"] == "2026-12-01"
    assert open_one("crisis", "--show").code == 3
    assert open_one.json("crisis", one["id"], "--show")["phase"] == "afterwards"
    for words in (["--log", "x"], ["--done", "1"], ["--close"], ["--review"], []):
        ran = open_one("crisis", one["id"], *words)
        assert (ran.code, ran.out) == (2, ""), words


def test_a_review_may_close_at_once(open_one: Program) -> None:
    made = open_one.json("crisis", "--review", "--close", "--answers", "-", stdin=REVIEW)

    assert made["closed"] == "2026-12-01"
    assert set(made["missing"]) == {"questions", "steps"}


# From one rep to another


def test_a_file_holds_everything_and_is_for_its_owner_alone(open_one: Program, tmp_path: Path) -> None:
    open_one.ok("crisis", "--log", "Line 3 stopped")
    target = tmp_path / "crisis.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o644)

    held = exported(open_one, target)

    assert list(held) == ["schema", "kind", "opened", "client", "answers", "log", "closed"]
    assert (held["schema"], held["client"]) == ("salescoach/crisis-file@1", AMMERFELD)
    assert held["answers"]["who_leads"] == "Jana Brandt"
    assert held["log"][0]["text"] == "Line 3 stopped"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert json.loads(open_one.ok("crisis", "--export", "-")) == held


def test_another_rep_goes_on_from_the_file(open_one: Program, tmp_path: Path) -> None:
    open_one.ok("crisis", "--log", "Line 3 stopped")
    open_one.ok("crisis", "--done", "1")
    held = exported(open_one, tmp_path / "crisis.json")
    there = ("--home", str(tmp_path / "other"))

    taken = open_one.json(*there, "crisis", "--resume", str(tmp_path / "crisis.json"))

    assert taken["client"] == AMMERFELD
    assert [one["done"] for one in taken["steps"]] == [True, False]
    again = json.loads(open_one.ok(*there, "crisis", "--export", "-"))
    assert again == held
    assert [one["name"] for one in open_one.json(*there, "client", "list")["clients"]] == [AMMERFELD]


def test_a_file_does_not_push_an_open_crisis_aside_unless_told_to(open_one: Program, tmp_path: Path) -> None:
    target = tmp_path / "crisis.json"
    exported(open_one, target)

    ran = open_one("crisis", "--resume", str(target))
    assert (ran.code, ran.out) == (2, "")
    assert "--fresh" in ran.err
    open_one.ok("crisis", "--resume", str(target), "--fresh")
    assert [one["closed"] for one in listed(open_one)] == [None, "2026-12-01"]


GOOD: dict[str, Any] = {
    "schema": "salescoach/crisis-file@1",
    "kind": "product",
    "opened": "2026-12-01",
    "client": None,
    "answers": {"who_leads": "Jana"},
    "log": [{"at": "2026-12-01 14:05", "text": "x", "who": ""}],
    "closed": None,
}
DEEP: Any = "x"
for _ in range(20):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        *[({"schema": "salescoach/crisis-file@2"}, "schema"), ({"schema": None}, "schema")],
        *[({"kind": "weather"}, "kind"), ({"kind": 3}, "kind"), ({"kind": ["product"]}, "kind")],
        *[({"opened": None}, "opened"), ({"opened": "soon"}, "opened"), ({"closed": 20261201}, "closed")],
        *[({"client": 5}, "client"), ({"client": "x" * 201}, "200"), ({"weather": 1}, "weather")],
        *[({"answers": []}, "answers"), ({"answers": {"who_leads": ["a"]}}, "answers.who_leads")],
        *[({"answers": {"next_update": "soon"}}, "answers.next_update")],
        *[({"answers": {"first_actions": [{"what": "x", "price": 1}]}}, "first_actions[0].price")],
        *[({"answers": {"mine": DEEP}}, "answers.mine"), ({"answers": {"credit_limit": 10**400}}, "credit_limit")],
        *[({"answers": {"_done": "x"}}, "_done"), ({"answers": {"_done": [["a"]]}}, "_done")],
        *[({"log": {}}, "log"), ({"log": ["x"]}, "log[0]"), ({"log": [{"at": "now", "text": "x"}]}, "log[0].at")],
        *[({"log": [{"at": "2026-13-01 14:05", "text": "x"}]}, "log[0].at")],
        *[({"log": [{"at": "2026-12-01 14:05", "text": ""}]}, "log[0].text")],
        *[({"log": [{"at": "2026-12-01 14:05", "text": "x", "mood": "y"}]}, "log[0]")],
    ],
)
def test_a_file_that_does_not_hold_is_refused_with_its_place_and_nothing_is_saved(
    program: Program, tmp_path: Path, changes: dict[str, Any], place: str
) -> None:
    target = tmp_path / "crisis.json"
    target.write_text(json.dumps({**GOOD, **changes}), encoding="utf-8")

    ran = program("crisis", "--resume", str(target))

    assert (ran.code, ran.out) == (4, ""), ran
    assert place in ran.err
    assert listed(program) == []
    assert program.json("client", "list")["clients"] == []


@pytest.mark.parametrize(
    "text", ["", "no", "[1]", "{", "NaN", '{"answers": ' + "[" * 100_000, '{"opened": ' + "1" * 5000 + "}"]
)
def test_what_is_no_such_document_is_refused(program: Program, tmp_path: Path, text: str) -> None:
    target = tmp_path / "crisis.json"
    target.write_text(text, encoding="utf-8")

    assert program("crisis", "--resume", str(target)).code == 4


def test_a_file_that_is_too_large_or_not_there_is_refused(program: Program, tmp_path: Path) -> None:
    target = tmp_path / "crisis.json"
    target.write_text(json.dumps({**GOOD, "answers": {"mine": ["x" * 1000] * 1100}}), encoding="utf-8")

    assert program("crisis", "--resume", str(target)).code == 4
    assert program("crisis", "--resume", str(tmp_path / "nothing.json")).code == 4


def test_what_a_file_holds_is_cleaned_as_answers_are_and_a_question_not_known_here_is_kept(
    program: Program, tmp_path: Path
) -> None:
    target = tmp_path / "crisis.json"
    answers = {"who_leads": "Ja\x1b[2Jna\u202e", "team_question": {"what": "a\x07b"}}
    log = [{"at": "2026-12-01 14:05", "text": "it\nleaks\x1b", "who": "Li\u202e"}]
    target.write_text(json.dumps({**GOOD, "answers": answers, "log": log}), encoding="utf-8")

    program.ok("crisis", "--resume", str(target))

    held = json.loads(program.ok("crisis", "--export", "-"))
    assert held["answers"] == {"who_leads": "Ja[2Jna", "team_question": {"what": "ab"}}
    assert held["log"] == [{"at": "2026-12-01 14:05", "text": "it leaks", "who": "Li"}]


# Pages


@pytest.mark.parametrize(
    ("form", "begins"), [("md", "# Crisis plan"), ("html", "<!doctype html>"), ("text", "Crisis plan")]
)
def test_the_report_is_a_page_to_take_along(open_one: Program, tmp_path: Path, form: str, begins: str) -> None:
    target = tmp_path / f"report.{form}"

    said = open_one.ok("crisis", "--show", "--format", form, "-o", str(target))

    assert str(target) in said
    text = target.read_text("utf-8")
    assert text.startswith(begins)
    for words in ("Stop the lorry", "Jana Brandt", AMMERFELD, "14:05", "Avoidable"):
        assert words in text
    assert "http" not in text
