"""`salescoach prep` as CLI.md fixes it: what it prints, asks for, saves and refuses."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.program import BUYER, CLIENT, USER, Program

AMMERFELD = CLIENT["en"]
ADVICE = {"id", "text", "source"}
BRIEF = [
    *("schema", "client", "purpose", "when", "warnings", "promises", "contacts", "advance", "last_visit"),
    *("objections", "questions", "agenda", "gaps", "checklist"),
]
LANGUAGES = pytest.mark.parametrize("both", ["en", "zh"], indirect=True)


def brief(program: Program, *argv: str, client: str = AMMERFELD) -> dict[str, Any]:
    return program.json("prep", client, "--brief", *argv)


def visits(program: Program) -> list[dict[str, Any]]:
    return [one["visit"] for one in program.json("visit", "list")["visits"]]


def all_advice(document: Any) -> list[dict[str, Any]]:
    """Everything in a document that looks like advice."""
    if isinstance(document, list):
        return [found for one in document for found in all_advice(one)]
    if not isinstance(document, dict):
        return []
    here = [document] if {"id", "source"} <= set(document) else []
    return here + [found for one in document.values() for found in all_advice(one)]


# The document


@LANGUAGES
def test_the_brief_has_the_keys_of_the_contract_in_its_order(both: Program, request: pytest.FixtureRequest) -> None:
    lang = request.node.callspec.params["both"]
    found = both.json("--lang", lang, "prep", CLIENT[lang], "--brief")

    assert list(found)[: len(BRIEF)] == BRIEF
    assert found["schema"] == "salescoach/brief@1"
    assert found["client"] == CLIENT[lang]
    assert found["when"] == "2026-12-01"
    assert set(found["promises"]) == {"ours", "theirs"}
    assert set(found["advance"]) == {"primary", "fallback"}


def test_every_list_of_advice_holds_id_text_and_source(book: Program) -> None:
    found = brief(book)

    lists = [found[name] for name in ("warnings", "questions", "agenda", "checklist")]
    lists += [person[name] for person in found["contacts"] for name in ("do", "avoid")]
    lists += [one["say"] for one in found["objections"]]
    assert all(set(line) == ADVICE for lines in lists for line in lines)
    assert all(isinstance(line[key], str) and line[key] for lines in lists for line in lines for key in ADVICE)
    assert all(lists[:4])


def test_promises_carry_id_what_by_and_whether_they_are_overdue(book: Program) -> None:
    promises = brief(book)["promises"]

    ours, theirs = promises["ours"][0], promises["theirs"][0]
    assert {"id", "what", "by", "overdue"} <= set(ours)
    assert (ours["by"], ours["overdue"]) == ("2026-11-20", True)
    assert (theirs["by"], theirs["overdue"]) == (None, False)
    assert theirs["what"] == "count the leaks of the last year"


def test_people_carry_roles_stance_and_a_style_that_stays_null_below_the_threshold(book: Program) -> None:
    people = brief(book)["contacts"]

    assert [one["name"] for one in people] == [USER["en"]]  # the only one who committed to anything last time
    assert all({"name", "roles", "stance", "style", "do", "avoid"} <= set(one) for one in people)
    assert people[0]["roles"] == ["user", "influencer"]
    assert people[0]["stance"] == "supporter"
    assert {"id", "confidence"} <= set(people[0]["style"])
    fresh = brief(book, "--contact", BUYER["en"])["contacts"][0]["style"]
    assert fresh["id"] is None
    assert 0 <= fresh["confidence"] < 0.6


def test_an_advance_says_who_what_and_by_when(book: Program) -> None:
    for step in brief(book)["advance"].values():
        assert {"who", "what", "by"} <= set(step)
        assert date.fromisoformat(step["by"]) > date(2026, 12, 1)


def test_the_last_visit_is_null_before_there_is_one_and_dated_after(book: Program) -> None:
    book.ok("client", "add", "Fresh Ltd")

    assert brief(book, client="Fresh Ltd")["last_visit"] is None
    assert brief(book)["last_visit"]["when"] == "2026-11-12"


def test_objections_say_why_they_are_expected_and_an_open_one_comes_first(book: Program) -> None:
    found = brief(book)["objections"]

    assert {one["reason"] for one in found} <= {"unresolved", "style", "stage", "common"}
    assert (found[0]["topic"], found[0]["reason"]) == ("price", "unresolved")


def test_gaps_name_the_command_that_fills_them(program: Program) -> None:
    program.ok("client", "add", "Fresh Ltd")

    gaps = brief(program, client="Fresh Ltd")["gaps"]

    assert all(set(gap) == {"text", "command"} for gap in gaps)
    assert all(gap["command"].startswith("salescoach ") for gap in gaps)


def test_a_brief_has_the_same_ids_in_both_languages(book: Program) -> None:
    english, chinese = (book.json("--lang", lang, "prep", AMMERFELD, "--brief") for lang in ("en", "zh"))

    ids = [[line["id"] for line in all_advice(one)] for one in (english, chinese)]
    assert ids[0] == ids[1]
    assert len(ids[0]) > 20
    assert english["warnings"][0]["text"] != chinese["warnings"][0]["text"]
    assert [one["topic"] for one in english["objections"]] == [one["topic"] for one in chinese["objections"]]


# Whom, what for, when


def test_contact_may_be_repeated_and_names_who_is_met(book: Program) -> None:
    found = brief(book, "--contact", "lena", "--contact", "Karl Dorn")

    assert [one["name"] for one in found["contacts"]] == [BUYER["en"], USER["en"]]


def test_a_person_behind_a_slash_is_who_is_met(book: Program) -> None:
    found = brief(book, client="ammerfeld/lena")

    assert (found["client"], [one["name"] for one in found["contacts"]]) == (AMMERFELD, [BUYER["en"]])


@pytest.mark.parametrize(
    "purpose", ["first-visit", "discovery", "presentation", "negotiation", "phone", "care", "complaint", "renewal"]
)
def test_every_purpose_of_the_contract_is_known(book: Program, purpose: str) -> None:
    found = brief(book, "--purpose", purpose)

    assert found["purpose"] == purpose
    assert found["checklist"]
    assert found["agenda"]


def test_an_unknown_purpose_is_wrong_usage(book: Program) -> None:
    ran = book("prep", AMMERFELD, "--brief", "--purpose", "golf")

    assert (ran.code, ran.out) == (2, "")
    assert "golf" in ran.err
    assert "first-visit" in ran.err


#: Every form of CLI.md, seen from Tuesday 1 December 2026.
DATES = {
    "2026-12-24": "2026-12-24",
    "12-01": "2026-12-01",
    "12/1": "2026-12-01",
    "11-30": "2027-11-30",
    "12月1日": "2026-12-01",
    "11月30日": "2027-11-30",
    "today": "2026-12-01",
    "tomorrow": "2026-12-02",
    "今天": "2026-12-01",
    "明天": "2026-12-02",
    "后天": "2026-12-03",
    "in 3 days": "2026-12-04",
    "in 3 weeks": "2026-12-22",
    "in 3 months": "2027-03-01",
    "3天后": "2026-12-04",
    "3周后": "2026-12-22",
    "3个月后": "2027-03-01",
    "tue": "2026-12-08",
    "周二": "2026-12-08",
    "wed": "2026-12-02",
    "next tue": "2026-12-08",
    "下周二": "2026-12-08",
    "next wed": "2026-12-09",
    "end of month": "2026-12-31",
    "月底": "2026-12-31",
    "end of week": "2026-12-04",
    "周末前": "2026-12-04",
}


@pytest.mark.parametrize(("said", "meant"), DATES.items())
def test_every_form_of_a_date_is_understood(book: Program, said: str, meant: str) -> None:
    assert brief(book, "--when", said)["when"] == meant


@pytest.mark.parametrize("said", ["soon", "30 February", "2026-02-30", "13/13", ""])
def test_what_is_no_date_is_invalid_data(book: Program, said: str) -> None:
    ran = book("prep", AMMERFELD, "--brief", "--when", said)

    assert (ran.code, ran.out) == (4, "")


@LANGUAGES
def test_a_date_is_echoed_with_its_weekday(both: Program, request: pytest.FixtureRequest) -> None:
    lang = request.node.callspec.params["both"]

    first = both.ok("--lang", lang, "prep", CLIENT[lang], "--brief", "--when", "2026-12-24").splitlines()[0]

    assert ("Thu 24 Dec 2026" if lang == "en" else "2026年12月24日（周四）") in first


# What is saved, and what is not


def test_a_brief_alone_saves_nothing(book: Program, home: Path) -> None:
    before = visits(book)

    book.ok("prep", AMMERFELD, "--brief", "--purpose", "care", "--when", "tomorrow")

    assert visits(book) == before


def test_answers_save_a_planned_visit_with_everything_they_say(book: Program) -> None:
    answers = """\
