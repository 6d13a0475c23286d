"""
What care would be due, and how pressing, before any client is looked at: a calendar of the days that beats count from.

A large book has thousands of lines of care, and five are shown. So each beat is written as the days from which it would
be due today, the most pressing kind of line first; the store finds whom such a day concerns, and `care.pending` has the
last word on these few. The calendar may name more than is due, never less. Beats of the same timing, as copies of a
playbook have them, are worked out and asked for once, in the place of the first of them.
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
    Clocked,
    classed,
    feasts,
    greeting,
    interval,
    last_day,
    later,
    motives_for,
    named,
    rhythm,
    shorter_ones,
    window,
)
from salescoach.playbook.models import Timing
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


class _Alike(NamedTuple):
    """Beats of the same timing: one of them, for which signing motives they are, and all their names in order."""

    beat: Timing
    motives: frozenset[SigningMotive | None]
    names: tuple[str, ...]


def calendar(
    books: Sequence[Clocked], holidays: Mapping[str, Holidays], days: Mapping[str, Sequence[date]], today: date
) -> tuple[Tier, ...]:
    """
    Everything but routine that would be due today, in tiers, the most pressing first.

    Args:
        holidays: Around today, by country.
        days: On which any contract was "signed", and on which any "ends", in order.
    """
    tiers: dict[int, tuple[str, list[Mark]]] = {}
    for one in _alike(books):
        for mark in _marks(one, holidays, days, today):
            tiers.setdefault(mark.rank // STEP, (one.beat.starts, []))[1].append(mark)
    return tuple(Tier(starts, tuple(marks)) for _, (starts, marks) in sorted(tiers.items(), reverse=True))


def _alike(books: Sequence[Clocked]) -> Iterator[_Alike]:
    found: dict[tuple[object, ...], tuple[_Alike, list[str]]] = {}
    for book in books:
        for beat in book.beats:
            motives = motives_for(book, beat) if beat.starts in ("signed", "ends") else frozenset()
            timing = beat.starts, beat.months, beat.days, beat.lasts, beat.occasions, beat.rank, motives
            found.setdefault(timing, (_Alike(beat, motives, ()), []))[1].append(named(book, beat))
    return (one._replace(names=tuple(sorted(names, key="{}@".format))) for one, names in found.values())


def _marks(
    one: _Alike, holidays: Mapping[str, Holidays], days: Mapping[str, Sequence[date]], today: date
) -> Iterator[Mark]:
    if one.beat.starts in ("signed", "ends"):
        return _of_contracts(one, days[one.beat.starts], today)
    if one.beat.starts == "holiday":
        return _of_holidays(one, holidays, today)
    return _of_occasions(one, today) if one.beat.starts == "occasion" else iter(())


def _of_contracts(one: _Alike, days: Sequence[date], today: date) -> Iterator[Mark]:
    fits = "".join(f"|{motive or ''}|" for motive in one.motives)
    for start in _among(days, _starts(one.beat, today)):
        since = later(start, one.beat)
        yield from _mark(one, since, last_day(since, one.beat), today, start.isoformat(), fits)


def _of_holidays(one: _Alike, holidays: Mapping[str, Holidays], today: date) -> Iterator[Mark]:
    for country, days in holidays.items():
        for feast in feasts(days):
            yield from _mark(one, *greeting(one.beat, feast), today, country, "")


def _of_occasions(one: _Alike, today: date) -> Iterator[Mark]:
    for kind in one.beat.occasions or get_args(OccasionKind):
        for day in map(date.fromordinal, _starts(one.beat, today, LEAD.get(kind, 0))):
            for start in _on(day):
                yield from _mark(one, *window(one.beat, kind, day), today, start, kind)


def _mark(one: _Alike, since: date, until: date, today: date, start: str, fits: str) -> Iterator[Mark]:
    """The mark, where it is due today."""
    if not since <= today <= until:
        return
    sad = one.beat.starts == "occasion" and fits == "misfortune"
    rank = PRESSING.index("misfortune" if sad else one.beat.starts) * STEP + one.beat.rank
    rank += FIRST if sad or until <= today + SOON else 0
    first, *others = one.names
    yield Mark(rank, since.isoformat(), f"{first}@{since.isoformat()}", start, fits, tuple(others))


def _starts(beat: Timing, today: date, lead: int = 0) -> range:
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


def routine(books: Sequence[Clocked], taggings: Iterable[Tagging]) -> tuple[Rhythm, ...]:
    """The beats of routine with the clients that they are for, those of the highest rank first."""
    meant: dict[Rhythm, list[tuple[str, bool]]] = {}
    for kept, key_account, tags in taggings:
        for one in _rhythms(books, classed(tags, key_account)):
            meant.setdefault(one, []).append((kept, key_account))
    found = (one._replace(tags=tuple(whom)) for one, whom in meant.items())
    return tuple(sorted(found, key=lambda one: (-one.rank, one.beats)))


def _rhythms(books: Sequence[Clocked], mine: frozenset[str]) -> Iterator[Rhythm]:
    own = rhythm(books, mine)
    shorter = shorter_ones(own)
    alike: dict[tuple[int, int, int], list[tuple[Clocked, Timing]]] = {}
    for book, beat in own:
        alike.setdefault((beat.rank, beat.months, beat.days), []).append((book, beat))
    for some in alike.values():
        beat = some[0][1]
        least = beat.months * MONTH[beat.months < 0] + beat.days
        names, less = sorted(named(*one) for one in some), sorted(shorter[interval(beat)])
        met = not (beat.tags or mine & CLASSES)  # all of them are tagged, or none is
        yield Rhythm(beat.rank, tuple(names), least, interval(beat), tuple(less), (), met)
