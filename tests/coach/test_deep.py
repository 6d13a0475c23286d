"""An objection taken step by step: what to say where, what fits, what is said next, and what the debrief makes of it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.advice import own_words, voice
from salescoach.coach.deep import (
    EXPLORING,
    KINDS,
    MOST,
    STEPS,
    WALKED,
    Case,
    document,
    fitting,
    in_place,
    joined,
    known_to,
    lines_for,
    note_of,
    record,
    response,
    say_next,
    walked,
)
from salescoach.coach.objection import answer
from salescoach.language import LANGS, Lang
from salescoach.playbook.library import Library
from salescoach.playbook.models import Checklist, Objection, Technique, Typology
from salescoach.records.ids import Behaviour, Style
from salescoach.records.me import Me
from salescoach.records.models import ObjectionMet
from tests.coach.samples import TODAY
from tests.coach.test_objection import TOPICS

NOBODY = voice("en", Me())
EXPLORED = {
    "checklist": dict.fromkeys(("pause", "listen", "acknowledge"), "done"),
    "holding": "Last year",
    "holding_out": True,
}
ANSWERED = {**EXPLORED, "class": "real", "technique": "boomerang"}
SAID_IT = {**ANSWERED, "checklist": {**EXPLORED["checklist"], "response": "done"}}  # type: ignore[dict-item]


def a_case(
    books: Library,
    topic: str = "price",
    style: Style | None = None,
    behaviour: Behaviour | None = None,
    lang: Lang = "en",
) -> Case:
    techniques = {one.id: one for one in books.all(Technique)}
    book, speaker = books.get(Objection, topic), voice(lang, Me())
    made = answer(book, books.titles(Technique), books.get(Typology, "behaviours"), speaker, style, behaviour)
    return Case(given=made, book=book, techniques=techniques, speaker=speaker)


def ids(lines: Any) -> list[str]:
    return [line.id for line in lines]


def heard(said: str, topic: Any = "price", **more: Any) -> ObjectionMet:
    return ObjectionMet(**{"id": f"O-{said}", "client_id": "C1", "on": TODAY, "said": said, "topic": topic, **more})


# The checklist


def test_the_walk_takes_the_steps_in_the_order_of_the_principles(books: Library) -> None:
    asked = [one.id for section in books.get(Checklist, "objection").sections for one in section.questions]

    assert tuple(one for one in asked if one in STEPS) == STEPS


# What to say


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_step_of_every_topic_but_the_choice_of_a_technique_says_something(
    topic: str, lang: Lang, books: Library
) -> None:
    case = a_case(books, topic, lang=lang)

    silent = [step for step in STEPS if not lines_for(case, step, {})]

    assert silent == ["technique"]
    assert not [line for step in STEPS for line in lines_for(case, step, {}) if "{" in line.text]


def test_the_topics_own_words_come_before_the_general_ones(books: Library) -> None:
    case = a_case(books)

    assert ids(lines_for(case, "pause", {})) == ["price.pause"]
    assert ids(lines_for(case, "holding", {})) == ["price.compared", "five-questions.holding"]
    assert ids(lines_for(case, "besides", {})) == ["price.only", "five-questions.besides"]
    assert ids(lines_for(case, "supposing", {})) == ["price.isolate", "five-questions.supposing"]


def test_a_topic_without_words_for_a_move_has_those_of_the_technique_behind_it(books: Library) -> None:
    assert ids(lines_for(a_case(books), "acknowledge", {})) == ["laer.acknowledge"]
    assert ids(lines_for(a_case(books, "brush-off"), "acknowledge", {}))[0].startswith("brush-off.")


def test_the_class_is_told_by_one_question_and_what_each_answer_means(books: Library) -> None:
    lines = lines_for(a_case(books), "class", {})

    assert ids(lines) == ["price.deciding", "price.tell.real", "price.tell.false", "price.tell.hidden"]


def test_what_is_known_of_the_person_stands_beside_the_pause_and_is_not_what_is_said_next(books: Library) -> None:
    case = a_case(books)
    known = own_words("records.met", "Price came up on 3 Nov and is still open.")
    case = replace(case, given=replace(case.given, known=(known, known, known)))

    assert ids(lines_for(case, "pause", {})) == ["price.pause", "records.met", "records.met"]
    assert ids(say_next(case, {})) == ["price.pause"]


def test_with_a_customer_of_another_language_sentences_are_in_theirs_and_instructions_in_the_reps(
    books: Library,
) -> None:
    case = replace(a_case(books), spoken=voice("zh", Me()))

    assert lines_for(case, "takes", {})[0].text.startswith("“要做到")
    assert lines_for(case, "another", {})[0].text.startswith("If it is still no")
    assert lines_for(case, "settled", {})[0].text.startswith("“这么说")


def test_a_question_that_a_team_added_has_no_lines(books: Library) -> None:
    assert lines_for(a_case(books), "house-rule", {}) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("topic", TOPICS)
def test_only_techniques_that_fit_the_kind_are_offered_those_with_a_step_first(
    topic: str, kind: str, books: Library
) -> None:
    case = a_case(books, topic)

    offered = fitting(case, {"class": kind})

    own = [one.technique for one in case.book.steps if one.technique and kind in case.techniques[one.technique].fits]
    fresh = [one for one in own if one not in WALKED]
    assert offered[0] == (fresh or [one for one in offered if one not in WALKED])[0]
    assert set(offered) == {one.id for one in books.all(Technique) if kind in one.fits}
    assert len(offered) <= 9, "one digit chooses"


def test_where_the_kind_is_not_known_the_topics_own_techniques_are_offered(books: Library) -> None:
    assert fitting(a_case(books), {}) == ("boomerang", "tai-chi", "compensation", "laer", "five-questions")


def test_the_response_is_the_techniques_then_the_persons_then_the_topics(books: Library) -> None:
    case = a_case(books, style="driver", behaviour="bargainer")

    lines = ids(response(case, {"class": "real", "technique": "compensation"}))

    assert lines[:2] == ["price.trade", "price.driver.result-first"]
    assert lines[2].startswith("behaviours.")
    assert lines[3] == "price.cost"


def test_a_technique_that_the_topic_has_no_words_for_is_told_in_general(books: Library) -> None:
    assert ids(response(a_case(books), {"technique": "direct-denial"}))[0].startswith("direct-denial.")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_response_is_never_more_than_can_be_kept_in_mind(topic: str, books: Library) -> None:
    for technique in books.all(Technique):
        lines = response(a_case(books, topic, "driver", "bargainer"), {"technique": technique.id})
        assert 1 <= len(lines) <= MOST


def test_what_is_not_settled_gets_the_next_technique_before_the_appointment(books: Library) -> None:
    case = a_case(books)

    assert ids(lines_for(case, "next_step", {**SAID_IT, "settled": False})) == ["price.left-out", "price.sheet"]
    assert ids(lines_for(case, "next_step", {**SAID_IT, "settled": True})) == ["price.sheet"]


# What is said next


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({}, "price.pause"),
        ({"checklist": {"pause": "done"}}, "laer.listen"),
        ({"checklist": {"pause": {"state": "not-now", "note": "they shouted"}}}, "price.pause"),
        ({"holding": "Last year"}, "price.only"),
        (EXPLORED, "price.deciding"),
        ({**EXPLORED, "class": "real"}, "price.value"),
        (ANSWERED, "price.value"),
        (SAID_IT, "objection.check"),
        ({**SAID_IT, "settled": True}, "price.sheet"),
        ({**SAID_IT, "settled": False}, "price.left-out"),
        ({**SAID_IT, "settled": True, "next_step": {"who": "Li Wei"}}, "price.sheet"),
        ({**SAID_IT, "settled": True, "next_step": {"what": "send the quote"}}, "objection.agreed"),
    ],
)
def test_what_is_said_next_follows_from_the_last_thing_answered(
    answers: dict[str, Any], line: str, books: Library
) -> None:
    assert ids(say_next(a_case(books), answers)) == [line]


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("pause", "price.pause"),
        ("holding_out", "price.only"),
        ("another_out", "five-questions.takes"),
        ("technique", "price.value"),
        ("settled", "objection.check"),
        ("a-question-of-the-team", "price.pause"),
    ],
)
def test_left_at_a_question_the_line_of_that_step_is_said(at: str, line: str, books: Library) -> None:
    assert ids(say_next(a_case(books), {}, at)) == [line]


LEFT = st.fixed_dictionaries(
    {},
    optional={
        "checklist": st.dictionaries(
            st.sampled_from(["pause", "listen", "acknowledge", "response"]), st.sampled_from(["done", "skip"])
        ),
        **{key: st.just("words") for key in EXPLORING},
        **{f"{key}_out": st.booleans() for key in EXPLORING[:-1]},
        "class": st.sampled_from(KINDS),
        "technique": st.sampled_from(["laer", "smile", "boomerang", "of-nobody"]),
        "settled": st.booleans(),
        "next_step": st.fixed_dictionaries({}, optional={"who": st.just("Li"), "what": st.just("call"), "by": st.just("2026-12-02")}),
    },
)  # fmt: skip


@given(answers=LEFT, topic=st.sampled_from(TOPICS), at=st.sampled_from([None, *STEPS, "holding_out", "team"]))
def test_wherever_it_is_left_there_is_one_line_to_say(books: Library, answers: Any, topic: str, at: str | None) -> None:
    lines = say_next(a_case(books, topic), answers, at)

    assert len(lines) == 1
    assert lines[0].text


# What it came to


def test_the_document_has_what_was_said_and_decided(books: Library) -> None:
    answers = {
        **SAID_IT,
        "said": "too dear",
        "settled": True,
        "next_step": {"who": "Li Wei", "what": "call", "by": "2026-12-02"},
    }

    made = document(walked(a_case(books), answers))

    assert (made["said"], made["class"], made["technique"], made["settled"]) == ("too dear", "real", "boomerang", True)
    assert made["next_step"]["who"] == "Li Wei"
    assert made["found"] == ["Last year"]
    assert "Li Wei – call – by Wed 2 Dec" in made["say_next"][0]["text"]


def test_nothing_answered_is_a_document_with_nothing_decided(books: Library) -> None:
    made = document(walked(a_case(books), {}))

    assert made["said"] == "Price"
    assert [made[key] for key in ("class", "technique", "settled", "next_step")] == [None] * 4


def test_their_answers_and_the_next_step_make_a_note_and_nothing_makes_none(books: Library) -> None:
    case = a_case(books)

    note = note_of(walked(case, {**EXPLORED, "said": "too dear", "next_step": {"what": "call"}}), NOBODY)

    assert note == "On “too dear”: they said: Last year; next step: call"
    assert note_of(walked(case, {"said": "too dear", "class": "real"}), NOBODY) == ""


def test_the_same_words_on_the_same_day_are_the_same_objection(books: Library) -> None:
    case = a_case(books)
    made = walked(case, {**SAID_IT, "said": "too dear", "settled": True})
    earlier = [heard("too dear", on=TODAY.replace(day=2)), heard("too dear", visit_id="V1")]

    assert record(case, made, "new", "C1", TODAY, earlier[:1]).id == "new"
    kept = record(case, made, "new", "C1", TODAY, earlier)
    assert (kept.id, kept.visit_id, kept.resolved, kept.kind) == ("O-too dear", "V1", True, "real")


# In the debrief of that day


def no_topic(said: str) -> str | None:
    return None


def test_a_debrief_starts_with_what_was_walked_through() -> None:
    met = heard("too dear", kind="real", technique="boomerang", resolved=True)

    assert known_to([met]) == [
        {"said": "too dear", "topic": "price", "kind": "real", "technique": "boomerang", "resolved": True}
    ]


def test_a_debrief_that_names_it_again_keeps_what_the_walk_knew_and_its_own_word_wins() -> None:
    met = [heard("too dear", kind="real", technique="boomerang")]

    (entry,) = joined([{"said": "too dear", "kind": None, "resolved": True}], met, no_topic)

    assert (entry["topic"], entry["kind"], entry["technique"], entry["resolved"]) == (
        "price",
        "real",
        "boomerang",
        True,
    )


def test_reworded_it_is_known_by_its_topic_and_not_counted_twice() -> None:
    met = [heard("too dear", kind="hidden")]

    whole = joined([{"said": "a fifth more"}], met, lambda said: "price")

    assert [(one["said"], one["kind"]) for one in whole] == [("a fifth more", "hidden")]


def test_one_on_the_same_topic_does_not_take_the_place_of_another_named_in_its_words() -> None:
    met = [heard("too dear", kind="real")]

    whole = joined([{"said": "a discount?"}, {"said": "too dear"}], met, lambda said: "price")

    assert [one.get("kind") for one in whole] == [None, "real"]
    placed = in_place([heard("a discount?", id="A"), heard("too dear", id="B")], whole)
    assert ids(placed) == ["A", "O-too dear"]


def test_a_debrief_that_does_not_mention_it_has_it_all_the_same() -> None:
    met = [heard("too dear"), heard("no time", "timing")]

    assert [one["said"] for one in joined([{"said": "no time"}], met, no_topic)] == ["no time", "too dear"]
    assert [one["said"] for one in joined([], met, no_topic)] == ["too dear", "no time"]


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=5),
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "x", "y"]), st.sampled_from(["price", "trust"])), max_size=4, unique=True
    ),
)
def test_each_is_in_the_debrief_once_whatever_was_said(said: list[str], walked_before: list[tuple[str, str]]) -> None:
    met = [heard(words, topic, id=f"O{number}") for number, (words, topic) in enumerate(walked_before)]

    whole = joined([{"said": words} for words in said], met, lambda words: "price")
    placed = in_place([heard(one["said"], one["topic"], id=f"new-{number}") for number, one in enumerate(whole)], whole)

    assert len({one.id for one in placed}) == len(placed)
    assert {one.id for one in met} <= {one.id for one in placed}
