"""`care` as scripts and habits rest on it: the document, ids that hold from run to run, days and how they are kept."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.program import BUYER, CLIENT, Program

A, B = CLIENT["en"], "Kessler Nord"


@pytest.fixture
def care(program: Program) -> Program:
    """Two clients of class A, nobody touched yet; one is in China, and one has a day today."""
    program.ok("client", "add", A, "--country", "DE", "--tag", "A")
    program.ok("contact", "add", A, BUYER["en"], "--influence", "4")
    program.ok("client", "add", B, "--country", "CN", "--tag", "A")
    program.ok("care", "add", A, "30 years of the works", "--on", "today", "--kind", "joy")
    return program


def cares(program: Program, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.json("care", *more)["cares"]
    return found


def ids(program: Program, *more: str) -> list[str]:
    return [one["id"] for one in cares(program, *more)]


def clocks(program: Program, *more: str) -> list[str]:
    return [one["clock"] for one in cares(program, *more)]


# The document


def test_the_document_names_each_line_with_what_to_do_and_to_say(care: Program) -> None:
    document = care.json("care")

    assert document["schema"] == "salescoach/care@1"
    first = document["cares"][0]
    assert set(first) >= {"id", "client", "contact", "title", "clock", "since", "until", "talked_of", "do", "say"}
    assert (first["client"], first["contact"], first["talked_of"]) == (A, None, None)
    assert first["clock"].startswith("care.joy@2026-12-01#")
    assert (first["since"], first["until"]) == ("2026-12-01", "2026-12-05")
    for line in (*first["do"], *first["say"]):
        assert set(line) == {"id", "text", "source"}


def test_care_list_is_care(care: Program) -> None:
    assert care.ok("care") == care.ok("care", "list")
    assert cares(care) == care.json("care", "list")["cares"]


def test_ids_are_the_same_in_both_languages_and_in_the_next_run(care: Program) -> None:
    english, chinese = care.json("care"), care.json("--lang", "zh", "care")

    assert [one["id"] for one in english["cares"]] == [one["id"] for one in chinese["cares"]]
    assert english["cares"][0]["do"][0]["id"] == chinese["cares"][0]["do"][0]["id"]
    assert english["cares"][0]["do"][0]["text"] != chinese["cares"][0]["do"][0]["text"]


def test_an_empty_book_waits_for_nobody(program: Program) -> None:
    assert program.json("care") == {"schema": "salescoach/care@1", "cares": []}
    assert "salescoach care add" in program.ok("care")


def test_what_was_talked_of_last_stands_with_the_line(care: Program) -> None:
    care.ok("debrief", A, "--when", "2026-08-03", "--answers", "-", stdin="summary: They doubt the delivery.\n")

    assert cares(care)[0]["talked_of"] == {"on": "2026-08-03", "text": "They doubt the delivery."}
    assert "last, Mon 3 Aug: They doubt the delivery." in care.ok("care")


def test_the_clocks_of_a_contract_are_shown_ahead_with_days(care: Program, home: Any) -> None:
    from datetime import date

    from salescoach.records.account import Contract
    from salescoach.store import open_store

    with open_store(home / "data") as store:
        client = store.clients.find(B)
        contract = Contract(
            id=store.new_id(), client_id=client.id, signed=date(2026, 11, 1), months=12, motive="image", least="quiet"
        )
        store.contracts.add(contract)

    assert "after-signing.first-month@2026-11-22" in clocks(care)
    ahead = {one["clock"]: one for one in cares(care, "--days", "150")}
    assert "after-signing.month-6-image@2027-04-01" in ahead
    assert "after-signing.month-6@2027-04-01" not in ahead
    assert "quiet" in ahead["after-signing.month-6-image@2027-04-01"]["about"]


def test_holidays_of_the_clients_country_are_greeted(care: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-22")
    assert [one["about"] for one in cares(care) if one["clock"].startswith("care.holiday")] == [
        "Christmas Day, Second Day of Christmas · Fri 25 Dec"
    ]


@pytest.mark.parametrize(
    ("on", "greeted"), [("01", False), ("02", True), ("05", True), ("06", True), ("08", True), ("09", False)]
)
def test_the_spring_festival_is_greeted_from_before_the_eve_to_its_third_day(
    care: Program, monkeypatch: pytest.MonkeyPatch, on: str, greeted: bool
) -> None:
    monkeypatch.setenv("SALESCOACH_TODAY", f"2027-02-{on}")
    found = [one for one in care.json("--lang", "zh", "care")["cares"] if "holiday" in one["clock"]]

    assert [(one["about"], one["until"]) for one in found] == [
        ("农历除夕、春节 · 2月5日（周五）", "2027-02-08")
    ] * greeted


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_greeting_fits_every_feast_and_every_country(
    care: Program, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-24")
    (one,) = [one for one in care.json("--lang", lang, "care")["cares"] if "holiday" in one["clock"]]

    said = " ".join(line["text"] for line in (*one["do"], one["say"][0]))
    assert not any(word in said for word in ("Qingming", "清明", "machines", "机器"))


# Settling


def test_what_is_done_is_gone_and_routine_with_that_client_is_quiet(care: Program) -> None:
    joy, other = cares(care)[0], [one for one in cares(care) if one["client"] == B]

    document = care.json("care", "done", joy["id"])

    assert document["schema"] == "salescoach/touches@1"
    assert document["touches"][0]["touch"] | {"id": ""} == {
        "id": "", "client_id": document["touches"][0]["touch"]["client_id"], "clock": joy["clock"],
        "on": "2026-12-01", "state": "done", "contact_id": None,
    }  # fmt: skip
    assert cares(care) == other


def test_several_are_done_at_once_and_a_note_says_what_was_talked_of(care: Program) -> None:
    said = care.ok("care", "done", *ids(care)[:2], "--note", "They asked for the kit.")

    assert said.count("Done: ") == 2
    assert [one["text"] for one in care.json("client", "show", A)["notes"]] == ["They asked for the kit."]


def test_what_is_dropped_is_gone_and_nobody_counts_as_touched(care: Program) -> None:
    joy = ids(care)[0]

    care.ok("care", "drop", joy)

    assert [one["client"] for one in cares(care)] == [A, B]
    assert [one.split("@")[0] for one in clocks(care)] == ["care.a-call", "care.a-call"]


def test_a_line_may_be_done_before_it_is_due(care: Program) -> None:
    (ahead,) = [
        one for one in cares(care, "--days", "40") if "holiday" in one["clock"] and one["since"] == "2026-12-22"
    ]

    care.ok("care", "done", ahead["id"][:4])

    assert ahead["clock"] not in clocks(care, "--days", "40")


def test_an_id_that_is_not_there_exits_3_and_one_that_is_settled_2(care: Program) -> None:
    joy = ids(care)[0]
    care.ok("care", "done", joy)

    assert care("care", "done", "zzzzzz").code == 3
    again = care("care", "done", joy)
    assert (again.code, "settled already" in again.err) == (2, True)
    assert care("care", "done", joy[:3]).code == 3, "three letters are too few"


def test_where_one_of_several_ids_is_wrong_nothing_is_settled(care: Program) -> None:
    before = cares(care)

    assert care("care", "done", before[0]["id"], "zzzzzz").code == 3
    assert cares(care) == before


def test_one_line_is_shown_in_full(care: Program) -> None:
    one = cares(care)[0]

    full, short = care.ok("care", "show", one["id"]), care.ok("care")

    assert full.count("do: ") == len(one["do"]) > 1
    assert short.count("do: ") == len(cares(care))
    assert care.json("care", "show", one["id"])["cares"] == [one]


# Days


@pytest.mark.parametrize(
    ("said", "kind", "day", "yearly"),
    [
        ("12-24", "event", "2026-12-24", False),
        ("03-14", "birthday", "2027-03-14", True),
        ("1976-03-14", "birthday", "1976-03-14", True),
        ("02-29", "birthday", "2024-02-29", True),
        ("2001-05-01", "anniversary", "2001-05-01", True),
        ("明天", "event", "2026-12-02", False),
    ],
)
def test_a_day_is_kept_in_all_the_forms_of_a_date(care: Program, said: str, kind: str, day: str, yearly: bool) -> None:
    document = care.json("care", "add", f"{A}/{BUYER['en']}", "something", "--on", said, "--kind", kind)

    assert (document["schema"], document["client"]) == ("salescoach/occasion@1", A)
    kept = document["occasion"]
    assert (kept["day"], kept["yearly"], kept["kind"], kept["what"]) == (day, yearly, kind, "something")
    assert kept["contact_id"]


def test_a_birthday_comes_with_whom_to_call(care: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    care.ok("care", "add", f"{A}/{BUYER['en']}", "turns 50", "--on", "1977-03-14", "--kind", "birthday")
    monkeypatch.setenv("SALESCOACH_TODAY", "2027-03-12")

    (birthday,) = [one for one in cares(care) if "birthday" in one["clock"]]
    assert (birthday["contact"], birthday["about"]) == (BUYER["en"], "turns 50 · Sun 14 Mar")


@pytest.mark.parametrize(
    "argv",
    [["--on", "foo"], ["--on", "2020-01-01"], ["--on", "today", "--kind", "party"], []],
)
def test_a_day_that_cannot_be_kept_is_refused(care: Program, argv: list[str]) -> None:
    before = care.json("care", "occasions", A)

    assert care("care", "add", A, "x", *argv).code in (2, 4)
    assert care("care", "add", A, " ", "--on", "today").code == 4
    assert care.json("care", "occasions", A) == before


@pytest.mark.parametrize("what", ["birthday", "Geburtstag", "生日"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_birthday_is_known_by_its_name_in_whatever_language(care: Program, lang: str, what: str) -> None:
    kept = care.json("--lang", lang, "care", "add", f"{A}/{BUYER['en']}", what, "--on", "12-02")["occasion"]

    assert (kept["kind"], kept["yearly"]) == ("birthday", True)
    (one,) = [one for one in cares(care) if "birthday" in one["clock"]]
    assert "Happy birthday" in one["say"][0]["text"]


def test_a_kind_that_is_given_counts_whatever_the_day_is_called(care: Program) -> None:
    kept = care.json("care", "add", A, "birthday", "--on", "12-02", "--kind", "event")["occasion"]

    assert (kept["kind"], kept["yearly"]) == ("event", False)


@pytest.mark.parametrize(("kind", "warned"), [("misfortune", True), ("joy", True), ("event", False)])
def test_what_is_delicate_comes_with_a_word_of_warning(care: Program, kind: str, warned: bool) -> None:
    said = care.ok("care", "add", A, "in hospital", "--on", "today", "--kind", kind)

    assert ("told you themselves" in said) is warned


def test_days_are_listed_with_ids_that_delete_them(care: Program) -> None:
    row = care.ok("care", "occasions", A).split()
    assert "30 years of the works" in " ".join(row)

    care.ok("care", "forget", row[0])

    assert care.json("care", "occasions", A)["occasions"] == []
    assert [one for one in clocks(care) if "joy" in one] == []
    assert care("care", "forget", row[0]).code == 3


def test_news_is_a_line_for_every_key_account_or_every_client_with_a_tag_and_once(care: Program) -> None:
    assert care("care", "news", "The 80 mm kit is out").code == 3, "there is no key account"

    care.ok("care", "news", "The 80 mm kit is out", "--tag", "a")
    care.ok("care", "news", "The 80 mm kit is out", "--tag", "A")

    assert [one["client"] for one in cares(care) if "news" in one["clock"]] == [A, B]
    assert "The 80 mm kit is out" in care.ok("care")


# Who is left alone


def first_visit(program: Program, client: str, when: str) -> None:
    program.ok("prep", client, "--when", when, "--answers", "-", stdin="purpose: first-visit\n")


def test_a_prospect_gets_no_sign_of_life_and_a_planned_visit_stands_for_the_call(care: Program) -> None:
    care.ok("client", "add", "Fair Pumps", "--tag", "prospect", "--tag", "way:trade-fairs")
    first_visit(care, "Fair Pumps", "2026-12-20")
    first_visit(care, B, "2026-12-20")

    assert [(one["client"], one["clock"].split("@")[0]) for one in cares(care)] == [(A, "care.joy"), (A, "care.a-call")]
    for shown in (A, B, "Fair Pumps"):
        assert care.ok("account", "show", shown).count("care done") == 2 * (shown == A), "of one client as of all"


def test_a_client_entered_today_does_not_wait_since_last_year(program: Program) -> None:
    program.ok("client", "add", A)
    program.ok("account", "renewal", A, "--answers", "-", stdin="signed: 2025-01-10\nmonths: 36\n")

    assert cares(program) == []


def test_while_a_complaint_is_open_news_and_routine_wait(care: Program) -> None:
    care.ok("care", "news", "The 80 mm kit is out", "--tag", "A")
    care.ok("complaint", B, "--answers", "-", stdin="said: press 4 stands still\nsettled: no\n")

    assert [one["client"] for one in cares(care)] == [A, A, A]
    care.ok("complaint", B, "--settled")
    assert [one["client"] for one in cares(care)] == [A, A, A, B, B]


def test_a_way_of_finding_clients_is_no_word_to_show(program: Program) -> None:
    program.ok("client", "add", A, "--tag", "prospect", "--tag", "way:trade-fairs")
    program.ok("care", "add", A, "trade fair", "--on", "today")

    assert f"{A} · prospect\n" in program.ok("care")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_clocks_of_a_renewal_name_the_holiday_and_not_the_contract_again(program: Program, lang: str) -> None:
    program.ok("client", "add", A, "--country", "DE")
    answers = "signed: 2026-10-10\nmonths: 12\nmotive: image\nleast: half the leaks\nsubject: seals\n"
    program.ok("account", "renewal", A, "--answers", "-", stdin=answers)

    shown = program.ok("--lang", lang, "account", "renewal", A, "--show")
    assert {"en": "Christmas Day", "zh": "圣诞节"}[lang] in shown
    assert (shown.count("seals"), shown.count("half the leaks")) == (1, 1)


# Screens


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_the_list_fits_the_screen(care: Program, monkeypatch: pytest.MonkeyPatch, lang: str, columns: int) -> None:
    from salescoach.wrap import cells

    monkeypatch.setenv("COLUMNS", str(columns))
    for more in ([], ["--all"], ["--days", "60"]):
        shown = care.ok("--lang", lang, "care", *more).splitlines()
        assert [row for row in shown if cells(row) > columns] == []


def test_a_long_list_shows_the_most_pressing_clients_and_counts_the_others(program: Program) -> None:
    for number in range(11):
        program.ok("client", "add", f"Client {number}", "--tag", "A")

    assert len(cares(program)) == 11
    short, everything = program.ok("care"), program.ok("care", "--all")
    assert (short.count("\nClient "), everything.count("\nClient ")) == (8, 11)
    assert "3 more clients" in short


def test_names_and_days_cannot_act_on_the_terminal(program: Program) -> None:
    program.ok("client", "add", A, "--tag", "\x1b[31mA")
    program.ok("care", "add", A, "\x1b[2Jparty", "--on", "today")

    shown = program.ok("care") + program.ok("care", "occasions", A)
    assert "\x1b" not in shown
    assert "party" in shown


def test_help_is_there_for_the_family_and_in_both_languages(program: Program) -> None:
    assert "--days" in program.ok("care", "--help")
    assert "occasions" in program.ok("care", "--help")
    assert "关怀" in program.ok("--lang", "zh", "care", "--help")
    assert "care add [OPTIONS] CLIENT[/CONTACT] WHAT\n" in program.ok("care", "add", "-h")
    assert "care done [OPTIONS] ID...\n" in program.ok("care", "done", "-h")
    assert "prep [OPTIONS] CLIENT\n" in program.ok("prep", "-h"), "brackets around it are gone"
    assert program("care", "lst").code == 2


# What it loads, and that all clients cost a few queries


def test_holidays_are_looked_up_once_a_month_and_never_without_a_country(care: Program) -> None:
    probe = "import sys; from salescoach.cli import main; main(sys.argv[1:]); print('holidays' in sys.modules, file=sys.stderr)"

    def looked_up() -> bool:
        ran = subprocess.run([sys.executable, "-c", probe, "care"], capture_output=True, encoding="utf-8", check=True)
        return ran.stderr.split()[-1] == "True"

    looked_up()
    assert not looked_up(), "what was found is kept"


def test_many_clients_take_as_many_queries_as_few(care: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from salescoach.store.connection import Connection

    ran: list[int] = []
    plain = Connection.all

    def counting(self: Connection, query: Any) -> Any:
        ran.append(1)
        return plain(self, query)

    monkeypatch.setattr(Connection, "all", counting)

    def queries() -> int:
        ran.clear()
        cares(care)
        return len(ran)

    few = queries()
    for number in range(20):
        care.ok("client", "add", f"Client {number}", "--tag", "C")
    assert queries() == few
    assert json.dumps(cares(care)).count("c-call@never") == 20
