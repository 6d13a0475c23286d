"""What a debrief costs the rep: questions and seconds, over all sittings, on a clock that the test holds."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescoach.cli.meter import LONGEST, SPENT, Meter
from salescoach.records.models import Effort
from salescoach.walk.machine import Walk
from tests.walk.samples import a_walk

#: Seconds between one question and the next.
pauses = st.lists(st.integers(0, 3 * int(LONGEST)), max_size=20)


def clock(*shown: float) -> Iterator[float]:
    return iter(shown)


def sitting(draft: dict[str, object] | None, steps: list[int]) -> tuple[Meter, dict[str, object] | None]:
    """One sitting in which the questions took so long each: the meter, and the draft that is left."""
    times = [sum(steps[:count]) for count in range(len(steps) + 1)]
    meter = Meter(clock(*times).__next__)
    meter.begin(draft)
    for _ in steps:
        draft = meter.step({"summary": "x"})
    return meter, draft


def test_every_question_that_is_left_counts_with_its_seconds() -> None:
    meter, draft = sitting(None, [4, 10, 6])

    assert meter.effort == Effort(prompts=3, seconds=20.0)
    assert draft == {"summary": "x", SPENT: {"prompts": 3, "seconds": 20.0}}


def test_a_rep_who_was_driving_spent_five_minutes_at_most() -> None:
    meter, _ = sitting(None, [5, 3600])

    assert meter.effort == Effort(prompts=2, seconds=5 + LONGEST)


@given(pauses, pauses)
def test_two_sittings_cost_what_one_costs(first: list[int], second: list[int]) -> None:
    _, draft = sitting(None, first)

    assert sitting(draft, second)[0].effort == sitting(None, [*first, *second])[0].effort


def test_the_time_between_two_sittings_costs_nothing() -> None:
    _, draft = sitting(None, [10])
    later = Meter(clock(9e6, 9e6 + 7).__next__)

    answers = later.begin(draft)
    later.step(answers)

    assert later.effort == Effort(prompts=2, seconds=17.0)
    assert answers == {"summary": "x"}, "what was spent is no answer"


@pytest.mark.parametrize(
    "kept", [{}, {SPENT: None}, {SPENT: 3}, {SPENT: {"prompts": "x", "seconds": 1}}, {SPENT: {"seconds": 1}},
             {SPENT: {"prompts": -1, "seconds": 1}}, {SPENT: {"prompts": 1, "seconds": float("nan")}}],
)  # fmt: skip
def test_a_draft_that_does_not_say_what_was_spent_leaves_the_whole_unknown(kept: dict[str, object]) -> None:
    meter, draft = sitting({"lesson": "y", **kept}, [4])

    assert meter.effort is None
    assert draft == {"summary": "x"}


def test_before_anything_was_asked_nothing_is_known() -> None:
    assert Meter().effort is None


def test_the_clock_of_the_program_never_runs_backwards() -> None:
    meter = Meter()
    meter.begin(None)
    meter.step({})

    assert meter.effort is not None
    assert 0 <= meter.effort.seconds < 5


def test_an_earlier_version_resumes_a_draft_that_says_what_was_spent() -> None:
    walk: Walk = a_walk()
    state = {**walk.state, SPENT: {"prompts": 3, "seconds": 20.0}}

    resumed = Walk(walk.checklists, state, today=walk.today)

    assert resumed.answers == walk.answers
    assert resumed.current
    assert walk.current
    assert resumed.current.path == walk.current.path
    assert resumed.state[SPENT] == {"prompts": 3, "seconds": 20.0}
