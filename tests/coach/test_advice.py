"""Lines filled with the rep's own names: never an empty place, never a stray brace."""

import re

import pytest

from salescoach.coach.advice import advise, voice
from salescoach.language import LANGS, Lang, Text
from salescoach.playbook.library import Library
from salescoach.playbook.models import Card, Checklist, Line, Objection, Rules, Technique, Typology
from salescoach.records.me import Me
from tests.coach.samples import ME


def test_a_known_name_is_put_in() -> None:
    assert voice("en", ME).fill("Why {product}?") == "Why the NF pump?"


def test_an_unknown_name_has_a_plain_word_in_its_place() -> None:
    assert voice("en", Me()).fill("Why {product}?") == "Why our product?"
    assert voice("zh", Me()).fill({"en": "", "zh": "为什么选{product}？"}) == "为什么选我们的产品？"


def test_a_stand_in_that_opens_a_sentence_is_capitalised() -> None:
    assert voice("en", Me()).fill("“{product} does it.”") == "“Our product does it.”"


@pytest.mark.parametrize("needed", ["{proof}", "{competitor}", "{figure}"])
def test_a_line_that_cannot_do_without_a_name_is_left_out(needed: str) -> None:
    assert voice("en", Me()).fill(f"Say: {needed}") is None


def graded(book: Objection, source: str | None) -> str | None:
    """How strong the evidence is that a line of this source inherits."""
    line = Line(id="a", text="Ask.", source=source)
    (given,) = advise(book, [line], voice("en", ME))
    return given.evidence.strength if given.evidence else None


def test_the_evidence_of_a_playbook_speaks_for_the_lines_of_its_first_source_alone(books: Library) -> None:
    price = books.get(Objection, "price")
    assert price.evidence is not None
    assert price.evidence.strength == "research"

    assert graded(price, price.sources[0]) == graded(price, None) == "research"
    assert graded(price, price.sources[1]) == "practice"
    assert graded(price, "ours") is None


def texts(value: object) -> list[Text]:
    """Every shown text inside a playbook."""
    if isinstance(value, dict) and set(value) & {"en", "zh"} and all(isinstance(part, str) for part in value.values()):
        return [value]  # type: ignore[list-item]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part)]
    fields = getattr(value, "__dataclass_fields__", {})
    return [text for name in fields for text in texts(getattr(value, name))]


@pytest.mark.parametrize("lang", LANGS)
def test_every_built_in_text_fills_without_a_brace_left(lang: Lang, books: Library) -> None:
    speaker = voice(lang, Me(), proof="P.", competitor="X", figure="5 %")
    for kind in (Typology, Objection, Technique, Checklist, Rules, Card):
        for book in books.all(kind):
            for text in texts(book):
                assert not re.search(r"[{}]", speaker.fill(text) or ""), text
