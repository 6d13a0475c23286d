"""What comes back from visit to visit: nothing is lost, the oldest is first, the third time it may be dropped."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach import prep
from salescoach.coach.carry import reminder, standing, to_ask, unasked
from salescoach.playbook.library import Library
from salescoach.records.models import Debrief, ObjectionMet, Plan, Visit
from tests.coach.samples import TODAY, a_contact, a_history, a_visit, in_english

WORDS = ("What does a leak cost you?", "谁来签字？", "Who else is asked?")


def held(number: int, *, ask: tuple[str, ...] = (), asked: tuple[str, ...] = (), drop: tuple[str, ...] = ()) -> Visit:
    """The n-th visit, a week after the one before."""
    return a_visit(
        id=f"V{number:03}",
        when=date(2026, 1, 5) + timedelta(weeks=number),
        status="done",
        contact_ids=(a_contact().id,),
        plan=Plan(questions=ask, drop=drop),
        debrief=Debrief(asked=asked),
    )


def after(*visits: Visit, **known: Any) -> Any:
    """What is known after those visits, oldest first."""
    return a_history(held=tuple(reversed(visits)), contacts=(a_contact(),), **known)


def too_dear(visit: Visit, said: str = "too dear", topic: str | None = "price") -> ObjectionMet:
    return ObjectionMet(
        id=f"B-{visit.id}-{said}", client_id="C1", on=visit.when, said=said, topic=topic, visit_id=visit.id
    )


def test_a_question_comes_back_until_it_is_asked() -> None:
    first = held(1, ask=WORDS[:2], asked=WORDS[1:2])

    assert [(one.text, one.since, one.times) for one in unasked(after(first))] == [(WORDS[0], first.when, 1)]
    assert unasked(after(first, held(2, asked=("what does a leak  cost you",)))) == ()


def test_it_is_the_same_question_in_other_letters_and_counts_from_the_first_time() -> None:
    (one,) = unasked(after(held(1, ask=WORDS[:1]), held(2, ask=("WHAT DOES A LEAK COST YOU",)), held(3)))

    assert (one.text, one.times, one.often) == (WORDS[0], 3, True)


def unsaid(visit: Visit) -> Visit:
    """The visit with a debrief that did not ask which of the questions were asked."""
    return replace(visit, debrief=Debrief(unknown=("asked",)))


def test_a_question_of_which_nobody_was_asked_was_planned_and_is_never_offered_for_dropping() -> None:
    first = unsaid(held(1, ask=WORDS[:1]))

    (one,) = unasked(after(first, unsaid(held(2)), unsaid(held(3)), unsaid(held(4))))

    assert (one.since, one.times, one.often) == (first.when, 0, False)
    assert reminder(one, "en") == f"{WORDS[0]} · planned on Mon 12 Jan"
    assert reminder(one, "zh") == f"{WORDS[0]} · 原计划1月12日（周一）问"


def test_it_counts_as_not_asked_from_the_first_visit_of_which_that_is_known() -> None:
    second = held(2)

    (one,) = unasked(after(unsaid(held(1, ask=WORDS[:1])), second))

    assert (one.since, one.times) == (second.when, 1)


def test_a_dropped_question_is_gone_until_it_is_planned_again() -> None:
    history = after(held(1, ask=WORDS[:1]), held(2), held(3, drop=WORDS[:1]))

    assert unasked(history) == ()
    assert [one.times for one in unasked(after(*reversed(history.held), held(4, ask=WORDS[:1])))] == [1]


def test_what_the_planned_visit_drops_is_gone_at_once() -> None:
    planned = a_visit(plan=Plan(drop=WORDS[:1]))

    assert unasked(after(held(1, ask=WORDS[:2]), planned=planned))[0].text == WORDS[1]


def test_after_a_call_all_is_offered_that_was_planned_or_came_back_once_each() -> None:
    visit = a_visit(plan=Plan(questions=(WORDS[2], WORDS[0])))

    assert to_ask(after(held(1, ask=WORDS[:2])), visit) == WORDS


asks = st.lists(st.sampled_from(WORDS), unique=True).map(tuple)


@given(st.lists(st.tuples(asks, asks, asks), max_size=8))
def test_carry_over_loses_nothing(plans: list[tuple[tuple[str, ...], ...]]) -> None:
    """Every question planned comes back, unless since then, or in that very visit, it was asked, or dropped later."""
    visits = [held(n, ask=ask, asked=asked, drop=drop) for n, (ask, asked, drop) in enumerate(plans)]

    for text in WORDS:
        waits = False
        for ask, asked, drop in plans:
            waits = (text in ask or (waits and text not in drop)) and text not in asked
        assert (text in [one.text for one in unasked(after(*visits))]) == waits


@given(st.lists(st.tuples(asks, asks), max_size=8))
def test_what_waits_longest_comes_first(plans: list[tuple[tuple[str, ...], ...]]) -> None:
    visits = [held(n, ask=ask, asked=asked) for n, (ask, asked) in enumerate(plans)]

    days = [one.since for one in unasked(after(*visits))]
    assert days == sorted(days)


def test_every_open_objection_is_in_the_brief_the_oldest_first(books: Library) -> None:
    visits = [held(n) for n in range(1, 6)]
    topics = ("timing", "price", "trust", "service", "budget")
    met = [too_dear(visit, topic, topic) for visit, topic in zip(visits, topics, strict=True)]

    brief = prep.brief(books, after(*visits, unresolved=tuple(reversed(met))), a_visit(), TODAY, in_english())

    assert [(one.topic, one.times) for one in brief.objections] == list(zip(topics, (5, 4, 3, 2, 1), strict=True))


def test_an_objection_that_fits_no_topic_stands_among_the_questions(books: Library) -> None:
    visit = held(1)
    history = after(visit, unresolved=(too_dear(visit, "the wrong grey", None),))

    brief = prep.brief(books, history, a_visit(), TODAY, in_english())

    assert brief.questions[0].text == "“the wrong grey” · open since Mon 12 Jan"
    assert brief.questions[0].id == "carried.objection-1"


def test_a_dropped_objection_is_gone_until_it_is_heard_again() -> None:
    first, second = held(1), held(2, drop=("objection-price",))
    history = after(first, second, unresolved=(too_dear(first),))

    assert standing(history) == ()
    heard = replace(history, unresolved=(too_dear(second), too_dear(first)))
    assert [(one.topic, one.since) for one in standing(heard)] == [("price", second.when)]


def test_a_gap_that_three_visits_left_open_is_offered_for_dropping_and_then_gone(books: Library) -> None:
    def back(history: Any) -> list[tuple[str, bool]]:
        brief = prep.brief(books, history, a_visit(), TODAY, in_english())
        return [(one.id, one.often) for one in brief.carried]

    gaps = ["gap-decision-maker", f"gap-role-{a_contact().id}", f"gap-style-{a_contact().id}"]
    assert back(after(held(1), held(2))) == [(gap, False) for gap in gaps]
    assert back(after(held(1), held(2), held(3))) == [(gap, True) for gap in gaps]
    assert back(after(held(1), held(2), held(3), held(4, drop=(gaps[0],)))) == [(gap, True) for gap in gaps[1:]]


def test_the_rep_s_own_questions_come_first_and_those_that_came_back_are_marked(books: Library) -> None:
    history = after(held(1, ask=WORDS[:2]))
    visit = a_visit(plan=Plan(questions=(WORDS[2], WORDS[0])))

    questions = prep.brief(books, history, visit, TODAY, in_english()).questions

    assert [(one.id, one.text) for one in questions[:3]] == [
        ("plan.question-1", WORDS[2]),
        ("plan.question-2", f"{WORDS[0]} · not asked on Mon 12 Jan"),
        ("carried.question-1", f"{WORDS[1]} · not asked on Mon 12 Jan"),
    ]


def test_the_same_history_always_gives_the_same_brief(books: Library) -> None:
    first = held(1, ask=WORDS)
    history = after(first, held(2, asked=WORDS[:1]), unresolved=(too_dear(first),))

    once, twice = (prep.brief(books, history, a_visit(), TODAY, in_english()) for _ in range(2))
    assert once == twice
