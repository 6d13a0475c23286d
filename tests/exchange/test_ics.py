"""The calendar file, read back by the library that calendars are read with: whole, escaped, and the same again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from vobject import readOne

from salescoach.exchange.ics import Entry, calendar, contacts_agreed, ending, occasions, planned, promised
from salescoach.records.account import NO_YEAR, Contract, Occasion
from salescoach.records.models import Client, Contact, Debrief, Plan, Promise, Step, Visit

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
CLIENTS = {"C1": Client(id="C1", name="Hengtai Pumps")}
HOSTILE = [
    "Müller\r\nATTENDEE:mailto:x@example.org",
    "a\nEND:VEVENT\nBEGIN:VEVENT",
    'one, two; three\\n four: "five"',
    "bare\rreturn",
    "vt\x0b ff\x0c fs\x1c nel\x85 ls\u2028 ps\u2029 nul\x00 esc\x1b",
    "right\u202eleft",
    "",
]


def a_promise(**changes: Any) -> Promise:
    known = {"id": "R1", "client_id": "C1", "owner": "ours", "who": "", "what": "send the report", "by": TODAY}
    return Promise(**{**known, **changes})


def read(written: bytes) -> list[Any]:
    return list(Calendar.from_ical(written).walk("VEVENT"))


def test_an_entry_is_a_whole_day_under_the_id_of_its_record() -> None:
    (event,) = read(calendar(promised([a_promise()], CLIENTS, TODAY, "en"), NOW))

    assert event["UID"] == "R1@salescoach"
    assert event["SUMMARY"] == "Hengtai Pumps: we promised – send the report"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (TODAY, TODAY + timedelta(days=1))
    assert event["DTSTAMP"].dt == NOW
    assert event["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize("what", ["send the report", "发检测报告：80毫米套件，" * 8, *HOSTILE[:4]])
def test_a_parser_that_it_was_not_written_with_reads_the_same(what: str) -> None:
    written = calendar(promised([a_promise(what=what), a_promise(id="R2", by=TODAY + timedelta(days=3))], CLIENTS, TODAY, "zh"), NOW)
    theirs = {one.uid.value: one for one in readOne(written.decode()).vevent_list}

    for ours in read(written):
        other = theirs.pop(str(ours["UID"]))
        assert other.summary.value == str(ours["SUMMARY"])
        assert (other.dtstart.value, other.dtend.value) == (ours["DTSTART"].dt, ours["DTEND"].dt)
        assert (other.status.value, int(other.sequence.value)) == (str(ours["STATUS"]), ours["SEQUENCE"])
    assert theirs == {}


def test_a_second_export_has_the_same_ids_and_counts_as_the_newer_one() -> None:
    first = read(calendar(promised([a_promise()], CLIENTS, TODAY, "en"), NOW))
    moved = promised([a_promise(by=TODAY + timedelta(days=7))], CLIENTS, TODAY, "en")
    second = read(calendar(moved, NOW + timedelta(seconds=1)))

    assert [one["UID"] for one in first] == [one["UID"] for one in second]
    assert second[0]["SEQUENCE"] > first[0]["SEQUENCE"]


def test_the_same_records_at_the_same_moment_make_the_same_file() -> None:
    entries = promised([a_promise()], CLIENTS, TODAY, "en")

    assert calendar(entries, NOW) == calendar(entries, NOW)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"state": "done", "closed_on": date(2026, 11, 1)}, ["CANCELLED"]),
        ({"state": "dropped", "closed_on": TODAY}, ["CANCELLED"]),
        ({"state": "done", "closed_on": date(2026, 10, 31)}, []),
        ({"by": None}, []),
        ({"by": date(2025, 1, 1)}, ["CONFIRMED"]),
    ],
)
def test_what_was_closed_within_a_month_is_cancelled_in_the_calendar(
    changes: dict[str, Any], status: list[str]
) -> None:
    events = read(calendar(promised([a_promise(**changes)], CLIENTS, TODAY, "en"), NOW))

    assert [one["STATUS"] for one in events] == status


@pytest.mark.parametrize(
    ("state", "status"),
    [("planned", ["CONFIRMED"]), ("cancelled", ["CANCELLED"]), ("not-held", ["CANCELLED"]), ("done", [])],
)
def test_a_visit_is_there_while_it_is_planned(state: Any, status: list[str]) -> None:
    plan = Plan(primary_advance=Step(who="李伟", what="寄图纸"))
    visit = Visit(
        id="V1", client_id="C1", when=TODAY, purpose="discovery", contact_ids=("P1",), status=state, plan=plan
    )
    people = {"P1": Contact(id="P1", client_id="C1", name="李伟")}

    events = read(calendar(planned([visit], CLIENTS, people, {"discovery": "需求调研"}, TODAY, "zh"), NOW))

    assert [one["STATUS"] for one in events] == status
    for event in events:
        assert event["SUMMARY"] == "Hengtai Pumps：拜访——需求调研"
        assert event["DESCRIPTION"] == "见：李伟\n目标：李伟——寄图纸"


def test_a_contract_is_there_on_the_day_from_which_it_no_longer_runs() -> None:
    contracts = [
        Contract(id="K1", client_id="C1", signed=date(2026, 1, 31), months=13, subject="seal kits"),
        Contract(id="K2", client_id="C1", signed=date(2026, 1, 31)),
        Contract(id="K3", client_id="C1", signed=date(2020, 1, 31), months=12),
    ]

    (event,) = read(calendar(ending(contracts, CLIENTS, TODAY, "en"), NOW))

    assert (event["UID"], event["DTSTART"].dt) == ("K1@salescoach", date(2027, 2, 28))


def test_chinese_text_is_folded_within_75_octets_and_comes_back_whole() -> None:
    what = "把八十毫米油缸密封套件的检测报告和去年全年的漏油统计发给设备科" * 5

    written = calendar(promised([a_promise(what=what)], CLIENTS, TODAY, "zh"), NOW)

    assert all(len(line) <= 75 and line.decode() for line in written.split(b"\r\n")[:-1])
    assert read(written)[0]["SUMMARY"] == f"Hengtai Pumps：我方承诺——{what}"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_adds_no_line_and_no_event(text: str) -> None:
    clients = {"C1": Client(id="C1", name=text)}

    written = calendar(promised([a_promise(what=text)], clients, TODAY, "en"), NOW)

    assert_harmless(written, 1)


@given(st.text(), st.text(), st.dates(), st.booleans())
def test_no_text_and_no_day_breaks_the_file(title: str, about: str, day: date, cancelled: bool) -> None:
    entries = [
        Entry(id="R1", day=day, title=title, about=about, cancelled=cancelled),
        Entry(id="R2", day=day, title=about),
    ]

    written = calendar(entries, NOW)

    assert_harmless(written, 2)
    assert [one["DTSTART"].dt for one in read(written)] == [day, day]


def assert_harmless(written: bytes, events: int) -> None:
    """Only lines that we mean, each ended by CRLF and nothing else, none too long."""
    text = written.decode()
    assert text.endswith("\r\n")
    assert text.replace("\r\n", "").isprintable()
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    unfolded = text.replace("\r\n ", "").split("\r\n")[:-1]
    names = {line.partition(":")[0].partition(";")[0] for line in unfolded}
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
        "DESCRIPTION", "STATUS", "TRANSP",
    }  # fmt: skip
    assert len(read(written)) == unfolded.count("BEGIN:VEVENT") == events


def test_an_empty_book_makes_a_calendar_without_entries() -> None:
    assert read(calendar([], NOW)) == []


def agreed(*others: Visit, on: int = 8, step: str = "call Ann", today: date = TODAY) -> list[tuple[str, date, bool]]:
    """The next contacts of a client with whom one was agreed on 1 December, after which others followed."""
    said = Debrief(next_step=step, next_date=date(2026, 12, on))
    visits = [Visit(id="V1", client_id="C1", when=TODAY, status="done", debrief=said), *others]
    return [(one.title, one.day, one.cancelled) for one in contacts_agreed(visits, CLIENTS, today, "en")]


def test_a_next_contact_has_its_day_and_an_id_that_the_visit_itself_does_not_have() -> None:
    visit = Visit(id="V1", client_id="C1", when=TODAY, status="done", debrief=Debrief(next_date=date(2026, 12, 8)))

    (event,) = read(calendar(contacts_agreed([visit], CLIENTS, TODAY, "en"), NOW))

    assert event["UID"] == "V1-next@salescoach"
    assert event["SUMMARY"] == "Hengtai Pumps: next contact"
    assert agreed() == [("Hengtai Pumps: next contact – call Ann", date(2026, 12, 8), False)]


@pytest.mark.parametrize(
    ("day", "status", "cancelled"),
    [
        (8, "planned", True), (5, "done", True), (8, "done", True),
        (9, "planned", False), (9, "done", False), (5, "cancelled", False), (5, "not-held", False),
    ],
)  # fmt: skip
def test_a_next_contact_is_cancelled_once_a_visit_stands_in_its_place(day: int, status: Any, cancelled: bool) -> None:
    other = Visit(id="V2", client_id="C1", when=date(2026, 12, day), status=status)

    assert [one[2] for one in agreed(other)] == [cancelled]
    assert [one[2] for one in agreed(replace(other, client_id="C2"))] == [False]


def test_next_contacts_of_more_than_a_month_ago_are_left_out() -> None:
    assert len(agreed(today=date(2027, 1, 7))) == 1
    assert agreed(today=date(2027, 1, 8)) == []


@pytest.mark.parametrize(
    ("kind", "day", "yearly", "start", "rule"),
    [
        ("birthday", date(1980, 5, 9), True, date(1980, 5, 9), {"FREQ": ["YEARLY"]}),
        ("birthday", date(NO_YEAR, 5, 9), True, date(2026, 5, 9), {"FREQ": ["YEARLY"]}),
        ("birthday", date(NO_YEAR, 2, 29), True, date(2024, 2, 29), {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}),
        ("event", date(2026, 12, 24), False, date(2026, 12, 24), None),
        ("event", date(2026, 10, 1), False, None, None),
        ("misfortune", TODAY, False, None, None),
        ("news", TODAY, False, None, None),
    ],
)
def test_a_day_to_remember_comes_every_year(
    kind: Any, day: date, yearly: bool, start: date | None, rule: dict[str, Any] | None
) -> None:
    kept = Occasion(id="O1", client_id="C1", kind=kind, what="", day=day, yearly=yearly, contact_id="P1")
    people = {"P1": Contact(id="P1", client_id="C1", name="Ann Berg")}
    events = read(calendar(occasions([kept], CLIENTS, people, TODAY, "en"), NOW))

    assert [one["DTSTART"].dt for one in events] == ([start] if start else [])
    for one in events:
        assert one["UID"] == "O1@salescoach"
        assert one["SUMMARY"] == f"Hengtai Pumps: Ann Berg – {kind}"
        assert ({name: [*held] for name, held in one["RRULE"].items()} if "RRULE" in one else None) == rule
