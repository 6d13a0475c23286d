"""One answer: what is taken, as what, and what is refused."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import InvalidError
from salescoach.walk.tree import options_of
from salescoach.walk.values import take, written
from tests.walk.samples import CONTACTS, ENDED, LISTENING, TODAY, TOPICS, choice, question

LIKELY = (choice("likely", "Likely", "把握大"), choice("even", "Even", "一半"))
FORECAST = question("forecast", "one-of", choices=LIKELY)
ANY_QUESTION = [
    ENDED,
    LISTENING,
    FORECAST,
    *(question("it", kind) for kind in ("text", "long", "number", "date")),
    *(question("it", kind, choices_from="topics") for kind in ("yes-no", "check", "many-of", "ticks")),
]


def taken(kind: str, raw: Any, **more: Any) -> Any:
    asked = question("it", kind, **more)
    return take(asked, options_of(asked, {"contacts": CONTACTS, "topics": TOPICS}), raw, TODAY)


def refusal(kind: str, raw: Any, **more: Any) -> InvalidError:
    with pytest.raises(InvalidError) as refused:
        taken(kind, raw, **more)
    return refused.value


@pytest.mark.parametrize("kind", ["text", "long", "number", "date", "yes-no", "one-of", "many-of", "ticks", "check"])
@pytest.mark.parametrize("raw", [None, "", "  \t ", "\x07"])
def test_an_empty_answer_is_no_answer(kind: str, raw: Any) -> None:
    assert taken(kind, raw) is None


def test_control_characters_are_taken_out_of_a_text() -> None:
    assert taken("text", " a\x1b[31mb\tc\nd\u202ee\ud800 ") == "a[31mb c de"


def test_a_long_text_keeps_its_lines() -> None:
    assert taken("long", "one\r\ntwo\u2028three") == "one\ntwo\nthree"


@pytest.mark.parametrize(("kind", "most"), [("text", 4_000), ("long", 20_000)])
def test_a_text_too_long_is_refused_not_cut(kind: str, most: int) -> None:
    assert taken(kind, "字" * most) == "字" * most
    assert refusal(kind, "字" * (most + 1)).facts == {"length": most + 1, "most": most}


@pytest.mark.parametrize("raw", [["a"], {"a": "b"}])
def test_a_list_or_fields_are_no_text(raw: Any) -> None:
    assert refusal("text", raw).key == "answer-not-text"


@pytest.mark.parametrize(
    ("raw", "number"),
    [("12", 12), ("-3", -3), ("1.5", 1.5), ("1,200", 1200), ("１２", 12), ("3万", 30_000), ("1.2亿", 120_000_000)],
)
def test_a_number_is_a_number(raw: Any, number: float) -> None:
    assert taken("number", raw) == number
    assert type(taken("number", raw)) is type(number)


@pytest.mark.parametrize("raw", ["many", "1e9", "nan", "inf", "0x10", "1,2", "9" * 60, float("nan"), True, [1]])
def test_what_is_no_number_is_refused(raw: Any) -> None:
    assert refusal("number", raw).key == "answer-not-a-number"


@pytest.mark.parametrize(
    ("raw", "limits", "key"),
    [
        (12.5, {"whole": True}, "answer-not-whole"),
        ("0", {"min": 1, "max": 600}, "answer-range"),
        ("601", {"min": 1, "max": 600}, "answer-range"),
        ("-1", {"min": 0}, "answer-min"),
        ("101", {"max": 100}, "answer-max"),
    ],
)
def test_a_number_keeps_to_what_is_asked(raw: Any, limits: dict[str, Any], key: str) -> None:
    assert refusal("number", raw, **limits).key == key


def test_the_bounds_themselves_are_inside_and_a_whole_number_is_kept_as_one() -> None:
    assert [taken("number", raw, min=1, max=600, whole=True) for raw in ("1", "600", "12.0")] == [1, 600, 12]
    assert type(taken("number", "12.0", whole=True)) is int


@pytest.mark.parametrize(
    ("raw", "thousands", "fraction"),
    [("240.000", "240000", "240"), ("1.234", "1234", "1.2340"), ("-1.500", "-1500", "-1.5")],
)
def test_a_number_that_is_read_in_two_ways_is_asked_again_with_both(raw: str, thousands: str, fraction: str) -> None:
    refused = refusal("number", raw)

    assert (refused.key, refused.facts["thousands"], refused.facts["fraction"]) == (
        "answer-two-ways",
        thousands,
        fraction,
    )
    assert (taken("number", thousands), taken("number", fraction)) == (int(thousands), float(raw))


@pytest.mark.parametrize(
    ("raw", "number"), [("0.125", 0.125), ("1234.567", 1234.567), ("1.234万", 12340), ("2.5000", 2.5)]
)
def test_other_fractions_are_read_in_one_way(raw: str, number: float) -> None:
    assert taken("number", raw) == number


@given(st.integers(-(10**14), 10**14) | st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))
def test_a_number_as_it_is_written_is_read_as_the_same(number: float) -> None:
    assert taken("number", written(number)) == number


@pytest.mark.parametrize("raw", ["240000", "EUR 2", "２"])
def test_a_text_without_figures_takes_none(raw: str) -> None:
    assert refusal("text", raw, no_figures=True).key == "answer-has-figures"


@pytest.mark.parametrize("raw", ["EUR", "€", "人民币"])
def test_a_text_without_figures_takes_words_and_signs(raw: str) -> None:
    assert taken("text", raw, no_figures=True) == raw


@pytest.mark.parametrize(("raw", "day"), [("11-27", "2025-11-27"), ("today", "2026-11-26"), ("fri", "2026-11-20")])
def test_a_day_in_the_past_is_the_last_such(raw: str, day: str) -> None:
    assert taken("date", raw, tense="past") == day


@pytest.mark.parametrize(
    ("tense", "raw", "key"),
    [
        ("past", "2026-11-27", "date-not-yet"),
        ("past", date(2027, 1, 1), "date-not-yet"),
        ("ahead", "2026-11-25", "date-over"),
        ("ahead", date(2020, 1, 1), "date-over"),
    ],
)
def test_a_day_on_the_wrong_side_of_today_is_refused(tense: str, raw: Any, key: str) -> None:
    assert refusal("date", raw, tense=tense).key == key


def test_today_is_neither_over_nor_yet_to_come() -> None:
    assert taken("date", TODAY, tense="past") == taken("date", TODAY, tense="ahead") == "2026-11-26"


def test_a_date_is_kept_as_iso() -> None:
    assert taken("date", "下周二") == "2026-12-01"
    assert taken("date", date(2026, 12, 1)) == "2026-12-01"
    assert refusal("date", "soon").key == "date-unclear"


@pytest.mark.parametrize("raw", ["yes", "Y", "TRUE", "是", "对", True])
def test_yes_in_both_languages(raw: Any) -> None:
    assert taken("yes-no", raw) is True


@pytest.mark.parametrize("raw", ["no", "N", "False", "否", "不", False])
def test_no_in_both_languages(raw: Any) -> None:
    assert taken("yes-no", raw) is False


def test_neither_yes_nor_no_is_refused() -> None:
    assert refusal("yes-no", "perhaps").facts == {"answer": "perhaps"}


@pytest.mark.parametrize("raw", ["even", "EVEN", "2", 2, "Even", "一半", " 一半 "])
def test_a_choice_is_meant_by_id_number_or_label_in_either_language(raw: Any) -> None:
    assert take(FORECAST, options_of(FORECAST, {}), raw, TODAY) == "even"


def test_a_choice_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidError) as refused:
        take(FORECAST, options_of(FORECAST, {}), "likly", TODAY)

    assert (refused.value.key, refused.value.facts["nearest"]) == ("answer-not-a-choice", "likely")


def test_an_open_question_takes_other_words_and_reads_no_number_into_them() -> None:
    assert taken("one-of", "ms li", choices_from="contacts", open=True) == "Ms Li"
    assert taken("one-of", "2", choices_from="topics", open=True) == "2"


@pytest.mark.parametrize("kind", ["one-of", "many-of"])
def test_where_people_are_asked_for_a_digit_picks_one_and_a_name_has_letters(kind: str) -> None:
    def people(raw: str) -> Any:
        found = taken(kind, raw, choices_from="contacts", open=True)
        return found if kind == "one-of" else found[0]

    assert people("2") == CONTACTS[1].id
    assert people("张工") == "张工"
    assert people("Li 2") == "Li 2"
    for slip in ("9", "?!", "——"):
        assert refusal(kind, slip, choices_from="contacts", open=True).key == "answer-not-a-name"
    assert refusal(kind, "x" * 201, choices_from="contacts", open=True).key == "answer-too-long"


def test_a_choice_that_sets_gives_its_yes_no_answers() -> None:
    flags = take(ENDED, options_of(ENDED, {}), "下单了", TODAY)

    assert flags == {"took_place": True, "order": True, "refused": False}


def test_what_follows_from_a_yes_is_filled_in_and_nothing_follows_from_a_no() -> None:
    assert take(ENDED, (), {"order": "yes"}, TODAY) == {"order": True, "took_place": True, "refused": False}
    assert take(ENDED, (), {"order": "no"}, TODAY) == {"order": False}
    assert take(ENDED, (), {"took_place": "yes"}, TODAY) == {"took_place": True}


def test_a_no_does_not_mean_the_only_other_choice() -> None:
    ended = question(
        "ended", "one-of", choices=(choice("o", "O", "单", order=True), choice("r", "R", "拒", refused=True))
    )

    assert take(ended, (), {"order": "no"}, TODAY) == {"order": False}


@pytest.mark.parametrize("raw", [{"order": "yes", "refused": "yes"}, {"took_place": "no", "order": "yes"}])
def test_yes_no_answers_that_no_choice_stands_for_contradict(raw: dict[str, str]) -> None:
    with pytest.raises(InvalidError) as refused:
        take(ENDED, (), raw, TODAY)

    assert refused.value.key == "answers-contradict"


@pytest.mark.parametrize("raw", ["topic-1, topic-3", "topic-1、主题3", ["topic-1", "Topic 3"], "2，4", ["2", 4]])
def test_several_choices_come_as_a_list_or_between_commas(raw: Any) -> None:
    assert taken("many-of", raw, choices_from="topics") == ["topic-1", "topic-3"]


def test_no_choice_at_all_is_an_answer_where_it_is_written_as_an_empty_list() -> None:
    assert taken("many-of", [], choices_from="topics") == []


def test_ticks_come_as_a_map_or_as_what_is_ticked() -> None:
    options = options_of(LISTENING, {})

    assert take(LISTENING, options, {"talked-more": "yes"}, TODAY) == {"talked-more": True}
    assert take(LISTENING, options, ["先开口"], TODAY) == {"talked-more": False, "spoke-first": True}


@pytest.mark.parametrize("raw", ["not-now", "Not now", "先不做", "n", "3", {"state": "not-now"}])
def test_a_check_is_a_state(raw: Any) -> None:
    assert taken("check", raw) == "not-now"


def test_a_check_may_have_a_note() -> None:
    assert taken("check", {"state": "skip", "note": " no badge "}) == {"state": "skip", "note": "no badge"}
    assert refusal("check", {"state": "done", "why": "x"}).key == "answer-not-fields"
    assert refusal("check", "perhaps").key == "answer-not-a-state"


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.sampled_from(ANY_QUESTION),
    plain | st.sampled_from(["是", "1", "明天", "topic-1", "done", {"state": "done", "note": "x"}, {"order": "yes"}]),
)
def test_anything_is_taken_or_refused_and_what_is_taken_is_taken_again_unchanged(asked: Any, raw: Any) -> None:
    options = options_of(asked, {"topics": TOPICS})
    try:
        held = take(asked, options, raw, TODAY)
    except InvalidError:
        return
    assert take(asked, options, held, TODAY) == held
