"""Style is a hypothesis: evidence moves it, age fades it, contradiction widens it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from salescoach.coach.cues import lexicon
from salescoach.coach.described import recognise
from salescoach.coach.style import believed, effective, next_cues, read, updated, without
from salescoach.language import LANGS
from salescoach.playbook.library import Library
from salescoach.playbook.models import Cue, Typology, Weighing
from salescoach.records.ids import STYLES
from tests.coach.samples import TODAY, a_contact, seen


def styles_with(**cues: dict[str, float]) -> Typology:
    made = tuple(Cue(id=name, text=name, likelihood=likelihood) for name, likelihood in cues.items())  # type: ignore[arg-type]
    return Typology(kind="typology", id="styles", version=1, title="Styles", sources=("ours",), entries=(), cues=made)


BOLD = {"driver": 0.7, "expressive": 0.2, "amiable": 0.05, "analytical": 0.05}
SOFT = {"driver": 0.05, "expressive": 0.05, "amiable": 0.7, "analytical": 0.2}
TWO = styles_with(bold=BOLD, brisk=BOLD, soft=SOFT, calm=SOFT)
CLEAR = [seen("bold"), seen("brisk")]
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def test_without_observations_every_style_is_as_likely_and_none_is_named() -> None:
    reading = read(TWO, [], TODAY)

    assert [share for _, share in reading.shares] == [0.25] * 4
    assert reading.style is None


def test_clear_cues_name_a_style() -> None:
    assert read(TWO, CLEAR, TODAY).style == "driver"


def test_no_single_cue_names_a_style_since_it_may_be_mistaken(books: Library) -> None:
    styles = books.get(Typology, "styles")

    assert all(read(styles, [seen(cue.id)], TODAY).style is None for cue in styles.cues)


def test_contradicting_cues_take_the_name_back() -> None:
    assert read(TWO, [*CLEAR, seen("soft"), seen("calm")], TODAY).style is None


def test_the_playbook_says_how_far_cues_are_believed_and_how_fast_they_fade() -> None:
    def sure(**weighing: float) -> float:
        styles = replace(TWO, weighing=Weighing(**weighing))  # type: ignore[arg-type]
        return read(styles, [seen("bold", TODAY - timedelta(days=100))], TODAY).confidence

    assert sure(mistaken=0.9) < sure(mistaken=0.25) == sure() < sure(mistaken=0)
    assert sure(half_life_days=10) < sure(half_life_days=365) == sure() < sure(half_life_days=3650)


@SHARED
@given(data=st.data())
def test_what_is_seen_against_the_likeliest_style_widens_the_shares(books: Library, data: st.DataObject) -> None:
    """Where one is all but sure, what is seen least in it leaves less of it, and more doubt."""
    styles = books.get(Typology, "styles")
    likely = {cue.id: cue.likelihood for cue in styles.cues}
    best = data.draw(st.sampled_from(STYLES))
    typical = sorted(cue for cue, by in likely.items() if by[best] >= 2 * max(by[one] for one in STYLES if one != best))
    contrary = sorted(cue for cue, by in likely.items() if by[best] == min(by.values()))
    cues = data.draw(st.lists(st.sampled_from(typical), min_size=3, max_size=8, unique=True))
    held = read(styles, list(map(seen, cues)), TODAY)
    share = dict(held.shares)[best]
    assume(share > 0.75)

    after = dict(read(styles, [*map(seen, cues), seen(data.draw(st.sampled_from(contrary)))], TODAY).shares)

    assert after[best] < share
    assert spread(after.values()) > spread(share for _, share in held.shares)


def spread(shares: Iterable[float]) -> float:
    """How likely two people with these shares are of two styles."""
    return 1 - sum(share**2 for share in shares)


def test_taking_back_an_observation_is_as_if_it_had_not_been_made(books: Library) -> None:
    styles = books.get(Typology, "styles")
    cues = {cue.id: cue for cue in styles.cues}
    old, new = seen("blunt", TODAY - timedelta(days=200)), seen("wavers")

    left = dict(without(styles, read(styles, [old, new], TODAY), old, cues["blunt"], TODAY))

    assert left == pytest.approx(dict(read(styles, [new], TODAY).shares))


def test_what_a_quiz_expects_of_a_cue_is_what_the_cue_does(books: Library) -> None:
    styles = books.get(Typology, "styles")
    first, second = styles.cues[0], styles.cues[-1]
    belief = dict(read(styles, [seen(first.id)], TODAY).shares)

    after = dict(read(styles, [seen(first.id), seen(second.id)], TODAY).shares)

    assert updated(believed(styles, second), belief) == pytest.approx(after)


def test_old_observations_fade() -> None:
    fresh = read(TWO, [seen("bold")], TODAY).confidence
    old = read(TWO, [seen("bold", TODAY - timedelta(days=730))], TODAY).confidence

    assert 0.25 < old < fresh


def test_the_same_cue_twice_on_a_day_counts_once() -> None:
    twice = [seen("bold"), seen("bold", id="again")]

    assert read(TWO, twice, TODAY).confidence == read(TWO, twice[:1], TODAY).confidence


def test_a_cue_that_no_playbook_knows_moves_nothing() -> None:
    assert read(TWO, [seen("hums a tune")], TODAY).confidence == 0.25


@given(st.lists(st.sampled_from(["bold", "soft", "other"]), max_size=12), st.integers(0, 4000))
def test_the_shares_always_sum_to_one(cues: list[str], age: int) -> None:
    shares = read(TWO, [seen(cue, TODAY - timedelta(days=age)) for cue in cues], TODAY).shares

    assert abs(sum(share for _, share in shares) - 1) < 1e-9
    assert sorted(style for style, _ in shares) == sorted(STYLES)


def test_the_rep_s_own_judgement_stands_in_while_the_evidence_is_thin() -> None:
    amiable = a_contact(style="amiable")

    assert effective(read(TWO, [], TODAY), amiable) == "amiable"
    assert effective(read(TWO, CLEAR, TODAY), amiable) == "driver"


def test_the_next_cue_to_watch_is_one_not_seen_yet(books: Library) -> None:
    styles = books.get(Typology, "styles")
    reading = read(styles, [seen(styles.cues[0].id)], TODAY)

    assert styles.cues[0].id not in {cue.id for cue in next_cues(styles, reading, 5)}


def test_free_words_in_either_language_find_their_cue(books: Library) -> None:
    styles = books.get(Typology, "styles")
    known = {lang: lexicon(styles, lang) for lang in LANGS}
    for cue in styles.cues:
        for words in cue.words.values():
            assert cue.id in recognise(styles, f"… {words[0]} …", known.__getitem__)
