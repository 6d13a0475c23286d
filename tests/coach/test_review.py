"""The rep's own numbers: they add up, claim nothing of few cases, and never depend on how the records lie."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.ledger import ENOUGH
from salescoach.coach.review import (
    CLAIMS,
    COIN,
    DAYS,
    EARLIEST,
    OUTCOMES,
    Numbers,
    Period,
    Rate,
    Records,
    Spread,
    document,
    numbers,
    period,
    rate_document,
    review,
    shift,
    spread_document,
)
from salescoach.playbook.models import Cue, Typology
from salescoach.records.ids import Forecast
from salescoach.records.models import Debrief, Effort, ObjectionMet, Observation, Plan, Promise, Visit
from tests.coach.samples import TODAY, a_promise, a_visit, seen
from tests.examples import tried

SPAN = period(TODAY)
DAY = timedelta(days=1)
STYLES = Typology(
    kind="typology", id="styles", version=1, title="Styles", sources=("ours",), entries=(),
    cues=(Cue(id="bold", text="bold", likelihood={"driver": 0.7, "expressive": 0.1, "amiable": 0.1, "analytical": 0.1}),),
)  # fmt: skip


def counted(span: Period = SPAN, **records: Any) -> Numbers:
    return numbers(Records(**records), span, TODAY, STYLES)


def held(number: int = 0, when: date = TODAY, plan: Plan | None = None, **debrief: Any) -> Visit:
    return a_visit(id=f"V{number}", when=when, status="done", plan=plan, debrief=Debrief(**debrief))


def forecast(said: Forecast, came: int, of: int, begin: int = 0) -> list[Visit]:
    """Visits with this forecast, of which so many met their planned advance."""
    plan = Plan(forecast=said)
    return [
        held(begin + number, plan=plan, primary="met" if number < came else "missed", outcome="continuation")
        for number in range(of)
    ]


def heard(topic: str, visit: str | None = "V0") -> ObjectionMet:
    return ObjectionMet(id=f"J{topic}{visit}", client_id="C1", on=TODAY, said="x", topic=topic, visit_id=visit)


# Records of any sort

days = st.integers(-3, 3 * DAYS).map(lambda back: TODAY - timedelta(days=back))
plans = st.builds(
    Plan,
    forecast=st.none() | st.sampled_from(list(CLAIMS)),
    expected_objections=st.lists(st.sampled_from(["price", "trust", "need"]), max_size=3).map(tuple),
)
results = st.sampled_from(["met", "missed", "replaced", "none"])
efforts = st.builds(Effort, prompts=st.integers(0, 40), seconds=st.floats(0, 4000))
debriefs = st.builds(
    Debrief, outcome=st.sampled_from(OUTCOMES), primary=results, fallback=results, effort=st.none() | efforts
)
people = st.lists(st.sampled_from(["P1", "P2", "P3"]), max_size=2).map(tuple)


@st.composite
def books(draw: st.DrawFn) -> Records:
    statuses = st.sampled_from(["planned", "done", "done", "done", "cancelled", "not-held"])
    visits = [
        Visit(
            id=f"V{number}", client_id=draw(st.sampled_from(["C1", "C2"])), when=draw(days), status=draw(statuses),
            plan=draw(st.none() | plans), debrief=draw(st.none() | debriefs), contact_ids=draw(people),
        )
        for number in range(draw(st.integers(0, 12)))
    ]  # fmt: skip
    promises = [
        Promise(
            id=f"R{number}", client_id="C1", owner=draw(st.sampled_from(["ours", "theirs"])), who="", what="x",
            by=draw(st.none() | days), state=draw(st.sampled_from(["open", "done", "dropped"])),
            closed_on=draw(st.none() | days),
        )
        for number in range(draw(st.integers(0, 8)))
    ]  # fmt: skip
    topics = st.none() | st.sampled_from(["price", "trust", "budget"])
    objections = [
        replace(heard("x", f"V{draw(st.integers(0, 12))}"), id=f"J{number}", topic=draw(topics))
        for number in range(draw(st.integers(0, 12)))
    ]
    observations = [
        Observation(id=f"O{number}", client_id="C1", on=draw(days), cue="bold", contact_id=draw(st.sampled_from(["P1", "P2", None])))
        for number in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    return Records(
        visits=visits, promises=promises, objections=objections, observations=observations, persons=frozenset({"C1"})
    )


def rates(found: Numbers) -> list[Rate]:
    return [
        found.advance, found.primary, found.fallback, found.expected, found.foreseen, found.styles,
        *(rate for _, rate in found.forecasts), *(rate for _, rate in found.promises),
    ]  # fmt: skip


# What holds of every book


@tried(40)
@given(books())
def test_the_counts_add_up(records: Records) -> None:
    found = review(records, SPAN, STYLES)

    for one in (found.now, found.before):
        outcomes = dict(one.outcomes)
        assert list(outcomes) == list(OUTCOMES)
        assert sum(outcomes.values()) == one.debriefed <= one.visits
        assert outcomes["order"] + outcomes["advance"] == one.advance.won
        assert one.forecast <= one.primary.count <= one.debriefed
        assert sum(rate.won for _, rate in one.forecasts) <= one.primary.won
        assert one.fallback.count <= one.debriefed - one.primary.won
        assert one.expected.won == one.foreseen.won
    assert sum(month.advance.count for month in found.months) == found.now.debriefed + found.before.debriefed
    assert sum(month.advance.won for month in found.months) == found.now.advance.won + found.before.advance.won
    assert sum(week.visits for week in found.weeks) <= found.now.visits


@tried(40)
@given(books())
def test_every_rate_lies_within_its_interval_and_few_cases_claim_nothing(records: Records) -> None:
    for rate in rates(counted(**{name: getattr(records, name) for name in records.__dataclass_fields__})):
        low, high = rate.interval
        assert 0 <= rate.won <= rate.count
        assert 0 <= low <= high <= 1
        assert not rate.count or low - 1e-9 <= rate.share <= high + 1e-9
        shown = rate_document(rate)
        assert (shown["percent"] is None) == (shown["interval"] is None) == (rate.count < ENOUGH)


@tried(40)
@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(records: Records, chance: random.Random) -> None:
    def shuffled(several: Sequence[Any]) -> list[Any]:
        return chance.sample(list(several), len(several))

    other = Records(
        visits=shuffled(records.visits), promises=shuffled(records.promises),
        objections=shuffled(records.objections), observations=shuffled(records.observations), persons=records.persons,
    )  # fmt: skip

    assert document(review(records, SPAN, STYLES)) == document(review(other, SPAN, STYLES))


@tried(40)
@given(books(), days, st.integers(1, 60))
def test_two_spans_that_touch_count_what_the_whole_counts(records: Records, first: date, length: int) -> None:
    whole = Period(first=first, last=first + timedelta(days=2 * length - 1))
    later = Period(first=first + timedelta(days=length), last=whole.last)
    earlier = later.before()

    assert earlier.first == first
    sums = [
        [one.visits, one.waiting, *(rate.count for rate in rates(one)[:5]), *(count for _, count in one.outcomes)]
        for one in (numbers(records, span, TODAY, STYLES) for span in (whole, earlier, later))
    ]
    assert sums[0] == [one + two for one, two in zip(sums[1], sums[2], strict=True)]


@given(st.integers(1, 200), st.integers(0, 200), st.integers(2, 20))
def test_the_interval_narrows_with_more_cases_of_the_same_share(count: int, won: int, times: int) -> None:
    won = min(won, count)

    (low, high), (narrow_low, narrow_high) = (Rate(won=won * n, count=count * n).interval for n in (1, times))

    assert narrow_high - narrow_low < high - low


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_a_change_the_other_way_round_is_the_opposite(a: int, b: int, c: int, d: int) -> None:
    now, before = Rate(won=min(a, b), count=b), Rate(won=min(c, d), count=d)

    assert shift(before, now) == {"up": "down", "down": "up"}.get(shift(now, before) or "", shift(now, before))


@tried(40)
@given(books())
def test_weeks_are_whole_touch_each_other_and_end_on_the_last_day(records: Records) -> None:
    weeks = review(records, SPAN, STYLES).weeks

    for week, following in pairwise(weeks):
        assert following.first - week.first == 7 * DAY
    if weeks:
        assert weeks[0].visits > 0
        assert weeks[0].first >= SPAN.first
        assert weeks[-1].first == TODAY - 6 * DAY


def test_weeks_are_drawn_of_the_span_alone() -> None:
    span = Period(first=TODAY - 20 * DAY, last=TODAY)
    visits = [held(when=TODAY - days * DAY) for days in (2, 9, 25, 30)]

    found = review(Records(visits=visits), span, STYLES)

    assert found.now.visits == 2
    assert [week.visits for week in found.weeks] == [1, 1]


@given(st.lists(st.floats(0, 4000), min_size=ENOUGH))
def test_half_of_all_amounts_lie_within_the_quarters_and_the_median_between_them(amounts: list[float]) -> None:
    spread = Spread(amounts=tuple(sorted(amounts)))
    low, high = spread.quarters

    assert low - 1e-6 <= spread.median <= high + 1e-6
    assert 4 * sum(one < low - 1e-6 for one in amounts) <= len(amounts) + 3
    assert 4 * sum(one > high + 1e-6 for one in amounts) <= len(amounts) + 3
    assert 2 * sum(one < spread.median for one in amounts) <= len(amounts)
    assert 2 * sum(one > spread.median for one in amounts) <= len(amounts)


@given(books())
def test_what_a_debrief_costs_is_counted_where_it_was_measured(records: Records) -> None:
    found = counted(visits=records.visits)

    known = [
        one.debrief.effort
        for one in records.visits
        if one.status == "done" and one.when in SPAN and one.debrief and one.debrief.effort
    ]
    assert found.seconds.count == found.prompts.count == len(known) <= found.debriefed
    assert found.seconds.amounts == tuple(sorted(one.seconds for one in known))


def test_a_median_is_claimed_from_five_cases_on() -> None:
    four, five = (Spread(amounts=tuple(range(10, 10 * count + 1, 10))) for count in (4, 5))

    assert spread_document(four) == {"count": 4, "median": None, "quarters": None}
    assert spread_document(five) == {"count": 5, "median": 30, "quarters": [20, 40]}


def test_a_share_is_claimed_from_five_cases_on() -> None:
    assert rate_document(Rate(won=2, count=4)) == {"won": 2, "count": 4, "percent": None, "interval": None}
    assert rate_document(Rate(won=2, count=5)) == {"won": 2, "count": 5, "percent": 40, "interval": [12, 77]}


# The span


def test_the_span_is_ninety_days_with_today_and_the_one_before_as_long() -> None:
    assert (SPAN.first, SPAN.last, SPAN.days) == (date(2026, 9, 3), TODAY, 90)
    assert (SPAN.before().last, SPAN.before().days) == (date(2026, 9, 2), 90)


def test_a_day_that_is_named_is_the_first_and_included() -> None:
    assert period(TODAY, date(2026, 11, 30)).days == 2
    assert period(TODAY, TODAY).days == 1


@pytest.mark.parametrize(
    ("when", "now", "before"),
    [
        (TODAY + DAY, 0, 0),
        (TODAY, 1, 0),
        (SPAN.first, 1, 0),
        (SPAN.first - DAY, 0, 1),
        (SPAN.before().first, 0, 1),
        (SPAN.before().first - DAY, 0, 0),
    ],
)
def test_both_ends_of_a_span_are_included(when: date, now: int, before: int) -> None:
    found = review(Records(visits=[held(when=when)]), SPAN, STYLES)

    assert (found.now.debriefed, found.before.debriefed) == (now, before)


def test_a_span_that_begins_before_there_were_records_begins_with_the_earliest() -> None:
    assert period(TODAY, date.min).first == EARLIEST
    assert review(Records(visits=[held()]), period(TODAY, date.min), STYLES).now.debriefed == 1


@pytest.mark.parametrize("today", [date.min, date.max, EARLIEST])
def test_the_ends_of_the_calendar_break_nothing(today: date) -> None:
    span = period(today, today)

    found = numbers(Records(visits=[held(when=today)]), span, today, STYLES)

    assert found.debriefed == 1


# Outcomes and plans


def test_orders_and_advances_move_the_deal_on() -> None:
    found = counted(visits=[held(number, outcome=outcome) for number, outcome in enumerate(OUTCOMES)])

    assert (found.advance.won, found.advance.count) == (2, 4)


def test_a_visit_without_a_debrief_is_a_visit_and_no_outcome() -> None:
    found = counted(visits=[a_visit(status="done"), a_visit(status="cancelled"), a_visit(status="not-held")])

    assert (found.visits, found.debriefed) == (1, 0)


def test_a_visit_planned_for_a_day_that_is_over_waits_for_its_debrief() -> None:
    found = counted(visits=[a_visit(when=TODAY), a_visit(when=TODAY - DAY), a_visit(when=TODAY + DAY)])

    assert found.waiting == 1


def test_a_plan_without_an_advance_neither_hits_nor_misses() -> None:
    found = counted(visits=[held(0), held(1, primary="met"), held(2, primary="replaced")])

    assert (found.primary.won, found.primary.count) == (1, 2)


def test_a_fallback_counts_where_it_was_needed() -> None:
    visits = [held(0, primary="met", fallback="missed"), held(1, primary="missed", fallback="met")]

    found = counted(visits=[*visits, held(2, primary="missed")])

    assert (found.fallback.won, found.fallback.count) == (1, 1)


# Forecasts


def test_a_forecast_is_held_against_the_planned_advance() -> None:
    found = counted(visits=[*forecast("likely", 3, 4), held(9, plan=Plan(forecast="likely"))])

    assert dict(found.forecasts)["likely"] == Rate(won=3, count=4)


@pytest.mark.parametrize(("said", "came", "score"), [("likely", 5, 0.04), ("likely", 0, 0.64), ("even", 2, COIN), ("unlikely", 0, 0.04)])  # fmt: skip
def test_the_brier_score_is_the_mean_square_of_the_error(said: Forecast, came: int, score: float) -> None:
    assert counted(visits=forecast(said, came, 5)).brier == score


def test_below_five_forecasts_there_is_no_score() -> None:
    assert counted(visits=forecast("likely", 4, 4)).brier is None


@pytest.mark.parametrize(
    ("said", "came", "lean"),
    [("likely", 4, "hopeful"), ("likely", 16, None), ("unlikely", 16, "careful"), ("even", 10, None)],
)
def test_forecasts_that_are_off_beyond_chance_lean_one_way(said: Forecast, came: int, lean: str | None) -> None:
    assert counted(visits=forecast(said, came, 20)).lean == lean


def test_forecasts_that_are_off_both_ways_lean_neither() -> None:
    assert counted(visits=[*forecast("likely", 4, 20), *forecast("unlikely", 16, 20, begin=20)]).lean is None


# Objections, promises, people


def test_what_was_expected_is_held_against_what_came() -> None:
    visit = held(plan=Plan(expected_objections=("price", "timing")))

    found = counted(visits=[visit], objections=[heard("price"), heard("trust"), heard("need")])

    assert found.expected == Rate(won=1, count=2)
    assert found.foreseen == Rate(won=1, count=3)


def test_objections_count_once_a_topic_and_only_where_some_were_expected() -> None:
    visits = [held(0, plan=Plan(expected_objections=("price", "price"))), held(1)]
    twice = replace(heard("price"), id="again")

    found = counted(visits=visits, objections=[heard("price"), twice, heard("trust", "V1"), heard("need", None)])

    assert (found.expected, found.foreseen) == (Rate(won=1, count=1), Rate(won=1, count=1))


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        ({"state": "done", "closed_on": TODAY - 3 * DAY}, Rate(won=1, count=1)),
        ({"state": "done", "closed_on": TODAY - 2 * DAY}, Rate(won=1, count=1)),
        ({"state": "done", "closed_on": TODAY - DAY}, Rate(won=0, count=1)),
        ({"state": "open"}, Rate(won=0, count=1)),
        ({"state": "dropped", "closed_on": TODAY}, Rate(won=0, count=0)),
        ({"state": "done", "closed_on": None}, Rate(won=0, count=0)),
    ],
)
def test_a_promise_is_kept_if_it_was_done_by_its_day(promise: dict[str, Any], kept: Rate) -> None:
    found = dict(counted(promises=[a_promise("x", TODAY - 2 * DAY, **promise)]).promises)

    assert found == {"ours": kept, "theirs": Rate(won=0, count=0)}


@pytest.mark.parametrize("by", [None, TODAY, TODAY + DAY])
def test_a_promise_whose_day_is_not_over_is_not_broken(by: date | None) -> None:
    assert dict(counted(promises=[a_promise("x", by)]).promises)["ours"].count == 0


def test_people_met_are_clear_or_not_by_what_was_seen_up_to_the_last_day() -> None:
    span = Period(first=TODAY - 9 * DAY, last=TODAY - DAY)
    visits = [replace(held(when=TODAY - DAY), contact_ids=("P1", "P2", "P3"))]
    twice = [seen("bold", day, contact_id="P1") for day in (TODAY - 2 * DAY, TODAY - DAY)]
    later = [seen("bold", day, contact_id="P2") for day in (TODAY - DAY, TODAY)]
    cues = [*twice, *later, seen("bold", TODAY - DAY, contact_id="P3")]

    assert counted(span, visits=visits, observations=cues).styles == Rate(won=1, count=3)


def test_a_client_who_is_a_person_is_somebody_who_was_met() -> None:
    visits, cues = [held()], [seen("bold"), seen("bold", TODAY - DAY)]

    assert counted(visits=visits, observations=cues, persons={"C1"}).styles == Rate(won=1, count=1)
    assert counted(visits=visits, observations=cues).styles == Rate(won=0, count=0)


# Changes


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ((18, 20), (6, 20), "up"),
        ((6, 20), (18, 20), "down"),
        ((11, 20), (9, 20), "unclear"),
        ((4, 4), (0, 20), None),
        ((20, 20), (0, 4), None),
    ],
)
def test_a_change_is_claimed_only_beyond_chance(
    now: tuple[int, int], before: tuple[int, int], change: str | None
) -> None:
    assert shift(*(Rate(won=won, count=count) for won, count in (now, before))) == change


def test_a_month_without_a_debrief_has_its_place() -> None:
    found = review(Records(visits=[held(0), held(1, when=date(2026, 9, 30))]), SPAN, STYLES)

    assert [(one.first.month, one.advance.count) for one in found.months] == [(9, 1), (10, 0), (11, 0), (12, 1)]
