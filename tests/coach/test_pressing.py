"""The calendar of care has every line that is due, and beats of the same timing, of any playbook, stand in it once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from salescoach.coach.care import Books, Feast, Pending, Touching, classed, interval, pending, rhythm
from salescoach.coach.pressing import calendar, routine
from salescoach.playbook.models import Beat, Line, Timeline
from salescoach.records.account import Contract, Occasion
from salescoach.records.ids import OccasionKind
from salescoach.records.names import short_id
from salescoach.records.pressing import Mark
from tests.coach.samples import TODAY, a_client
from tests.examples import tried

SAY = Line(id="x", text={"en": "x", "zh": "x"})
COUNTRY = "DE"

#: Few values of each, so that beats of the same timing are common, and so are beats that differ in one thing.
timings = st.fixed_dictionaries(
    {
        "starts": st.sampled_from(("signed", "signed", "ends", "occasion", "holiday", "last-touch")),
        "months": st.sampled_from((0, 0, 1)),
        "days": st.sampled_from((0, 0, -3)),
        "lasts": st.sampled_from((1, 14)),
        "rank": st.sampled_from((50, 60)),
        "motives": st.sampled_from(((), ("image",))),
        "occasions": st.sampled_from(((), ("birthday",), ("misfortune",))),
        "tags": st.sampled_from(((), (), ("A",))),
    }
)
near = st.sampled_from((-36, -31, -5, -1, 0, 3)).map(lambda days: TODAY + timedelta(days=days))


def a_timeline(id_: str, beats: list[dict[str, Any]]) -> Timeline:
    made = tuple(Beat(id=f"b{place}", title="x", do=(SAY,), **beat) for place, beat in enumerate(beats))
    return Timeline(kind="timeline", id=id_, version=1, title="x", sources=("S004-CARE",), beats=made)


@st.composite
def several_timelines(draw: st.DrawFn) -> tuple[Timeline, ...]:
    """One, the same under another id, and one whose beats are in another order, each with one thing changed, or none."""
    beats = draw(st.lists(timings, min_size=1, max_size=5))
    others = draw(st.permutations(beats))
    changed = [one | {key: draw(timings)[key]} for one in others for key in (draw(st.sampled_from(sorted(one))),)]
    return a_timeline("own", beats), a_timeline("own-2", beats), a_timeline("a", changed)


@st.composite
def clients(draw: st.DrawFn) -> Touching:
    """A client of whom nothing is settled and no contract took the place of another."""
    signed = draw(st.lists(near, max_size=3, unique=True))
    contracts = (
        Contract(id=f"{place}", client_id="C1", signed=day, subject=f"{place}", months=draw(st.sampled_from((None, 1))))
        for place, day in enumerate(signed)
        if day <= TODAY
    )
    motives: Any = st.sampled_from((None, "image", "profit"))
    kinds: Any = st.sampled_from(get_args(OccasionKind))
    return Touching(
        client=a_client(tags=("A",), country=COUNTRY),
        contracts=tuple(replace(one, motive=draw(motives)) for one in contracts),
        occasions=tuple(
            Occasion(id=f"O{place}", client_id="C1", kind=draw(kinds), what="x", day=day)
            for place, day in enumerate(draw(st.lists(near, max_size=3)))
        ),
        holidays=tuple((day, "x") for day in draw(st.lists(near, max_size=2, unique=True))),
    )


def marks_of(books: tuple[Timeline, ...], one: Touching) -> tuple[Mark, ...]:
    days = {
        "signed": sorted({contract.signed for contract in one.contracts}),
        "ends": sorted({contract.ends for contract in one.contracts if contract.ends}),
    }
    return tuple(mark for tier in calendar(books, {COUNTRY: one.holidays}, days, TODAY) for mark in tier.marks)


def placed(line: Pending) -> Iterator[tuple[int, str, str, str, str]]:
    """Where a line has to stand in the calendar: with what it counts from, and whom it fits."""
    of, since, start, fits = line.of, line.since.isoformat(), COUNTRY, ""
    clock = line.clock
    if isinstance(of, Occasion):
        start, fits, clock = of.day.isoformat(), of.kind, clock.removesuffix(f"#{short_id(of.id)}")
    if isinstance(of, Contract):
        day = of.signed if line.beat.starts == "signed" else of.ends
        start, fits = (day or date.max).isoformat(), f"|{of.motive or ''}|"
    if isinstance(of, Contract | Occasion | Feast):
        yield line.rank, since, clock, start, fits


def clocks(mark: Mark) -> list[str]:
    return [mark.clock, *(f"{other}@{mark.since}" for other in mark.others)]


@tried(300)
@given(books=several_timelines(), one=clients())
def test_every_line_that_is_due_stands_in_the_calendar_in_its_place(
    books: tuple[Timeline, ...], one: Touching
) -> None:
    marks = marks_of(books, one)
    lines = pending(Books(timelines=books), one, TODAY)

    for rank, since, clock, start, fits in (place for line in lines for place in placed(line)):
        assert any(
            (mark.rank, mark.since, mark.start) == (rank, since, start) and fits in mark.fits and clock in clocks(mark)
            for mark in marks
        )


@tried(300)
@given(books=several_timelines(), one=clients())
def test_what_differs_in_nothing_but_its_beat_is_one_mark_in_the_place_of_the_first(
    books: tuple[Timeline, ...], one: Touching
) -> None:
    marks = marks_of(books, one)
    timing = [(mark.rank // 1001, mark.rank, mark.since, mark.start, mark.fits, mark.clock) for mark in marks]
    of_a_copy = [mark for mark in marks if mark.clock.startswith("own.")]

    assert len(set(timing)) == len(timing)
    assert all(clocks(mark) == sorted(clocks(mark)) for mark in marks)
    assert not of_a_copy, "own-2 has the same beats, and sorts before it"


@tried(300)
@given(books=several_timelines(), tagged=st.booleans())
def test_every_beat_of_routine_is_in_one_rhythm_with_its_days_and_all_that_is_shorter(
    books: tuple[Timeline, ...], tagged: bool
) -> None:
    tags = ("A",) if tagged else ()
    own = {f"{book.id}.{beat.id}": beat for book, beat in rhythm(books, classed(tags, False))}
    found = [(name, one) for one in routine(books, [("x", False, tags)]) for name in one.beats]

    assert sorted(name for name, _ in found) == sorted(own)
    for name, one in found:
        beat = own[name]
        assert (one.rank, one.planned) == (beat.rank, interval(beat))
        assert one.days <= beat.months * 28 + beat.days
        assert set(one.shorter) == {other for other, its in own.items() if interval(its) < interval(beat)}
        assert one.beats[0] <= name


def test_fifty_copies_make_no_more_marks_and_rhythms_than_one() -> None:
    beats = [{"starts": "holiday", "lasts": 3}, {"starts": "last-touch", "days": 30}]
    one = Touching(client=a_client(country=COUNTRY), holidays=((TODAY, "x"),))
    books = tuple(a_timeline(f"c{number}", beats) for number in range(50))

    assert len(marks_of(books, one)) == len(marks_of(books[:1], one)) == 1
    assert len(routine(books, [("x", False, ())])) == 1
