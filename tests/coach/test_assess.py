"""Account sheets: an answer has a date, a reason and an expiry; one change reopens what hangs on it."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.assess import (
    BECAUSE,
    advice_of,
    as_checklist,
    claims,
    due,
    filled,
    known_answers,
    score,
    standing,
    stops_at,
    taken,
    value_of,
    verdict,
    weakest,
    weighed,
)
from salescoach.playbook.library import Library
from salescoach.playbook.models import Question, Scorecard
from salescoach.records.account import Assessment, Said
from salescoach.walk.machine import Walk
from tests.coach.samples import TODAY, in_english

IDS = count()


def on(day: date, sheet: str = "screen", **answers: str | tuple[str, str]) -> Assessment:
    """What was answered on a day; a pair is an answer and its evidence."""
    said = {
        key: Said(answer=one[0], because=one[1]) if isinstance(one, tuple) else Said(answer=one)
        for key, one in answers.items()
    }
    return Assessment(id=f"{next(IDS):06}", client_id="C1", sheet=sheet, version=1, on=day, answers=said)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def screen(books: Library) -> Scorecard:
    return books.get(Scorecard, "screen")


@pytest.fixture
def risk(books: Library) -> Scorecard:
    return books.get(Scorecard, "risk")


PROVEN = ("yes", "seen it")


# Fading


def test_an_answer_without_an_entry_is_open(screen: Scorecard) -> None:
    assert {one.state for one in standing(screen, [], TODAY).held} == {"open"}


def test_an_answer_with_evidence_is_firm_today(screen: Scorecard) -> None:
    held = standing(screen, [on(TODAY, can_use=PROVEN)], TODAY).of("can_use")

    assert held is not None
    assert (held.state, held.worth) == ("firm", 1.0)


def test_a_claim_without_evidence_is_worth_half_and_is_asked_again(screen: Scorecard) -> None:
    sheet = standing(screen, [on(TODAY, can_use="yes")], TODAY)
    held = sheet.of("can_use")

    assert held is not None
    assert (held.state, held.worth) == ("fading", 0.5)
    assert held in due(sheet)


def test_not_to_know_needs_no_evidence(screen: Scorecard) -> None:
    held = standing(screen, [on(TODAY, can_use="unsure")], TODAY).of("can_use")

    assert held is not None
    assert held.worth == 1.0


def test_after_its_days_an_answer_is_worth_half(screen: Scorecard) -> None:
    item = next(item for part in screen.parts for item in part.items if item.id == "can_use")
    assert item.good_for is not None

    held = standing(screen, [on(ago(item.good_for), can_use=PROVEN)], TODAY).of("can_use")

    assert held is not None
    assert held.worth == pytest.approx(0.5)
    assert held.state == "fading"


def test_an_answer_too_old_no_longer_counts(screen: Scorecard) -> None:
    sheet = standing(screen, [on(ago(3000), can_use=PROVEN)], TODAY)

    assert [one.state for one in sheet.held][:1] == ["faded"]
    assert filled(sheet)[0] == 0
    assert verdict(sheet) == "open"


@given(earlier=st.integers(0, 4000), later=st.integers(0, 4000), because=st.sampled_from(["", "seen it"]))
def test_no_answer_is_ever_worth_more_with_more_days(books: Library, earlier: int, later: int, because: str) -> None:
    earlier, later = sorted((earlier, later))
    for card in books.all(Scorecard):
        for item in (item for part in card.parts for item in part.items):
            for answer in [mark.id for mark in item.choices] or ["words"]:
                said = Said(answer=answer, because=because)
                assert 0 <= value_of(item, said, later) <= value_of(item, said, earlier) <= 1


@given(days=st.integers(0, 4000), answer=st.sampled_from(["yes", "unsure", "no"]))
def test_evidence_never_makes_an_answer_worth_less(books: Library, days: int, answer: str) -> None:
    for item in (item for part in books.get(Scorecard, "screen").parts for item in part.items):
        assert value_of(item, Said(answer=answer, because="seen"), days) >= value_of(item, Said(answer=answer), days)


def test_a_day_in_the_future_is_worth_no_more_than_today(screen: Scorecard) -> None:
    held = standing(screen, [on(TODAY + timedelta(days=9), can_use=PROVEN)], TODAY).of("can_use")

    assert held is not None
    assert held.worth == 1.0


@given(order=st.permutations(range(4)))
def test_the_last_answer_counts_in_whatever_order_the_records_come(books: Library, order: list[int]) -> None:
    said = [
        on(ago(40), can_use="no"),
        on(ago(30), can_use=PROVEN),
        on(ago(20), can_use="no"),
        on(ago(9), can_use="unsure"),
    ]

    sheet = standing(books.get(Scorecard, "screen"), [said[place] for place in order], TODAY)

    assert sheet.answer("can_use") == "unsure"


def test_answers_about_somebody_else_are_passed_over(books: Library) -> None:
    card = books.get(Scorecard, "person")
    other = replace(on(TODAY, "person", uses_it="yes"), contact_id="P-other")

    assert standing(card, [other], TODAY, contact_id="P-1").answer("uses_it") is None


# One change reopens what hangs on it


def test_a_changed_answer_reopens_what_hangs_on_it(screen: Scorecard) -> None:
    before = on(ago(5), can_use=PROVEN, urgent=PROVEN)
    sheet = standing(screen, [before, on(ago(1), can_use=("no", "the line is gone"))], TODAY)
    urgent = sheet.of("urgent")

    assert urgent is not None
    assert urgent.state == "reopened"


def test_the_same_answer_given_again_reopens_nothing(screen: Scorecard) -> None:
    before = on(ago(5), can_use=PROVEN, urgent=PROVEN)
    urgent = standing(screen, [before, on(ago(1), can_use=("yes", "seen again"))], TODAY).of("urgent")

    assert urgent is not None
    assert urgent.state == "firm"


def test_what_is_answered_together_is_not_reopened(screen: Scorecard) -> None:
    before = on(ago(5), can_use=("no", "x"), urgent=PROVEN)
    urgent = standing(screen, [before, on(TODAY, can_use=PROVEN, urgent=PROVEN)], TODAY).of("urgent")

    assert urgent is not None
    assert urgent.state == "firm"


def test_what_was_reopened_is_closed_by_its_next_answer(screen: Scorecard) -> None:
    said = [on(ago(5), can_use=PROVEN, urgent=PROVEN), on(ago(3), can_use=("no", "x")), on(TODAY, urgent=PROVEN)]
    urgent = standing(screen, said, TODAY).of("urgent")

    assert urgent is not None
    assert urgent.state == "firm"


@given(
    days=st.lists(st.tuples(st.integers(0, 300), st.sampled_from(["yes", "no", "unsure"])), max_size=6),
    last=st.sampled_from(["yes", "no", "unsure"]),
)
def test_only_what_hangs_on_the_changed_answer_is_reopened(
    books: Library, days: list[tuple[int, str]], last: str
) -> None:
    card = books.get(Scorecard, "screen")
    hangs = {item.id for part in card.parts for item in part.items if "can_use" in item.hangs_on}
    first = on(ago(301), can_use=PROVEN, can_afford=PROVEN, thinks_well=PROVEN, urgent=PROVEN, trusts=PROVEN)
    said = [on(ago(day), can_use=answer) for day, answer in sorted(days, reverse=True)] + [on(TODAY, can_use=last)]

    sheet = standing(card, [first, *said], TODAY)

    assert {one.item.id for one in sheet.held if one.state == "reopened"} <= hangs
    changed = any(one.answers["can_use"].answer != "yes" for one in said)
    assert (hangs <= {one.item.id for one in sheet.held if one.state == "reopened"}) is changed


# What it comes to


def test_a_funnel_ends_at_the_first_no(screen: Scorecard) -> None:
    sheet = standing(screen, [on(TODAY, can_use=PROVEN, can_afford=("no", "no budget until May"))], TODAY)
    stop = stops_at(sheet)

    assert stop is not None
    assert stop.item.id == "can_afford"
    assert due(sheet) == ()
    assert verdict(sheet) == "bad"


def test_a_no_that_is_too_old_stops_nothing(screen: Scorecard) -> None:
    sheet = standing(screen, [on(ago(3000), can_use=("no", "x"))], TODAY)

    assert stops_at(sheet) is None
    assert len(due(sheet)) == 5


def test_five_yes_are_good_and_four_are_open(screen: Scorecard) -> None:
    four = on(TODAY, can_use=PROVEN, can_afford=PROVEN, thinks_well=PROVEN, urgent=PROVEN)

    assert verdict(standing(screen, [four], TODAY)) == "open"
    assert verdict(standing(screen, [four, on(TODAY, trusts=PROVEN)], TODAY)) == "good"


def test_nothing_answered_comes_to_nothing(screen: Scorecard) -> None:
    assert verdict(standing(screen, [], TODAY)) is None


def test_a_rival_in_sight_does_not_by_itself_say_no(risk: Scorecard) -> None:
    said = on(TODAY, "risk", is_opportunity=PROVEN, can_win=PROVEN, is_contested=("held", "x"), is_worth_it=PROVEN)

    assert verdict(standing(risk, [said], TODAY)) == "open"


def test_one_criterion_against_it_makes_the_risk_a_no(risk: Scorecard) -> None:
    said = on(TODAY, "risk", is_opportunity=PROVEN, can_win=PROVEN, is_contested="no", is_worth_it=PROVEN)
    against = on(TODAY, "risk", access_to_funds=("minus", "frozen until spring"))

    assert verdict(standing(risk, [said, against], TODAY)) == "bad"


def test_each_no_has_its_action(screen: Scorecard) -> None:
    for item in (item for part in screen.parts for item in part.items):
        sheet = standing(screen, [on(TODAY, **{item.id: ("no", "x")})], TODAY)
        own = {f"screen.{line.id}" for mark in item.choices if mark.id == "no" for line in mark.do}
        assert own
        assert own <= {line.id for line in advice_of(sheet, in_english())}


def test_points_are_added_and_the_weakest_comes_first(books: Library) -> None:
    card = books.get(Scorecard, "ten-weapons")
    said = on(TODAY, "ten-weapons", net=("2", "x"), price=("0", "x"), quality=("1", "x"))
    sheet = standing(card, [said], TODAY)

    assert score(sheet) == (3, 20)
    assert [one.item.id for one in weakest(sheet)] == ["price", "quality", "net"]


def test_few_answers_are_no_verdict_where_points_are_added_up(books: Library) -> None:
    card = books.get(Scorecard, "ten-weapons")
    ids = [item.id for part in card.parts for item in part.items if any(mark.points for mark in item.choices)]

    def comes_to(points: str, count: int) -> str | None:
        return verdict(standing(card, [on(TODAY, "ten-weapons", **dict.fromkeys(ids[:count], (points, "x")))], TODAY))

    assert [comes_to("0", 4), comes_to("0", 5), comes_to("1", 10), comes_to("2", 10)] == ["open", "bad", "open", "good"]


def test_what_is_known_is_counted_of_what_is_asked(books: Library) -> None:
    sheet = standing(books.get(Scorecard, "risk"), [on(TODAY, "risk", can_win=PROVEN, project=("plus", "x"))], TODAY)

    assert filled(sheet) == (2, 5), "four questions, and one criterion that was answered"


def test_points_of_answers_too_old_do_not_count(books: Library) -> None:
    sheet = standing(books.get(Scorecard, "ten-weapons"), [on(ago(3000), "ten-weapons", net=("2", "x"))], TODAY)

    assert score(sheet) == (0, 20)


# Asking


def test_gaps_are_asked_first(risk: Scorecard) -> None:
    said = on(ago(95), "risk", is_opportunity=PROVEN, can_win=PROVEN)
    asked = [(one.item.id, one.state) for one in due(standing(risk, [said], TODAY))]

    assert [state for _, state in asked] == ["open", "open", "fading", "fading"]


def test_firm_answers_are_not_asked_again(screen: Scorecard) -> None:
    asked = due(standing(screen, [on(TODAY, can_use=PROVEN)], TODAY))

    assert "can_use" not in [one.item.id for one in asked]


def walked(sheet_of: Callable[[], Scorecard], answers: dict[str, str]) -> Walk:
    sheet = standing(sheet_of(), [], TODAY)
    return Walk([as_checklist(sheet, sheet.held, "How?")], answers, today=TODAY, pace="deep")


def test_evidence_is_asked_of_a_claim_and_not_of_doubt(screen: Scorecard) -> None:
    assert "can_use" + BECAUSE in walked(lambda: screen, {"can_use": "yes"}).asked
    assert "can_use" + BECAUSE not in walked(lambda: screen, {"can_use": "unsure"}).asked


def test_evidence_in_a_file_is_taken_for_any_answer_and_for_none_without(screen: Scorecard) -> None:
    sheet = standing(screen, [], TODAY)
    walk = Walk([as_checklist(sheet, sheet.held, "How?", in_file=True)], today=TODAY)

    doubt = walk.taking({("can_use",): "unsure", ("can_use_because",): "asked twice"})
    assert doubt.answers["can_use_because"] == "asked twice"
    assert walk.taking({("can_use_because",): "asked twice"}).hidden == (("can_use_because",),)


def test_an_item_asks_all_that_it_says_as_a_question(books: Library) -> None:
    """What a question may be told stands in the checklist too: bounds, and whatever is added later."""
    card = books.get(Scorecard, "renewal")
    asked = as_checklist(standing(card, [], TODAY), standing(card, [], TODAY).held, "How?").sections[0].questions[0]
    item = card.parts[0].items[0]

    kept = [field.name for field in fields(Question) if field.name not in ("when", "pace")]
    assert [getattr(asked, name) for name in kept] == [getattr(item, name) for name in kept]
    assert (asked.id, asked.min, asked.max) == ("satisfaction", 0, 100)


def test_the_walk_of_a_funnel_stops_at_the_first_no(screen: Scorecard) -> None:
    asked = walked(lambda: screen, {"can_use": "yes", "can_use_because": "x", "can_afford": "no"}).asked

    assert asked == ("can_use", "can_use_because", "can_afford", "can_afford_because")


def test_what_was_answered_becomes_a_record_with_its_evidence(screen: Scorecard) -> None:
    sheet = standing(screen, [], TODAY)

    made = taken(sheet, {"can_use": "yes", "can_use_because": "seen", "urgent": ""}, TODAY, lambda: "X", "C1")

    assert made is not None
    assert made.answers == {"can_use": Said(answer="yes", because="seen")}
    assert (made.sheet, made.on, made.client_id) == ("screen", TODAY, "C1")


def test_nothing_answered_makes_no_record(screen: Scorecard) -> None:
    assert taken(standing(screen, [], TODAY), {}, TODAY, lambda: "X", "C1") is None


def test_what_was_answered_before_is_the_default_of_the_next_walk(screen: Scorecard) -> None:
    sheet = standing(screen, [on(ago(9), can_use=PROVEN)], TODAY)

    assert known_answers(sheet) == {"can_use": "yes", "can_use_because": "seen it"}


# The built-in sheets


def test_sheets_that_are_walked_together_have_no_key_twice(books: Library) -> None:
    for use in {card.use for card in books.all(Scorecard)}:
        keys = [
            item.id for card in books.all(Scorecard) if card.use == use for part in card.parts for item in part.items
        ]
        assert len(keys) == len(set(keys)), use


def test_every_weighed_answer_that_counts_against_us_says_what_to_do(books: Library) -> None:
    silent = [
        (card.id, item.id, mark.id)
        for card in books.all(Scorecard)
        for part in card.parts
        for item in part.items
        for mark in item.choices
        if mark.means == "bad" and not (mark.do or item.do)
    ]

    assert [one for one in silent if one[0] != "risk"] == []


def test_a_claim_is_an_answer_for_or_against(books: Library) -> None:
    for card in books.all(Scorecard):
        for item in (item for part in card.parts for item in part.items):
            assert set(claims(item)) == {mark.id for mark in item.choices if mark.means in ("good", "bad")}
            assert weighed(item) or not claims(item)
