"""A card is found by what somebody would type, in either language."""

import pytest

from salescoach.coach.guide import find
from salescoach.playbook.library import Library
from salescoach.playbook.models import Card, CardSection, Line


def a_card(id_: str, title: str, words: dict[str, tuple[str, ...]], *lines: str) -> Card:
    sections = (CardSection(id="s", title="S", lines=tuple(Line(id=f"l{n}", text=text) for n, text in enumerate(lines))),)
    return Card(kind="card", id=id_, version=1, title=title, sources=("ours",), words=words, sections=sections)  # type: ignore[arg-type]


LEAVE = a_card("leave", "Taking leave", {"en": ("goodbye", "when to go"), "zh": ("告辞", "道别")}, "Thank them.")
GIFT = a_card("gift", "Gifts", {"en": ("present",), "zh": ("送礼",)}, "Leave the price tag off.")
CARDS = (LEAVE, GIFT)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("leave", "leave"),  # its id, though the other speaks of it too
        ("goodbye", "leave"),
        ("Taking Leave", "leave"),
        ("how do I say goodbyes?", "leave"),
        ("什么时候告辞", "leave"),
        ("送礼怎么送", "gift"),
        ("price tags", "gift"),
        ("presents", "gift"),
    ],
)
def test_words_of_either_language_find_their_card_first(words: str, first: str) -> None:
    assert find(CARDS, words)[0].card.id == first


@pytest.mark.parametrize("words", ["volcano", "火山", "the of and", "", "?!"])
def test_where_nothing_speaks_of_it_nothing_is_found(words: str) -> None:
    assert find(CARDS, words) == ()


def test_a_word_the_card_is_looked_up_by_beats_one_in_its_lines() -> None:
    other = a_card("a-first", "Other", {"en": ("x",)}, "Say goodbye.")

    assert [one.card.id for one in find((other, LEAVE), "goodbye")] == ["leave", "a-first"]


def test_the_same_words_find_the_same_cards_in_the_same_order() -> None:
    assert find(CARDS, "leave the price") == find(tuple(reversed(CARDS)), "leave the price")


@pytest.mark.unmeasured
@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.torture) for turn in range(1, 6))])
def test_every_card_is_among_the_first_three_for_its_key_words(turn: int, books: Library) -> None:
    cards = books.all(Card)
    lost = [
        (card.id, word)
        for card in cards
        for words in card.words.values()
        for word in words[turn::6]
        if card.id not in [one.card.id for one in find(cards, word)[:3]]
    ]

    assert lost == []
