"""The sheets of a key account: walked from answers files, shown as documents and as text, kept with day and evidence."""

import json
from pathlib import Path

import pytest

from tests.program import BUYER, CLIENT, USER, Program

AMMERFELD = CLIENT["en"]
SHEETS = ("screen", "risk", "analyse", "stage", "loyalty", "criteria", "process")
SCREENED = """\
can_use: yes
can_use_because: Karl ran the sample for a week
can_afford: no
can_afford_because: Lena says the budget is frozen until May
"""


def walked(program: Program, sheet: str, answers: str, *options: str) -> dict[str, object]:
    return program.json("account", sheet, AMMERFELD, "--answers", "-", *options, stdin=answers)


def held(document: dict[str, object], id_: str) -> dict[str, object]:
    sheets: list[dict[str, list[dict[str, object]]]] = document["sheets"]  # type: ignore[assignment]
    return next(one for sheet in sheets for one in sheet["answers"] if one["id"] == id_)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_a_document_that_begins_with_its_schema(book: Program, sheet: str) -> None:
    document = book.json("account", sheet, AMMERFELD)

    assert document["schema"] == f"salescoach/account-{sheet}@1"
    assert document["client"] == AMMERFELD
    assert {"sheets", "advice"} <= set(document)


@pytest.mark.parametrize("sheet", [*SHEETS, "renewal"])
def test_a_sheet_without_a_terminal_and_without_answers_is_wrong_usage(book: Program, sheet: str) -> None:
    ran = book("account", sheet, AMMERFELD)

    assert ran.code == 2
    assert "--answers" in ran.err


