"""The documentation says what is so: the real program is asked, and every page is held against what it answers."""

import re
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import pytest

from docs.knowledge_map import TYPOLOGIES, page
from docs.pictures.draw import HERE, PICTURES, draw, screen, words
from docs.refresh import PAGES, ROOT, commands, refreshed
from salescoach.cli.tree import COMMANDS
from salescoach.coach.style import THRESHOLD
from salescoach.language import LANGS, pick
from salescoach.playbook import models
from salescoach.playbook.layers import layers
from salescoach.playbook.library import open_library
from salescoach.playbook.models import Objection, Technique, Typology
from salescoach.records import ids
from salescoach.render.brief import BUDGET

DOCS = sorted((ROOT / "docs").rglob("*.md"))
ALL = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CHANGELOG.md", *DOCS]
#: A link: not a picture of code, and what it points to.
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
#: Folders of somebody's machine; "/home/you" is a stand-in.
MACHINE = re.compile(r"(?<![\w~.])/(?:root|work|tmp|Users|home/(?!you\b))\b")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def section(page: str, title: str) -> str:
    """The text below a heading, up to the next one of its level."""
    return re.split(r"^## ", read(page).split(f"## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def slug(heading: str) -> str:
    """The anchor of a heading, as forges make it."""
    kept = "".join(char for char in heading.strip().lower() if char.isalnum() or char in " -_")
    return kept.replace(" ", "-")


def prose(path: Path) -> str:
    """A page without its blocks and comments."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def links(path: Path) -> list[tuple[Path, str]]:
    """The pages and anchors of this project that a page links to."""
    found = [link for link in LINK.findall(prose(path)) if not re.match(r"[a-z]+:", link)]
    parts = [link.partition("#") for link in found]
    return [((path.parent / unquote(file)).resolve() if file else path, anchor) for file, _, anchor in parts]


# what the program says


@pytest.mark.parametrize("page", PAGES)
def test_what_the_program_says_in_a_page_is_what_it_says(page: str, compiled: Path) -> None:
    """`python -m docs.refresh` writes the pages afresh."""
    assert refreshed(page, compiled) == read(page)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_the_program_shows(name: str, compiled: Path) -> None:
    """`python -m docs.pictures.draw` draws them afresh. Only words are compared: a newer Rich may draw otherwise."""
    lang, line = PICTURES[name]

    assert words(draw(line, screen(lang, line, compiled))) == words((HERE / name).read_text("utf-8"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_asks_nothing_of_the_network_and_names_a_chinese_font(name: str) -> None:
    svg = (HERE / name).read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert not re.search(r"https?:|@font-face|url\((?!#)|<script|<image", svg)
    assert "Noto Sans Mono CJK SC" in svg


def test_every_picture_is_drawn_by_the_script() -> None:
    assert {path.name for path in HERE.glob("*.svg")} == set(PICTURES)


# nothing forgotten


def test_every_command_is_in_the_reference() -> None:
    missing = [
        " ".join(one)
        for one in commands()
        if f"### {' '.join(('salescoach', *one))}\n" not in read("docs/reference.md")
    ]

    assert not missing


def test_every_environment_variable_is_in_the_reference() -> None:
    used = {
        name
        for path in (ROOT / "salescoach").rglob("*.py")
        for name in re.findall(r"(?<!_)SALESCOACH_[A-Z]+", path.read_text("utf-8"))
    }
    listed = section("docs/reference.md", "Environment variables")

    assert not [name for name in used if f"`{name}`" not in listed]


def test_the_readme_counts_what_there_is() -> None:
    library = open_library(layers())
    purposes = len(get_args(ids.Purpose))
    counts = (len(library.all(Objection)), len(library.all(Technique)), len(get_args(ids.Style)), purposes)

    assert counts == (15, 10, 4, 8), "README.md and README.zh.md name these numbers in words"


def test_the_first_lines_lead_to_the_other_language() -> None:
    assert read("README.md").startswith("[中文说明](README.zh.md)\n")
    assert read("README.zh.md").startswith("[English](README.md)\n")


def test_the_first_screen_shows_what_it_is() -> None:
    """Sentence, data, picture, both commands, installation and the three uses stand in the first lines."""
    first = "\n".join(read("README.md").splitlines()[:27])

    for part in (
        "SQLite",
        "prep.en.svg",
        "make demo",
        "make test",
        "pipx",
        "uv tool",
        "prep CLIENT",
        "objection",
        "debrief",
    ):
        assert part in first, part


def test_the_brief_is_budgeted_as_explained() -> None:
    rows = re.findall(
        r"^\| ([a-z ,]+) \| (\d) \|$", section("docs/explanation.md", "How a brief is budgeted"), re.MULTILINE
    )

    assert [int(number) for _, number in rows] == [1, *BUDGET.values()]


def test_a_style_is_named_from_the_probability_that_is_explained() -> None:
    assert f"Below {THRESHOLD:.0%}".replace("%", " %") in read("docs/explanation.md")


# links


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target, anchor in links(path):
        assert target.exists(), f"{target} is not there"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in map(slug, headings), f"{target} has no #{anchor}"


def test_every_page_can_be_reached_from_the_index() -> None:
    """A link to a folder reaches what is in it."""
    reached: set[Path] = set()
    todo = [ROOT / "docs" / "index.md"]
    while todo:
        path = todo.pop()
        if path in reached:
            continue
        reached.add(path)
        if path.is_dir():
            todo += path.glob("*.md")
        elif path.suffix == ".md":
            todo += [target for target, _ in links(path)]

    assert not [named(path) for path in DOCS if path not in reached]


@pytest.mark.parametrize("path", ALL, ids=named)
def test_no_page_names_a_folder_of_somebody_s_machine(path: Path) -> None:
    assert not MACHINE.search(path.read_text("utf-8"))


def test_the_knowledge_map_is_current() -> None:
    """`python -m docs.knowledge_map > docs/knowledge-map.md` writes it afresh."""
    assert read("docs/knowledge-map.md") == page()


def test_the_knowledge_map_knows_where_every_typology_is_met() -> None:
    assert {one.id for one in open_library(layers()).all(Typology)} == set(TYPOLOGIES)
    assert {command.split()[0] for met in TYPOLOGIES.values() for command in met} <= set(COMMANDS)


# the glossary


@pytest.fixture(scope="module")
def glossary() -> dict[str, list[list[str]]]:
    """Term → its rows: English, Chinese, meaning, source."""
    found: dict[str, list[list[str]]] = {}
    for row in re.findall(r"^\| `([^`]+)` \| (.+) \|$", read("docs/glossary.md"), re.MULTILINE):
        found.setdefault(row[0], []).append(row[1].split(" | "))
    return found


@pytest.mark.parametrize(
    "choices",
    [
        *(getattr(ids, name) for name in dir(ids) if name[0].isupper() and get_args(getattr(ids, name))),
        *(
            models.Kind,
            models.Means,
            models.Move,
            models.Sheet,
            models.Shelf,
            models.Starts,
            models.Status,
            models.Strength,
            models.Use,
        ),
    ],
    ids=lambda choices: str(get_args(choices)[0]),
)
def test_every_fixed_id_is_in_the_glossary(choices: Any, glossary: dict[str, list[list[str]]]) -> None:
    assert not [name for name in get_args(choices) if name not in glossary]


def test_the_glossary_and_the_playbooks_use_the_same_words(glossary: dict[str, list[list[str]]]) -> None:
    library = open_library(layers())
    # Ids that are numbers (the minutes of a clock) are no terms.
    titled: list[Any] = [entry for one in library.all(Typology) for entry in one.entries if not entry.id.isdigit()]
    titled += [*library.all(Objection), *library.all(Technique)]

    for one in titled:
        title = [pick(one.title, lang) for lang in LANGS]
        assert title in [row[:2] for row in glossary[one.id]], one.id


def test_every_term_has_two_languages_a_meaning_and_a_source(glossary: dict[str, list[list[str]]]) -> None:
    for term, rows in glossary.items():
        for row in rows:
            assert len(row) == 4, term
            assert all(cell.strip() for cell in row), term
