"""What a sentence names besides its topic: a rival, a figure; what is not sure is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.heard import heard

ORDINARY = {"price", "delivery", "everything", "the", "they", "management", "ring"}


def rival(words: str, *own: str) -> str:
    return heard(words, own, ORDINARY.__contains__).competitor


def figure(words: str) -> str:
    return heard(words).figure


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("I've got Siemens in already", "Siemens"),
        ("Bosch is twelve percent cheaper", "Bosch"),
        ("we have been with Bosch Rexroth for years", "Bosch Rexroth"),
        ("the quote from Parker came in lower", "Parker"),
        ("honestly, Festo's price beats yours", "Festo"),
        ("西门子报价比你们低两成", "西门子"),
        ("我们一直用米思米的", "米思米"),
        ("人家海康才要八千块", "海康"),
        ("你们比汇川贵了百分之十五", "汇川"),
        ("ABB才卖三万八", "ABB"),
    ],
)
def test_a_supplier_that_is_named_is_kept(words: str, named: str) -> None:
    assert rival(words) == named


@pytest.mark.parametrize(
    "words",
    [
        "Price is 12 % too high",
        "Delivery is slower and costs the same",
        "we only buy on Mondays",
        "In Germany we say good advice is expensive",
        "the ERP is half done",
        "WE HAVE SIEMENS IN ALREADY",
        "别家便宜多了",
        "隔壁老王家便宜多了",
        "一直用老供应商的",
        "",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(words: str) -> None:
    assert rival(words) == ""


def test_our_own_names_are_no_rival() -> None:
    assert rival("we are happy with Nordfluid and with Festo", "Nordfluid") == "Festo"
    assert rival("we have worked with Li Wei for years", "Li Wei") == ""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("they are 12 % cheaper", "12 %"),
        ("they want 14k and you want 18k", "14k"),
        ("we paid €2,400 last year", "€2,400"),
        ("somebody offers it for twenty percent less", "twenty percent"),
        ("call me in three months", "three months"),
        ("能打八折吗", "八折"),
        ("ABB才卖三万八", "三万八"),
        ("三个月后再说", "三个月"),
        ("便宜了百分之十五", "百分之十五"),
        ("比西门子贵一成", "一成"),
    ],
)
def test_a_figure_is_kept_as_it_was_said(words: str, named: str) -> None:
    assert figure(words) == named


@pytest.mark.parametrize("words", ["one moment, a second please", "下半年再说", "万一坏了呢", "too expensive", "Q3"])
def test_a_way_of_speaking_is_no_figure(words: str) -> None:
    assert figure(words) == ""


@given(st.text(max_size=3000))
def test_any_text_is_taken_and_what_is_found_stands_in_it(words: str) -> None:
    found = heard(words)

    assert found.competitor in words
    assert found.figure in words
