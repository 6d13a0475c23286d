"""Style is a hypothesis: evidence moves it, age fades it, contradiction widens it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.cues import lexicon
from salescoach.coach.style import STYLES, effective, next_cues, read, recognise
from salescoach.language import LANGS
from salescoach.playbook.library import Library
from salescoach.playbook.models import Cue, Typology
from tests.coach.samples import TODAY, a_contact, seen


def styles_with(**cues: dict[str, float]) -> Typology:
    made = tuple(Cue(id=name, text=name, likelihood=likelihood) for name, likelihood in cues.items())  # type: ignore[arg-type]
    return Typology(kind="typology", id="styles", version=1, title="Styles", sources=("ours",), entries=(), cues=made)


BOLD = {"driver": 0.7, "expressive": 0.2, "amiable": 0.05, "analytical": 0.05}
SOFT = {"driver": 0.05, "expressive": 0.05, "amiable": 0.7, "analytical": 0.2}
TWO = styles_with(bold=BOLD, soft=SOFT)


def test_without_observations_every_style_is_as_likely_and_none_is_named() -> None:
    reading = read(TWO, [], TODAY)

    assert [share for _, share in reading.shares] == [0.25] * 4
    assert reading.style is None


def test_a_clear_cue_names_a_style() -> None:
    assert read(TWO, [seen("bold")], TODAY).style == "driver"


def test_contradicting_cues_take_the_name_back() -> None:
    assert read(TWO, [seen("bold"), seen("soft")], TODAY).style is None


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
    assert effective(read(TWO, [seen("bold")], TODAY), amiable) == "driver"


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
