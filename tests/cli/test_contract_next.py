"""The next contact that a debrief agreed on is kept in sight until it has come about; and what `today` calls ready."""

import re
from collections.abc import Callable

import pytest

from salescoach.wrap import cells
from tests.program import Program

Day = Callable[[str], None]
CALL = "next_step: call Ann\nnext_date: 2026-12-08\nsummary: Showed the kit.\n"


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    return lambda text: monkeypatch.setenv("SALESCOACH_TODAY", text)


@pytest.fixture
def acme(program: Program) -> Program:
    """A client with a debrief on 1 December that agreed on a call on the 8th."""
    program.ok("client", "add", "Acme")
    program.ok("debrief", "Acme", "--answers", "-", stdin=CALL)
    return program


def due(program: Program) -> list[tuple[str, str, str]]:
    return [(one["client"], one["on"], one["step"]) for one in program.json("today")["next"]]


OPEN = [("Acme", "2026-12-08", "call Ann")]


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize(("lang", "late"), [("en", "3 d late (Tue 8 Dec)"), ("zh", "12月8日（周二），已过3天")])
def test_from_its_day_on_it_stands_in_today_with_the_command_that_prepares_it(
    acme: Program, day: Day, monkeypatch: pytest.MonkeyPatch, lang: str, late: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    day("2026-12-07")
    assert due(acme) == []
    day("2026-12-08")
    assert due(acme) == OPEN
    day("2026-12-11")

    text = acme.ok("--lang", lang, "today")

    assert due(acme) == OPEN
    assert f"{late} · call Ann → salescoach prep Acme" in re.sub(r"\n? +", " ", text)
    assert all(cells(line) <= int(columns) for line in text.splitlines())


@pytest.mark.parametrize(
    "settles",
    [
        ["debrief", "Acme", "--answers", "-"],
        ["prep", "Acme", "--answers", "-"],
        ["prep", "Acme", "--when", "2026-12-19", "--answers", "-"],
    ],
)
def test_what_follows_with_the_client_settles_it(acme: Program, day: Day, settles: list[str]) -> None:
    day("2026-12-11")
    assert due(acme) == OPEN

    acme.ok(*settles, stdin="{}")

    assert due(acme) == []


def test_a_visit_planned_for_later_does_not_hide_it_on_its_day(acme: Program, day: Day) -> None:
    acme.ok("prep", "Acme", "--when", "2026-12-20", "--answers", "-", stdin="{}")
    day("2026-12-08")

    assert due(acme) == OPEN


def test_a_newer_date_takes_its_place(acme: Program, day: Day) -> None:
    day("2026-12-09")
    acme.ok("debrief", "Acme", "--answers", "-", stdin="next_date: 2026-12-15")

    assert due(acme) == []
    day("2026-12-15")
    assert due(acme) == [("Acme", "2026-12-15", "")]
    assert "Tue 15 Dec → salescoach prep Acme" in acme.ok("today")


@pytest.mark.parametrize(("step", "more"), [("call Ann", 8), ("x " * 35, 10)])
def test_more_than_a_screen_holds_are_counted(program: Program, day: Day, step: str, more: int) -> None:
    for number in range(12):
        program.ok("client", "add", f"Acme {number}")
        program.ok("debrief", f"Acme {number}", "--answers", "-", stdin=CALL.replace("call Ann", step))
    day("2026-12-08")

    assert len(due(program)) == 12
    assert re.search(rf" 'Acme \d+' +\+{more}\n", program.ok("today"))


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "next: Tue 8 Dec · call Ann"), ("zh", "下次：12月8日（周二） · call Ann")]
)
def test_it_stands_in_the_next_brief(acme: Program, lang: str, told: str) -> None:
    assert told in acme.ok("--lang", lang, "prep", "Acme", "--brief")
    last = acme.json("prep", "Acme", "--brief")["last_visit"]
    assert (last["next_step"], last["next_date"]) == ("call Ann", "2026-12-08")


def test_a_visit_that_moves_without_a_prep_is_still_to_be_prepared(program: Program, day: Day) -> None:
    program.ok("client", "add", "Acme")
    program.ok("debrief", "Acme", "--answers", "-", stdin="took_place: no\nnext_date: 2026-12-03")
    day("2026-12-03")

    assert [one["client"] for one in program.json("today")["prep"]] == ["Acme"]


def test_a_visit_that_is_prepared_is_ready_and_asks_for_no_prep_also_after_it_moved(program: Program, day: Day) -> None:
    program.ok("client", "add", "Acme")
    program.ok("prep", "Acme", "--when", "2026-12-02", "--answers", "-", stdin="{}")
    told = program.json("today")
    assert ([one["when"] for one in told["ready"]], told["prep"]) == (["2026-12-02"], [])
    assert "Wed 2 Dec → salescoach prep Acme --brief" in program.ok("today")
    day("2026-12-02")

    program.ok("debrief", "Acme", "--answers", "-", stdin="took_place: no\nnext_date: 2026-12-04")

    told = program.json("today")
    assert ([one["when"] for one in told["ready"]], told["prep"]) == (["2026-12-04"], [])


SAID = """\
asked: [What does a stop cost you?]
our_promises: [{what: send the report, by: 2026-12-05}]
objections: [{said: You are too dear, topic: price}]
cues: [takes-notes]
listening: {talked-more: yes, spoke-first: no}
taboos: {argued: yes}
audience_faults: {wrong-person: yes}
"""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["advance missed", "send the report · by Sat 5 Dec 2026", "“You are too dear” · Price · open",
                "Writes everything down", "I said more than they did.", "I argued", "I spent the time on somebody"]),
        ("zh", ["目标：没达成", "send the report · 2026年12月5日（周六）前", "“You are too dear” · 价格 · 未解决",
                "边听边记", "我说得比客户还多。", "我跟客户争了。", "时间花在推不动的人身上了。"]),
    ],
)  # fmt: skip
def test_visit_show_has_all_that_the_debrief_said(program: Program, lang: str, words: list[str]) -> None:
    program.ok("client", "add", "Acme")
    plan = "primary_advance: {who: Ann, what: approve a trial, by: 2026-12-10}\nquestions: [What does a stop cost you?]"
    program.ok("prep", "Acme", "--answers", "-", stdin=plan)
    program.ok("debrief", "Acme", "--deep", "--answers", "-", stdin=SAID)
    id_ = program.json("visit", "list")["visits"][0]["visit"]["id"]

    text = program.ok("--lang", lang, "visit", "show", id_)

    for part in words:
        assert part in text, part
    assert len([line for line in text.splitlines() if line.startswith(" " * 10)]) == 2, "slips that did not happen"
    assert text.count("What does a stop cost you?") == 2, "planned, and asked"
    told = program.json("visit", "show", id_)
    assert [len(told[key]) for key in ("promises", "objections", "observations")] == [1, 1, 1]
