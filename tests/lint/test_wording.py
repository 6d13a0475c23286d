"""What lines say: each check with a sample that passes and one that fails."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from salescoach.coach import matching
from salescoach.lint import wording
from salescoach.lint.run import check_playbooks
from salescoach.lint.source import known_of
from salescoach.playbook.check import validate
from salescoach.playbook.library import open_library
from salescoach.playbook.models import Objection
from salescoach.playbook.yaml_text import read
from tests.lint.test_checks import BILINGUAL, known, remarks
from tests.playbook.samples import OBJECTION, layer

LONG = {"en": "Ask first and listen to the end.", "zh": "先问，听对方把话讲完，再开口说。"}


def card(en: str, zh: str, id_: str = "spin") -> str:
    return BILINGUAL.replace("{en: Ask., zh: 问。}", f'{{en: "{en}", zh: "{zh}"}}').replace("id: spin", f"id: {id_}")


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("Something else altogether, and long.", "完全是另外一回事，写得也不短。", []),
        (LONG["en"], "完全是另外一回事，写得也不短。", ["PB031"]),
        (LONG["en"].upper(), LONG["zh"], ["PB031", "PB031"]),
        ("Ask.", "问。", []),  # short lines may well come twice
    ],
)
def test_a_line_of_the_built_in_set_stands_in_one_place(en: str, zh: str, found: list[str], tmp_path: Path) -> None:
    first, second = (card(LONG["en"], LONG["zh"]), card(en, zh, "z")) if found or en != "Ask." else (card(en, zh), card(en, zh, "z"))
    remarks_ = check_playbooks(open_library([layer("built-in", tmp_path / "ours", a=first, z=second)]))

    assert [one.code for one in remarks_ if one.code != "PB003"] == found


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("Cut 12 % of waste.", "省下一截。", ["PB032"]),
        ("Three times as fast, by 3 times as many.", "快。", ["PB032"]),
        ("Fast.", "快了 3 倍。", ["PB032"]),
        ("Fast.", "省了三成。", ["PB032"]),
        ("By 12 March.", "3 月 12 日前，成功。", []),
        ("Two of the 12 presses.", "12 台里的两台。", []),
    ],
)
def test_a_share_that_is_ours_has_literature_behind_it(en: str, zh: str, found: list[str]) -> None:
    ours = card(en, zh).replace("text:", "source: ours, text:")
    proved = ours.replace("source: ours,", "source: ours, evidence: {strength: research, source: A. Person, year: 1988},")

    assert [code for code, _ in remarks(wording.sourced_figures, ours)] == found
    assert remarks(wording.sourced_figures, proved) == []


def test_a_share_of_the_sources_is_theirs() -> None:
    text = card("Cut 12 % of waste.", "省下 12%。").replace("text:", "source: S001-SPIN, text:")

    assert remarks(wording.sourced_figures, text) == []


@pytest.mark.parametrize(("day", "found"), [("2026-12-01", []), ("2026-11-30", [("PB033", "11:12")])])
def test_what_was_to_be_read_again_was(day: str, found: list[tuple[str, str]]) -> None:
    text = BILINGUAL + f"review_by: {day}\n"

    assert remarks(wording.up_to_date, text, replace(known(), today=date(2026, 12, 1))) == found
    assert remarks(wording.up_to_date, text) == []


PRESSING = """\
kind: typology
id: pressure-words
version: 1
title: Pressure
sources: [ours]
entries: [{id: a, title: A, aliases: [Last chance, 今天就签]}]
"""


@pytest.mark.parametrize(
    ("en", "zh", "found"),
    [
        ("“Shall we look at Tuesday?”", "“周二看看？”", []),
        ("“It is your LAST chance.”", "“周二看看？”", [("PB034", "10:30")]),
        ("“Shall we?”", "“今天就签吧。”", [("PB034", "10:49")]),
        ("They feel it is the last chance.", "对方觉得是最后一次。", []),  # about them, not to be said
    ],
)
def test_nothing_to_be_said_presses_the_customer(en: str, zh: str, found: list[tuple[str, str]]) -> None:
    pressing = known_of([validate(read(PRESSING, "f"))])

    assert remarks(wording.no_pressure, card(en, zh), pressing) == found


def test_as_what_not_to_do_pressure_may_be_named() -> None:
    pressing = known_of([validate(read(PRESSING, "f"))])
    text = OBJECTION + "avoid: [{id: a, text: '“It is your last chance.”'}]\n"

    assert remarks(wording.no_pressure, text, pressing) == []
    assert len(remarks(wording.no_pressure, text.replace("avoid:", "prevent:"), pressing)) == 2  # in every language


TRUST = re.sub(r"phrasings:\n(  .*\n)+", "phrasings: {en: [Who are you?, I do not know you., Never heard of you.]}\n", OBJECTION)
PRICE = re.sub(r"phrasings:\n(  .*\n)+", "phrasings: {en: [%s]}\n", OBJECTION)
SAID = "It costs too much., That is too dear."


def test_what_customers_say_finds_its_topic() -> None:
    trust, price = (validate(read(text, "f")) for text in (TRUST.replace("id: price", "id: trust"), PRICE % SAID))
    assert isinstance(trust, Objection)
    assert isinstance(price, Objection)
    index = matching.build([price, trust], langs=("en",))
    said = [*SAID.split(", "), "I do not know you."]
    learned = replace(known(), taken_for={one: matching.rank(index, one)[0].topic for one in said})

    assert remarks(wording.own_topic, PRICE % SAID, learned) == []
    assert remarks(wording.own_topic, PRICE % f"{SAID}, I do not know you.", learned) == [("PB035", "9:57")]
    assert remarks(wording.own_topic, PRICE % "I do not know you.") == []  # the matcher is not at hand
    assert remarks(wording.own_topic, f"status: draft\n{PRICE % 'I do not know you.'}", learned) == []
