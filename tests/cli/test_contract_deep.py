"""`salescoach objection … --deep` without a terminal: the answers file, the document, what is kept, the day's debrief."""

from typing import Any

import pytest
import yaml

from tests.program import BUYER, CLIENT, Program

AMMERFELD = CLIENT["en"]
ADVICE = {"id", "text", "source"}
TOPICS = ("price", "authority", "brush-off", "service", "trust")
ANSWERS = """\
checklist: {pause: done, listen: done, acknowledge: done, response: done}
holding: dearer than last year
holding_out: yes
class: real
technique: boomerang
settled: no
next_step: {who: Lena Voss, what: send the old quote, by: 2026-12-08}
"""


def walked(program: Program, *argv: str, stdin: str = ANSWERS) -> dict[str, Any]:
    return program.json("objection", *argv, "--deep", "--answers", "-", stdin=stdin)


def met(program: Program) -> list[dict[str, Any]]:
    """The objections on record that are not settled, as the brief expects them again."""
    found = program.json("prep", AMMERFELD, "--brief")["objections"]
    return [one for one in found if one["reason"] == "unresolved"]


def count(program: Program) -> int:
    """How many price objections the rep has met."""
    document = program.json("objection", "price", "--mine")
    number: int = document["count"]
    return number


def debrief(program: Program, answers: str = "summary: talked\n") -> dict[str, Any]:
    return program.json("debrief", AMMERFELD, "--answers", "-", stdin=answers)


# Where it is walked, and where the whole answer is opened


@pytest.mark.parametrize("argv", [["--deep"], ["--deep", "--json"]])
def test_with_nobody_to_ask_and_no_answers_deep_opens_the_whole_answer(program: Program, argv: list[str]) -> None:
    out = " ".join(program.ok("objection", "price", *argv).split())

    assert "Below this I could not look after you" in out
    assert '"walk"' not in out


def test_without_input_a_terminal_too_gets_the_whole_answer(program: Program) -> None:
    assert "Below this I could not look after you" in " ".join(
        program.ok("--no-input", "objection", "price", "--deep", tty=True).split()
    )


# The document


def test_the_document_is_the_answers_own_with_the_walk_beside_it(program: Program) -> None:
    plain = program.json("objection", "price")
    found = walked(program, "price")

    walk = found.pop("walk")
    assert found == plain
    assert set(walk) >= {"said", "class", "technique", "settled", "next_step", "say_next"}
    assert (walk["class"], walk["technique"], walk["settled"]) == ("real", "boomerang", False)
    assert walk["next_step"] == {"who": "Lena Voss", "what": "send the old quote", "by": "2026-12-08"}
    assert all(set(line) == ADVICE for line in walk["say_next"])


def test_answers_alone_are_enough(program: Program) -> None:
    found = program.json("objection", "price", "--answers", "-", stdin="class: hidden\n")

    assert found["walk"]["class"] == "hidden"


def test_what_was_said_is_the_words_and_for_a_topics_own_name_its_title(program: Program) -> None:
    assert walked(program, "you", "are", "too", "expensive")["walk"]["said"] == "you are too expensive"
    assert walked(program, "price")["walk"]["said"] == "Price"
    assert walked(program, "价格", stdin="said: 贵了两成\n")["walk"]["said"] == "贵了两成"


def test_ids_are_the_same_in_both_languages(program: Program) -> None:
    english, chinese = (
        program.json("--lang", lang, "objection", "price", "--answers", "-", stdin=ANSWERS)["walk"]["say_next"]
        for lang in ("en", "zh")
    )

    assert [line["id"] for line in english] == [line["id"] for line in chinese]
    assert english[0]["text"] != chinese[0]["text"]


def test_half_the_answers_say_what_comes_next(program: Program) -> None:
    walk = walked(program, "price", stdin="holding: last year\nholding_out: yes\n")["walk"]

    assert walk["say_next"][0]["id"] == "price.deciding"


@pytest.mark.parametrize(
    "wrong", ["clas: real\n", "class: perhaps\n", "settled: maybe\n", "checklist: {pause: yes}\n", "next_step: soon\n"]
)
def test_a_file_that_does_not_hold_is_refused_and_nothing_is_kept(book: Program, wrong: str) -> None:
    before = count(book)

    ran = book("objection", "price", "--for", AMMERFELD, "--answers", "-", stdin=ANSWERS + wrong)

    assert (ran.code, ran.out) == (4, "")
    assert count(book) == before


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("topic", TOPICS)
def test_the_file_to_fill_in_says_what_to_say_and_holds_as_it_is(program: Program, topic: str, lang: str) -> None:
    printed = program.ok("--lang", lang, "objection", topic, "--deep", "--questions")

    assert set(yaml.safe_load(printed)) >= {
        "checklist",
        "holding",
        "takes",
        "class",
        "technique",
        "settled",
        "next_step",
    }
    whole = program.json("--lang", lang, "objection", topic)["answer"]
    comments = " ".join(line.lstrip(" #▸") for line in printed.splitlines() if "# " in line)
    assert all(line["text"] in comments for line in whole["say"])
    assert whole["kind"]["ask"]["text"] in comments
    assert program("--lang", lang, "objection", topic, "--answers", "-", stdin=printed).code == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("topic", TOPICS)
