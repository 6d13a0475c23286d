"""How far promises are kept: counts, silent while there are too few."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from salescoach.records.ids import PromiseOwner
from salescoach.records.models import Promise
from salescoach.shape import value

#: Below this many nothing is claimed.
ENOUGH = 3


@value
class Kept:
    """Of how many promises that fell due how many were kept, and how many of those after their day."""

    kept: int
    of: int
    late: int


def overdue(promise: Promise, today: date) -> bool:
    """Past its date and still open."""
    return promise.state == "open" and promise.by is not None and promise.by < today


def kept(promises: Iterable[Promise], owner: PromiseOwner, today: date) -> Kept | None:
    """
    One side's record; None while it says too little.

    What is done counts as kept, what is open and past its day as not kept. What was dropped, and what may still be
    kept, counts for neither.
    """
    own = [one for one in promises if one.owner == owner]
    done = [one for one in own if one.state == "done"]
    due = len(done) + sum(overdue(one, today) for one in own)
    return Kept(kept=len(done), of=due, late=sum(map(_late, done))) if due >= ENOUGH else None


def _late(promise: Promise) -> bool:
    return promise.by is not None and promise.closed_on is not None and promise.closed_on > promise.by


def document(promises: Iterable[Promise], today: date) -> dict[str, Any]:
    """Both sides' records as JSON documents have them; null for a side with too few promises."""
    known = list(promises)
    return {"ours": kept(known, "ours", today), "theirs": kept(known, "theirs", today)}
