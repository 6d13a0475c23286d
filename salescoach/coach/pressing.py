"""
What care would be due, and how pressing, before any client is looked at: a calendar of the days that beats count from.

A large book has thousands of lines of care, and five are shown. So each beat is written as the days from which it would
be due today, the most pressing kind of line first; the store finds whom such a day concerns, and `care.pending` has the
last word on these few. The calendar may name more than is due, never less.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, get_args

from salescoach.coach.care import (
    CLASSES,
    FIRST,
    LEAD,
    PRESSING,
    SOON,
    STEP,
    classed,
    feasts,
    for_motive,
    greeting,
    interval,
    last_day,
    later,
    rhythm,
    window,
)
from salescoach.playbook.models import Beat, Timeline
from salescoach.records.account import months_after
from salescoach.records.ids import OccasionKind, SigningMotive
from salescoach.records.pressing import Mark, Rhythm

#: Days around the ones worked out backwards, since months are not all as long.
SLACK = 4
#: The fewest and the most days of a month.
MONTH = (28, 31)

Holidays = Iterable[tuple[date, str]]
#: Tags as they are kept, whether it is a key account, and the tags themselves.
Tagging = tuple[str, bool, Sequence[str]]


class Tier(NamedTuple):
    """Marks that count from the same sort of start; every line of an earlier tier presses more."""

    starts: str
    marks: tuple[Mark, ...]


def calendar(
    books: Sequence[Timeline], holidays: Mapping[str, Holidays], days: Mapping[str, Sequence[date]], today: date
) -> tuple[Tier, ...]:
    """
    Everything but routine that would be due today, in tiers, the most pressing first.

    Args:
        holidays: Around today, by country.
        days: On which any contract was "signed", and on which any "ends", in order.
    """
    tiers: dict[int, tuple[str, list[Mark]]] = {}
    for book in books:
        for beat in book.beats:
            for mark in _marks(book, beat, holidays, days, today):
                tiers.setdefault(mark.rank // STEP, (beat.starts, []))[1].append(mark)
    return tuple(Tier(starts, tuple(marks)) for _, (starts, marks) in sorted(tiers.items(), reverse=True))


def _marks(
    book: Timeline, beat: Beat, holidays: Mapping[str, Holidays], days: Mapping[str, Sequence[date]], today: date
) -> Iterator[Mark]:
    if beat.starts in ("signed", "ends"):
        return _of_contracts(book, beat, days[beat.starts], today)
    if beat.starts == "holiday":
        return _of_holidays(book, beat, holidays, today)
    return _of_occasions(book, beat, today) if beat.starts == "occasion" else iter(())


def _of_contracts(book: Timeline, beat: Beat, days: Sequence[date], today: date) -> Iterator[Mark]:
    near = _among(days, _starts(beat, today))
    if not near:
        return
    motives = [one for one in (None, *get_args(SigningMotive)) if for_motive(book, beat, one)]
    fits = "".join(f"|{one or ''}|" for one in motives)
    for start in near:
        since = later(start, beat)
        yield from _mark(book, beat, since, last_day(since, beat), today, start.isoformat(), fits)


def _of_holidays(book: Timeline, beat: Beat, holidays: Mapping[str, Holidays], today: date) -> Iterator[Mark]:
    for country, days in holidays.items():
        for feast in feasts(days):
            yield from _mark(book, beat, *greeting(beat, feast), today, country, "")


def _of_occasions(book: Timeline, beat: Beat, today: date) -> Iterator[Mark]:
    for kind in beat.occasions or get_args(OccasionKind):
        for day in map(date.fromordinal, _starts(beat, today, LEAD.get(kind, 0))):
            for start in _on(day):
                yield from _mark(book, beat, *window(beat, kind, day), today, start, kind)


def _mark(book: Timeline, beat: Beat, since: date, until: date, today: date, start: str, fits: str) -> Iterator[Mark]:
    """The mark, where it is due today."""
    if not since <= today <= until:
        return
    sad = beat.starts == "occasion" and fits == "misfortune"
    rank = PRESSING.index("misfortune" if sad else beat.starts) * STEP + beat.rank
    rank += FIRST if sad or until <= today + SOON else 0
    yield Mark(rank, since.isoformat(), f"{book.id}.{beat.id}@{since.isoformat()}", start, fits)


def _starts(beat: Beat, today: date, lead: int = 0) -> range:
    """The days from which a beat may be due today, as ordinals."""
    first = months_after(_shifted(today, -beat.days - beat.lasts), -beat.months)
    last = months_after(_shifted(today, lead - beat.days), -beat.months)
    return range(max(first.toordinal() - SLACK, 1), min(last.toordinal() + SLACK, date.max.toordinal()) + 1)


def _among(days: Sequence[date], ordinals: range) -> Sequence[date]:
    """Those of some days, in order, that lie in a span."""
    if not ordinals:
        return ()
    first, last = date.fromordinal(ordinals[0]), date.fromordinal(ordinals[-1])
    return days[bisect_left(days, first) : bisect_right(days, last)]


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _on(day: date) -> tuple[str, ...]:
    """How a day is kept that comes once, and one that comes every year."""
    text = day.isoformat()
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    return (text, text[5:], *(("02-29",) if text[5:] == "02-28" and not leap else ()))


def routine(books: Sequence[Timeline], taggings: Iterable[Tagging]) -> tuple[Rhythm, ...]:
    """The beats of routine with the clients that each is for, those of the highest rank first."""
    meant: dict[Rhythm, list[tuple[str, bool]]] = {}
    for kept, key_account, tags in taggings:
        mine = classed(tags, key_account)
        own = rhythm(books, mine)
        for book, beat in own:
            shorter = (f"{book.id}.{other.id}" for _, other in own if interval(other) < interval(beat))
            met = not (beat.tags or mine & CLASSES)
            meant.setdefault(_rhythm(book, beat, tuple(shorter), met), []).append((kept, key_account))
    found = (one._replace(tags=tuple(whom)) for one, whom in meant.items())
    return tuple(sorted(found, key=lambda one: (-one.rank, one.beat)))


def _rhythm(book: Timeline, beat: Beat, shorter: tuple[str, ...], met: bool) -> Rhythm:
    least = beat.months * MONTH[beat.months < 0] + beat.days
    return Rhythm(beat.rank, f"{book.id}.{beat.id}", least, interval(beat), shorter, (), met)
