"""`salescoach objection` as CLI.md fixes it: the match, the answer, and what it says when it is not sure."""

from typing import Any

import pytest

from salescoach.wrap import cells
from tests.program import BUYER, CLIENT, Program

ADVICE = {"id", "text", "source"}
TOPICS = [
    *("price", "budget", "timing", "think-it-over", "authority", "competitor", "need", "trust", "product-fit"),
    *("effort", "results", "service", "send-info", "contract", "brush-off"),
]
STYLES = ["driver", "expressive", "amiable", "analytical"]
OFF_TOPIC = ["今天天气怎么样", "qqqq", "??"]


def answer(program: Program, *argv: str) -> dict[str, Any]:
    return program.json("objection", *argv)


def advice(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, list):
        return [found for one in document for found in advice(one)]
    if not isinstance(document, dict):
        return []
    here = [document] if {"id", "source"} <= set(document) else []
    return here + [found for one in document.values() for found in advice(one)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_by_its_id_is_certain_and_answered(program: Program, topic: str, lang: str) -> None:
    found = program.json("--lang", lang, "objection", topic)

    assert list(found)[:5] == ["schema", "query", "matches", "confident", "answer"]
    assert found["schema"] == "salescoach/objection@1"
    assert found["query"] == topic
    assert found["confident"] is True
    assert found["matches"][0]["topic"] == topic
    assert found["answer"]["topic"] == topic


def test_the_answer_has_the_keys_of_the_contract(program: Program) -> None:
    given = answer(program, "price")["answer"]

    lists = ("say", "steps", "style", "avoid", "prevent")
    assert set(given) == {"topic", "known", *lists, "kind"}
    assert all(set(line) == ADVICE for name in lists for line in given[name])
    assert set(given["kind"]["ask"]) == ADVICE
    assert given["style"] == [], "nobody's style is known"


@pytest.mark.parametrize(
    "words", [["price"], ["价格"], ["you are too expensive"], ["太贵了"], ["your", "price", "is", "too", "high"]]
)
def test_an_id_an_alias_and_free_words_all_reach_the_topic(program: Program, words: list[str]) -> None:
    found = answer(program, *words)

    assert found["query"] == " ".join(words)
    assert found["matches"][0]["topic"] == "price"


@pytest.mark.parametrize("words", ["price", "we need to think about it", "我们有固定的供应商", "no time, no money"])
def test_at_least_three_matches_come_best_first(program: Program, words: str) -> None:
    found = answer(program, words)["matches"]

    assert len(found) >= 3
    assert all(set(one) == {"topic", "title", "score"} for one in found)
    scores = [one["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(isinstance(score, float) and 0 <= score <= 1 for score in scores)
    assert len({one["topic"] for one in found}) == len(found)


def test_ids_are_the_same_in_both_languages_and_titles_are_not(program: Program) -> None:
    english, chinese = (program.json("--lang", lang, "objection", "trust") for lang in ("en", "zh"))

    assert [one["id"] for one in advice(english)] == [one["id"] for one in advice(chinese)]
    assert [one["topic"] for one in english["matches"]] == [one["topic"] for one in chinese["matches"]]
    assert english["matches"][0]["title"] != chinese["matches"][0]["title"]


@pytest.mark.parametrize("words", OFF_TOPIC)
def test_words_that_are_no_objection_exit_3_with_the_same_document_and_no_answer(program: Program, words: str) -> None:
    found = program.json("objection", words, code=3)

    assert found["schema"] == "salescoach/objection@1"
    assert (found["query"], found["confident"], found["answer"]) == (words, False, None)


@pytest.mark.parametrize("words", OFF_TOPIC)
def test_without_json_words_that_are_no_objection_are_said_on_stderr(program: Program, words: str) -> None:
    ran = program("objection", words)

    assert (ran.code, ran.out) == (3, "")
    assert "salescoach objection" in ran.err


def unsure(program: Program) -> str:
    """Words that two topics share."""
    for words in ("not sure about this", "we have somebody for that and no time", "where's the proof"):
        found = program("objection", words, "--json")
        if found.code == 0 and '"confident": false' in found.out:
            return words
    raise AssertionError("every one of these is certain")


def test_not_being_sure_gives_the_first_answer_and_names_the_other_two(program: Program) -> None:
    words = unsure(program)
    matches = answer(program, words)["matches"]

    out = program.ok("objection", words)

    assert answer(program, words)["answer"]["topic"] == matches[0]["topic"]
    assert out.startswith(matches[0]["title"])
    assert all(one["title"] in out.splitlines()[-1] for one in matches[1:3])


def test_no_words_list_the_topics(program: Program) -> None:
    assert [one["topic"] for one in answer(program)["topics"]] == sorted(TOPICS)
    out = program.ok("objection")
    assert all(topic in out for topic in TOPICS)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("topic", TOPICS)
def test_the_first_block_is_six_lines_at_most_and_the_answer_fits_one_screen(
    program: Program, topic: str, lang: str
) -> None:
    out = program.ok("--lang", lang, "objection", topic, "--style", "driver")

    first = out.split("\n\n")[0].splitlines()[1:]
    assert 2 <= len(first) <= 6
    assert len(out.splitlines()) <= 24
    assert all(cells(line) <= 80 for line in out.splitlines())


def test_the_first_line_is_a_pause_and_a_question_comes_before_the_response(program: Program) -> None:
    say = answer(program, "price")["answer"]["say"]

    assert say[0]["id"] == "price.pause"
    assert "?" in say[1]["text"]


# Whom it is for


@pytest.mark.parametrize("style", STYLES)
def test_a_style_by_its_id_words_the_answer(program: Program, style: str) -> None:
    given = answer(program, "price", "--style", style)["answer"]["style"]

    assert given
    assert all(f".{style}." in line["id"] for line in given)


@pytest.mark.parametrize(("alias", "style"), [("力量型", "driver"), ("和平型", "amiable"), ("Choleric", "driver")])
def test_a_style_may_be_called_by_any_of_its_names(program: Program, alias: str, style: str) -> None:
    assert (
        answer(program, "price", "--style", alias)["answer"]["style"]
        == answer(program, "price", "--style", style)["answer"]["style"]
    )


@pytest.mark.parametrize("style", ["cheerful", "neutral", ""])
def test_another_style_is_wrong_usage(program: Program, style: str) -> None:
    ran = program("objection", "price", "--style", style)

    assert (ran.code, ran.out) == (2, "")
    assert "driver" in ran.err


def test_for_a_person_the_answer_speaks_to_the_style_on_record(book: Program) -> None:
    book.ok("contact", "add", CLIENT["en"], "Otto Zahl", "--style", "analytical")

    given = answer(book, "price", "--for", "ammerfeld/otto")["answer"]

    assert all(".analytical." in line["id"] for line in given["style"])
    assert given["style"]


def test_for_a_person_whose_style_is_not_clear_the_answer_stays_neutral(book: Program) -> None:
    assert answer(book, "price", "--for", f"{CLIENT['en']}/{BUYER['en']}")["answer"]["style"] == []


def test_for_somebody_unknown_exits_3(book: Program) -> None:
    assert book("objection", "price", "--for", "Nobody Inc").code == 3


# Why, everything, and one's own


def test_why_names_rule_playbook_version_and_source(program: Program) -> None:
    out = program.ok("objection", "price", "--why")

    because = answer(program, "price", "--why")["why"]
    assert all(set(one) >= {"id", "playbook", "version", "source"} for one in because)
    assert f"price.pause: price v{because[0]['version']} · {because[0]['source']}" in " ".join(out.split())


def test_deep_shows_all_of_a_topic(program: Program) -> None:
    given = answer(program, "price")["answer"]

    text = " ".join(program.ok("objection", "price", "--deep").split())

    assert all(
        " ".join(line["text"].split()) in text for name in ("say", "steps", "avoid", "prevent") for line in given[name]
    )


def hear(program: Program, times: int) -> None:
    """So many price objections met, the first three of them resolved."""
    for number in range(times):
        resolved = "yes" if number < 3 else "no"
        said = f"objections: [{{said: too dear, topic: price, technique: boomerang, resolved: {resolved}}}]\n"
        program.ok("debrief", CLIENT["en"], "--answers", "-", stdin=said)


def test_ones_own_record_is_silent_below_five_cases(program: Program) -> None:
    program.ok("client", "add", CLIENT["en"])
    hear(program, 4)

    assert "4" in program.ok("objection", "price", "--mine")
    assert "%" not in program.ok("objection", "price", "--mine")


def test_ones_own_record_speaks_from_five_cases_on(program: Program) -> None:
    program.ok("client", "add", CLIENT["en"])
    hear(program, 5)

    out = program.ok("objection", "price", "--mine")

    assert "3 of 5" in out
    assert "%" in out
    assert answer(program, "price", "--mine")["schema"].startswith("salescoach/")


def test_two_objections_in_one_sentence_are_both_named(program: Program) -> None:
    words = "it is too expensive, and we would have to ask head office"
    found = answer(program, words)

    assert sorted(found["both"]) == ["authority", "price"]
    assert found["answer"]["topic"] == found["matches"][0]["topic"]
    shown = program.ok("objection", words)
    assert "Price" in shown
    assert f"salescoach objection {next(one for one in found['both'] if one != found['answer']['topic'])}" in " ".join(shown.split())


def test_a_rival_and_a_figure_are_kept_and_used(program: Program) -> None:
    found = answer(program, "Bosch is 12% cheaper than you")

    assert (found["competitor"], found["figure"]) == ("Bosch", "12%")
    assert any("Bosch" in line["text"] and "12%" in line["text"] for line in found["answer"]["say"])


def test_for_a_client_it_says_what_is_known_of_them(book: Program) -> None:
    book.ok("promise", "add", CLIENT["en"], "send the report", "--by", "2026-11-20")

    known = book.json("objection", "price", "--for", f"{CLIENT['en']}/{BUYER['en']}")["answer"]["known"]

    assert "answer-hints.promise-first" in [line["id"] for line in known]


def test_a_client_who_speaks_another_language_is_answered_in_it(program: Program) -> None:
    program.ok("client", "add", "恒泰泵业", "--language", "zh")

    first, second, *_ = program.json("objection", "price", "--for", "恒泰泵业")["answer"]["say"]

    assert first["text"].startswith("Pause."), "what to do is for the rep"
    assert second["text"].startswith("“理解。")
