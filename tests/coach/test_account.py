"""The account as a whole: lights, warnings from the rep's own records, the vital few, what to do next."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.account import (
    STAGE_OF,
    VITAL,
    Criterion,
    criteria,
    ranking,
    sheets_of,
    stage_shown,
    step_of,
    verdict_on,
    warnings,
    worst_light,
)
from salescoach.coach.assess import standing
from salescoach.coach.contracts import days_left, ending, running
from salescoach.coach.facts import facts_before
from salescoach.coach.history import History
from salescoach.coach.moves import planned_actions, sheet_moves
from salescoach.coach.prep import brief
from salescoach.playbook.library import Library
from salescoach.playbook.models import Scorecard, Typology
from salescoach.records.account import Assessment, Contract, Crisis, Said, Touch
from tests.coach.samples import TODAY, a_contact, a_held_visit, a_history, a_promise, a_visit, in_english


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def answered(sheet: str, on: date = TODAY, contact_id: str | None = None, **answers: Any) -> Assessment:
    said = {key: Said(answer=answer, because="seen") for key, answer in answers.items()}
    return Assessment(
        id=f"A-{sheet}-{on}-{contact_id}",
        client_id="C1",
        contact_id=contact_id,
        sheet=sheet,
        version=1,
        on=on,
        answers=said,
    )


def a_contract(signed: date = date(2026, 1, 15), months: int | None = 12, **changes: Any) -> Contract:
    return Contract(**{"id": f"K-{signed}", "client_id": "C1", "signed": signed, "months": months, **changes})


def warned(books: Library, history: History, on: date = TODAY) -> list[str]:
    sheets = sheets_of(books.all(Scorecard), history.assessments, on)
    return [one.id for one in warnings(replace(history, sheets=sheets), on)]


# The traffic light (S001-TRAFFIC)


@pytest.mark.parametrize(
    ("ours", "theirs", "light"),
    [
        (True, False, "safe"),
        (True, True, "watch"),
        (False, True, "alarm"),
        (False, False, "open"),
        (True, None, "watch"),
        (False, None, "alarm"),
        (None, True, "open"),
    ],
)
def test_who_meets_a_criterion_decides_its_light(ours: bool | None, theirs: bool | None, light: str) -> None:
    assert Criterion(what="price", ours=ours, theirs=theirs).light == light


def test_the_most_pressing_criterion_comes_first(books: Library) -> None:
    given = [{"what": "service", "ours": True, "theirs": False}, {"what": "price", "ours": False, "theirs": True}]
    sheet = standing(
        books.get(Scorecard, "purchasing-criteria"), [answered("purchasing-criteria", criteria=given)], TODAY
    )

    assert [one.what for one in criteria(sheet)] == ["price", "service"]
    assert worst_light({"purchasing-criteria": sheet}) == "alarm"


# Warnings


def test_an_account_in_order_is_warned_of_nothing(books: Library) -> None:
    assert warned(books, a_history(held=(a_held_visit(ago(20), outcome="advance"),))) == []


def test_a_long_silence_is_warned_of(books: Library) -> None:
    assert warned(books, a_history(held=(a_held_visit(ago(91)),))) == ["warn-silence"]


def test_a_touch_breaks_the_silence(books: Library) -> None:
    touch = Touch(id="T", client_id="C1", clock="x", on=ago(3))

    assert warned(books, a_history(held=(a_held_visit(ago(91)),), touches=(touch,))) == []


def test_a_dropped_touch_does_not_break_it(books: Library) -> None:
    touch = Touch(id="T", client_id="C1", clock="x", on=ago(3), state="dropped")

    assert warned(books, a_history(held=(a_held_visit(ago(91)),), touches=(touch,))) == ["warn-silence"]


def test_twice_the_usual_rhythm_is_a_silence_too(books: Library) -> None:
    weekly = tuple(a_held_visit(ago(days)) for days in (30, 40, 50, 60))

    assert warned(books, a_history(held=weekly)) == ["warn-silence"]


def test_a_client_never_seen_is_not_silent(books: Library) -> None:
    assert warned(books, a_history()) == []


def test_two_calls_that_moved_nothing_after_one_that_did_are_warned_of(books: Library) -> None:
    calls = tuple(
        a_held_visit(ago(days), outcome=outcome)
        for days, outcome in ((5, "continuation"), (15, "continuation"), (25, "advance"))
    )

    assert warned(books, a_history(held=calls)) == ["warn-sliding"]


def test_a_client_that_never_moved_does_not_slide(books: Library) -> None:
    calls = tuple(a_held_visit(ago(days), outcome="continuation") for days in (5, 15, 25))

    assert warned(books, a_history(held=calls)) == []


@pytest.mark.parametrize(("left", "ids"), [(91, []), (90, ["warn-ends"]), (0, ["warn-ends"]), (-5, ["warn-ended"])])
def test_the_end_of_the_term_is_warned_of_from_three_months_before(books: Library, left: int, ids: list[str]) -> None:
    on = date(2027, 1, 15) - timedelta(days=left)

    assert warned(books, a_history(contracts=(a_contract(),)), on) == ids


def test_open_affairs_come_first(books: Library) -> None:
    history = a_history(
        crises=(Crisis(id="X", kind="product", opened=ago(2)),),
        assessments=(answered("complaint", said="it leaks"),),
        promises=(a_promise("send it", ago(3)),),
        contracts=(a_contract(),),
    )

    assert warned(books, history) == ["warn-crisis", "warn-complaint", "warn-promises", "warn-ends"]


def test_what_is_settled_is_not_warned_of(books: Library) -> None:
    history = a_history(
        crises=(Crisis(id="X", kind="product", opened=ago(2), closed=TODAY),),
        assessments=(answered("complaint", said="it leaks", settled=True),),
    )

    assert warned(books, history) == []


@pytest.mark.parametrize(("now", "ids"), [(70, ["warn-satisfaction"]), (71, [])])
def test_a_clear_fall_in_satisfaction_is_warned_of(books: Library, now: int, ids: list[str]) -> None:
    given = (answered("renewal", ago(60), satisfaction=80), answered("renewal", ago(1), satisfaction=now))

    assert warned(books, a_history(assessments=given)) == ids


# Contracts


def test_the_contract_in_force_is_the_one_that_counts() -> None:
    old, new = a_contract(date(2025, 1, 15)), a_contract(date(2026, 1, 15))

    assert running((new, old), TODAY) == new
    assert days_left((new, old), TODAY) == 45


def test_without_a_running_one_the_last_that_is_over_counts() -> None:
    assert days_left((a_contract(date(2025, 1, 15)),), TODAY) == -320


def test_a_contract_without_a_term_has_no_days_left() -> None:
    assert days_left((a_contract(months=None),), TODAY) is None


def test_two_contracts_about_different_things_both_count_and_the_first_to_end_is_told() -> None:
    seals, pumps = a_contract(subject="seals"), a_contract(date(2026, 3, 1), subject="pumps")

    assert running((pumps, seals), TODAY) == seals
    assert sum(one.revenue for one in ranking([replace(seals, revenue=2.0), replace(pumps, revenue=3.0)], TODAY)) == 5.0


def test_a_renewed_contract_brings_its_revenue_once() -> None:
    old, new = a_contract(revenue=5.0), a_contract(date(2026, 11, 20), revenue=6.0)

    assert [one.revenue for one in ranking([old, new], TODAY)] == [6.0]


def test_a_term_that_another_contract_takes_over_does_not_end() -> None:
    now, next_ = a_contract(), a_contract(date(2026, 11, 20))

    assert [one.id for one, _ in ending([now], TODAY)] == [now.id]
    assert ending([now, next_], TODAY) == ()


# The vital few (S001-8020)

revenues = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.floats(1, 1e6), min_size=1, max_size=8)


@given(revenues)
def test_shares_add_up_and_the_vital_are_the_fewest_that_reach_four_fifths(by_client: dict[str, float]) -> None:
    found = ranking([a_contract(client_id=id_, revenue=each) for id_, each in by_client.items()], TODAY)
    vital = [one for one in found if one.vital]

    assert sum(one.share for one in found) == pytest.approx(1)
    assert [one.revenue for one in found] == sorted(by_client.values(), reverse=True)
    assert vital[-1].together >= VITAL - 1e-9
    assert sum(one.share for one in vital[:-1]) < VITAL + 1e-9


def test_what_is_over_or_not_begun_brings_nothing() -> None:
    over, ahead = a_contract(date(2024, 1, 1), revenue=5.0), a_contract(date(2027, 1, 1), revenue=5.0)

    assert ranking([over, ahead], TODAY) == ()


def test_currencies_are_not_added_up() -> None:
    both = [a_contract(revenue=5.0, currency="eur"), a_contract(client_id="C2", revenue=500.0, currency="CNY")]

    assert [(one.currency, one.share) for one in ranking(both, TODAY)] == [("CNY", 1.0), ("EUR", 1.0)]


# What is told of the sheets


def test_the_share_of_purchases_speaks_for_a_stage(books: Library) -> None:
    card = books.get(Scorecard, "stage-check")
    for answer, stage in STAGE_OF.items():
        sheet = standing(card, [answered("stage-check", main_supplier=answer)], TODAY)
        assert stage_shown({"stage-check": sheet}) == stage


def test_every_answer_about_the_supplier_has_its_stage(books: Library) -> None:
    items = [item for part in books.get(Scorecard, "stage-check").parts for item in part.items]

    assert {mark.id for item in items if item.id == "main_supplier" for mark in item.choices} == set(STAGE_OF)


def test_a_step_that_is_too_old_is_no_longer_told(books: Library) -> None:
    card = books.get(Scorecard, "purchasing-process")

    for on, step in ((TODAY, "test"), (ago(2000), None)):
        sheet = standing(card, [answered("purchasing-process", on, step="test")], TODAY)
        assert step_of({"purchasing-process": sheet}) == step


def test_the_worst_of_the_sheets_of_a_command_counts(books: Library) -> None:
    sheets = sheets_of(books.all(Scorecard), [answered("decline", rival_offers="yes")], TODAY)

    assert verdict_on(sheets, "loyalty") == "bad"
    assert verdict_on(sheets, "screen") is None


def test_what_the_sheets_say_can_be_asked_in_a_condition(books: Library) -> None:
    given = (
        answered("purchasing-criteria", criteria=[{"what": "price", "ours": False, "theirs": True}]),
        answered("purchasing-process", step="negotiate"),
        answered("complaint", said="it leaks"),
    )
    history = a_history(assessments=given, contracts=(a_contract(),), sheets=sheets_of(books.all(Scorecard), given, TODAY))

    facts = facts_before(history, books.get(Typology, "styles"), a_visit(), (), TODAY)

    assert (facts.criteria_light, facts.purchasing_step, facts.complaint_open) == ("alarm", "negotiate", True)
    assert (facts.days_to_renewal, facts.screening, facts.crisis_open) == (45, None, False)


# What to do next


def row(name: str, on: date, by: date, action: str = "invite") -> Assessment:
    return answered("relationship-plan", on, f"P-{name}", action=action, by=by.isoformat())


def test_planned_actions_are_those_due_within_two_weeks_or_late() -> None:
    rows = [
        row("A", ago(9), TODAY + timedelta(days=14)),
        row("B", ago(9), TODAY + timedelta(days=15)),
        row("C", ago(9), ago(2)),
    ]

    assert [one.contact_id for one in planned_actions(rows, TODAY)] == ["P-C", "P-A"]


def test_the_last_plan_with_a_person_counts() -> None:
    rows = [row("A", ago(9), TODAY, "invite"), row("A", ago(2), TODAY + timedelta(days=60), "send figures")]

    assert planned_actions(rows, TODAY) == ()


def test_what_the_plan_has_due_with_a_person_stands_first_in_the_brief(books: Library) -> None:
    lin = a_contact("Lin")
    history = a_history(contacts=(lin,), assessments=(row("Lin", ago(9), TODAY, "show her the test bench"),))

    made = brief(books, history, a_visit(contact_ids=(lin.id,)), TODAY, in_english())

    assert made.people[0].do[0].text.startswith("show her the test bench")


def test_sheets_are_proposed_where_they_are_empty_or_too_old(books: Library) -> None:
    history = a_history(assessments=(answered("screen", ago(2000), can_use="yes"),))
    sheets = sheets_of(books.all(Scorecard), history.assessments, TODAY)

    moves = sheet_moves(history, [sheets["screen"], sheets["risk"]])

    assert [(one.key, one.command) for one in moves] == [
        ("move-old", "salescoach account screen 'Hengtai Pumps'"),
        ("move-begin", "salescoach account risk 'Hengtai Pumps'"),
    ]


def test_an_account_that_was_never_assessed_gives_a_brief_as_before(books: Library) -> None:
    bare = brief(books, a_history(), a_visit(), TODAY, in_english())
    empty = sheets_of(books.all(Scorecard), (), TODAY)
    with_sheets = brief(books, replace(a_history(), sheets=empty), a_visit(), TODAY, in_english())

    assert bare == with_sheets


def test_the_next_gap_of_a_sheet_that_was_begun_is_asked_first(books: Library) -> None:
    given = (answered("screen", can_use="yes"),)
    history = a_history(assessments=given, sheets=sheets_of(books.all(Scorecard), given, TODAY))

    asked = brief(books, history, a_visit(), TODAY, in_english()).questions

    assert asked[0].id.startswith("screen.")
    assert asked[0].text.startswith("“")
