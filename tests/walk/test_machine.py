"""The state machine: what is asked, in which order, and what becomes of the answers."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescoach.errors import InvalidError
from salescoach.playbook.facts import Facts
from salescoach.walk.machine import Walk
from tests.walk.samples import CARE, DEBRIEF, HELD, PREP, TODAY, a_walk, checklist, one, question, section


def say_all(walk: Walk, *answers: Any) -> Walk:
    """Answer in turn; "" skips."""
    for answer in answers:
        walk = walk.answer(answer)
    return walk


def path(walk: Walk) -> tuple[str | int, ...] | None:
    return walk.current.path if walk.current else None


def resumed(walk: Walk) -> Walk:
    """What another run makes of the draft."""
    draft = json.loads(json.dumps(walk.state))
    return Walk(walk.checklists, draft, today=walk.today, facts=walk.facts, choices=walk.choices, pace=walk.pace)


def to(walk: Walk, *wanted: str | int) -> Walk:
    """Skip until a prompt is reached."""
    while path(walk) != wanted:
        walk = walk.skip()
    return walk


def test_a_new_walk_asks_the_first_question_and_knows_how_many_there_are() -> None:
    walk = a_walk()

    assert path(walk) == ("ended",)
    assert walk.position == (1, 9)
    assert walk.answers == walk.state == {}


def test_answering_never_changes_the_walk_it_is_said_to() -> None:
    walk = a_walk()
    after = walk.answer("open")

    assert walk.answers == {}
    assert after.answers == {"took_place": True, "order": False, "refused": False}


def test_a_group_that_repeats_is_asked_field_by_field_until_its_first_field_is_empty() -> None:
    walk = say_all(a_walk(pace="quick"), "open", "fine")
    walk = say_all(a_walk(), "open", "fine", "Ms Li", "tests it", "12-01", "王总", "", "")

    assert path(walk) == ("client_commitments", 2, "who")
    walk = walk.skip()
    assert path(walk) == ("steps", 0)
    assert walk.answers["client_commitments"] == [
        {"who": "Ms Li", "what": "tests it", "by": "2026-12-01"},
        {"who": "王总"},
    ]


def test_at_quick_pace_a_group_that_repeats_is_asked_once() -> None:
    walk = say_all(a_walk(pace="quick"), "open", "fine", "Ms Li", "tests it", "12-01")

    assert walk.current is None
    assert walk.position == (3, 3)


def test_a_repeated_text_is_a_list_and_ends_with_an_empty_answer() -> None:
    walk = say_all(to(a_walk(), "steps", 0), "call", "send", "")

    assert walk.answers["steps"] == ["call", "send"]
    assert path(walk) == ("objections", 0, "said")


@pytest.mark.parametrize(("pace", "asked"), [("quick", 3), ("normal", 9), ("deep", 11)])
def test_pace_decides_how_many_questions_are_asked(pace: Any, asked: int) -> None:
    assert a_walk(pace=pace).position[1] == asked


def test_a_deep_field_is_asked_at_deep_pace_alone() -> None:
    normal, deep = (to(a_walk(pace=pace), "objections", 0, "said") for pace in ("normal", "deep"))

    assert path(say_all(normal, "too dear", "topic-1")) == ("objections", 0, "resolved")
    assert path(say_all(deep, "too dear", "topic-1")) == ("objections", 0, "kind")


def test_a_required_question_is_asked_at_every_pace_and_cannot_be_skipped() -> None:
    walk = a_walk(checklist(section("only", question("it", pace="deep", required=True))), pace="quick")

    with pytest.raises(InvalidError) as refused:
        walk.answer(" ")
    assert refused.value.key == "answer-needed"
    assert walk.missing


def test_a_required_field_is_required_once_its_entry_has_begun() -> None:
    walk = to(a_walk(answers={"objections": [{"resolved": "no"}]}), "objections", 0, "said")

    with pytest.raises(InvalidError):
        walk.skip()
    assert path(to(a_walk(), "objections", 0, "said").skip()) == ("listening",)


def test_a_required_field_is_asked_again_where_its_entry_began_after_it_was_skipped() -> None:
    walk = a_walk(answers={"objections": [{"resolved": "no"}], "_skipped": [["objections", 0, "said"]]})

    assert path(to(walk, "objections", 0, "said")) == ("objections", 0, "said")


def test_answering_what_was_skipped_takes_the_skip_back() -> None:
    assert a_walk().skip().back().answer("open").state == {
        "ended": {"took_place": True, "order": False, "refused": False}
    }


def test_a_question_that_two_checklists_share_is_asked_once() -> None:
    shared = [checklist(section("only", question("lesson")), id=key) for key in ("one", "two")]

    assert a_walk(*shared).position == (1, 1)
    assert a_walk(*shared).answer("x").current is None


def test_each_condition_sees_the_answer_just_before_it() -> None:
    chain = [
        question("a"),
        question("b", when={"answers": {"a": ["x"]}}),
        question("c", when={"answers": {"b": ["x"]}}),
    ]

    assert say_all(a_walk(checklist(section("only", *chain))), "x", "x", "x").answers == {"a": "x", "b": "x", "c": "x"}


def test_an_entry_that_was_emptied_leaves_no_gap_in_the_answers_and_keeps_its_place_in_the_draft() -> None:
    walk = say_all(a_walk(checklist(section("only", question("steps", repeat=True)))), "a", "b", "c", "")
    walk = walk.back().back().back().skip()

    assert walk.answers == {"steps": ["a", "c"]}
    assert walk.state == {"steps": ["a", None, "c"], "_skipped": [["steps", 1], ["steps", 3]]}
    assert (resumed(walk).answers, resumed(walk).current) == ({"steps": ["a", "c"]}, None)


def test_back_goes_to_the_prompt_before_with_its_answer_as_default() -> None:
    walk = say_all(a_walk(), "open", "fine").back()

    assert path(walk) == ("summary",)
    assert walk.current is not None
    assert walk.current.default == "fine"
    assert walk.answers["summary"] == "fine"


def test_back_reaches_what_was_skipped_and_stops_at_the_first_prompt() -> None:
    walk = say_all(a_walk(), "open", "").back()

    assert path(walk) == ("summary",)
    assert path(walk.back().back().back()) == ("ended",)


def test_after_a_correction_the_walk_goes_on_where_it_was() -> None:
    walk = say_all(a_walk(), "open", "fine", "Ms Li").back().back().answer("better")

    assert path(walk) == ("client_commitments", 0, "what")
    assert walk.answers["summary"] == "better"


def test_back_from_the_end_asks_the_last_prompt_again() -> None:
    walk = say_all(a_walk(pace="quick"), "not-held")

    assert walk.current is None
    assert path(walk.back()) == ("ended",)


def test_the_choice_made_is_the_default_when_a_question_that_sets_is_asked_again() -> None:
    walk = a_walk().answer("refused").back()

    assert walk.current is not None
    assert walk.current.default == "refused"


def test_an_answer_that_a_changed_condition_hides_is_kept_and_comes_back() -> None:
    held = say_all(a_walk(), "open", "fine", "Ms Li", "tests it", "")
    away = held.back().back().back().back().back().answer("not-held")

    assert away.answers == {"took_place": False, "order": False, "refused": False}
    assert away.unused == ("summary", "client_commitments")
    assert path(away) == ("again",)
    assert resumed(away).back().answer("open").answers == held.answers


def test_conditions_see_what_was_answered_before_and_the_fields_of_their_own_group() -> None:
    fields = (question("first"), question("then", when={"answers": {"first": ["x"]}}))
    walk = a_walk(checklist(section("only", question("it", "group", fields=fields))))

    assert path(walk.answer("x")) == ("it", "then")
    assert walk.answer("y").current is None


def test_a_checklist_for_a_purpose_is_asked_once_the_purpose_is_said() -> None:
    walk = a_walk(PREP, CARE)

    assert say_all(walk, "care").position[1] == 6
    assert say_all(walk, "phone").position[1] == 4


def test_checks_live_under_checklist() -> None:
    walk = say_all(to(a_walk(PREP, CARE).answer("care"), "checklist", "promises-first"), "d")
    walk = walk.answer({"state": "not-now", "note": "no time"})

    assert walk.answers["checklist"] == {
        "promises-first": "done",
        "sell-nothing": {"state": "not-now", "note": "no time"},
    }


def test_what_is_known_is_a_default_and_no_answer() -> None:
    walk = a_walk(PREP, known={"contacts": ["Ms Li"], "primary_advance": {"who": "王总"}}).skip()

    assert walk.current is not None
    assert walk.current.default == ["Ms Li"]
    assert to(walk, "primary_advance", "who").current.default == "王总"  # type: ignore[union-attr]
    assert walk.answers == {}


def test_a_walk_may_start_with_answers_that_are_then_not_asked() -> None:
    walk = a_walk(PREP, answers={"purpose": "phone", "contacts": ["王总"]})

    assert path(walk) == ("primary_advance", "who")
    assert walk.answers == {"purpose": "phone", "contacts": ["王总"]}


def test_a_resumed_walk_goes_on_at_the_first_open_prompt_and_can_reach_what_was_skipped() -> None:
    walk = resumed(say_all(a_walk(), "open", "", "Ms Li"))

    assert path(walk) == ("client_commitments", 0, "what")
    assert path(walk.back().back()) == ("summary",)


def test_answers_to_questions_that_a_newer_playbook_lacks_stay_in_the_state() -> None:
    draft = {"gone": {"a": [1]}, "summary": "fine", "objections": [{"said": "x", "mood": "bad"}]}
    walk = a_walk(answers={**draft, "_skipped": [["ended"], 3]})

    assert walk.answers == {"summary": "fine", "objections": [{"said": "x"}]}
    assert walk.state == {**draft, "_skipped": [["ended"]]}


def test_an_invalid_answer_changes_nothing() -> None:
    walk = one("date")

    with pytest.raises(InvalidError):
        walk.answer("soon")
    assert walk.answers == {}


def test_the_caller_cannot_change_a_walk_through_what_it_hands_out() -> None:
    walk = one("many-of", choices_from="topics").answer(["topic-1"])
    walk.answers["it"].append("topic-2")
    walk.state["it"].append("topic-2")

    assert walk.answers == walk.state == {"it": ["topic-1"]}


def test_a_finished_walk_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="done"):
        one("text").answer("x").answer("y")


# Any way through ends where the straight way ends


GOOD = {
    "text": st.sampled_from(["a", "b", "客户说好"]),
    "long": st.sampled_from(["one\ntwo", "x"]),
    "number": st.sampled_from(["3", "2.5"]),
    "date": st.sampled_from(["明天", "12-01"]),
    "yes-no": st.sampled_from(["yes", "否"]),
    "many-of": st.sampled_from(["Ms Li", "王总, 新人"]),
    "ticks": st.sampled_from([["talked-more"], []]),
}
moves = st.sampled_from(["answer"] * 5 + ["skip"] * 2 + ["back"] * 2 + ["resume"])


def wander(walk: Walk, data: st.DataObject, steps: int) -> Walk:
    """Answer, skip, go back, stop and resume in any order; then skip whatever is left."""
    for move in data.draw(st.lists(moves, max_size=steps)):
        if move == "resume":
            walk = resumed(walk)
        elif move == "back":
            walk = walk.back()
        elif prompt := walk.current:
            walk = walk.answer(data.draw(answer_to(prompt))) if move == "answer" or _holds_up(walk) else walk.skip()
    while prompt := walk.current:
        walk = walk.skip() if prompt.optional else walk.answer("needed")
    return walk


def _holds_up(walk: Walk) -> bool:
    """No skip here: it is refused, or would leave an entry without its first field, where the straight way ends."""
    prompt = walk.current
    assert prompt is not None
    first = prompt.opens and prompt.question.id in {"who", "said"}
    return not prompt.optional or (first and walk.given(prompt.path) is not None)


def answer_to(prompt: Any) -> st.SearchStrategy[Any]:
    if prompt.kind == "one-of":
        return st.sampled_from([option.id for option in prompt.options])
    return GOOD[prompt.kind]


def straight(start: Walk, end: Walk) -> Walk:
    """The same final answers, said in order and without a detour."""
    walk = start
    while prompt := walk.current:
        held = end.given(prompt.path) if prompt.path == ("ended",) else _at(end.answers, prompt.path)
        walk = walk.skip() if held is None else walk.answer(held)
    return walk


def _at(answers: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        there = step < len(answers) if isinstance(step, int) else step in answers
        if not there:
            return None
        answers = answers[step]
    return answers


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(["quick", "normal", "deep"]))
def test_any_order_of_answer_back_skip_and_resume_ends_where_the_straight_way_ends(data: Any, pace: Any) -> None:
    start = a_walk(pace=pace)
    end = wander(start, data, steps=40)

    assert straight(start, end).answers == end.answers
    assert resumed(end).current is None
    assert resumed(end).answers == end.answers


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_draft_says_the_same_as_the_walk_it_was_made_from(data: Any) -> None:
    walk = a_walk(DEBRIEF, pace="deep")
    for _ in range(data.draw(st.integers(0, 25))):
        prompt = walk.current
        if prompt is None:
            break
        skips = prompt.optional and data.draw(st.booleans())
        walk = walk.skip() if skips else walk.answer(data.draw(answer_to(prompt)))
        again = resumed(walk)
        assert (again.answers, again.state, path(again), again.position) == (
            walk.answers,
            walk.state,
            path(walk),
            walk.position,
        )


json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["ended", "order", "client_commitments", "steps", "listening", "checklist", "share", "_skipped"])


@given(st.dictionaries(keys | st.text(max_size=5), json_data, max_size=6))
def test_any_draft_at_all_can_be_resumed(draft: dict[str, Any]) -> None:
    walk = a_walk(answers=draft, pace="deep")

    assert walk.position[0] <= walk.position[1]
    assert resumed(walk).answers == walk.answers
    assert resumed(walk).state == walk.state


def test_held_is_a_condition_that_silence_meets() -> None:
    """The samples' own condition: nothing said about the visit does not hide the debrief."""
    from salescoach.playbook.conditions import holds

    assert holds(HELD, Facts(answers={}))
    assert TODAY.isoformat() == "2026-11-26"


def test_defaults_that_depend_on_the_answers_follow_them() -> None:
    two = checklist(section("only", question("first"), question("second")))
    walk = a_walk(two, known=lambda answers: {"second": f"after {answers.get('first', 'nothing')}"})

    answered = walk.answer("tea")
    changed = answered.back().answer("coffee")

    assert walk.known == {"second": "after nothing"}
    assert answered.current
    assert answered.current.default == "after tea"
    assert changed.current
    assert changed.current.default == "after coffee"
    assert changed.answers == {"first": "coffee"}
