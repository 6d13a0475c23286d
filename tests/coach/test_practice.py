"""Which case is practised: what the debriefs show, else what was never worked, else what was worked longest ago."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach import practice
from salescoach.coach.practice import choose, last_of_each, names, shown_in, taken
from salescoach.language import LANGS, pick
from salescoach.playbook.library import Library
from salescoach.playbook.models import Checklist, Line, Objection, Rules, Scenario, Typology
from salescoach.records.ids import Outcome
from salescoach.records.models import ObjectionMet
from salescoach.records.practice import Exercise
from tests.coach.samples import TODAY, a_held_visit

YESTERDAY = TODAY - timedelta(days=1)
#: The cases and discussion questions of the digest.
WANTED = {
    "S000-Q1", "S000-Q2", "S001-WHOKEY", "S001-8020", "S001-ENEMY", "S001-STAGES", "S001-5W2H", "S001-VISITQ6",
    "S001-MINDSET", "S001-RISK4", "S001-COACH", "S001-RELMKT", "S001-TRUST8", "S001-CASE-ZHANG", "S001-PERSONA4",
    "S001-NEEDSHIFT", "S001-SPIN", "S001-PRESENT4", "S001-CLOSE5", "S001-QUOTE", "S001-RIVAL", "S001-OBJTYPE3",
    "S001-PRICE", "S001-LEVEL3", "S001-CASE-TYPHOON", "S001-CASE-ANNIV", "S001-BLACK3", "S002-WHOAMI", "S002-HEART5",
    "S002-ROUTE", "S002-ROLE4", "S002-ABILITY6", "S002-GROOM", "S002-CAR", "S002-FACTOPINION", "S002-EMPATHY",
    "S002-OBJWHY5", "S002-VISITPRE", "S002-VISITIN", "S002-VISITPOST", "S002-RIVAL", "S004-CASES",
}  # fmt: skip


def a_case(id_: str, *trains: str) -> Scenario:
    return Scenario(
        kind="scenario", id=id_, version=1, title=id_, sources=("ours",), situation="It rains.", ask="And now?",
        holds=(Line(id="one", text="One."), Line(id="two", text="Two.")), trains=trains,
    )  # fmt: skip


def worked(case: str, on: date, **changes: Any) -> Exercise:
    return Exercise(**{"id": f"E-{case}-{on}", "case": case, "on": on, **changes})


CASES = (a_case("argue", "argued"), a_case("beg", "pleaded", "price"), a_case("close", "continuation"))
TRAINED = {case.id: case.trains for case in CASES}


def chosen(shown: Any = None, *exercises: Exercise, today: date = TODAY) -> str:
    found = choose(TRAINED, shown or {}, last_of_each(exercises), today)
    assert found is not None
    return found.case


def test_a_debrief_shows_faults_weak_outcomes_feedback_and_topics_left_open_once_a_visit() -> None:
    visit = a_held_visit(
        YESTERDAY,
        outcome="continuation",
        listening={"talked-more": True, "spoke-first": False},
        taboos={"pleaded": True},
        feedback=("feedback.pleaded", "feedback.price-early"),
    )
    met = ObjectionMet(id="O", client_id="C1", on=YESTERDAY, said="Too dear", topic="price", visit_id=visit.id)
    settled = ObjectionMet(
        id="P", client_id="C1", on=YESTERDAY, said="No time", topic="timing", visit_id=visit.id, resolved=True
    )

    shown = shown_in([visit], [met, met, settled])

    assert shown == {id_: [YESTERDAY] for id_ in ("continuation", "talked-more", "pleaded", "price-early", "price")}


def test_an_order_or_an_advance_asks_for_no_practice() -> None:
    assert shown_in([a_held_visit(YESTERDAY, outcome=one) for one in ("order", "advance")], []) == {}


def test_what_was_shown_most_often_is_practised_and_named_first() -> None:
    shown = {"argued": [YESTERDAY], "price": [YESTERDAY], "pleaded": [YESTERDAY, YESTERDAY]}

    found = choose(TRAINED, shown, {}, TODAY)

    assert found is not None
    assert (found.case, found.shown) == ("beg", (("pleaded", 2), ("price", 1)))


def test_what_was_shown_before_the_case_was_last_worked_no_longer_counts() -> None:
    shown = {"argued": [YESTERDAY, YESTERDAY], "continuation": [YESTERDAY]}

    assert chosen(shown) == "argue"
    assert chosen(shown, worked("argue", YESTERDAY)) == "close"
    assert chosen({"argued": [TODAY]}, worked("argue", YESTERDAY)) == "argue"


def test_without_debriefs_what_was_never_worked_comes_first_then_the_oldest() -> None:
    first, second = worked("argue", date(2026, 1, 5)), worked("beg", date(2026, 1, 4))

    assert chosen({}, first, second) == "close"
    assert chosen({}, first, second, worked("close", date(2026, 3, 1))) == "beg"
    assert chosen({}, first, second, worked("beg", date(2026, 4, 1)), worked("close", date(2026, 3, 1))) == "argue"


def test_among_equals_each_day_has_its_own() -> None:
    days = [TODAY + timedelta(days=number) for number in range(3)]

    assert {chosen(today=day) for day in days} == {"argue", "beg", "close"}
    assert chosen(today=TODAY) == chosen(today=TODAY)


def test_without_a_case_nothing_is_chosen() -> None:
    assert choose({}, {}, {}, TODAY) is None


@given(
    st.dictionaries(
        st.sampled_from(["argued", "pleaded", "price", "continuation", "unknown"]),
        st.lists(st.dates(date(2026, 10, 1), TODAY), max_size=4),
    ),
    st.lists(st.builds(worked, st.sampled_from(["argue", "beg", "close"]), st.dates(date(2026, 10, 1), TODAY))),
)
def test_no_other_case_had_more_to_say_for_it(shown: dict[str, list[date]], exercises: list[Exercise]) -> None:
    last = last_of_each(exercises)

    def weight(case: str) -> int:
        since = last[case].on if case in last else date.min
        return sum(day > since for id_ in TRAINED[case] for day in shown.get(id_, ()))

    found = choose(TRAINED, shown, last, TODAY)

    assert found is not None
    assert weight(found.case) == max(map(weight, TRAINED)) == sum(count for _, count in found.shown)


def test_only_points_of_the_case_are_kept_in_its_order() -> None:
    done = taken(CASES[0], {"answer": "So.", "hit": ["two", "gone", "one"]}, "E1", TODAY)

    assert done == Exercise(id="E1", case="argue", on=TODAY, answer="So.", hit=("one", "two"), of=2)


def test_a_walk_that_was_left_empty_is_kept_as_no_point() -> None:
    assert taken(CASES[0], {}, "E1", TODAY) == Exercise(id="E1", case="argue", on=TODAY, of=2)


# The built-in cases


@pytest.fixture(scope="module")
def known(books: Library) -> set[str]:
    debriefs = [one for one in books.all(Checklist) if one.use == "debrief"]
    return set(names(books.get(Typology, "outcomes"), books.titles(Objection), debriefs, books.labelled(Rules, "feedback")))


def test_every_case_and_question_of_the_courses_is_there(books: Library) -> None:
    cases = books.all(Scenario)

    assert len(cases) >= 30
    assert {source for case in cases for source in case.sources} >= WANTED


def test_what_a_case_trains_can_be_shown_by_a_debrief_and_has_a_name(books: Library, known: set[str]) -> None:
    assert set(practice.WEAK) < set(get_args(Outcome)) <= known
    assert not {id_ for case in books.all(Scenario) for id_ in case.trains} - known


def test_each_fault_and_each_topic_has_a_case(books: Library) -> None:
    trained = {id_ for case in books.all(Scenario) for id_ in case.trains}
    debrief = books.get(Checklist, "debrief")
    asked = (question for section in debrief.sections for question in section.questions)
    faults = {choice.id for question in asked if question.type == "ticks" for choice in question.choices}

    assert not (faults | {one.id for one in books.all(Objection)} | set(practice.WEAK)) - trained


def test_a_case_is_ticked_with_single_keys_and_told_on_half_a_screen(books: Library) -> None:
    for case in books.all(Scenario):
        assert 3 <= len(case.holds) <= 9, case.id
        assert all(len(pick(case.situation, lang)) < 700 for lang in LANGS), case.id
        assert case.mistakes, case.id
