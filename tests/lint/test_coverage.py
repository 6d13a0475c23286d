"""Every framework of the sources is carried by a playbook, whole and in order; each check with what passes and fails."""

from pathlib import Path

import pytest

from salescoach.lint import coverage
from salescoach.lint.run import check_playbooks
from salescoach.lint.source import Known, known_of
from salescoach.playbook.library import open_library
from salescoach.playbook.sources import Framework, read_sources
from salescoach.playbook.sources import coverage as covered
from tests.lint.test_checks import BILINGUAL, remarks
from tests.playbook.samples import layer, write

CARD = """\
kind: card
id: leave
version: 1
title: {en: Leave, zh: 告辞}
sources: [S002-LEAVE5]
sections:
  - id: when
    title: {en: When, zh: 何时}
    lines:
      - {id: done, text: {en: Done., zh: 办完。}}
      - {id: called, text: {en: Called., zh: 被叫走。}}
  - id: how
    title: {en: How, zh: 怎么走}
    lines:
      - {id: thank, text: {en: Thank., zh: 道谢。}}
"""
LIST = """\
frameworks:
  - {id: S002-LEAVE5, title: {en: Leave, zh: 告辞}, items: 2, ordered: yes}
  - {id: S002-GLITCH, title: {en: Defects, zh: 缺漏}, items: 1}
not_content:
  S002-GLITCH: {en: "Defects of the file.", zh: "文件缺漏。"}
"""


def known(*, ordered: bool = True) -> Known:
    leave = Framework(id="S002-LEAVE5", title="Leave", items=2, ordered=ordered)
    return known_of([], [leave])


def carrying(*elements: str) -> str:
    return CARD + f"carries:\n  S002-LEAVE5: [{', '.join(elements)}]\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CARD, []),
        (CARD.replace("[S002-LEAVE5]", "[S002-LEAVE5, S002-LEAFE]"), [("PB024", "5:24")]),
        (CARD.replace("text: {en: Called.", "source: S009-X, text: {en: Called."), [("PB024", "11:30")]),
        (CARD.replace("text: {en: Called.", "source: ours, text: {en: Called."), []),
    ],
)
def test_a_source_is_one_of_the_list(text: str, found: list[tuple[str, str]]) -> None:
    assert remarks(coverage.known_frameworks, text, known()) == found


def test_a_strength_of_evidence_names_a_person_and_no_framework() -> None:
    text = CARD.replace("text: {en: Called.", "evidence: {strength: practice, source: A. Person}, text: {en: Called.")

    assert remarks(coverage.known_frameworks, text, known()) == []


@pytest.mark.parametrize(
    ("elements", "found"),
    [
        (["when/done", "called"], []),
        (["when", "how"], []),
        (["when/done", "calles"], [("PB025", "17:28")]),
        (["thank", "called"], [("PB026", "17:24")]),
    ],
)
def test_an_item_is_carried_by_one_thing_of_the_file_in_the_order_of_the_source(
    elements: list[str], found: list[tuple[str, str]]
) -> None:
    assert remarks(coverage.carried_elements, carrying(*elements), known()) == found


def test_an_id_that_several_things_have_is_named_with_what_it_stands_in() -> None:
    twice = CARD.replace("id: thank", "id: done")
    text = twice + "carries:\n  S002-LEAVE5: [%s, called]\n"

    assert remarks(coverage.carried_elements, text % "when/done", known()) == []
    assert remarks(coverage.carried_elements, text % "done", known()) == [("PB025", "17:17")]


def test_where_the_order_means_nothing_any_will_do() -> None:
    assert remarks(coverage.carried_elements, carrying("thank", "called"), known(ordered=False)) == []


def codes(folder: Path, **files: str) -> list[str]:
    write(folder / "ours", "sources.yaml", LIST)
    return [one.code for one in check_playbooks(open_library([layer("built-in", folder / "ours", **files)]))]


def test_a_framework_that_no_playbook_carries_whole_is_an_error(tmp_path: Path) -> None:
    assert codes(tmp_path, leave=carrying("when/done", "called")) == []
    assert codes(tmp_path, leave=carrying("called")) == ["PB027"]
    assert codes(tmp_path, leave=CARD) == ["PB027"]
    assert codes(tmp_path, leave=carrying("when/done", "called", "thank")) == ["PB027"]


def test_several_files_may_have_the_items_between_them(tmp_path: Path) -> None:
    other = carrying("called").replace("id: leave", "id: go")

    assert codes(tmp_path, leave=carrying("when/done"), go=other) == []


def test_what_is_no_content_need_not_be_carried(tmp_path: Path) -> None:
    write(tmp_path, "sources.yaml", LIST)
    table = covered(read_sources(tmp_path)[1], [])

    assert [(one.framework.id, one.whole) for one in table] == [("S002-LEAVE5", False), ("S002-GLITCH", True)]


def test_a_list_that_does_not_hold_is_a_remark_with_its_place(tmp_path: Path) -> None:
    write(tmp_path / "ours", "sources.yaml", LIST.replace("items: 2", "items: many"))
    found = check_playbooks(open_library([layer("built-in", tmp_path / "ours", leave=CARD)]))

    assert [(one.code, one.where.rsplit("/", 1)[1]) for one in found] == [("PB001", "sources.yaml:2:58")]


def test_what_is_listed_is_as_much_in_both_languages() -> None:
    from salescoach.lint import texts

    text = BILINGUAL.replace("{en: Ask., zh: 问。}", '{en: "a → b", zh: "甲 → 乙 → 丙"}')

    assert remarks(texts.same_items, text) == [("PB030", "10:25")]
    assert remarks(texts.same_items, text.replace(" → 丙", "")) == []


def test_what_a_team_or_a_rep_writes_is_not_counted_against_the_list(tmp_path: Path) -> None:
    whole = carrying("when/done", "called")
    write(tmp_path / "ours", "sources.yaml", LIST)
    ours = layer("built-in", tmp_path / "ours", leave=whole)
    part = carrying("called").replace("id: leave", "id: part")
    mine = layer("personal", tmp_path / "mine", leave=CARD, part=part, more=whole.replace("id: leave", "id: more"))

    assert check_playbooks(open_library([ours, mine])) == []
    write(ours.folder, "leave.yaml", CARD)
    assert [one.code for one in check_playbooks(open_library([ours, mine]))] == ["PB027"]
