"""The rep's own numbers over a span of days, and over as many days before: counts first, shares only of enough cases.

Every share has a 95 % interval (Wilson 1927), every median its middle half; below `ENOUGH` cases nothing but the count
is claimed. What cannot be known is left out, not guessed: a visit without a debrief, a promise that is not due yet, one
done on no known day, what a debrief cost that was not walked at a terminal.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import hypot
from statistics import median, quantiles
from typing import Any, Literal, get_args

from salescoach.coach.ledger import ENOUGH, wilson
from salescoach.coach.style import read
from salescoach.playbook.models import Typology
from salescoach.records.ids import Forecast, Outcome, PromiseOwner
from salescoach.records.models import Debrief, ObjectionMet, Observation, Plan, Promise, Visit
from salescoach.shape import value

#: Days that are looked at where none are named.
DAYS = 90
WEEK = 7
#: No visit is older; a span that is asked for begins here at the earliest.
EARLIEST = date(1900, 1, 1)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
#: Outcomes that move the deal on (Rackham 1988).
FORWARD: frozenset[Outcome] = frozenset({"order", "advance"})
#: What a forecast claims: the probability that the planned advance is met.
CLAIMS: Mapping[Forecast, float] = {"likely": 0.8, "even": 0.5, "unlikely": 0.2}
#: The Brier score of somebody who always says "even".
COIN = 0.25

Shift = Literal["up", "down", "unclear"]
Lean = Literal["hopeful", "careful"]


@value
class Period:
    """A span of days, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def before(self) -> "Period":
        """The span of as many days that ends the day before this one begins."""
        last = self.first.toordinal() - 1
        return Period(first=date.fromordinal(max(1, last - self.days + 1)), last=date.fromordinal(last))