@pytest.mark.parametrize("sheet", [*SHEETS, "renewal"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", ["40", "80"])
def test_an_empty_sheet_is_shown_within_the_screen(
    book: Program, sheet: str, lang: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from salescoach.wrap import cells

    monkeypatch.setenv("COLUMNS", columns)
    shown = book.ok("--lang", lang, "account", sheet, AMMERFELD, "--show")

    assert max(map(cells, shown.splitlines())) <= int(columns)


@pytest.mark.parametrize("sheet", [*SHEETS, "renewal"])
def test_the_file_to_fill_in_is_taken_back_as_it_is(book: Program, sheet: str) -> None:
    template = book.ok("account", sheet, AMMERFELD, "--questions")
    filled = template.replace("\nsigned:", "\nsigned: 2026-01-15", 1)

    assert book("account", sheet, AMMERFELD, "--answers", "-", stdin=filled).code == 0


def test_answers_are_kept_with_their_day_and_evidence(book: Program) -> None:
    document = walked(book, "screen", SCREENED)

    assert held(document, "can_use") == {
        "id": "can_use", "part": "screening", "state": "firm", "answer": "yes",
        "because": "Karl ran the sample for a week", "on": "2026-12-01", "worth": 1.0, "means": "good",
    }  # fmt: skip


def test_a_no_ends_the_screening_with_its_action(book: Program) -> None:
    document = walked(book, "screen", SCREENED)
    (sheet,) = document["sheets"]  # type: ignore[misc]

    assert sheet["verdict"] == "bad"
    assert any(line["id"].startswith("screen.") and line["source"] for line in document["advice"])  # type: ignore[attr-defined]


def test_answers_given_on_another_day_are_added_and_the_last_one_counts(
    book: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked(book, "screen", SCREENED)
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-08")

    document = walked(book, "screen", "can_afford: yes\ncan_afford_because: Lena has the release in writing\n")

    assert (held(document, "can_afford")["answer"], held(document, "can_afford")["on"]) == ("yes", "2026-12-08")
    assert held(document, "can_use")["on"] == "2026-12-01"


def test_an_answer_fades_with_the_days(book: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    walked(book, "screen", SCREENED)
    monkeypatch.setenv("SALESCOACH_TODAY", "2029-12-01")

    document = book.json("account", "screen", AMMERFELD)

    assert held(document, "can_use")["state"] == "faded"


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ("can_us: yes\n", "-:1:1"),
        ("can_use: perhaps\n", "-:1:10"),
        ("can_use: yes\nurgent: [yes]\n", "-:2:9"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_place_and_nothing_is_saved(book: Program, answers: str, where: str) -> None:
    ran = book("account", "screen", AMMERFELD, "--answers", "-", stdin=answers)

    assert ran.code == 4
    assert where in ran.err
    assert held(book.json("account", "screen", AMMERFELD), "can_use")["state"] == "open"


def test_nothing_answered_changes_nothing(book: Program) -> None:
    ran = book("account", "screen", AMMERFELD, "--answers", "-", stdin="")

    assert ran.code == 0
    assert "nothing was changed" in ran.err


def test_somebody_named_in_an_answer_becomes_a_contact_and_keeps_the_place_under_another_name(book: Program) -> None:
    walked(book, "process", f"step: test\nacts_test: [{USER['en']}, Ruth Hahn]\n")
    assert "Ruth Hahn" in book.ok("client", "show", AMMERFELD)

    document = book.json("account", "process", AMMERFELD)

    assert document["acts"]["test"] == [USER["en"], "Ruth Hahn"]
    assert held(document, "acts_test")["answer"] == [USER["en"], "Ruth Hahn"]


def test_the_process_says_who_acts_what_they_judge_by_and_what_to_ask_for(book: Program) -> None:
    document = walked(book, "process", "step: search\n")
    shown = book.ok("account", "process", AMMERFELD, "--show")

    assert document["step"] == "search"
    assert all(line["source"] == "S000-PROCUREMENT" or line["source"] for line in document["ask"])  # type: ignore[attr-defined]
    assert "▶" in shown
    assert BUYER["en"] in shown


def test_the_traffic_light_follows_who_meets_what(book: Program) -> None:
    answers = """\
criteria:
  - {what: price, ours: no, theirs: yes}
  - {what: service, ours: yes, theirs: no}
  - {what: delivery, ours: yes, theirs: yes}
  - {what: recycling, ours: no, theirs: no}
"""
    document = walked(book, "criteria", answers)

    lights = [(one["what"], one["light"]) for one in document["criteria"]]  # type: ignore[attr-defined]
    assert lights == [("price", "alarm"), ("delivery", "watch"), ("recycling", "open"), ("service", "safe")]


def test_the_weakest_weapons_come_first_each_with_one_step_up(book: Program) -> None:
    answers = "net: 2\nnet_because: x\nprice: 0\nprice_because: x\nquality: 1\nquality_because: x\n"
    document = walked(book, "loyalty", answers)

    assert document["weakest"] == ["price", "quality", "net"]
    assert document["advice"]


def test_the_answers_speak_for_a_stage_and_it_can_be_recorded(book: Program) -> None:
    document = walked(book, "stage", "main_supplier: main\nmain_supplier_because: 60 % of their kits\n")
    assert (document["stage"], document["answers_speak_for"]) == ("early", "stable")

    book.ok("account", "stage", AMMERFELD, "--set", "stable")

    assert book.json("account", "stage", AMMERFELD)["stage"] == "stable"


def test_there_is_no_other_stage(book: Program) -> None:
    assert book("account", "stage", AMMERFELD, "--set", "married").code == 2


def test_the_four_analyses_have_all_their_fields(book: Program) -> None:
    document = book.json("account", "analyse", AMMERFELD)
    (analysis,) = [one for one in document["sheets"] if one["id"] == "analysis"]
    fields = [one["part"] for one in analysis["answers"]]

    assert [fields.count(part) for part in ("product", "customer", "market", "competition")] == [7, 7, 4, 5]


# The contract


CONTRACT = """\
signed: 2026-01-15
months: 12
motive: profit
least: two leaks a year at most
revenue: 120000
currency: EUR
subject: seal kits
"""


def test_a_contract_is_kept_and_its_end_counted(book: Program) -> None:
    document = walked(book, "renewal", CONTRACT)

    assert document["contract"]["signed"] == "2026-01-15"  # type: ignore[index]
    assert document["days_left"] == 45


def test_a_contract_on_record_is_changed_and_not_doubled(book: Program) -> None:
    walked(book, "renewal", CONTRACT)
    document = walked(book, "renewal", "months: 24\n")

    assert document["contract"]["months"] == 24  # type: ignore[index]
    assert len(book.json("account", "rank")["clients"]) == 1


def test_a_new_contract_stands_beside_the_old_one(book: Program) -> None:
    walked(book, "renewal", CONTRACT)
    document = walked(book, "renewal", CONTRACT.replace("2026-01-15", "2026-11-15"), "--new")

    assert document["contract"]["signed"] == "2026-11-15"  # type: ignore[index]


def test_a_contract_entered_by_mistake_can_be_deleted(book: Program) -> None:
    walked(book, "renewal", CONTRACT)

    assert book("account", "renewal", AMMERFELD, "--remove").code == 2, "nobody said yes"
    book.ok("account", "renewal", AMMERFELD, "--remove", "--yes")

    assert book.json("account", "renewal", AMMERFELD)["contract"] is None
    assert book("account", "renewal", AMMERFELD, "--remove", "--yes").code == 3


def test_what_brings_nothing_is_not_ranked(book: Program) -> None:
    walked(book, "renewal", CONTRACT.replace("120000", "0"))

    assert book.json("account", "rank")["clients"] == []


@pytest.mark.parametrize(
    ("answer", "where", "says"),
    [
        ("months: 12.5", "-:2:9", "months: “12.5” is no whole number"),
        ("months: 99999", "-:2:9", "between 1 and 600"),
        ("months: 0", "-:2:9", "between 1 and 600"),
        ("revenue: -5", "-:2:10", "0 or more"),
        ("revenue: 240.000", "-:2:10", "write 240000 or 240"),
        ("currency: 240000", "-:2:11", "has figures in it"),
        ("satisfaction: 900", "-:2:15", "between 0 and 100"),
    ],
)
def test_what_cannot_be_in_a_contract_is_refused_and_nothing_is_kept(
    book: Program, answer: str, where: str, says: str
) -> None:
    ran = book("account", "renewal", AMMERFELD, "--answers", "-", stdin=f"signed: 2026-01-01\n{answer}\n")

    assert (ran.code, ran.out) == (4, "")
    assert where in ran.err
    assert says in ran.err
    assert book.json("account", "renewal", AMMERFELD, "--show")["contract"] is None


def test_a_contract_is_signed_on_the_last_such_day_and_never_ahead(book: Program) -> None:
    assert walked(book, "renewal", "signed: 12-15\nmonths: 12\n")["contract"]["signed"] == "2025-12-15"  # type: ignore[index]
    assert book("account", "renewal", AMMERFELD, "--answers", "-", stdin="signed: 2026-12-15\n").code == 4


def test_a_share_is_at_most_all_of_it(book: Program) -> None:
    ran = book("account", "stage", AMMERFELD, "--answers", "-", stdin="share_of_purchases: 150\n")

    assert (ran.code, "between 0 and 100" in ran.err) == (4, True)


def test_evidence_without_its_answer_is_refused_and_not_dropped(book: Program) -> None:
    ran = book("account", "screen", AMMERFELD, "--answers", "-", stdin="can_use_because: seen\n")

    assert (ran.code, "-:1:1: can_use_because" in ran.err) == (4, True)
    doubt = walked(book, "screen", "can_use: unsure\ncan_use_because: asked twice\n")
    assert held(doubt, "can_use")["because"] == "asked twice"


def test_the_vital_few_are_ranked_by_what_they_bring(book: Program) -> None:
    walked(book, "renewal", CONTRACT)
    for name, revenue in (("Small", 10000), ("Middle", 30000)):
        book.ok("client", "add", name)
        signed = f"signed: 2026-02-01\nrevenue: {revenue}\ncurrency: EUR\n"
        book.ok("account", "renewal", name, "--answers", "-", stdin=signed)

    ranked = book.json("account", "rank")["clients"]

    assert [(one["client"], one["key"]) for one in ranked] == [(AMMERFELD, True), ("Middle", True), ("Small", False)]
    assert [round(one["share"], 3) for one in ranked] == [0.75, 0.188, 0.062]


def test_a_satisfaction_that_falls_is_warned_of(book: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    walked(book, "renewal", CONTRACT + "satisfaction: 80\n")
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-20")

    walked(book, "renewal", "satisfaction: 55\n")

    assert "fell from 80 to 55" in book.ok("account", "loyalty", AMMERFELD, "--show")


# Where it comes back


def test_what_was_answered_stands_on_the_one_screen(book: Program) -> None:
    walked(book, "screen", SCREENED)
    walked(book, "criteria", "criteria:\n  - {what: price, ours: no, theirs: yes}\n")
    walked(book, "renewal", CONTRACT)

    shown = book.ok("account", "show", AMMERFELD)

    assert "Screening:" in shown
    assert "ALARM" in shown
    assert "ends Fri 15 Jan 2027" in shown
    assert len(shown.rstrip("\n").splitlines()) <= 24


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_one_screen_fits_80_by_24(book: Program, lang: str) -> None:
    from salescoach.wrap import cells

    rows = book.ok("--lang", lang, "account", "show", AMMERFELD).rstrip("\n").splitlines()

    assert len(rows) <= 24
    assert max(map(cells, rows)) <= 80


def test_what_was_answered_warns_in_the_next_brief(book: Program) -> None:
    walked(book, "criteria", "criteria:\n  - {what: price, ours: no, theirs: yes}\n")
    walked(book, "renewal", CONTRACT)

    warnings = [line["id"] for line in book.json("prep", AMMERFELD, "--brief")["warnings"]]

    assert {"warnings.criteria-alarm", "warnings.term-ends-soon"} <= set(warnings)


def test_their_purchasing_step_decides_which_advance_is_proposed(book: Program) -> None:
    walked(book, "process", "step: test\n")

    brief = book.json("prep", AMMERFELD, "--brief", "--purpose", "discovery")

    assert brief["advance"]["primary"]["what"].startswith("fix the test")


def test_a_term_that_ends_soon_stands_in_today(book: Program) -> None:
    walked(book, "renewal", CONTRACT)

    assert book.json("today")["renewals"] == [{"client": AMMERFELD, "days": 45}]


def test_a_sheet_that_says_alarm_puts_the_account_into_today(book: Program) -> None:
    walked(book, "criteria", "criteria:\n  - {what: price, ours: no, theirs: yes}\n")
    walked(book, "risk", "can_win: no\ncan_win_because: the rival is in the specification\n")

    found = book.json("today")["endangered"]

    assert found == [{"client": AMMERFELD, "sheet": "purchasing-criteria"}, {"client": AMMERFELD, "sheet": "risk"}]
    assert f"salescoach account criteria '{AMMERFELD}'" in " ".join(book.ok("today").split())


def test_a_team_can_add_a_sheet_of_its_own(book: Program, home: Path) -> None:
    path = book.ok("playbook", "new", "scorecard", "standstill").splitlines()[0]
    assert Path(path.strip()).is_file()

    document = book.json("account", "screen", AMMERFELD)

    assert "standstill" in json.dumps(document)
