"""The border: a typed playbook, or every problem with its place and a sentence that helps."""

from typing import Any

import pytest

from salescoach.catalogue.error import MESSAGES
from salescoach.errors import PlaybookError
from salescoach.language import LANGS, say
from salescoach.playbook.check import MOST_PROBLEMS, json_schema, problems, validate
from salescoach.playbook.conditions import fact_table
from salescoach.playbook.models import KINDS, Objection
from salescoach.playbook.yaml_text import read
from tests.playbook.samples import CARD, OBJECTION, TECHNIQUE


def found(text: str) -> list[tuple[str, str]]:
    return [(one.key, one.where.removeprefix("f:")) for one in problems(read(text, "f"))]


def test_a_file_becomes_a_typed_playbook() -> None:
    book = validate(read(OBJECTION, "f"))

    assert isinstance(book, Objection)
    assert (book.version, book.title) == (3, {"en": "Price", "zh": "价格"})
    assert book.steps[0].when == {"visits_held": {"min": 2}, "took_place": False}


@pytest.mark.parametrize(
    ("old", "new", "key", "where", "facts"),
    [
        ("version: 3\n", "", "playbook-missing", "1:1", {"name": "version"}),
        ("summary:", "sumary:", "playbook-unknown-near", "8:1", {"name": "sumary", "nearest": "summary"}),
        ("summary:", "xyz:", "playbook-unknown", "8:1", {"name": "xyz"}),
        ("version: 3", "version: three", "playbook-number", "3:10", {"name": "version", "given": "three"}),
        ("version: 3", "version:", "playbook-empty", "3:9", {"name": "version"}),
        ("version: 3", "version: 0", "playbook-range", "3:10", {"limit": "≥ 1"}),
        ("move: explore", "move: ask", "playbook-choice", "16:11", {"given": "ask"}),
        ("move: explore", "mov: explore", "playbook-unknown-near", "16:5", {"nearest": "move"}),
        ("id: price", "id: The Price", "playbook-id", "2:5", {"given": "The Price"}),
        ("[ours]", "[me]", "playbook-source-id", "7:11", {"given": "me"}),
        ("[ours]", "ours", "playbook-list", "7:10", {"name": "sources"}),
        ('"Too dear."', "[a]", "playbook-text", "8:10", {"name": "summary"}),
        ('"Too dear."', '""', "playbook-empty", "8:10", {"name": "summary"}),
        ('"Too dear."', "{}", "playbook-no-language", "8:10", {"name": "summary"}),
        ('"Too dear."', "{fr: Cher}", "playbook-unknown", "8:11", {"allowed": "en, zh"}),
        ("  driver:", "  drivr:", "playbook-choice", "24:3", {"given": "drivr"}),
        ("{min: 2}", "{mim: 2}", "playbook-unknown-near", "22:26", {"nearest": "min"}),
        ("{min: 2}", "{}", "playbook-range-empty", "22:25", {"name": "visits_held"}),
        ("visits_held", "visit_held", "playbook-unknown-near", "22:12", {"nearest": "visits_held"}),
        ("took_place: no", "took_place: maybe", "playbook-yes-no", "22:47", {"given": "maybe"}),
        ('ask: {id: deciding, text: "Would you go ahead?"}', "ask: Why?", "playbook-mapping", "28:8", {"name": "ask"}),
    ],
)
def test_a_mistake_is_named_where_it_is(old: str, new: str, key: str, where: str, facts: dict[str, Any]) -> None:
    assert old in OBJECTION

    (named,) = (one for one in problems(read(OBJECTION.replace(old, new, 1), "f")) if one.where == f"f:{where}")

    assert named.key == key
    assert facts.items() <= named.facts.items()
    for lang in LANGS:
        assert say(f"error.{key}", lang, **named.facts)
        assert say(f"error.{key}-hint", lang, **named.facts)


def test_a_misspelt_key_is_not_told_a_second_time_as_a_missing_one() -> None:
    assert found(OBJECTION.replace("summary:", "sumary:")) == [("playbook-unknown-near", "8:1")]


def test_every_problem_of_a_file_is_given_from_top_to_bottom() -> None:
    text = OBJECTION.replace("version: 3", "version: x").replace("move: pause", "move: wait").replace("real:", "reel:")

    assert found(text) == [
        ("playbook-number", "3:10"),
        ("playbook-choice", "13:11"),
        ("playbook-unknown-near", "29:3"),
    ]


def test_the_error_is_the_first_problem() -> None:
    with pytest.raises(PlaybookError) as caught:
        validate(read(OBJECTION.replace("version: 3", "version: x"), "price.yaml"))

    assert (caught.value.key, caught.value.where) == ("playbook-number", "price.yaml:3:10")


@pytest.mark.parametrize(
    ("text", "key", "where"),
    [
        ("", "playbook-no-mapping", "1:1"),
        ("- a", "playbook-no-mapping", "1:1"),
        ("id: price", "playbook-no-kind", "1:1"),
        ("id: price\nkind: [card]", "playbook-no-kind", "2:7"),
        ("kind: objections", "playbook-choice", "1:7"),
    ],
)
def test_a_file_says_what_kind_it_is(text: str, key: str, where: str) -> None:
    assert found(text) == [(key, where)]


def test_a_suggestion_is_a_key_of_that_very_place() -> None:
    """`text` exists in a line, but not at the top of a card."""
    near = problems(read(CARD + "txt: a\n", "f"))[0]

    assert near.key == "playbook-unknown"
    assert "text" not in str(near.facts["allowed"]).split(", ")


def test_a_text_may_be_in_one_language_or_in_none_in_particular() -> None:
    assert validate(read(TECHNIQUE.replace("{en: Boomerang, zh: 太极法}", "{zh: 太极法}"), "f")).title == {
        "zh": "太极法"
    }
    assert validate(read(TECHNIQUE, "f")).summary == "Turn it round."  # type: ignore[union-attr]


def test_a_likelihood_that_is_no_number_is_no_likelihood() -> None:
    text = (
        "kind: typology\nid: a\nversion: 1\ntitle: a\nsources: []\nentries: []\n"
        "cues: [{id: c, text: c, likelihood: {driver: nan, amiable: 7}}]"
    )

    assert [key for key, _ in found(text)] == ["playbook-range", "playbook-range"]


def test_a_file_of_something_else_is_not_quoted_for_ever() -> None:
    assert len(found("kind: card\n" + "".join(f"k{n}: v\n" for n in range(5_000)))) == MOST_PROBLEMS


def test_every_problem_has_a_sentence_and_a_next_step() -> None:
    """In the catalogue, for every key that the border can give."""
    from salescoach.playbook import check

    keys = {*check._SAME.values(), *check._FAMILY.values(), "playbook-wrong", "playbook-missing", "playbook-id"}

    assert all(key in MESSAGES and f"{key}-hint" in MESSAGES for key in keys)


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_an_editor_gets_a_schema_that_explains_ids_and_conditions(kind: Any) -> None:
    schema = json_schema(kind)

    assert schema["$schema"].endswith("2020-12/schema")
    assert set(fact_table()) < set(schema["$defs"]["when"]["properties"])
    assert "lower-case words" in str(schema)
    references = {part.split("'")[0] for part in str(schema).split("#/$defs/")[1:]}
    assert references <= set(schema["$defs"])


def test_an_editor_knows_what_may_limit_an_answer() -> None:
    question = json_schema("checklist")["$defs"]["Question"]

    assert {"min", "max", "whole", "tense", "no_figures"} <= set(question["properties"])
    assert "past" in str(question["properties"]["tense"])
    assert "`min`, `max`" in question["description"]
