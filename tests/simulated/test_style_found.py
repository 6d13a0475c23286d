"""The style of people whose truth is known: found after five visits, and as sure as it is right."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from salescoach.coach.style import read
from salescoach.playbook.library import Library
from salescoach.playbook.models import Typology, Weighing
from tests.simulated.reps import CUES, STYLES, TODAY, a_truth, rates, seen_in
from tests.simulated.scores import Case, scores

PEOPLE = 500
VISITS = (1, 2, 3, 5)
#: In so many visits of the harder year people are not themselves.
OFF_DAYS = 0.1


@pytest.fixture(scope="module")
def styles(books: Library) -> Typology:
    return books.get(Typology, "styles")


def cases(styles: Typology, visits: int, *, off_days: float = 0.0) -> list[Case]:
    truths = [a_truth(random.Random(f"truth {seed}")) for seed in range(PEOPLE)]
    readings = [
        read(styles, seen_in(truth, seed, visits, off_days=off_days), TODAY) for seed, truth in enumerate(truths)
    ]
    return [(truth.style, dict(reading.shares)) for truth, reading in zip(truths, readings, strict=True)]


@pytest.fixture(scope="module")
def by_visits(styles: Typology) -> Mapping[int, Sequence[Case]]:
    return {visits: cases(styles, visits) for visits in VISITS}


def assert_found_and_calibrated(given: Sequence[Case]) -> None:
    """After five visits of four cues, one in five of them wrong."""
    found = scores(given)
    print(f"five visits of four cues: {found}")  # noqa: T201 - the figures, with `pytest -s`
    assert found.found >= 0.90
    assert found.brier <= 0.12
    assert found.off <= 0.05


def test_after_five_visits_of_four_cues_nine_in_ten_styles_are_found(by_visits: Mapping[int, Sequence[Case]]) -> None:
    assert_found_and_calibrated(by_visits[5])


def test_with_shuffled_labels_the_same_test_fails_and_chance_is_left(by_visits: Mapping[int, Sequence[Case]]) -> None:
    labels = [true for true, _ in by_visits[5]]
    random.Random("labels").shuffle(labels)
    shuffled = [(label, shares) for label, (_, shares) in zip(labels, by_visits[5], strict=True)]

    with pytest.raises(AssertionError):
        assert_found_and_calibrated(shuffled)
    left = scores(shuffled)
    assert left.found == pytest.approx(0.25, abs=0.07)
    assert left.brier > 0.75, "worse than to say nothing"


def test_what_it_says_is_as_sure_as_it_is_right(by_visits: Mapping[int, Sequence[Case]]) -> None:
    """Reliability: each tenth of sureness is right as often as it says, within ten points."""
    found = scores([case for given in by_visits.values() for case in given])
    print(f"one, two, three and five visits: {found}", *found.bins, sep="\n")  # noqa: T201

    assert found.off <= 0.05
    assert all(abs(one.sure - one.found) <= 0.1 for one in found.bins if one.count >= 100)


def test_every_visit_finds_more(by_visits: Mapping[int, Sequence[Case]]) -> None:
    found = [scores(by_visits[visits]) for visits in VISITS]

    assert [one.found for one in found] == sorted(one.found for one in found)
    assert [one.brier for one in found] == sorted((one.brier for one in found), reverse=True)


@pytest.mark.parametrize("visits", [1, 5])
def test_days_on_which_people_are_not_themselves_do_not_make_it_too_sure(styles: Typology, visits: int) -> None:
    found = scores(cases(styles, visits, off_days=OFF_DAYS))
    trusting = replace(styles, weighing=Weighing(mistaken=0))
    credulous = scores(cases(trusting, visits, off_days=OFF_DAYS))

    assert found.over <= 0.05 < credulous.over, "a cue that cannot be mistaken says too much"
    assert found.brier < credulous.brier


# The generator


def test_the_generator_rates_the_playbook_s_cues_by_rates_of_its_own(styles: Typology) -> None:
    """Mostly they agree on which style a cue is typical of; how much it says is another matter."""
    assert sorted(cue.id for cue in styles.cues) == list(CUES)
    for style in STYLES:
        own = rates(style)
        factors = [own[cue.id] / cue.likelihood[style] for cue in styles.cues]
        assert max(factors) > 4 * min(factors), "the rates are no multiple of the likelihoods"


def test_one_cue_in_five_is_wrong() -> None:
    truth = replace(a_truth(random.Random(1)), style="driver", second="amiable")
    noted = [one.cue for seed in range(200) for one in seen_in(truth, seed, 5)]
    seldom = sum(rates("driver")[cue] == 1 for cue in noted) / len(noted)

    assert 0.2 * 0.6 + 0.8 * 0.1 <= seldom <= 0.2 * 0.7 + 0.8 * 0.35