purpose: negotiation
when: 下周二
contacts: [lena, Karl Dorn]
primary_advance: {who: Karl Dorn, what: fit two kits, by: 2026-12-15}
fallback_advance: {who: Lena Voss, what: send the figures, by: 12-08}
questions: [What does a stop cost you?]
expected_objections: [price, competitor]
forecast: even
checklist: {sell-nothing: done}
notes: Bring the report.
"""
    known = yaml.safe_load(book.ok("prep", AMMERFELD, "--purpose", "negotiation", "--questions"))["checklist"]
    item = next(iter(known))

    made = book.json("prep", AMMERFELD, "--answers", "-", stdin=answers.replace("sell-nothing", item))

    assert made["schema"] == "salescoach/brief@1"
    planned = visits(book)[0]
    assert (planned["status"], planned["purpose"], planned["when"]) == ("planned", "negotiation", "2026-12-08")
    assert len(planned["contact_ids"]) == 2
    plan = planned["plan"]
    assert plan["primary_advance"] == {"who": "Karl Dorn", "what": "fit two kits", "by": "2026-12-15"}
    assert plan["fallback_advance"]["by"] == "2026-12-08"
    assert plan["questions"] == ["What does a stop cost you?"]
    assert plan["expected_objections"] == ["price", "competitor"]
    assert (plan["forecast"], plan["notes"]) == ("even", "Bring the report.")
    assert plan["checklist"][item]["state"] == "done"
    assert planned["playbooks"]["prep"] >= 1


def test_a_plan_keeps_the_versions_of_the_playbooks_it_was_made_with_and_of_no_other(book: Program) -> None:
    said = "{purpose: negotiation, expected_objections: [competitor]}"

    why = book.json("prep", AMMERFELD, "--answers", "-", "--why", stdin=said)["why"]

    pinned = visits(book)[0]["playbooks"]
    assert {"prep", "prep-negotiation", "competitor"} <= pinned.keys()
    assert {line["playbook"] for line in why if line["version"]} <= pinned.keys()
    assert not pinned.keys() & {"debrief", "prep-renewal", "smile", "me"}
    assert len(pinned) < 30


def test_a_visit_that_was_planned_with_every_playbook_is_read_and_debriefed(book: Program, home: Path) -> None:
    """As it was kept before 0.2."""
    book.ok("prep", AMMERFELD, "--when", "today", "--answers", "-", stdin="purpose: care\n")
    with closing(sqlite3.connect(home / "data" / "salescoach.db")) as database, database:
        everything = {**{f"book-{number}": 1 for number in range(220)}, "prep": 1}
        database.execute("UPDATE visit SET playbooks = ?", [json.dumps(everything)])

    assert book.json("prep", AMMERFELD, "--brief")["purpose"] == "care"
    book.ok("debrief", AMMERFELD, "--answers", "-", stdin="summary: all well\n")
    assert {"book-7", "prep", "debrief"} <= visits(book)[0]["playbooks"].keys()


def test_a_checklist_item_takes_a_state_with_a_note(book: Program) -> None:
    item = next(iter(yaml.safe_load(book.ok("prep", AMMERFELD, "--questions"))["checklist"]))

    book.ok("prep", AMMERFELD, "--answers", "-", stdin=f"checklist: {{{item}: {{state: not-now, note: no time}}}}\n")

    assert visits(book)[0]["plan"]["checklist"] == {item: {"state": "not-now", "note": "no time"}}


def test_no_answer_is_required(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-", stdin="")

    assert visits(book)[0]["status"] == "planned"


def test_what_the_command_line_said_need_not_be_in_the_answers(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--purpose", "care", "--when", "fri", "--answers", "-", stdin="forecast: likely\n")

    planned = visits(book)[0]
    assert (planned["purpose"], planned["when"], planned["plan"]["forecast"]) == ("care", "2026-12-04", "likely")


def test_a_day_that_is_over_is_wrong_usage_that_names_the_debrief(book: Program) -> None:
    before = visits(book)

    ran = book("prep", AMMERFELD, "--when", "2026-11-30", "--answers", "-", stdin="{}")

    assert (ran.code, ran.out) == (2, "")
    assert f"salescoach debrief '{AMMERFELD}' --when 2026-11-30" in ran.err
    assert visits(book) == before


@pytest.mark.parametrize(
    ("option", "answers"),
    [(("--when", "2026-12-08"), "when: 2026-12-09\n"), (("--purpose", "care"), "purpose: negotiation\n")],
)
def test_an_option_and_a_file_that_say_different_things_are_wrong_usage(
    book: Program, option: tuple[str, str], answers: str
) -> None:
    before = visits(book)

    ran = book("prep", AMMERFELD, *option, "--answers", "-", stdin=answers)

    assert (ran.code, ran.out) == (2, "")
    assert option[0] in ran.err
    assert option[1] in ran.err
    assert visits(book) == before
    book.ok("prep", AMMERFELD, *option, "--answers", "-", stdin=f"{option[0][2:]}: {option[1]}\n")


def test_a_second_prep_goes_on_with_the_plan(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--when", "fri", "--answers", "-", stdin="notes: first\n")
    book.ok("prep", AMMERFELD, "--answers", "-", stdin="notes: second\n")

    planned = [one for one in visits(book) if one["status"] == "planned"]
    assert [one["plan"]["notes"] for one in planned] == ["second"]


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ("purpose: care\nnonsense: 1\n", "-:2:1"),
        ("forecast: surely\n", "-:1:11"),
        ("when: soon\n", "-:1:7"),
        ("when: 2025-01-01\n", "-:1:7"),
        ("contacts: {a: b}\n", "-:1:11"),
        ("primary_advance: {who: A, by: never}\n", "-:1:31"),
        ("checklist: {no-such-item: done}\n", "-:1:13"),
        ("- a list\n", "-:1:1"),
        ("purpose: [\n", "-:"),
    ],
)
def test_answers_that_do_not_hold_exit_4_with_their_line_and_save_nothing(
    book: Program, answers: str, place: str
) -> None:
    before = visits(book)

    ran = book("prep", AMMERFELD, "--answers", "-", stdin=answers)

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(place), ran.err
    assert visits(book) == before


def test_an_unknown_key_is_named_with_the_nearest(book: Program) -> None:
    ran = book("prep", AMMERFELD, "--answers", "-", stdin="forcast: even\n")

    assert "forcast" in ran.err
    assert "forecast" in ran.err


def test_no_terminal_and_no_answers_is_wrong_usage_that_names_the_way_out(book: Program) -> None:
    ran = book("prep", AMMERFELD)

    assert (ran.code, ran.out) == (2, "")
    assert "--answers" in ran.err


# The file to fill in


@LANGUAGES
@pytest.mark.parametrize("purpose", ["first-visit", "negotiation", "renewal"])
def test_the_questions_fed_back_change_nothing_beyond_what_was_known(
    both: Program, purpose: str, request: pytest.FixtureRequest
) -> None:
    lang = request.node.callspec.params["both"]
    line = ("--lang", lang, "prep", CLIENT[lang], "--purpose", purpose)
    template = both.ok(*line, "--questions")
    known = {key: said for key, said in yaml.safe_load(template).items() if said not in (None, [], {})}

    both.ok(*line, "--answers", "-", stdin=template)

    plan = visits(both)[0]["plan"]
    assert visits(both)[0]["purpose"] == known["purpose"] == purpose
    assert plan["primary_advance"] == known["primary_advance"]
    assert plan["expected_objections"] == known["expected_objections"]
    assert (plan["questions"], plan["checklist"], plan["notes"], plan["forecast"]) == ([], {}, "", None)


def test_every_key_of_the_file_has_its_prompt_and_type_as_comments(book: Program) -> None:
    template = book.ok("prep", AMMERFELD, "--questions")

    for key in ("purpose", "when", "contacts", "primary_advance", "questions", "expected_objections", "forecast"):
        above = template.split(f"\n{key}:")[0].rsplit("\n\n", 1)[-1]
        assert re.match(r"# .+\n# .+", above), key
    assert "choices: likely" in template
    assert "default: 2026-12-01" in template


def test_the_file_has_the_answer_keys_of_the_contract(book: Program) -> None:
    template = yaml.safe_load(book.ok("prep", AMMERFELD, "--questions"))

    assert set(template) >= {
        *("purpose", "when", "contacts", "primary_advance", "fallback_advance", "questions"),
        *("expected_objections", "forecast", "checklist", "notes"),
    }
    assert set(template["primary_advance"]) == {"who", "what", "by"}


def test_printing_the_questions_saves_nothing(book: Program) -> None:
    before = visits(book)

    book.ok("prep", AMMERFELD, "--questions")

    assert visits(book) == before


# Forms and places


def test_deep_opens_what_the_brief_counts(book: Program) -> None:
    short, deep = book.ok("prep", AMMERFELD, "--brief"), book.ok("prep", AMMERFELD, "--brief", "--deep")

    assert re.search(r"\+\d+$", short, re.MULTILINE)
    assert not re.search(r" \+\d+$", deep, re.MULTILINE)
    assert len(deep.splitlines()) > 24 >= len(short.splitlines())
    text = " ".join(deep.split())
    assert all(" ".join(line["text"].split()) in text for line in brief(book)["questions"])


def test_markdown_and_html_hold_the_same_parts(book: Program) -> None:
    markdown = book.ok("prep", AMMERFELD, "--brief", "--format", "md")
    html = book.ok("prep", AMMERFELD, "--brief", "--format", "html")

    assert markdown.startswith(f"# {AMMERFELD}")
    assert html.startswith("<!doctype html>")
    headings = re.findall(r"^## (.+)$", markdown, re.MULTILINE)
    assert headings == re.findall(r"<h2>(.+?)</h2>", html)
    assert len(headings) >= 8


def test_another_format_is_wrong_usage(book: Program) -> None:
    assert book("prep", AMMERFELD, "--brief", "--format", "pdf").code == 2


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_a_file_takes_the_brief_as_utf_8_and_is_named(book: Program, tmp_path: Path, form: str) -> None:
    target = tmp_path / "brief.out"

    said = book.ok("--lang", "zh", "prep", AMMERFELD, "--brief", "--format", form, "-o", str(target))

    assert str(target) in said
    assert target.read_text("utf-8") == book.ok("--lang", "zh", "prep", AMMERFELD, "--brief", "--format", form)


def test_a_file_that_cannot_be_written_is_a_storage_error(book: Program, tmp_path: Path) -> None:
    ran = book("prep", AMMERFELD, "--brief", "-o", str(tmp_path / "no" / "brief.md"))

    assert (ran.code, ran.out) == (5, "")


def test_an_unknown_client_exits_3_with_the_nearest(book: Program) -> None:
    ran = book("prep", "Amerfelt Hydro", "--brief")

    assert (ran.code, ran.out) == (3, "")
    assert AMMERFELD in ran.err


def test_no_input_never_asks(book: Program) -> None:
    ran = book("--no-input", "prep", AMMERFELD)

    assert ran.code == 2
    assert "--answers" in ran.err


def test_json_says_nothing_else_on_stdout(book: Program) -> None:
    ran = book("prep", AMMERFELD, "--answers", "-", "--json", stdin="notes: hello\n")

    assert json.loads(ran.out)["schema"] == "salescoach/brief@1"
    assert ran.err == ""


def test_why_names_rule_playbook_version_and_source_of_the_lines(book: Program) -> None:
    shown = book.ok("prep", AMMERFELD, "--brief", "--why")

    because = brief(book, "--why")["why"]
    assert all(set(one) >= {"id", "playbook", "version", "source"} for one in because)
    assert f"{because[0]['id']}: {because[0]['playbook']} v{because[0]['version']}" in " ".join(shown.split())
