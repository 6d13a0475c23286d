"""The guide for authors: what it shows is true."""

import re
from pathlib import Path

import pytest

from salescoach.language import Lang
from salescoach.lint.run import check_playbooks
from salescoach.playbook.check import validate
from salescoach.playbook.conditions import holds
from salescoach.playbook.facts import Facts
from salescoach.playbook.facts_page import facts_page
from salescoach.playbook.layers import layers
from salescoach.playbook.library import open_library
from salescoach.playbook.models import KINDS, Card, Objection
from salescoach.playbook.yaml_text import read
from tests.playbook.samples import CARD, write

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = ["authoring.md", "authoring.zh.md"]


def blocks(guide: str, sort: str) -> list[str]:
    return re.findall(rf"^```{sort}\n(.*?)^```", (DOCS / guide).read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_the_table_of_facts_is_current() -> None:
    """`python -m salescoach.playbook.facts_page > docs/facts.md` writes it afresh."""
    assert (DOCS / "facts.md").read_text("utf-8") == facts_page()


@pytest.mark.parametrize("guide", GUIDES)
def test_the_example_of_the_guide_holds_and_gives_no_remark(guide: str, tmp_path: Path) -> None:
    (example,) = (block for block in blocks(guide, "yaml") if block.startswith("kind:"))
    file = write(tmp_path, "example.yaml", example)

    assert isinstance(validate(read(example, guide)), Objection)
    assert check_playbooks(open_library(layers((), tmp_path)), [file]) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_condition_that_stands_alone_holds_water(guide: str) -> None:
    for block in blocks(guide, "yaml"):
        if block.startswith("when:"):
            card = validate(read(CARD.replace("text: Ask.", f"text: Ask., {block.strip()}"), guide))
            assert isinstance(card, Card)


def test_the_table_of_conditions_says_what_can_be_written() -> None:
    rows = re.findall(r"^\| `((?:\w+: [^`]+))` \| [^|]+\|$", (DOCS / "authoring.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) >= 8
    for row in rows:
        card = validate(read(CARD.replace("text: Ask.", f"text: Ask., when: {{{row}}}"), row))
        assert isinstance(card, Card)
        holds(card.sections[0].lines[0].when, Facts())


@pytest.mark.parametrize(("guide", "lang"), [("authoring.md", "en"), ("authoring.zh.md", "zh")])
def test_the_mistakes_it_shows_read_as_they_are_shown(guide: str, lang: Lang, tmp_path: Path) -> None:
    (example,) = (block for block in blocks(guide, "yaml") if block.startswith("kind:"))
    (shown,) = (block for block in blocks(guide, "text") if "PB001" in block)
    mistakes = {"PB001": ("move: pause", "move: wait"), "PB012": ("id: which", "id: pause")}

    for line in shown.splitlines():
        name, code = line.split(":")[0], line.split(" ")[1]
        file = write(tmp_path / code, name, example.replace(*mistakes[code]))
        (remark,) = check_playbooks(open_library(layers()), [file])
        assert remark.line(lang).removeprefix(f"{file.parent}/") == line


def test_every_kind_is_named() -> None:
    guide = (DOCS / "authoring.md").read_text("utf-8")

    assert all(f"| `{kind}` |" in guide for kind in KINDS)
