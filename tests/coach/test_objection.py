"""Answers to objections: the order, the words for this person, the reasons."""

import pytest

from salescoach.coach import ledger
from salescoach.coach.advice import Voice, voice
from salescoach.coach.matching import Match
from salescoach.coach.objection import Answer, answer, document
from salescoach.language import LANGS, Lang
from salescoach.playbook.library import Library
from salescoach.playbook.models import Objection, Technique, Typology
from salescoach.records.ids import STYLES, Style
from salescoach.records.me import Me
from salescoach.records.models import ObjectionMet
from salescoach.wrap import wrap
from tests.coach.samples import TODAY, in_english

TOPICS = [
    "authority", "brush-off", "budget", "competitor", "contract", "effort", "need", "price", "product-fit", "results",
    "send-info", "service", "think-it-over", "timing", "trust",
]  # fmt: skip


def answered(books: Library, topic: str, style: Style | None = None, speaker: Voice | None = None) -> Answer:
    techniques = books.titles(Technique)
    behaviours = books.get(Typology, "behaviours")
    return answer(books.get(Objection, topic), techniques, behaviours, speaker or in_english(), style, "bargainer")


def test_the_fifteen_topics_are_there(books: Library) -> None:
    assert [book.id for book in books.all(Objection)] == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_an_answer_pauses_and_explores_before_it_responds(topic: str, books: Library) -> None:
    moves = [line.move for line in books.get(Objection, topic).say]

    assert moves[0] == "pause"
    assert "explore" in moves
    assert "respond" not in moves or moves.index("explore") < moves.index("respond")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_first_block_takes_six_lines_at_most(topic: str, lang: Lang, books: Library) -> None:
    lines = answered(books, topic, speaker=voice(lang, Me())).say

    assert sum(len(wrap(line.text, 78)) for line in lines) <= 6


@pytest.mark.parametrize("topic", TOPICS)
def test_each_style_has_words_of_its_own(topic: str, books: Library) -> None:
    wordings = {answered(books, topic, style).style[0].text for style in STYLES}

    assert len(wordings) == len(STYLES)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_step_names_a_technique_that_there_is(topic: str, books: Library) -> None:
    known = {one.id for one in books.all(Technique)}

    assert {step.technique for step in books.get(Objection, topic).steps if step.technique} <= known


def test_the_document_says_which_question_tells_a_real_objection_from_a_false_one(books: Library) -> None:
    said = document("price", [Match(topic="price", score=1.0)], {"price": "Price"}, True, answered(books, "price"))

    assert said["answer"]["kind"]["ask"]["id"].startswith("price.")
    assert set(said["answer"]["kind"]) == {"ask", "real", "false", "hidden"}


def test_every_technique_of_the_sources_is_there(books: Library) -> None:
    sources = {source for one in books.all(Technique) for source in one.sources}

    assert {"S001-OBJTECH6", "S002-OBJTECH3"} <= sources
    assert len([one for one in books.all(Technique) if "S001-OBJTECH6" in one.sources]) >= 6


def a_case(resolved: bool, technique: str | None = "boomerang") -> ObjectionMet:
    return ObjectionMet(
        id="B", client_id="C", on=TODAY, said="x", topic="price", technique=technique, resolved=resolved
    )


def test_the_ledger_claims_nothing_below_five_cases() -> None:
    assert ledger.document("price", ledger.tally("price", [a_case(True)] * 4), [])["resolved"] is None
    assert ledger.by_technique([a_case(True)] * 4) == []


def test_five_cases_give_a_count_and_an_interval() -> None:
    whole = ledger.tally("price", [a_case(True)] * 4 + [a_case(False)])

    assert (whole.won, whole.count) == (4, 5)
    assert whole.low < 80 < whole.high


def test_a_rival_and_a_figure_that_were_named_stand_in_the_first_block(books: Library) -> None:
    plain = answered(books, "price")
    named = answered(books, "price", speaker=in_english(competitor="Festo", figure="12 %"))

    assert "Festo's 12 %" in named.say[1].text
    assert [line.id for line in plain.say][1] == "price.compared"
    assert len(named.say) == len(plain.say)


@pytest.mark.parametrize("words", [{"competitor": "Festo"}, {"figure": "12 %"}])
def test_one_of_the_two_is_enough(words: dict[str, str], books: Library) -> None:
    (word,) = words.values()

    assert word in answered(books, "price", speaker=in_english(**words)).say[1].text


def test_sentences_to_say_are_in_the_language_spoken_with_the_customer(books: Library) -> None:
    techniques = books.titles(Technique)
    book, behaviours = books.get(Objection, "price"), books.get(Typology, "behaviours")
    own = answer(book, techniques, behaviours, in_english(), "driver")
    given = answer(book, techniques, behaviours, in_english(), "driver", spoken=voice("zh", Me()))

    assert given.say[0].text == own.say[0].text, "what to do is for the rep"
    assert given.say[1].text.startswith("“理解。")
    assert given.ask.text != own.ask.text
    assert [line.id for line in given.say] == [line.id for line in own.say]
