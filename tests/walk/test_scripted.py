"""Answers files: any key, any order, all or nothing, and a mistake named with its line and key."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import InvalidError
from salescoach.language import LANGS, Lang, say
from salescoach.playbook.facts import Facts
from salescoach.playbook.yaml_text import read
from salescoach.walk.machine import Walk
from salescoach.walk.scripted import answer_all, template
from tests.walk.samples import CARE, DEBRIEF, PREP, a_walk, checklist, choice, question, section


def answered(text: str, *checklists: Any, **more: Any) -> dict[str, Any]:
    return answer_all(a_walk(*checklists, **more), text, "answers.yaml").answers


def refused(text: str, *checklists: Any) -> tuple[str | None, str]:
    """Where and what, in English."""
    with pytest.raises(InvalidError) as refusal:
        answered(text, *checklists)
    error = refusal.value
    return error.where, say(f"error.{error.key}", "en", **error.facts)


def test_a_full_answers_file_is_taken_whatever_the_pace() -> None:
    text = """
order: yes
summary: 他们要试样
client_commitments:
  - {who: Ms Li, what: test the sample, by: 下周二}
  - {what: ask the boss}
  - {who: , what: , by: }
our_promises_unknown:
"""
    where, message = refused(text)
    assert (where, "our_promises_unknown" in message) == ("answers.yaml:8:1", True)

    assert answered(text.replace("our_promises_unknown:", "share: 40"), pace="quick") == {
        "took_place": True,
        "order": True,
        "refused": False,
        "summary": "他们要试样",
        "client_commitments": [
            {"who": "Ms Li", "what": "test the sample", "by": "2026-12-01"},
            {"what": "ask the boss"},
        ],
        "share": 40,
    }


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "summary:\n", "checklist: ~\n", "steps: []\n", "{}"])
def test_a_file_that_says_nothing_answers_nothing(text: str) -> None:
    assert answered(text, DEBRIEF, CARE) == {}


def test_answers_given_without_saying_how_it_ended_count() -> None:
    assert answered("objections: [{said: too dear}]\nlistening: {talked-more: yes}") == {
        "objections": [{"said": "too dear"}],
        "listening": {"talked-more": True},
    }


def test_names_and_choices_of_open_questions_may_be_free_words() -> None:
    assert answered("client_commitments: [{who: 张工}]\ncues: [arms crossed, ms li]") == {
        "client_commitments": [{"who": "张工"}],
        "cues": ["arms crossed", "Ms Li"],
    }


def test_the_checklist_takes_items_of_every_purpose_and_counts_those_of_this_one() -> None:
    text = "checklist: {promises-first: done, sell-nothing: {state: skip, note: not today}}\n"

    assert answered(text + "purpose: care", PREP, CARE)["checklist"] == {
        "promises-first": "done",
        "sell-nothing": {"state": "skip", "note": "not today"},
    }
    assert "checklist" not in answered(text + "purpose: phone", PREP, CARE)


def test_what_the_walk_itself_refuses_is_a_mistake_in_the_file_and_no_default() -> None:
    def refuse(path: Any, held: Any) -> None:
        if path == ("summary",) and held == "old":
            raise InvalidError("answer-not-a-name", answer=held)

    walk = a_walk(check=refuse, known={"summary": "old"})
    assert "summary" not in walk.known

    with pytest.raises(InvalidError) as refusal:
        answer_all(walk, "share: 3\nsummary: old\n", "answers.yaml")

    assert (refusal.value.key, refusal.value.where) == ("answers-answer-not-a-name", "answers.yaml:2:10")


def test_what_a_file_says_replaces_lists_and_groups_as_a_whole() -> None:
    earlier = {"steps": ["a", "b"], "summary": "old", "share": 3}

    assert answered("steps: [c]\nsummary: new", answers=earlier) == {"steps": ["c"], "summary": "new", "share": 3}


MISTAKES = {
    "sumary: x": ("answers.yaml:1:1", ["“sumary”", "summary"]),
    "summary: x\nobjections:\n  - said: y\n    moood: bad": ("answers.yaml:4:5", ["“moood”"]),
    "next_date: soon": ("answers.yaml:1:12", ["next_date: ", "“soon”"]),
    "client_commitments:\n  - who: Li\n    by: never": ("answers.yaml:3:9", ["client_commitments[0].by", "never"]),
    "client_commitments: Li": ("answers.yaml:1:21", ["client_commitments: ", "list"]),
    "client_commitments: [Li]": ("answers.yaml:1:22", ["client_commitments[0]: ", "who, what, by"]),
    "share: much": ("answers.yaml:1:8", ["share", "“much”"]),
    "again: maybe": ("answers.yaml:1:8", ["again", "neither yes nor no"]),
    "summary: [a]": ("answers.yaml:1:10", ["summary", "text"]),
    "objections: [{said: x, topic: topic-99}]": ("answers.yaml:1:31", ["objections[0].topic", "topic-9"]),
    "listening: {interrupted: yes}": ("answers.yaml:1:12", ["listening", "interrupted"]),
    "ended: order": ("answers.yaml:1:1", ["“ended”"]),
    "order: yes\nrefused: yes": ("answers.yaml:2:10", ["refused", "order"]),
    "took_place: no\norder: yes": ("answers.yaml:2:8", ["order"]),
    "order: perhaps": ("answers.yaml:1:8", ["order: ", "perhaps"]),
    "objections:\n  - resolved: yes": ("answers.yaml:2:5", ["objections[0].said", "needs an answer"]),
    "_skipped: []": ("answers.yaml:1:1", ["_skipped"]),
    "- a": ("answers.yaml:1:1", ["key: answer"]),
    "just words": ("answers.yaml:1:1", ["key: answer"]),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items())
def test_a_mistake_is_named_with_its_place_and_key(text: str, expected: tuple[str, list[str]]) -> None:
    where, message = refused(text)

    assert where == expected[0]
    for part in expected[1]:
        assert part in message


def test_broken_yaml_is_an_invalid_answers_file() -> None:
    with pytest.raises(InvalidError) as refusal:
        answered("summary: [")
    assert (refusal.value.code, str(refusal.value.where)[:13]) == ("invalid", "answers.yaml:")


def test_order_and_refused_exclude_each_other_as_separate_questions_too() -> None:
    apart = checklist(section("ended", question("order", "yes-no"), question("refused", "yes-no")))

    assert refused("order: yes\nrefused: yes", apart)[0] == "answers.yaml:2:10"
    assert answered("order: yes\nrefused: no", apart) == {"order": True, "refused": False}


def test_a_required_answer_that_is_missing_is_named() -> None:
    named = checklist(section("a", question("name", required=True), question("summary")))
    where, message = refused("summary: x", named)

    assert (where, "name: " in message) == ("answers.yaml:1:1", True)


# Answers that the others hide


PROMISE = checklist(
    section(
        "promise",
        question("certain", "yes-no"),
        question("promise", when={"answers": {"certain": ["true"]}}),
        question("lead", "group", fields=(question("who"), question("position", when={"answers": {"who": ["*"]}}))),
    ),
    section("report", question("report"), when={"none": [{"answers": {"certain": ["true"]}}]}),
)


@pytest.mark.parametrize(
    ("text", "where", "question", "keys"),
    [
        ("certain: no\npromise: a pump", "answers.yaml:2:1", "promise", "certain"),
        ("certain: yes\nreport: soon", "answers.yaml:2:1", "report", "certain"),
        ("lead: {position: chief}", "answers.yaml:1:8", "lead.position", "who"),
    ],
)
def test_a_hidden_answer_is_refused_where_nothing_may_be_lost(text: str, where: str, question: str, keys: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        answer_all(a_walk(PROMISE), text, "answers.yaml", hidden=False)

    assert (refusal.value.key, refusal.value.where) == ("answers-hidden", where)
    assert refusal.value.facts == {"question": question, "keys": keys}


def test_elsewhere_a_hidden_answer_is_left_out() -> None:
    assert answered("certain: no\npromise: a pump", PROMISE) == {"certain": False}


def test_what_stood_in_the_file_to_fill_in_may_be_hidden_by_a_new_answer() -> None:
    walk = a_walk(PROMISE, known={"certain": True, "promise": "a pump"})
    text = template(walk, "en").replace("certain: true", "certain: no")

    assert answer_all(walk, text, "answers.yaml", hidden=False).answers == {"certain": False}


# The file to fill in


def walks(**more: Any) -> list[Walk]:
    return [a_walk(**more), a_walk(PREP, CARE, **more)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_to_fill_in_names_every_key_and_answers_nothing(lang: Lang) -> None:
    for walk in walks():
        text = template(walk, lang)
        data = read(text, "answers.yaml").data

        assert set(data) == set(walk.keys.names())
        assert answer_all(walk, text, "answers.yaml").answers == {}


def test_the_file_to_fill_in_says_prompt_type_choices_and_default() -> None:
    text = template(a_walk(PREP, CARE, known={"purpose": "care", "contacts": ["Ms Li"]}), "en")

    assert "# purpose?\n# one of the choices · choices: care (Care), phone (Phone) · default: care" in text
    assert 'purpose: "care"\n' in text
    assert 'contacts:\n  - "Ms Li"\n' in text
    assert "  # By when" not in text  # the samples' prompts are their keys
    assert "# date (2026-12-01, tomorrow" in text


ENDS = (
    choice("won", "With an order", "拿下订单", held=True, order=True, refused=False),
    choice("lost", "With a clear no", "明确拒绝", held=True, order=False, refused=True),
    choice("open", "Still open", "还没定", held=True, order=False, refused=False),
    choice("moved", "It did not take place", "没见成", held=False, order=False, refused=False),
)


def test_each_yes_no_key_of_a_choice_says_when_it_is_yes_or_no() -> None:
    """Of three keys behind one question, each has a comment of its own: by the choices that stand for it."""
    walk = a_walk(checklist(section("a", question("ended", "one-of", choices=ENDS))))

    assert "# yes or no; no is “It did not take place”\nheld:\n" in template(walk, "en")
    assert "# yes or no; yes is “With an order”\norder:\n" in template(walk, "en")
    assert "# yes or no; yes is “With a clear no”\nrefused:\n" in template(walk, "en")
    assert "# yes 或 no；“没见成”填 no，其余填 yes\nheld:\n" in template(walk, "zh")


def test_choices_that_are_ticked_one_by_one_are_not_listed_twice() -> None:
    faults = (choice("argued", "I argued", "我争了"), choice("begged", "I begged", "我求了"))
    walk = a_walk(checklist(section("a", question("faults", "ticks", choices=faults))))

    assert template(walk, "en").count("I argued") == 1


def test_what_is_known_stands_in_the_file_and_comes_back_from_it() -> None:
    known = {
        "took_place": True,
        "client_commitments": [{"who": "王总", "by": "2026-12-01"}, {"what": "ask: the boss # now"}],
        "steps": ["null", "- no"],
        "listening": {"talked-more": False},
        "share": 1.5,
        "again": False,
        "cues": [],
        "lesson": "one\ntwo\t\x07“三”\ufeff",
    }
    walk = a_walk(known=known)
    again = answer_all(walk, template(walk, "zh"), "answers.yaml")

    assert again.answers == {**known, "lesson": "one\ntwo “三”"}


@pytest.mark.parametrize(
    ("limits", "comment"),
    [
        ({"min": 1, "max": 600, "whole": True}, "number · whole · 1 to 600"),
        ({"min": 0}, "number · 0 or more"),
        ({"max": 0.5}, "number · 0.5 or less"),
    ],
)
def test_bounds_stand_in_the_file_to_fill_in(limits: dict[str, Any], comment: str) -> None:
    asked = a_walk(checklist(section("a", question("share", "number", **limits))))

    assert f"# {comment}\n" in template(asked, "en")


@pytest.mark.parametrize(("tense", "comment"), [("past", "up to today"), ("ahead", "from today on")])
def test_whether_a_day_is_past_or_ahead_stands_in_the_file_to_fill_in(tense: str, comment: str) -> None:
    asked = a_walk(checklist(section("a", question("day", "date", tense=tense))))

    assert f" · {comment}\n" in template(asked, "en")


def test_required_keys_are_marked() -> None:
    assert "text · required" in template(a_walk(checklist(section("a", question("name", required=True)))), "en")


words = st.text(max_size=30)
answers = st.fixed_dictionaries(
    {},
    optional={
        "summary": words,
        "lesson": words,
        "steps": st.lists(words, max_size=3),
        "cues": st.lists(words, max_size=3),
        "client_commitments": st.lists(st.dictionaries(st.sampled_from(["who", "what"]), words), max_size=3),
        "objections": st.lists(st.fixed_dictionaries({"said": st.just("x")}), max_size=2),
        "share": st.integers() | st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
    },
)


@given(answers, st.sampled_from(LANGS))
def test_whatever_is_known_comes_back_from_the_file_to_fill_in(known: dict[str, Any], lang: Lang) -> None:
    said = a_walk(answers=known)
    asked = a_walk(known=known)

    assert answer_all(asked, template(asked, lang), "answers.yaml").answers == said.answers


@given(st.text())
def test_any_text_is_answers_or_is_refused(text: str) -> None:
    try:
        answered(text)
    except InvalidError as error:
        assert error.where is not None  # noqa: PT017


def test_the_file_to_fill_in_leaves_out_what_only_another_crisis_is_asked() -> None:
    """What kind of crisis it is stands before the walk: no answer can bring those questions up."""
    ours = question("stolen", when={"crisis_kind": "property"})
    theirs = question("recalled", when={"crisis_kind": "product"})
    asked = checklist(section("fast", ours, theirs), use="crisis")
    walk = Walk([asked], today=date(2026, 12, 1), facts=lambda answers: Facts(crisis_kind="property"))

    printed = template(walk, "en")

    assert "stolen:" in printed
    assert "recalled:" not in printed
