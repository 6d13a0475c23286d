"""What a debrief comes to: the advance gate, the plan held against the call, promises, feedback, the message."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.alike import likeness
from salescoach.coach.debrief import (
    Verdict,
    document,
    facts_after,
    in_doubt,
    is_full,
    judge,
    outcome_of,
    plan_result,
    plan_results,
    planned_step,
)
from salescoach.coach.history import History
from salescoach.errors import InvalidError
from salescoach.playbook.library import Library
from salescoach.records.models import Contact, ObjectionMet, Plan, Step
from tests.coach.samples import TODAY, a_client, a_contact, a_history, a_visit, in_english, someone_does_something

AGREED = {"who": "Li Wei", "what": "send the drawings", "by": "2026-12-08"}


@pytest.fixture
def judged(books: Library) -> Callable[..., Verdict]:
    """Judge a call on answers; `history` and `visit` may be given."""

    def run(answers: dict[str, Any], history: History | None = None, put: Any = None, **visit: Any) -> Verdict:
        known = history or a_history(contacts=(a_contact(),))
        ids = count(1)

        def find(name: str) -> Contact | None:
            return next((one for one in known.contacts if one.name == name), None)

        new_id = lambda: f"N{next(ids)}"  # noqa: E731
        return judge(books, known, a_visit(**visit), answers, TODAY, in_english(), new_id, find, put)

    return run


def test_a_person_an_action_and_a_date_on_their_side_make_an_advance() -> None:
    assert outcome_of(False, False, [someone_does_something()]) == "advance"


@pytest.mark.parametrize("missing", [{"who": ""}, {"what": ""}, {"by": None}])
def test_without_person_action_or_date_it_stays_a_continuation(missing: dict[str, Any]) -> None:
    assert outcome_of(False, False, [someone_does_something(**missing)]) == "continuation"


def test_a_call_where_only_we_promised_is_a_continuation(judged: Callable[..., Verdict]) -> None:
    """Warm words are not an advance: someone on their side must act, by a date."""
    promised = {"summary": "They loved it", "our_promises": [{"what": "send the report", "by": "2026-12-05"}]}

    verdict = judged(promised)

    assert verdict.debrief.outcome == "continuation"
    assert "outcomes.only-ours" in [line.id for line in verdict.because]


@pytest.mark.parametrize("us", ["me", "us", "We", "我", "我们", "我方"])
def test_what_our_own_side_does_is_a_promise_of_ours_and_no_advance(us: str, judged: Callable[..., Verdict]) -> None:
    verdict = judged({"client_commitments": [{**AGREED, "who": us}]})

    assert verdict.debrief.outcome == "continuation"
    assert [(one.owner, one.what) for one in verdict.promises] == [("ours", "send the drawings")]
    assert verdict.newcomers == ()


def test_an_order_and_a_refusal_at_once_cannot_be() -> None:
    with pytest.raises(InvalidError):
        outcome_of(True, True, [])


@given(st.booleans(), st.lists(st.builds(Step, who=st.sampled_from(["", "Li", "me"]), what=st.sampled_from(["", "x"]))))
def test_commitments_never_undo_an_order_or_a_refusal(order: bool, said: list[Step]) -> None:
    assert outcome_of(order, not order, said) == ("order" if order else "no-sale")


@given(st.lists(st.builds(Step, who=st.text(max_size=3), what=st.text(max_size=3), by=st.none() | st.dates())))
def test_an_advance_needs_exactly_one_full_commitment_at_least(said: list[Step]) -> None:
    assert (outcome_of(False, False, said) == "advance") == any(map(is_full, said))


def test_a_commitment_that_repeats_the_plan_meets_it() -> None:
    planned = someone_does_something(what="run a sample on their line")

    result = plan_result(planned, [someone_does_something(what="Run the sample on the line")], "advance", None)

    assert result == "met"


def test_another_advance_than_the_planned_one_replaces_it() -> None:
    planned = someone_does_something(what="run a sample on their line")

    assert plan_result(planned, [someone_does_something(what="introduce the boss")], "advance", None) == "replaced"


def test_a_planned_advance_with_nothing_agreed_is_missed() -> None:
    assert plan_result(someone_does_something(), [], "continuation", None) == "missed"


@given(st.text(min_size=1), st.lists(st.builds(Step, who=st.just("Li"), what=st.text(max_size=9), by=st.dates())))
def test_an_order_meets_whatever_was_planned_and_the_fallback_is_not_spoken_of(
    what: str, said: list[Step]
) -> None:
    plan = Plan(primary_advance=Step(what=what), fallback_advance=Step(what="send the volumes"))

    assert plan_results(plan, said, "order") == ("met", "none")


def test_an_order_is_never_taken_for_another_step_than_the_planned_one(judged: Callable[..., Verdict]) -> None:
    plan = Plan(
        primary_advance=someone_does_something(what="sign the order"),
        fallback_advance=someone_does_something(what="send the volumes"),
        forecast="likely",
    )

    verdict = judged({"order": True, "client_commitments": [{**AGREED, "what": "sign an NDA"}]}, plan=plan)

    told = {line.id for line in verdict.feedback}
    assert (verdict.debrief.primary, verdict.debrief.fallback) == ("met", "none")
    assert "feedback.order-keep-watch" in told
    assert not told & {"feedback.primary-replaced", "feedback.primary-met", "feedback.forecast-likely-missed"}


BOTH = Plan(
    primary_advance=Step(what="approve a trial on press 4"), fallback_advance=Step(what="see a trial on press 4")
)


def test_where_the_advance_was_met_nothing_is_said_of_the_fallback() -> None:
    agreed = [someone_does_something(what="approve a trial on press 4")]

    assert plan_results(BOTH, agreed, "advance") == ("met", "none")


def test_a_commitment_that_is_the_fallback_word_for_word_is_not_the_advance_that_resembles_it() -> None:
    agreed = [someone_does_something(what="See a trial on press 4")]

    assert plan_results(BOTH, agreed, "advance") == ("replaced", "met")
    assert not in_doubt(Step(what="approve a trial on press 4"), agreed, BOTH.fallback_advance)


def test_a_commitment_more_like_the_fallback_than_like_the_advance_is_asked_about() -> None:
    agreed = [someone_does_something(what="come to see our trial at press 4")]

    assert in_doubt(Step(what="approve a trial on press 4"), agreed, BOTH.fallback_advance)
    assert plan_results(BOTH, agreed, "advance", primary_met=False) == ("replaced", "met")
    assert plan_results(BOTH, agreed, "advance", primary_met=True) == ("met", "none")


def test_the_question_names_the_step_that_was_planned() -> None:
    plan = Plan(primary_advance=someone_does_something(what="sign"), fallback_advance=Step(what="寄年用量"))

    assert planned_step(plan, "primary_met", "en") == "Your plan was: Li Wei: sign – by Tue 8 Dec 2026"
    assert planned_step(plan, "fallback_met", "zh") == "退一步的目标：寄年用量"
    assert planned_step(plan, "summary", "en") == planned_step(None, "primary_met", "en") == ""


def test_what_was_neither_asked_nor_said_is_not_held_against_anybody(judged: Callable[..., Verdict]) -> None:
    plan = Plan(questions=("Who signs?",), expected_objections=("price",))
    said = {"client_commitments": [AGREED]}

    short, whole = judged(said, put=("summary",), plan=plan), judged(said, plan=plan)

    assert short.debrief.unknown == ("asked", "next_date", "objections")
    assert whole.debrief.unknown == ()
    assert "feedback.no-next-date" not in [line.id for line in short.feedback]
    assert "feedback.no-next-date" in [line.id for line in whole.feedback]
    assert (short.foresight["stayed_away"], whole.foresight["stayed_away"]) == ([], ["price"])


def test_what_was_said_is_known_though_it_was_not_asked(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"asked": [], "next_date": "2026-12-09", "objections": []}, put=())

    assert verdict.debrief.unknown == ()


def test_the_rep_is_asked_only_where_the_words_leave_it_in_doubt() -> None:
    planned = someone_does_something(what="send the yearly quantities")

    assert in_doubt(planned, [someone_does_something(what="tell us yearly volumes and quality")])
    assert not in_doubt(planned, [someone_does_something(what="send the yearly quantities")])
    assert not in_doubt(planned, [someone_does_something(what="book a room")])


def test_the_rep_has_the_last_word_on_a_doubtful_plan() -> None:
    planned, agreed = someone_does_something(what="a"), [someone_does_something(what="b")]

    assert plan_result(planned, agreed, "advance", True) == "met"
    assert plan_result(planned, agreed, "advance", False) == "replaced"


def test_likeness_works_in_chinese() -> None:
    assert likeness("把年用量发给我们", "下周把年用量发给我们看看") > 0.6
    assert likeness("把年用量发给我们", "安排见总经理") < 0.3


def test_an_unknown_who_becomes_a_contact(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"client_commitments": [{**AGREED, "who": "Zhao Min"}]})

    assert [one.name for one in verdict.newcomers] == ["Zhao Min"]


def test_a_known_who_does_not(judged: Callable[..., Verdict]) -> None:
    assert judged({"client_commitments": [AGREED]}).newcomers == ()


def test_cues_are_put_down_to_the_one_person_met(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"client_commitments": [AGREED], "cues": ["talks-fast"]})

    assert [one.contact_id for one in verdict.observations] == [a_contact().id]


def test_cues_seen_among_several_people_are_put_down_to_nobody(judged: Callable[..., Verdict]) -> None:
    crowd = a_history(contacts=(a_contact(), a_contact("Zhao Min")))

    assert [one.contact_id for one in judged({"cues": ["talks-fast"]}, crowd).observations] == [None]


@pytest.mark.parametrize("met", [("P-Li Wei", "P-Zhao Min"), ()])
def test_of_several_people_cues_and_behaviour_go_to_the_one_named(
    met: tuple[str, ...], judged: Callable[..., Verdict]
) -> None:
    crowd = a_history(contacts=(a_contact(), a_contact("Zhao Min")))
    said = {"cues": ["talks-fast"], "behaviour": "bargainer", "cues_about": "Zhao Min"}

    verdict = judged(said, crowd, contact_ids=met)

    assert [one.contact_id for one in verdict.observations] == ["P-Zhao Min"]
    assert [(one.name, one.behaviour) for one in verdict.changed] == [("Zhao Min", "bargainer")]
    assert "cues_about" not in verdict.debrief.extra


def test_behaviour_of_somebody_new_is_kept_with_them(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"client_commitments": [AGREED | {"who": "Zhao Min"}], "behaviour": "bargainer"})

    assert [(one.id, one.behaviour) for one in verdict.changed] == [(verdict.newcomers[0].id, "bargainer")]


@pytest.mark.parametrize(
    ("met", "answers", "people", "noted"),
    [
        (("P-Li Wei", "P-Zhao Min"), {"cues": ["talks-fast"]}, 2, 1),
        (("P-Li Wei",), {"behaviour": "bargainer"}, 1, 1),
        ((), {"client_commitments": [AGREED]}, 1, 0),
        ((), {}, 3, 0),
    ],
)
def test_how_many_people_a_cue_may_be_about(
    met: tuple[str, ...], answers: dict[str, Any], people: int, noted: int, books: Library
) -> None:
    crowd = a_history(contacts=(a_contact(), a_contact("Zhao Min"), a_contact("Wu Fang")))

    facts = facts_after(books, crowd, a_visit(contact_ids=met), answers, TODAY)

    assert (facts.people_met, facts.cues_noted) == (people, noted)


def test_a_visit_that_did_not_take_place_has_no_outcome_and_moves(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"took_place": False, "next_date": "2026-12-09"})

    assert verdict.visit.status == "not-held"
    assert verdict.visit.debrief is None
    assert verdict.moved_to == date(2026, 12, 9)
    assert document(verdict, "Hengtai Pumps")["outcome"] is None


def test_at_most_three_lines_of_feedback_the_most_useful_first(judged: Callable[..., Verdict]) -> None:
    everything = {
        "our_promises": [{"what": "x"}],
        "listening": dict.fromkeys(("talked-more", "spoke-first", "split-attention"), True),
        "taboos": dict.fromkeys(("argued", "pleaded"), True),
    }

    assert len(judged(everything).feedback) == 3


def test_the_same_mistake_does_not_bring_the_same_three_lines_every_time(judged: Callable[..., Verdict]) -> None:
    answers = {"our_promises": [{"what": "x"}], "listening": {"talked-more": True}, "taboos": {"argued": True}}
    first = judged(answers)
    seen_before = a_history(contacts=(a_contact(),), held=(first.visit,))

    second = judged(answers, seen_before)

    assert [line.id for line in second.feedback] != [line.id for line in first.feedback]


def test_the_same_answers_always_give_the_same_verdict(judged: Callable[..., Verdict]) -> None:
    answers = {"client_commitments": [AGREED], "listening": {"talked-more": True}}

    assert judged(answers) == judged(answers)


def test_an_objection_that_was_not_said_to_be_resolved_is_open(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"objections": [{"said": "too dear", "topic": "price"}]})

    assert [(one.topic, one.resolved) for one in verdict.objections] == [("price", False)]


def test_the_message_names_who_does_what_by_when_on_both_sides(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"client_commitments": [AGREED], "our_promises": [{"what": "quote", "by": "2026-12-04"}]})

    assert "- Li Wei: send the drawings – by Tue 8 Dec 2026" in verdict.confirmation
    assert "- We: quote – by Fri 4 Dec 2026" in verdict.confirmation
    assert "Dear Li Wei," in verdict.confirmation


def test_the_message_is_in_the_language_spoken_with_the_client(judged: Callable[..., Verdict]) -> None:
    spoken = a_history(client=a_client(language="zh"), contacts=(a_contact("李伟"),))

    verdict = judged({"client_commitments": [{**AGREED, "who": "李伟"}]}, spoken)

    assert "李伟，您好！" in verdict.confirmation


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (TODAY, "Thank you for your time today.", "感谢您今天抽时间。"),
        (TODAY - timedelta(days=3), "Thank you for your time on Sat 28 Nov.", "感谢您11月28日（周六）抽时间。"),
        (TODAY - timedelta(days=366), "on Sun 30 Nov 2025.", "感谢您2025年11月30日（周日）抽时间。"),
    ],
)
def test_the_message_says_today_only_on_the_day_of_the_visit(
    judged: Callable[..., Verdict], day: date, english: str, chinese: str
) -> None:
    answers = {"client_commitments": [AGREED]}
    spoken = a_history(client=a_client(language="zh"), contacts=(a_contact(),))

    assert english in judged(answers, when=day).confirmation
    assert chinese in (said := judged(answers, spoken, when=day).confirmation)
    assert ("今天" in said) == (day == TODAY)


def test_a_late_message_keeps_the_dates_that_were_promised_and_announces_no_day_gone_by(
    judged: Callable[..., Verdict],
) -> None:
    promised = {"what": "quote", "by": "2026-11-27"}

    said = judged(
        {"client_commitments": [AGREED], "our_promises": [promised], "next_date": "2026-11-30"}, when=date(2026, 11, 25)
    ).confirmation

    assert "- We: quote – by Fri 27 Nov 2026" in said
    assert "We speak again" not in said


def test_forecast_and_plan_of_the_visit_reach_the_verdict(judged: Callable[..., Verdict]) -> None:
    plan = Plan(primary_advance=someone_does_something(), fallback_advance=someone_does_something(what="meet the boss"))

    debrief = judged({"client_commitments": [AGREED]}, plan=plan).debrief

    assert (debrief.primary, debrief.fallback) == ("met", "none")


def test_answers_of_a_team_s_own_question_are_kept(judged: Callable[..., Verdict]) -> None:
    assert judged({"machine_park": "three lines"}).debrief.extra == {"machine_park": "three lines"}


def test_the_behaviour_seen_is_kept_with_the_one_person_met(judged: Callable[..., Verdict]) -> None:
    verdict = judged({"client_commitments": [AGREED], "behaviour": "bargainer"})

    assert [(one.name, one.behaviour) for one in verdict.changed] == [("Li Wei", "bargainer")]


def test_an_objection_resolved_now_settles_the_earlier_ones_on_its_topic(judged: Callable[..., Verdict]) -> None:
    earlier = ObjectionMet(id="B1", client_id="C1", on=TODAY, said="too dear", topic="price")
    history = a_history(unresolved=(earlier,))

    verdict = judged({"objections": [{"said": "fine then", "topic": "price", "resolved": True}]}, history)

    assert [(one.id, one.resolved) for one in verdict.settled] == [("B1", True)]


def test_what_prep_expected_is_held_against_what_came(judged: Callable[..., Verdict]) -> None:
    plan = Plan(expected_objections=("price", "trust"))
    heard = [{"said": "too dear", "topic": "price"}, {"said": "no hands", "topic": "effort"}]

    foresight = judged({"objections": heard}, plan=plan).foresight

    assert foresight == {"came": ["price"], "stayed_away": ["trust"], "unexpected": ["effort"]}
