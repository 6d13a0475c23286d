"""What is known of an account over months: contracts, dated answers on its sheets, occasions, touches, crises.

Apart from the other records, since a visit, an objection and a debrief need none of them.
"""

from dataclasses import field
from datetime import date
from typing import Any

from salescoach.records.ids import CrisisKind, OccasionKind, SigningMotive, TouchState
from salescoach.shape import value

#: Stands for the year that a birthday has not; a leap year, so that 29 February is a day of it.
NO_YEAR = 1904


@value
class Contract:
    """What was signed, when, for how long and why: without it no renewal clock and no 80/20."""

    id: str
    client_id: str
    signed: date
    months: int | None = None  # the term; None: it runs on
    motive: SigningMotive | None = None  # why they signed (S004-MOTIVE)
    least: str = ""  # the least effect they expect of it (S004-EXPECT)
    revenue: float | None = None  # a year
    currency: str = ""
    subject: str = ""  # what was signed

    @property
    def ends(self) -> date | None:
        """The first day after the term."""
        return None if self.months is None else months_after(self.signed, self.months)


@value
class Said:
    """One answer on a sheet, as plain data, and what it rests on."""

    answer: Any
    because: str = ""


@value
class Assessment:
    """What was answered on one sheet on one day: evidence with a date, never overwritten by a later one."""

    id: str
    client_id: str
    sheet: str  # the playbook walked: a scorecard, or "complaint"
    version: int  # of the playbook
    on: date
    answers: dict[str, Said]
    contact_id: str | None = None


#: Stands for the year that a birthday has not; a leap year, so that 29 February is a day of it.
NO_YEAR = 1904


@value
class Occasion:
    """A day that matters to a client: a birthday, an anniversary, something that happened there."""

    id: str
    client_id: str
    kind: OccasionKind
    what: str
    day: date
    yearly: bool = False
    contact_id: str | None = None


def has_year(one: Occasion) -> bool:
    """It is known in which year it was: a birthday may be kept without."""
    return one.kind != "birthday" or one.day.year != NO_YEAR


@value
class Touch:
    """A line of care that is settled: done, or dropped."""

    id: str
    client_id: str
    clock: str  # the care line it settles: "after-signing.month-6@2026-06-01"
    on: date
    state: TouchState = "done"
    contact_id: str | None = None


@value
class LogEntry:
    """What happened in a crisis, and when: "2026-12-01 14:05"."""

    at: str
    text: str
    who: str = ""


@value
class Crisis:
    """A crisis that is managed: the plan so far, and the log."""

    id: str
    kind: CrisisKind
    opened: date
    client_id: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)  # of the plan, then of the review
    log: tuple[LogEntry, ...] = ()
    closed: date | None = None


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month, or of all days, where there is none such."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise ValueError("no such month")
