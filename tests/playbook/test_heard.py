"""More ways to say it: the kind, and the rep's own file of it, that the program adds to and never breaks."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.errors import InvalidError, PlaybookError
from salescoach.language import LANGS, Lang
from salescoach.playbook.authoring import scaffold
from salescoach.playbook.check import validate
from salescoach.playbook.heard import adopt, file_of
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Objection, Phrasings
from salescoach.playbook.yaml_text import NODES, read, read_file
from salescoach.records.sentences import sentence
from tests.playbook.samples import OBJECTION, layer, write

MINE = """\
# mine
kind: phrasings
id: heard
version: 7
title: Mine
sources: [ours]
status: reviewed
evidence:
topics:
  price:
    en: ["Half of that.", "007"]
"""


def book_of(path: Path) -> Phrasings:
    book = validate(read_file(path))
    assert isinstance(book, Phrasings)
    return book


def library_of(folder: Path, **files: str) -> Library:
    return open_library(
        [layer("built-in", folder / "built-in", price=OBJECTION), layer("personal", folder / "own", **files)]
    )


def test_the_first_sentence_makes_the_file_that_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "own" / "phrasings" / "heard.yaml"
    adopt(path, "price", "We saw it for half.", "en", "en")
    book = book_of(path)

    assert (book.kind, book.id, book.version, book.status, book.sources) == (
        "phrasings",
        "heard",
        1,
        "draft",
        ("ours",),
    )
    assert isinstance(book.title, dict)
    assert set(book.title) == set(LANGS)
    assert book.topics == {"price": {"en": ("We saw it for half.",)}}
    assert "comments may be lost" in path.read_text("utf-8").splitlines()[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sentences_add_up_each_once_by_topic_and_language(tmp_path: Path) -> None:
    path = tmp_path / "heard.yaml"
    spoken: list[tuple[str, str, Lang]] = [
        ("price", "Half.", "en"), ("price", "贵死了呀", "zh"), ("trust", "no", "en"), ("price", "Half.", "en"),
    ]  # fmt: skip
    for topic, words, lang in spoken:
        adopt(path, topic, words, lang, "zh")

    assert book_of(path).topics == {"price": {"en": ("Half.",), "zh": ("贵死了呀",)}, "trust": {"en": ("no",)}}


def test_what_the_rep_wrote_in_the_file_stays_but_for_comments(tmp_path: Path) -> None:
    path = write(tmp_path, "heard.yaml", MINE)
    adopt(path, "price", "null and void", "en", "en")
    book = book_of(path)

    assert (book.version, book.title, book.status, book.evidence) == (7, "Mine", "reviewed", None)
    assert book.topics["price"]["en"] == ("Half of that.", "007", "null and void")
    assert "# mine" not in path.read_text("utf-8")


SENTENCES = st.text(max_size=200).map(lambda words: sentence(f"so so {words}")).filter(bool)


@given(st.lists(SENTENCES, min_size=1, max_size=4, unique=True))
def test_whatever_sentence_is_kept_stands_in_the_file_as_it_was_said(tmp_path_factory: Any, said: list[str]) -> None:
    path = tmp_path_factory.mktemp("own") / "heard.yaml"
    for words in said:
        adopt(path, "price", words, "en", "en")

    assert book_of(path).topics["price"]["en"] == tuple(said)


@pytest.mark.parametrize(
    "broken",
    [
        "kind: phrasings\n",
        "\tx",
        "kind: card\nid: heard\n",
        MINE.replace("id: heard", "id: other"),
        MINE + "more: 1\n",
        "",
    ],
)
def test_a_broken_file_is_refused_and_left_as_it_is(tmp_path: Path, broken: str) -> None:
    path = write(tmp_path / "own", "heard.yaml", broken)

    with pytest.raises(InvalidError) as caught:
        adopt(path, "price", "Half.", "en", "en")
    assert str(path) in (caught.value.where or "")
    assert path.read_text("utf-8") == broken
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_would_be_more_than_can_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    full = MINE + "    zh:\n" + "".join(f"    - 第{number}句\n" for number in range(NODES - 26))
    path = write(tmp_path, "heard.yaml", full)

    with pytest.raises(PlaybookError) as caught:
        adopt(path, "price", "One more.", "en", "en")
    assert caught.value.key == "yaml-too-many"
    assert path.read_text("utf-8") == full
    assert book_of(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PlaybookError) as caught:
        adopt(tmp_path / "heard.yaml", "price", "Half.", "en", "en")
    tmp_path.chmod(0o700)
    assert caught.value.key == "playbook-unwritable"


def test_a_place_that_is_taken_by_a_file_is_said_and_nothing_is_left_behind(tmp_path: Path) -> None:
    own = write(tmp_path / "own", "phrasings", "in the way").parent

    with pytest.raises(PlaybookError) as caught:
        adopt(own / "phrasings" / "heard.yaml", "price", "Half.", "en", "en")
    assert caught.value.key == "playbook-unwritable"
    assert [path.name for path in own.iterdir()] == ["phrasings"]


def test_the_file_is_found_wherever_it_lies_even_broken(tmp_path: Path) -> None:
    own = tmp_path / "own"
    home = own / "phrasings" / "heard.yaml"
    assert file_of(library_of(tmp_path), own) == home

    moved = write(own, "words/mine.yaml", MINE)
    assert file_of(library_of(tmp_path), own) == moved
    moved.unlink()

    broken = write(own, "heard.yaml", "kind: phrasings\n")
    assert file_of(library_of(tmp_path), own) == broken


def test_a_link_goes_on_pointing_to_the_file_that_it_points_to(tmp_path: Path) -> None:
    real = write(tmp_path, "real.yaml", MINE)
    link = tmp_path / "heard.yaml"
    link.symlink_to(real)
    adopt(link, "price", "Half.", "en", "en")

    assert link.is_symlink()
    assert "Half." in book_of(real).topics["price"]["en"]


# A topic to start from


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("spoken", "words"), [("en", 'It "leaks" @title \\ @id @phrasings'), ("zh", "漏油，漏得厉害")])
def test_a_scaffold_takes_what_was_said_in_its_own_language(lang: Lang, spoken: Lang, words: str) -> None:
    book = validate(read(scaffold("objection", "leaks", words, lang, (spoken, words)), "f"))

    assert isinstance(book, Objection)
    assert (book.id, book.title, book.status) == ("leaks", words, "draft")
    assert book.phrasings == {spoken: (words,)}
    assert book.aliases == {spoken: (words,)}
