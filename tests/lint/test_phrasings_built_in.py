"""What customers say in the built-in set: `playbook lint` does not ask it, as it is thousands of sentences; this does."""

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from salescoach.cli.understanding import nearest, topics_of
from salescoach.coach.matching.words import fold
from salescoach.lint import wording
from salescoach.lint.source import Source, known_of, read_source
from salescoach.playbook.layers import built_in, layers, playbook_files
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Objection, SmallTalk

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module")
def books(compiled: Path) -> Library:
    """The built-in set alone."""
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


def test_every_built_in_phrasing_resolves_to_its_own_topic(books: Library) -> None:
    sources = [source for source in map(read_source, playbook_files(built_in())) if isinstance(source, Source)]
    said = [words for source in sources for *_, words in wording.told_by_customers(source)]
    topics = [found[0].topic for found in nearest(books, topics_of(books), said)]
    known = replace(known_of(books.readable()), taken_for=dict(zip(said, topics, strict=True)))

    wrong = [finding.line("en") for source in sources for finding in wording.own_topic(source, known)]

    assert {book.id for book in books.all(Objection)} <= {source.playbook.id for source in sources}
    assert wrong == []


def test_no_built_in_phrasing_stands_in_two_topics(books: Library) -> None:
    holders: list[Objection | SmallTalk] = [*books.all(Objection), *books.all(SmallTalk)]
    topics = defaultdict(set)
    for book in holders:
        for words in (words for said in book.phrasings.values() for words in said):
            topics[re.sub(r"[\W_]+", "", fold(words)) or words].add(book.id)

    assert {words: of for words, of in topics.items() if len(of) > 1} == {}
