"""Which contracts count: those that none has taken the place of, how long they run, which end soon."""

from collections.abc import Iterable, Sequence
from datetime import date

from salescoach.records.account import Contract
from salescoach.records.names import fold

#: A renewal is near so many days before the term ends.
NEAR = 90


def in_force(contracts: Iterable[Contract], today: date) -> tuple[Contract, ...]:
    """
    The signed contracts that none has taken the place of, oldest first; also those whose term is over.

    A later one takes the place of an earlier unless both say what they are about, and it is something else.
    """
    signed = sorted((one for one in contracts if one.signed <= today), key=lambda one: (one.signed, one.id))

    def renewed(one: Contract, later: Sequence[Contract]) -> bool:
        subjects = {fold(one.subject), ""}
        return any(not one.subject or fold(other.subject) in subjects for other in later)

    return tuple(one for place, one in enumerate(signed) if not renewed(one, signed[place + 1 :]))


def running(contracts: Iterable[Contract], today: date) -> Contract | None:
    """The contract that ends first of those that run, else the last one whose term is over."""
    now = in_force(contracts, today)
    inside = [one for one in now if one.ends is None or one.ends > today]
    return min(inside, key=lambda one: one.ends or date.max) if inside else now[-1] if now else None


def days_left(contracts: Iterable[Contract], today: date) -> int | None:
    """Days until the term ends, negative when it is over; None where no contract runs to an end."""
    now = running(contracts, today)
    return (now.ends - today).days if now is not None and now.ends is not None else None


def ending(contracts: Iterable[Contract], today: date) -> tuple[tuple[Contract, int], ...]:
    """Of each client the contract that ends within three months, and in how many days, the nearest end first."""
    found = []
    for own in by_client(contracts).values():
        now, left = running(own, today), days_left(own, today)
        if now is not None and left is not None and 0 <= left <= NEAR:
            found.append((now, left))
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0].client_id)))


def by_client(contracts: Iterable[Contract]) -> dict[str, list[Contract]]:
    """Each client's own, by its id."""
    found: dict[str, list[Contract]] = {}
    for one in contracts:
        found.setdefault(one.client_id, []).append(one)
    return found
