"""What was practised is kept with its day, and read back as it was."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescoach.records.practice import Exercise
from salescoach.store import Store
from tests.store.samples import DEC_1, days, ids, many_texts, texts

exercises = st.builds(Exercise, id=ids, case=texts, on=days, answer=texts, hit=many_texts, of=st.integers(0, 100))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(exercises)
def test_an_exercise_comes_back_as_it_was(store: Store, exercise: Exercise) -> None:
    store.exercises.save(exercise)

    assert store.exercises.get(exercise.id) == exercise
    store.exercises.remove(exercise.id)


def test_a_case_worked_again_is_one_more_the_latest_first(store: Store) -> None:
    earlier, later = (an_exercise(str(number), DEC_1 + timedelta(days=number)) for number in range(2))
    store.exercises.add_all([later, earlier, an_exercise("9", DEC_1, case="other")])

    assert store.exercises.of("typhoon") == [later, earlier]
    assert [one.on for one in store.exercises.since(DEC_1 + timedelta(days=1))] == [later.on]


def an_exercise(last: str, on: date, case: str = "typhoon") -> Exercise:
    return Exercise(id="01M80HVW1GSAER47BYHS8RW0D" + last, case=case, on=on, answer="Go there.", hit=("there",), of=6)