def test_the_end_is_one_screen(program: Program, topic: str, lang: str) -> None:
    out = program.ok("--lang", lang, "objection", topic, "--style", "driver", "--answers", "-", stdin=ANSWERS)

    assert len(out.splitlines()) <= 24
    assert "dearer than last year" in out


def test_why_names_where_the_lines_stand(program: Program) -> None:
    out = program.ok("objection", "price", "--deep", "--why", "--answers", "-", stdin=ANSWERS)

    assert "price.value: price v1" in " ".join(out.split())


# What is kept


def test_without_a_client_nothing_is_kept(book: Program) -> None:
    before = count(book)

    book.ok("objection", "price", "--answers", "-", stdin=ANSWERS)

    assert count(book) == before


def test_for_a_client_the_next_brief_and_ones_own_record_know_it(book: Program) -> None:
    before = count(book)

    out = book.ok("objection", "we have no money", "--for", AMMERFELD, "--answers", "-", stdin=ANSWERS)

    assert f"heard at {AMMERFELD} today" in out
    assert "budget" in [one["topic"] for one in met(book)]
    assert count(book) == before
    walked(book, "too dear", "--for", f"{AMMERFELD}/{BUYER['en']}")
    assert count(book) == before + 1


def test_their_answers_and_the_next_step_stand_in_the_clients_notes(book: Program) -> None:
    walked(book, "too dear", "--for", AMMERFELD)

    notes = [one["text"] for one in book.json("client", "show", AMMERFELD)["notes"]]

    assert any("dearer than last year" in text and "send the old quote" in text for text in notes)


def test_walked_again_on_the_same_day_in_the_same_words_it_is_still_one(book: Program) -> None:
    before = count(book)

    walked(book, "too dear", "--for", AMMERFELD)
    walked(book, "too dear", "--for", AMMERFELD)

    assert count(book) == before + 1


def test_settled_it_settles_the_earlier_ones_on_its_topic_too(book: Program) -> None:
    assert "price" in [one["topic"] for one in met(book)]

    walked(book, "too dear", "--for", AMMERFELD, stdin="settled: yes\n")

    assert "price" not in [one["topic"] for one in met(book)]


# The debrief of that day


@pytest.mark.parametrize("planned", [True, False])
@pytest.mark.parametrize(
    "said",
    [
        "summary: talked\n",
        "objections: [{said: too dear, resolved: yes}]\n",
        "objections: [{said: you are too expensive, resolved: yes}]\n",
    ],
)
def test_the_debrief_counts_it_once_however_it_names_it(book: Program, said: str, planned: bool) -> None:
    if planned:
        book.ok("prep", AMMERFELD, "--answers", "-")
    before = count(book)
    walked(book, "too dear", "--for", AMMERFELD)

    (found,) = debrief(book, said)["objections"]

    assert (found["topic"], found["kind"], found["technique"]) == ("price", "real", "boomerang")
    assert found["resolved"] is ("resolved" in said)
    assert count(book) == before + 1


def test_another_objection_of_the_visit_is_counted_beside_it(book: Program) -> None:
    walked(book, "too dear", "--for", AMMERFELD)

    found = debrief(book, "objections: [{said: We have no time for it.}]\n")["objections"]

    assert [one["topic"] for one in found] == ["timing", "price"]


def test_the_debriefs_answers_file_starts_with_it(book: Program) -> None:
    walked(book, "too dear", "--for", AMMERFELD)

    (entry,) = yaml.safe_load(book.ok("debrief", AMMERFELD, "--questions"))["objections"]

    assert (entry["said"], entry["topic"], entry["kind"], entry["resolved"]) == ("too dear", "price", "real", False)


def test_a_second_debrief_of_the_day_does_not_take_it_from_the_first(book: Program) -> None:
    walked(book, "too dear", "--for", AMMERFELD)

    assert len(debrief(book)["objections"]) == 1
    assert debrief(book)["objections"] == []


def test_a_visit_that_did_not_take_place_leaves_it_as_it_is(book: Program) -> None:
    book.ok("prep", AMMERFELD, "--answers", "-")
    before = count(book)
    walked(book, "too dear", "--for", AMMERFELD)

    assert debrief(book, "took_place: no\n")["objections"] == []
    assert count(book) == before + 1


def test_an_objection_of_another_day_is_no_part_of_todays_debrief(
    book: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked(book, "too dear", "--for", AMMERFELD)
    monkeypatch.setenv("SALESCOACH_TODAY", "2026-12-02")

    assert debrief(book)["objections"] == []