@value
class Rate:
    """How many of how many."""

    won: int
    count: int

    @property
    def enough(self) -> bool:
        """There are cases enough for a share."""
        return self.count >= ENOUGH

    @property
    def share(self) -> float:
        """0 to 1; 0 for no cases."""
        return self.won / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Bounds of the 95 % interval of the share, 0 to 1."""
        return wilson(self.won, self.count)


@value
class Spread:
    """Amounts that were measured, from the smallest up."""

    amounts: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.amounts)

    @property
    def enough(self) -> bool:
        """There are cases enough for a median."""
        return self.count >= ENOUGH

    @property
    def median(self) -> float:
        """The middle one; 0 for none."""
        return median(self.amounts) if self.amounts else 0.0

    @property
    def quarters(self) -> tuple[float, float]:
        """Bounds of the middle half: a quarter lies below, a quarter above."""
        if self.count < 2:
            return self.median, self.median
        low, _, high = quantiles(self.amounts, n=4, method="inclusive")
        return low, high


@value
class Records:
    """What a review is made from; records of other days may be among them."""

    visits: Sequence[Visit] = ()
    promises: Sequence[Promise] = ()
    objections: Sequence[ObjectionMet] = ()
    observations: Sequence[Observation] = ()
    persons: Collection[str] = frozenset()  # ids of the clients who are a person


@value
class Numbers:
    """What one span of days comes to."""

    period: Period
    visits: int  # that took place
    waiting: int  # planned before today, and neither debriefed nor called off
    outcomes: tuple[tuple[Outcome, int], ...]  # of the debriefed, all four in their order
    advance: Rate  # ended in an order or an advance, of the debriefed
    primary: Rate  # the planned advance was met, where one was planned
    fallback: Rate  # the fallback was met, where one was planned and the planned advance was not met
    forecasts: tuple[tuple[Forecast, Rate], ...]  # the planned advance was met, by what was said before
    expected: Rate  # topics that came, of those expected; one a visit
    foreseen: Rate  # topics that had been expected, of those that came in the same visits
    promises: tuple[tuple[PromiseOwner, Rate], ...]  # done by their day, of those due
    styles: Rate  # people whose style is clear on the last day, of those met
    seconds: Spread  # of the debriefs walked at a terminal: what each cost the rep
    prompts: Spread  # questions, of the same

    @property
    def debriefed(self) -> int:
        """Visits with a debrief."""
        return self.advance.count

    @property
    def forecast(self) -> int:
        """Visits with a forecast that can be held against what came."""
        return sum(rate.count for _, rate in self.forecasts)

    @property
    def brier(self) -> float | None:
        """Mean square of how far the forecasts were off: 0 is best, 1 worst; None for too few."""
        if self.forecast < ENOUGH:
            return None
        off = sum(
            rate.won * (1 - CLAIMS[said]) ** 2 + (rate.count - rate.won) * CLAIMS[said] ** 2
            for said, rate in self.forecasts
        )
        return round(off / self.forecast, 3)

    @property
    def lean(self) -> Lean | None:
        """Which way the forecasts are off, where the cases leave no doubt of it and all point the same way."""
        off: set[Lean] = set()
        for said, rate in self.forecasts:
            low, high = rate.interval
            if rate.enough and not low <= CLAIMS[said] <= high:
                off.add("hopeful" if high < CLAIMS[said] else "careful")
        return off.pop() if len(off) == 1 else None


@value
class Week:
    """Visits that took place in seven days."""

    first: date
    visits: int


@value
class Month:
    """How the debriefed visits of a calendar month ended, as far as it lies in the spans that are looked at."""

    first: date
    advance: Rate


@value
class Review:
    """The numbers, those before, and how they went."""

    now: Numbers
    before: Numbers
    weeks: tuple[Week, ...]  # the whole ones of the span, from the first visit on, without a gap
    months: tuple[Month, ...]  # of both spans, from the first debrief on, without a gap

    @property
    def shift(self) -> Shift | None:
        """How the advance rate changed."""
        return shift(self.now.advance, self.before.advance)

    @property
    def empty(self) -> bool:
        """Nothing in the span can be counted."""
        return not (self.now.debriefed or any(rate.count for _, rate in self.now.promises))


def period(today: date, since: date | None = None) -> Period:
    """The span up to today: from `since` on, that day included, else the last `DAYS` days."""
    first = today - timedelta(days=DAYS - 1) if since is None else since
    return Period(first=max(first, min(EARLIEST, today)), last=today)


def review(records: Records, span: Period, styles: Typology) -> Review:
    """
    Count a span that ends today, and the one before it.

    Args:
        styles: The styles playbook, for weighing what was seen.
    """
    earlier = span.before()
    both = Period(first=earlier.first, last=span.last)
    return Review(
        now=numbers(records, span, span.last, styles),
        before=numbers(records, earlier, span.last, styles),
        weeks=_weeks([one.when for one in records.visits if one.status == "done" and one.when in span], span),
        months=_months(_debriefs(records.visits, both), span.last),
    )


def numbers(records: Records, span: Period, today: date, styles: Typology) -> Numbers:
    """Count one span; what is due on `today` or later is not late yet."""
    debriefs = _debriefs(records.visits, span)
    outcomes = Counter(debrief.outcome for _, debrief in debriefs)
    expected, foreseen = _foresight([visit for visit, _ in debriefs], records.objections)
    return Numbers(
        period=span,
        visits=sum(one.status == "done" and one.when in span for one in records.visits),
        waiting=sum(one.status == "planned" and one.when in span and one.when < today for one in records.visits),
        outcomes=tuple((outcome, outcomes[outcome]) for outcome in OUTCOMES),
        advance=Rate(won=sum(outcomes[outcome] for outcome in FORWARD), count=len(debriefs)),
        primary=_rate(debrief.primary == "met" for _, debrief in debriefs if debrief.primary != "none"),
        fallback=_rate(debrief.fallback == "met" for _, debrief in debriefs if _fell_back(debrief)),
        forecasts=tuple((said, _came(debriefs, said)) for said in CLAIMS),
        expected=expected,
        foreseen=foreseen,
        promises=tuple((owner, _kept(records.promises, owner, span, today)) for owner in get_args(PromiseOwner)),
        styles=_clear(records, span, styles),
        seconds=_spread(debrief.effort.seconds for _, debrief in debriefs if debrief.effort),
        prompts=_spread(debrief.effort.prompts for _, debrief in debriefs if debrief.effort),
    )


def shift(now: Rate, before: Rate) -> Shift | None:
    """
    Whether a share has changed, by the 95 % interval of the difference (Newcombe 1998, from the two Wilson intervals).

    Returns:
        None where either has too few cases; "unclear" where chance alone may explain it.
    """
    if not (now.enough and before.enough):
        return None
    (low, high), (low_before, high_before) = now.interval, before.interval
    change = now.share - before.share
    if change - hypot(now.share - low, high_before - before.share) > 0:
        return "up"
    return "down" if change + hypot(high - now.share, before.share - low_before) < 0 else "unclear"


def _spread(amounts: Iterable[float]) -> Spread:
    return Spread(amounts=tuple(sorted(amounts)))


def _rate(cases: Iterable[bool]) -> Rate:
    known = list(cases)
    return Rate(won=sum(known), count=len(known))


Debriefed = Sequence[tuple[Visit, Debrief]]


def _debriefs(visits: Iterable[Visit], span: Period) -> Debriefed:
    """The visits of a span that took place and were debriefed."""
    return [(one, one.debrief) for one in visits if one.debrief and one.status == "done" and one.when in span]


def _fell_back(debrief: Debrief) -> bool:
    """The fallback was needed, and there was one."""
    return debrief.fallback != "none" and debrief.primary != "met"


def _came(debriefs: Debriefed, said: Forecast) -> Rate:
    """How often the planned advance was met where this was forecast."""
    return _rate(
        debrief.primary == "met"
        for visit, debrief in debriefs
        if visit.plan and visit.plan.forecast == said and debrief.primary != "none"
    )


def _foresight(visits: Iterable[Visit], objections: Iterable[ObjectionMet]) -> tuple[Rate, Rate]:
    """Expected topics that came, and topics that came that were expected; of visits where any was expected."""
    met: dict[str, set[str]] = {}
    for one in objections:
        if one.visit_id and one.topic:
            met.setdefault(one.visit_id, set()).add(one.topic)
    pairs = [
        (expected, met.get(visit.id, set()))
        for visit in visits
        if (expected := set((visit.plan or Plan()).expected_objections))
        and not (visit.debrief and "objections" in visit.debrief.unknown)
    ]
    both = sum(len(expected & came) for expected, came in pairs)
    return (
        Rate(won=both, count=sum(len(expected) for expected, _ in pairs)),
        Rate(won=both, count=sum(len(came) for _, came in pairs)),
    )


def _kept(promises: Iterable[Promise], owner: PromiseOwner, span: Period, today: date) -> Rate:
    """Promises due in the span that were done by their day."""
    return _rate(
        one.state == "done" and one.closed_on is not None and one.closed_on <= one.by
        for one in promises
        if one.owner == owner and one.by is not None and one.by in span and _settled(one, today)
    )


def _settled(promise: Promise, today: date) -> bool:
    """Whether it was kept can be said: it was done on a known day, or its own is over. Dropped ones do not count."""
    if promise.state == "done":
        return promise.closed_on is not None
    return promise.state == "open" and promise.by is not None and promise.by < today


def _clear(records: Records, span: Period, styles: Typology) -> Rate:
    """People met in the span whose style is clear on its last day."""
    met = {
        person
        for one in records.visits
        if one.status == "done" and one.when in span
        for person in one.contact_ids or ((one.client_id,) if one.client_id in records.persons else ())
    }
    seen: dict[str, list[Observation]] = {person: [] for person in met}
    for cue in records.observations:
        person = cue.contact_id or cue.client_id
        if person in seen and cue.on <= span.last:
            seen[person].append(cue)
    return _rate(read(styles, cues, span.last).style is not None for cues in seen.values())


def _weeks(days: Iterable[date], span: Period) -> tuple[Week, ...]:
    """Seven days each, counted back from the last day; what is left over at the beginning is no week."""
    back = Counter((span.last - day).days // WEEK for day in days)
    whole = [number for number in back if (number + 1) * WEEK <= span.days]
    return tuple(
        Week(first=span.last - timedelta(days=number * WEEK + WEEK - 1), visits=back[number])
        for number in range(max(whole, default=-1), -1, -1)
    )


def _months(debriefs: Debriefed, last: date) -> tuple[Month, ...]:
    if not debriefs:
        return ()
    ends: dict[date, list[bool]] = {}
    for visit, debrief in debriefs:
        ends.setdefault(visit.when.replace(day=1), []).append(debrief.outcome in FORWARD)
    begin, end = min(ends), last
    firsts = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    ]
    return tuple(Month(first=first, advance=_rate(ends.get(first, ()))) for first in firsts)


def document(found: Review, steps: Iterable[Mapping[str, str]] = ()) -> dict[str, Any]:
    """As `review --json` prints it; `steps` are what to do first where there is too little."""
    return {
        "schema": "salescoach/review@1",
        "now": _numbers_document(found.now),
        "before": _numbers_document(found.before),
        "advance_change": found.shift,
        "weeks": [{"first": one.first, "visits": one.visits} for one in found.weeks],
        "months": [{"first": one.first, **rate_document(one.advance)} for one in found.months],
        "steps": list(steps),
    }


def _numbers_document(found: Numbers) -> dict[str, Any]:
    return {
        "first": found.period.first,
        "last": found.period.last,
        "days": found.period.days,
        "visits": found.visits,
        "debriefed": found.debriefed,
        "waiting": found.waiting,
        "outcomes": dict(found.outcomes),
        "advance": rate_document(found.advance),
        "plan": {"primary": rate_document(found.primary), "fallback": rate_document(found.fallback)},
        "forecast": {
            **{said: {"claim": CLAIMS[said], **rate_document(rate)} for said, rate in found.forecasts},
            "count": found.forecast,
            "brier": found.brier,
            "lean": found.lean,
        },
        "objections": {"expected": rate_document(found.expected), "foreseen": rate_document(found.foreseen)},
        "promises": {owner: rate_document(rate) for owner, rate in found.promises},
        "styles": rate_document(found.styles),
        "effort": {"seconds": spread_document(found.seconds), "prompts": spread_document(found.prompts)},
    }


def rate_document(rate: Rate) -> dict[str, Any]:
    """A rate for programs: share and interval in whole per cent, null while there are too few cases."""
    low, high = rate.interval
    return {
        "won": rate.won,
        "count": rate.count,
        "percent": round(100 * rate.share) if rate.enough else None,
        "interval": [round(100 * low), round(100 * high)] if rate.enough else None,
    }


def spread_document(spread: Spread) -> dict[str, Any]:
    """Amounts for programs: the median and the middle half, null while there are too few cases."""
    low, high = spread.quarters
    return {
        "count": spread.count,
        "median": round(spread.median, 1) if spread.enough else None,
        "quarters": [round(low, 1), round(high, 1)] if spread.enough else None,
    }
