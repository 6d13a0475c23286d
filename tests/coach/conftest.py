"""The built-in playbooks, compiled once for all tests of the coach."""

from pathlib import Path

import pytest

from salescoach.cli.understanding import PACKED
from salescoach.coach.matching import Index, build, stamp
from salescoach.language import LANGS
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Objection, SmallTalk


@pytest.fixture(scope="session")
def books(compiled: Path) -> Library:
    """The built-in set alone."""
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


@pytest.fixture(scope="session")
def index(books: Library) -> Index:
    """What is learned of both languages: what the program was packed with, where that is what would be learned now."""
    objections, talk = books.all(Objection), books.all(SmallTalk)
    views = {}
    for lang in LANGS:
        packed = PACKED.read(f"matcher-{lang}", stamp(objections, talk, lang), Index)
        views |= (packed or build(objections, talk, (lang,))).views
    return Index(topics=[book.id for book in objections], views=views)
