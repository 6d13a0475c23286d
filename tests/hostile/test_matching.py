"""Matcher, guide, names and dates: whatever is typed, an answer or a refusal, in a time that grows as the text does."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.cli.understanding import lexicons, topics_of, understand
from salescoach.coach import guide
from salescoach.coach.alike import likeness
from salescoach.coach.described import describe
from salescoach.errors import InvalidError
from salescoach.language import normal, visible
from salescoach.playbook.layers import layers
from salescoach.playbook.library import Library, open_library
from salescoach.playbook.models import Card, Typology
from salescoach.records.names import Named, clean_name, resolve, spell
from salescoach.render.pages import literal
from salescoach.store import open_store
from salescoach.walk.dates import parse_date
from salescoach.walk.values import clean, same
from salescoach.wrap import cells, crop, in_rows, wrap
from tests.examples import tried as so_often
from tests.hostile.counting import tried
from tests.hostile.texts import RUNS, filled, runs, texts

TODAY = date(2026, 12, 1)
SHORT, LONG = 10_000, 100_000
#: 100 kB may take so many times as long as 10 kB; and what is over in a moment is not measured.
TIMES, MOMENT = 40, 0.05
#: What once took the square of its length, or more: in the short tests too.
ONCE_SLOW = ("\u0316\u0300", "公司", "/", "\u3099\u0300")
CANDIDATES = [
    Named(id=name, spellings=(spell(name),)) for name in ("Acme Hydraulik GmbH", "苏州禾澄液压有限公司", "A/S Co")
]
Take = Callable[[str], object]


@pytest.fixture(scope="session")
def books(compiled: Path) -> Library:
    """The built-in set alone."""
    return open_library(layers((), Path("no-personal-playbooks")), compiled)


PLAIN: dict[str, Take] = {
    "clean_name": clean_name,
    "spell": spell,
    "resolve": lambda text: resolve(text, CANDIDATES),
    "parse_date": lambda text: parse_date(text, TODAY),
    "same": same,
    "clean": lambda text: clean(text, lines=True),
    "visible": visible,
    "wrap": lambda text: wrap(text, 40),
    "crop": lambda text: crop(text, 40),
    "in_rows": lambda text: in_rows(text, 40, 2),
    "literal": literal,
    "likeness": lambda text: likeness(text[:4_000], text[:4_000]),
}


def learned(books: Library) -> dict[str, Take]:
    """What needs the playbooks."""
    topics, styles = topics_of(books), books.get(Typology, "styles")
    return {
        "understand": lambda text: understand(books, topics, text, lambda: ("Acme",)),
        "guide": lambda text: guide.find(books.all(Card), text),
        "style": lambda text: describe(styles, lexicons(books), text),
    }


def taken(take: Take, text: str) -> float:
    """Seconds of this process; a refusal is an answer."""
    start = time.process_time()
    with suppress(InvalidError):
        take(text)
    tried()
    return time.process_time() - start


def slow(takes: dict[str, Take], run: str, ends: tuple[str, str] = ("", "")) -> dict[str, tuple[float, float]]:
    """Those for which ten times the text is far more than ten times the work."""
    before, after = ends
    found = {}
    for name, take in takes.items():
        few, many = (filled(before, run, after, length) for length in (SHORT, LONG))
        short, long = min(taken(take, few), taken(take, few)), taken(take, many)
        if MOMENT < long < MOMENT * TIMES and long > TIMES * short:
            long = min(long, taken(take, many))  # something else may have been in its way
        if long > TIMES * max(short, MOMENT / TIMES):
            found[name] = short, long
    return found


@pytest.mark.parametrize(
    "run", [run if run in ONCE_SLOW else pytest.param(run, marks=pytest.mark.torture) for run in RUNS], ids=ascii
)
def test_ten_times_the_text_is_about_ten_times_the_work(books: Library, run: str) -> None:
    assert slow(PLAIN | learned(books), run) == {}


#: What stands before and after: each in turn, and all of them with what once was slow.
ENDS = (("词" * 30, "a"), ("a" * 30, "词"), ("x " * 20, " x"))
BETWEEN = [
    *((run, ENDS[at % len(ENDS)]) for at, run in enumerate(RUNS) if run not in ONCE_SLOW),
    *product(ONCE_SLOW, ENDS),
]


@pytest.mark.torture
@pytest.mark.parametrize(("run", "ends"), BETWEEN, ids=ascii)
def test_so_it_is_whatever_stands_before_and_after(books: Library, run: str, ends: tuple[str, str]) -> None:
    assert slow(PLAIN | learned(books), run, ends) == {}


@pytest.mark.parametrize("run", ["a/", "/", "a / b"])
def test_a_thousand_slashes_part_no_client_from_a_contact(tmp_path: Path, run: str) -> None:
    from salescoach.errors import NotFoundError

    def find(text: str) -> None:
        with pytest.raises(NotFoundError):
            store.find_person(text)

    with open_store(tmp_path) as store:
        assert slow({"find_person": find}, run) == {}


@so_often(200)
@given(st.one_of(texts(), runs(3_000)))
def test_any_text_is_answered_or_refused(books: Library, text: str) -> None:
    for take in (PLAIN | learned(books)).values():
        tried()
        try:
            take(text)
        except InvalidError:
            continue


@so_often(300)
@given(texts(), st.integers(2, 90))
def test_rows_fit_and_what_is_shown_acts_on_nothing(text: str, width: int) -> None:
    shown = visible(text)

    assert shown.isprintable()
    assert all(cells(row) <= width for row in wrap(shown, width))
    assert cells(crop(shown, width)) <= width


@so_often(300)
@given(texts())
def test_a_normal_form_is_that_of_unicode_where_no_tower_stands(text: str) -> None:
    from unicodedata import combining, normalize

    marks = most = 0
    for char in text:
        marks = marks + 1 if combining(char) else 0
        most = max(most, marks)
    if most <= 30:
        assert normal("NFKC", text) == normalize("NFKC", text)
    else:
        assert len(normal("NFC", text)) < len(text)
