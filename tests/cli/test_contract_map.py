"""`salescoach account map` as CLI.md fixes it: a read that works in a pipe, a walk by answers, documents and pages."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from salescoach.language import LANGS, Lang, say
from salescoach.wrap import cells
from tests.program import BUYER, CLIENT, USER, Program

AMMERFELD, VOSS, DORN = CLIENT["en"], BUYER["en"], USER["en"]
KEYS = {
    "name", "roles", "stance", "influence", "weight", "holder", "relation", "rival_relation", "last_touch",
    "reports_to", "influenced_by", "at_odds_with", "plan", "department", "department_id",
}  # fmt: skip
SERIES = """\
uses_it: yes
shapes_choice: yes
buys_it: no
helps_us_inside: yes
acts_for_us: spoke-for-us
acts_for_us_because: The foreman told me
weight: 5
reports_to: Klaus Berger
influenced_by: [Lena Voss, Tom Neu]
at_odds_with: [Lena Voss]
relation: 4
rival_relation: 1
owner: Jana
action: Take the leak count to Klaus together
by: 2026-12-10
check: He sends the numbers
"""


def person(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["people"] if one["name"] == name)


def answer(program: Program, who: str, text: str = SERIES) -> None:
    program.ok("account", "map", who, "--answers", "-", stdin=text)


# The map


def test_the_map_is_a_read(book: Program) -> None:
    found = book.json("account", "map", AMMERFELD)

    assert list(found) == ["schema", "client", "technical_content", "decision_style", "people", "gaps", "without"]
    assert found["schema"] == "salescoach/account-map@1"
    assert found["client"] == AMMERFELD
    assert found["without"] is None
    assert {one["name"] for one in found["people"]} == {VOSS, DORN}
    assert all(set(one) >= KEYS for one in found["people"])
    assert person(found, DORN)["last_touch"] == "2026-11-12"
    assert all(set(gap) == {"id", "text", "names", "do"} for gap in found["gaps"])
    assert all(set(line) == {"id", "text", "source"} for gap in found["gaps"] for line in gap["do"])


@pytest.mark.parametrize("both", LANGS, indirect=True)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("columns", [80, 40])
def test_the_map_names_everybody_and_fits(
    both: Program, lang: Lang, columns: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    written = request.node.callspec.params["both"]

    shown = both.ok("--lang", lang, "account", "map", CLIENT[written])

    assert [line for line in shown.splitlines() if cells(line) > columns] == []
    assert all(name in shown for name in (BUYER[written], USER[written]))
    assert say("centre.gaps", lang) in shown
    assert "salescoach account map" in shown


def test_a_department_is_the_reps_own_word_with_its_id_beside_it(book: Program) -> None:
    book.ok("contact", "add", AMMERFELD, "Eva Lang", "--department", "Engineering")
    book.ok("contact", "add", AMMERFELD, "Uwe Amt", "--department", "Spedition")

    found = book.json("account", "map", AMMERFELD)

    named = {one["name"]: (one["department"], one["department_id"]) for one in found["people"]}
    assert (named["Eva Lang"], named["Uwe Amt"]) == (("Engineering", "production"), ("Spedition", None))
    assert named[VOSS] == ("", "purchasing"), "known by her job"
    assert "Engineering" in book.ok("account", "map", AMMERFELD)


def test_a_client_with_a_slash_is_found_by_the_beginning_of_the_name(book: Program) -> None:
    book.ok("client", "add", "A/B Pumps")
    book.ok("contact", "add", "A/B", "Ann Lee")

    assert [one["name"] for one in book.json("account", "map", "A/B")["people"]] == ["Ann Lee"]
    assert book.json("account", "map", "A/B/Ann", "--plan")["client"] == "A/B Pumps"


def test_ids_of_gaps_and_advice_are_the_same_in_both_languages(book: Program) -> None:
    def ids(lang: str) -> list[Any]:
        found = book.json("--lang", lang, "account", "map", AMMERFELD)
        return [(gap["id"], [line["id"] for line in gap["do"]]) for gap in found["gaps"]]

    assert ids("en") == ids("zh")


def test_a_client_without_people_is_told_how_to_add_one(program: Program) -> None:
    program.ok("client", "add", "One Ltd")

    shown = program.ok("account", "map", "One Ltd")

    assert "salescoach contact add 'One Ltd' NAME" in shown


def test_an_unknown_client_exits_3(book: Program) -> None:
    assert book("account", "map", "zzzz").code == 3
    assert book("account", "map", AMMERFELD, "--without", "zzzz").code == 3


def test_an_unknown_format_exits_2(book: Program) -> None:
    assert book("account", "map", AMMERFELD, "--format", "pdf").code == 2


# Without somebody


def test_without_shows_what_goes_with_a_person(book: Program) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")

    lost = book.json("account", "map", AMMERFELD, "--without", DORN)["without"]

    assert lost["name"] == DORN
    assert lost["roles"] == ["user", "influencer", "coach"]
    assert lost["last_supporter"] is True
    assert 0 < lost["share"] < 1
    assert set(lost["cut_off"]) == {"Klaus Berger", "Tom Neu", VOSS}
    assert [one["what"] for one in lost["promises"]] == ["count the leaks of the last year"]
    assert "no-coach" in {gap["id"] for gap in lost["gaps"]}
    shown = book.ok("account", "map", AMMERFELD, "--without", DORN)
    assert say("centre.without", "en", name=DORN) in shown
    assert say("centre.gaps", "en") not in shown


def test_the_plan_and_who_is_missing_are_not_shown_at_once(book: Program) -> None:
    ran = book("account", "map", AMMERFELD, "--plan", "--without", DORN)

    assert (ran.code, ran.out) == (2, "")
    assert say("error.map-plan-without", "en") in ran.err


# The guided series


def test_the_series_says_role_stance_and_influence_and_they_are_kept(book: Program) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")

    found = book.json("account", "map", AMMERFELD)
    karl = person(found, DORN)
    assert (karl["roles"], karl["stance"], karl["influence"]) == (["user", "influencer", "coach"], "supporter", 5)
    assert (karl["reports_to"], karl["influenced_by"], karl["at_odds_with"]) == (
        "Klaus Berger",
        [VOSS, "Tom Neu"],
        [VOSS],
    )
    assert (karl["relation"], karl["rival_relation"], karl["holder"]) == (4, 1, "Jana")
    assert karl["plan"] == {
        "action": "Take the leak count to Klaus together", "by": "2026-12-10", "check": "He sends the numbers",
    }  # fmt: skip
    assert {"Klaus Berger", "Tom Neu"} <= {one["name"] for one in found["people"]}, "names become contacts"
    shown = book.json("contact", "show", f"{AMMERFELD}/{DORN}")["contact"]
    assert (shown["stance"], shown["influence"]) == ("supporter", 5)


def test_lines_hold_when_somebody_is_renamed(book: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nsed -i 's/Klaus Berger/Dr. Klaus Berger/' \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    book.ok("contact", "edit", f"{AMMERFELD}/Klaus Berger")

    found = book.json("account", "map", AMMERFELD)

    assert person(found, DORN)["reports_to"] == "Dr. Klaus Berger"


def test_technical_content_moves_weight(book: Program) -> None:
    before = person(book.json("account", "map", AMMERFELD), DORN)["weight"]

    book.ok("account", "map", AMMERFELD, "--answers", "-", stdin="technical_content: high\ndecision_style: flat\n")

    found = book.json("account", "map", AMMERFELD)
    assert (found["technical_content"], found["decision_style"]) == ("high", "flat")
    assert person(found, DORN)["weight"] > before


def test_one_answer_changes_one_thing_and_an_empty_list_ends_a_conflict(book: Program) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")
    before = person(book.json("account", "map", AMMERFELD), DORN)

    answer(book, f"{AMMERFELD}/{DORN}", "at_odds_with: []\n")

    assert person(book.json("account", "map", AMMERFELD), DORN) == {**before, "at_odds_with": []}


@pytest.mark.parametrize(
    "wrong", [f"reports_to: {DORN}", f"influenced_by: [{VOSS}, {DORN}]", f"at_odds_with: [{DORN}]"]
)
def test_nobody_reports_to_themself_nor_sways_themself(book: Program, wrong: str) -> None:
    ran = book("account", "map", f"{AMMERFELD}/{DORN}", "--answers", "-", stdin=f"uses_it: yes\n{wrong}\n")

    assert ran.code == 4
    assert f"-:2:{wrong.index(' ') + 2}: {wrong.split(':')[0]}: " in ran.err
    assert say("error.answer-themself", "en", name=DORN) in ran.err


def test_nobody_reports_to_who_reports_to_them_by_whatever_line(book: Program) -> None:
    answer(book, f"{AMMERFELD}/{DORN}", f"reports_to: {VOSS}\n")
    answer(book, f"{AMMERFELD}/{VOSS}", "reports_to: Tom Neu\n")

    ran = book("account", "map", f"{AMMERFELD}/Tom Neu", "--answers", "-", stdin=f"reports_to: {DORN}\n")

    assert ran.code == 4
    line = " → ".join(["Tom Neu", DORN, VOSS, "Tom Neu"])
    assert f"-:1:13: reports_to: {say('error.answer-ring', 'en', line=line)}" in ran.err


@pytest.mark.parametrize("word", ["nobody", "Nobody", "无人"])
def test_who_reports_to_nobody_any_more_has_no_superior(book: Program, word: str) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")

    answer(book, f"{AMMERFELD}/{DORN}", f"reports_to: {word}\ninfluenced_by: [{word}]\n")

    found = book.json("account", "map", AMMERFELD)
    karl = person(found, DORN)
    assert (karl["reports_to"], karl["influenced_by"]) == (None, [])
    assert word not in {one["name"] for one in found["people"]}
    assert 'reports_to: "nobody"' in book.ok("account", "map", f"{AMMERFELD}/{DORN}", "--questions")


@pytest.mark.parametrize(
    ("argv", "key"), [(["map", f"{AMMERFELD}/{DORN}"], "influenced_by"), (["process", AMMERFELD], "acts_need")]
)
def test_who_is_new_is_told_and_a_slip_is_nobody(book: Program, argv: list[str], key: str) -> None:
    slip = book("account", *argv, "--answers", "-", stdin=f"{key}: ['99']\n")
    assert slip.code == 4
    assert f"{key}: {say('error.answer-not-a-name', 'en', answer='99')}" in slip.err

    ran = book("account", *argv, "--answers", "-", stdin=f"{key}: [Tom Neu, {VOSS}]\n")

    assert say("account.new-people", "en", names="Tom Neu") in ran.err
    assert {one["name"] for one in book.json("account", "map", AMMERFELD)["people"]} == {VOSS, DORN, "Tom Neu"}


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_kept_fits_eighty_columns_in_a_pipe(book: Program, lang: Lang) -> None:
    book.ok("contact", "add", AMMERFELD, "Dr. Ulrike Schönfeld-Hartmann", "--department", "Central purchasing office")
    every = "".join(f"{key}: yes\n" for key in ("uses_it", "buys_it", "shapes_choice", "says_yes", "helps_us_inside"))

    kept = book.ok("--lang", lang, "account", "map", f"{AMMERFELD}/Ulrike", "--answers", "-", stdin=every)

    assert [line for line in kept.splitlines() if cells(line) > 80] == []
    assert "Schönfeld-Hartmann" in kept


def test_the_file_to_fill_in_says_whom_it_is_about(book: Program) -> None:
    template = book.ok("account", "map", f"{AMMERFELD}/{DORN}", "--questions")

    assert template.count(f"# {DORN} · Head of maintenance\n") == 1


def test_the_questions_hold_what_is_known_and_fed_back_change_nothing(book: Program) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")
    before = book.json("account", "map", AMMERFELD)

    template = book.ok("account", "map", f"{AMMERFELD}/{DORN}", "--questions")

    asked = yaml.safe_load(template)
    assert (asked["reports_to"], asked["influenced_by"]) == ("Klaus Berger", [VOSS, "Tom Neu"])
    assert (asked["relation"], asked["owner"]) == ("4", "Jana")
    answer(book, f"{AMMERFELD}/{DORN}", template)
    assert book.json("account", "map", AMMERFELD) == before


def test_nothing_answered_changes_nothing(book: Program) -> None:
    before = book.json("account", "map", AMMERFELD)

    assert say("centre.nothing-said", "en") in book.ok("account", "map", f"{AMMERFELD}/{DORN}", "--answers", "-")
    assert book.json("account", "map", AMMERFELD) == before


@pytest.mark.parametrize("wrong", ["uses_it: perhaps\n", "nonsense: 1\n", "by: someday\n"])
def test_what_does_not_fit_exits_4_and_nothing_is_saved(book: Program, wrong: str) -> None:
    before = book.json("account", "map", AMMERFELD)

    ran = book("account", "map", f"{AMMERFELD}/{DORN}", "--answers", "-", stdin=f"buys_it: yes\n{wrong}")

    assert ran.code == 4
    assert ":2:" in ran.err
    assert book.json("account", "map", AMMERFELD) == before


@pytest.mark.parametrize("argv", [[f"{AMMERFELD}/{DORN}"], [AMMERFELD, "--ask"]])
def test_a_walk_without_terminal_or_answers_exits_2_and_names_answers(book: Program, argv: list[str]) -> None:
    ran = book("account", "map", *argv)

    assert (ran.code, ran.out) == (2, "")
    assert "--answers" in ran.err


def test_a_walk_with_json_prints_the_map(book: Program) -> None:
    ran = book.json("account", "map", f"{AMMERFELD}/{VOSS}", "--answers", "-", stdin="says_yes: yes\n")

    assert ran["schema"] == "salescoach/account-map@1"
    assert person(ran, VOSS)["roles"] == ["purchaser", "decision-maker"]


# The plan, and pages


def test_the_plan_has_a_row_a_person(book: Program) -> None:
    answer(book, f"{AMMERFELD}/{DORN}", SERIES.replace("2026-12-10", "2026-11-10"))

    shown = book.ok("account", "map", AMMERFELD, "--plan")

    row = next(line for line in shown.splitlines() if line.startswith(DORN))
    assert row.split()[2:6] == ["▪▪▪▪▪", "4", "1", "Jana"]
    assert "11-10" in row
    assert say("centre.late", "en") in shown
    assert any(line.startswith(VOSS) for line in shown.splitlines())


@pytest.mark.parametrize("format_", ["md", "html"])
@pytest.mark.parametrize("more", [[], ["--plan"], ["--without", DORN]])
def test_the_map_is_written_to_a_file(book: Program, tmp_path: Path, format_: str, more: list[str]) -> None:
    answer(book, f"{AMMERFELD}/{DORN}")
    path = tmp_path / f"map.{format_}"

    book.ok("account", "map", AMMERFELD, "--format", format_, "-o", str(path), *more)

    written = path.read_text("utf-8")
    assert written.startswith("# " if format_ == "md" else "<!doctype html>")
    assert all(name in written for name in (VOSS, DORN, "Tom Neu"))
