"""How far promises are kept: counts of what fell due, from three on."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.kept import Kept, kept
from salescoach.records.models import Promise
from tests.coach.samples import TODAY, a_promise

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def done(number: int, by: date | None = TODAY, on: date = TODAY) -> Promise:
    return a_promise(str(number), by, state="done", closed_on=on)


def test_nothing_is_claimed_of_two_promises() -> None:
    assert kept([done(1), done(2)], "ours", TODAY) is None


def test_from_three_on_they_are_counted() -> None:
    assert kept([done(1), done(2), a_promise("3", YESTERDAY)], "ours", TODAY) == Kept(kept=2, of=3, late=0)


def test_what_may_still_be_kept_and_what_was_dropped_count_for_neither() -> None:
    undecided = [a_promise("4", TODAY), a_promise("5"), a_promise("6", YESTERDAY, state="dropped", closed_on=TODAY)]

    assert kept([done(1), done(2), done(3), *undecided], "ours", TODAY) == Kept(kept=3, of=3, late=0)


def test_what_was_done_after_its_day_is_kept_but_late() -> None:
    assert kept([done(1), done(2, by=None), done(3, on=TOMORROW)], "ours", TOMORROW) == Kept(kept=3, of=3, late=1)


def test_each_side_has_its_own_record() -> None:
    assert kept([done(1), done(2), done(3)], "theirs", TODAY) is None


@given(st.lists(st.sampled_from([done(1), done(2, on=TOMORROW), a_promise("3", YESTERDAY), a_promise("4", TOMORROW)])))
def test_no_more_are_kept_than_fell_due(promises: list[Promise]) -> None:
    known = kept(promises, "ours", TODAY)

    assert known is None or (0 <= known.late <= known.kept <= known.of <= len(promises) and known.of >= 3)
