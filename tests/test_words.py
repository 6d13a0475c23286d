"""One name for one thing, on every screen and in both languages."""

import re
from pathlib import Path
from typing import get_args

import pytest

from salescoach.language import LANGS, Lang, pick, say
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Checklist, Typology
from salescoach.records.ids import Style
from tests.source import messages

#: Older or looser names of things that have one name now.
FORMER = ("退路", "重点客户", "下次防", "未了", "力量型", "活泼型", "和平型", "完美型", "style open", "风格未明")
AFTER: dict[Lang, str] = {"en": "After", "zh": "之后"}


@pytest.fixture(scope="module")
def books(compiled: Path) -> Library:
    """The built-in set alone."""
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


@pytest.mark.parametrize("lang", LANGS)
def test_a_purpose_and_its_checklists_have_the_same_name(books: Library, lang: Lang) -> None:
    purposes = {one.id: pick(one.title, lang) for one in books.get(Typology, "purposes").entries}
    lists = [book for book in books.all(Checklist) if len(book.purposes) == 1]
    named = {book.id: pick(book.title, lang) for book in lists}

    assert len(lists) > len(purposes)
    for book in lists:
        purpose = purposes[book.purposes[0]]
        if book.use == "prep":
            assert named[book.id] == purpose
        else:
            assert AFTER[lang] in named[book.id]
            assert purpose.casefold() in named[book.id].casefold()


@pytest.mark.parametrize("style", get_args(Style))
def test_a_style_is_called_as_in_its_typology(books: Library, style: str) -> None:
    titles = {one.id: one.title for one in books.get(Typology, "styles").entries}

    assert [say(f"playbook.field-{style}", lang) for lang in LANGS] == [pick(titles[style], lang) for lang in LANGS]


@pytest.mark.parametrize("lang", LANGS)
def test_a_style_nobody_knows_yet_is_called_so_everywhere(books: Library, lang: Lang) -> None:
    neutral = next(one for one in books.get(Typology, "styles").entries if one.id == "neutral")
    title = pick(neutral.title, lang)

    assert say("render.style-open", lang) == title.lower()
    assert title.lower() in say("coach.gap-style", lang, name="Li")


def test_no_message_uses_a_name_that_was_given_up() -> None:
    assert [
        (key, name) for key, said in messages().items() for name in FORMER if any(name in one for one in said)
    ] == []


def test_chinese_messages_have_no_space_between_a_name_and_a_chinese_word() -> None:
    """A name may be Chinese: it stands in quotes, in brackets or between marks, which suits Latin letters too."""
    names = re.compile(
        r"[\u4e00-\u9fff] \{(client|name|old|gone|contact)\}|\{(client|old|gone|contact)\} [\u4e00-\u9fff]"
    )
    ours = {
        key: said for key, (_, said) in messages().items() if key.split(".")[0] in ("records", "coach", "render", "cli")
    }

    assert [key for key, said in ours.items() if names.search(said)] == []
