"""What a debrief shows: the issue's list of things to notice, the three most useful, and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.coach.debrief import RECENT, Verdict, facts_after, judge
from salescoach.coach.history import History
from salescoach.coach.prep import rules_that_hold
from salescoach.coach.warm import is_warm
from salescoach.playbook.facts import Facts
from salescoach.playbook.library import Library
from salescoach.playbook.models import Rules, Typology
from salescoach.records.models import Plan, Step
from tests.coach.samples import TODAY, a_client, a_contact, a_history, a_visit, in_english

DATED = {"client_commitments": [{"who": "Li Wei", "what": "send the drawings", "by": "2026-12-08"}]}
CALM = {"next_date": "2026-12-15", "lesson": "ask first"}
KEY = a_history(client=a_client(key_account=True), contacts=(a_contact(),))
PLAIN = a_history(contacts=(a_contact(),))


@pytest.fixture
def judged(books: Library) -> Callable[..., Verdict]:
    def run(answers: dict[str, Any], history: History = PLAIN, **visit: Any) -> Verdict:
        ids = count(1)
        people = {one.name: one for one in history.contacts}
        return judge(
            books, history, a_visit(**visit), answers, TODAY, in_english(), lambda: f"N{next(ids)}", people.get
        )

    return run


@pytest.mark.parametrize(
    ("rule", "answers", "history", "purpose"),
    [
        ("warm-words", {"summary": "Very friendly, they are interested"}, PLAIN, "discovery"),
        ("warm-words", {"summary": "聊得不错，对方很感兴趣"}, PLAIN, "discovery"),
        ("only-we-promised", {"our_promises": [{"what": "send the report"}]}, PLAIN, "discovery"),
        ("talked-more", {**DATED, "listening": {"talked-more": True}}, PLAIN, "discovery"),
        ("presented-before-need", {**DATED, "discovery_review": {"solution-early": True}}, PLAIN, "discovery"),
        ("presented-before-need", {**DATED, "first_visit_review": {"product-first": True}}, PLAIN, "first-visit"),
        ("presented-before-need", {**DATED, "presentation_faults": {"need-not-explicit": True}}, PLAIN, "presentation"),
        ("too-many-points", {**DATED, "presentation_faults": {"too-many-points": True}}, PLAIN, "presentation"),
        ("closing-trick-key-account", {**DATED, "presentation_faults": {"closing-trick": True}}, KEY, "presentation"),
        ("closing-trick-key-account", {**DATED, "negotiation_review": {"closing-trick": True}}, KEY, "negotiation"),
        ("closing-trick", {**DATED, "negotiation_review": {"closing-trick": True}}, PLAIN, "negotiation"),
        ("price-before-value", {**DATED, "negotiation_review": {"price-before-value": True}}, PLAIN, "negotiation"),
        ("price-before-value", {**DATED, "discovery_review": {"price-early": True}}, PLAIN, "discovery"),
        ("argued", {**DATED, "taboos": {"argued": True}}, PLAIN, "discovery"),
        ("no-next-date", {**DATED, "next_date": None}, PLAIN, "discovery"),
    ],
)
def test_what_the_debrief_admits_is_told(
    judged: Callable[..., Verdict], rule: str, answers: dict[str, Any], history: History, purpose: str
) -> None:
    feedback = judged({**CALM, **answers}, history, purpose=purpose).feedback

    assert f"feedback.{rule}" in [line.id for line in feedback]


def test_a_call_without_faults_hears_none_of_them(judged: Callable[..., Verdict]) -> None:
    said = {**CALM, **DATED, "summary": "They are interested", "listening": {"talked-more": False}}

    told = {line.id for line in judged({**said, "negotiation_review": {"closing-trick": False}}, KEY).feedback}

    assert told <= {"feedback.advance-dated", "feedback.small-wishes", "feedback.first-visit-led-on"}


@pytest.mark.parametrize(
    "summary",
    [
        "They are not interested",
        "She wasn't really impressed.",
        "对方不太感兴趣",
        "没兴趣",
        "",
        "Showed the seal kits.",
    ],
)
def test_what_is_denied_or_plain_is_not_warm(books: Library, summary: str) -> None:
    assert not is_warm(books.get(Typology, "warm-words"), summary)


def test_questions_prepared_and_none_asked_are_told_only_where_the_rep_said_so(judged: Callable[..., Verdict]) -> None:
    plan = Plan(questions=("Who signs?", "What does a leak cost?"))

    def told(**said: Any) -> bool:
        verdict = judged({**CALM, **DATED, **said}, plan=plan)
        return "feedback.questions-not-asked" in [line.id for line in verdict.feedback]

    assert told(asked=[])
    assert not told()
    assert not told(asked=["Who signs?"])


def test_only_an_open_price_is_where_it_stuck(judged: Callable[..., Verdict]) -> None:
    def told(*met: tuple[str, bool]) -> bool:
        said = [{"said": topic, "topic": topic, "resolved": resolved} for topic, resolved in met]
        verdict = judged({**CALM, **DATED, "objections": said}, purpose="negotiation")
        return "feedback.price-late" in [line.id for line in verdict.feedback]

    assert told(("price", False))
    assert not told(("price", True))
    assert not told(("price", True), ("timing", False))


@pytest.mark.parametrize("plan", [None, Plan(primary_advance=Step(what="a"), fallback_advance=Step(what="b"))])
@pytest.mark.parametrize("said", [{}, DATED, {"refused": True}, {"order": True}], ids=str)
def test_a_bare_debrief_does_not_bring_the_same_three_lines_twice_running(
    judged: Callable[..., Verdict], said: dict[str, Any], plan: Plan | None
) -> None:
    history, shown = PLAIN, []
    for number in range(4):
        verdict = judged(said, history, id=f"V{number}", plan=plan)
        shown.append({line.id for line in verdict.feedback})
        history = a_history(contacts=(a_contact(),), held=(verdict.visit, *history.held))

    assert all(one != other for one, other in pairwise(shown)), shown


def test_nor_at_the_next_client(judged: Callable[..., Verdict]) -> None:
    plan = Plan(primary_advance=Step(what="a"), fallback_advance=Step(what="b"))
    before = judged({}, plan=plan)

    after = judged({}, a_history(contacts=(a_contact(),), lately=(before.visit,)), id="V2", plan=plan)

    assert {line.id for line in after.feedback} != {line.id for line in before.feedback}


def test_never_more_than_three_and_never_the_same_three_twice_running(judged: Callable[..., Verdict]) -> None:
    everything = {
        "summary": "They loved it",
        "our_promises": [{"what": "x"}],
        "listening": dict.fromkeys(("talked-more", "spoke-first"), True),
        "taboos": dict.fromkeys(("argued", "pleaded"), True),
    }
    history, shown = PLAIN, []
    for number in range(6):
        verdict = judged(everything, history, id=f"V{number}")
        shown.append({line.id for line in verdict.feedback})
        history = a_history(contacts=(a_contact(),), held=(verdict.visit, *history.held))

    assert {len(one) for one in shown} == {3}
    assert all(one != other for one, other in pairwise(shown))


def test_every_line_says_which_rule_of_which_version_of_which_playbook_and_from_which_source(
    judged: Callable[..., Verdict], books: Library
) -> None:
    (line, *_) = judged({**CALM, "summary": "They loved it"}).feedback

    version = next(book.version for book in books.all(Rules) if book.id == "feedback")
    assert line.because() == {
        "id": "feedback.warm-words",
        "playbook": "feedback",
        "version": version,
        "source": "S001-OUTCOME4",
        "strength": "research",
        "evidence": "Rackham, SPIN Selling",
    }


def eight(judged: Callable[..., Verdict], answers: dict[str, Any], *, elsewhere: bool) -> list[Verdict]:
    """Eight debriefs with the same faults: of one client, or of a client each."""
    history, told = PLAIN, []
    for number in range(8):
        made = judged(answers, history, id=f"V{number}", when=TODAY - timedelta(days=80 - number))
        told.append(made)
        past = tuple(one.visit for one in reversed(told))
        history = replace(PLAIN, lately=past[:RECENT]) if elsewhere else replace(PLAIN, held=past)
    return told


faults = st.fixed_dictionaries(
    {
        "summary": st.sampled_from(["", "They are interested"]),
        "our_promises": st.sampled_from([[], [{"what": "x"}]]),
        "listening": st.dictionaries(st.sampled_from(["talked-more", "spoke-first", "cross-purposes"]), st.just(True)),
        "taboos": st.dictionaries(st.sampled_from(["argued", "pleaded", "pessimism"]), st.just(True)),
        "objections": st.sampled_from([[], [{"said": "too dear", "topic": "price", "resolved": False}]]),
        "client_commitments": st.sampled_from([[], DATED["client_commitments"]]),
        "next_date": st.sampled_from([None, "2026-12-15"]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=faults, elsewhere=st.booleans())
def test_of_eight_debriefs_with_the_same_faults_no_two_running_show_the_same_three(
    books: Library, judged: Callable[..., Verdict], answers: dict[str, Any], elsewhere: bool
) -> None:
    holding = {rule.id for _, rule in rules_that_hold(books, "feedback", after(books, answers))}

    shown = [{line.id for line in one.feedback} for one in eight(judged, answers, elsewhere=elsewhere)]

    assert all(len(one) == min(3, len(holding)) for one in shown)
    if len(holding) > 3:
        assert all(one != other for one, other in pairwise(shown)), shown


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=faults)
def test_whichever_three_are_shown_the_most_useful_comes_first(
    books: Library, judged: Callable[..., Verdict], answers: dict[str, Any]
) -> None:
    rank = {f"{book.id}.{rule.id}": rule.rank for book in books.all(Rules) for rule in book.rules}

    for one in eight(judged, answers, elsewhere=False):
        ranks = [rank[line.id] for line in one.feedback]
        assert ranks == sorted(ranks, reverse=True)


def test_what_was_told_after_another_clients_visit_stands_back_here(judged: Callable[..., Verdict]) -> None:
    answers = {"our_promises": [{"what": "x"}], "listening": {"talked-more": True}, "taboos": {"argued": True}}

    first, second, *_ = eight(judged, answers, elsewhere=True)

    assert {line.id for line in first.feedback} != {line.id for line in second.feedback}


def test_a_visit_that_is_in_both_pasts_counts_once(judged: Callable[..., Verdict]) -> None:
    answers = {"our_promises": [{"what": "x"}], "listening": {"talked-more": True}, "taboos": {"argued": True}}
    past = tuple(one.visit for one in eight(judged, answers, elsewhere=False)[:1])

    once = judged(answers, replace(PLAIN, held=past), id="V9")
    both = judged(answers, replace(PLAIN, held=past, lately=past), id="V9")

    assert once.feedback == both.feedback


def after(books: Library, answers: dict[str, Any]) -> Facts:
    return facts_after(books, PLAIN, a_visit(), answers, TODAY)
