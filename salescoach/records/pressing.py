"""What is passed between who knows the clocks of care and who knows whom they concern: plain tuples, many of them."""

from typing import NamedTuple


class Mark(NamedTuple):
    """A day from which a beat counts and would be due now, and how its line would be placed."""

    rank: int
    since: str  # ISO day
    clock: str  # as far as it is the same for all
    start: str  # what it counts from: a day, a day of every year ("12-24"), or a country
    fits: str  # the signing motives ("|image||": none counts as one) or the kind of occasion


class Rhythm(NamedTuple):
    """A beat that counts from the last touch, and whom it is for."""

    rank: int
    beat: str  # "care.a-call"
    days: int  # between two touches; where it is months, the least that they can be
    planned: int  # a visit planned in so many days stands for it
    shorter: tuple[str, ...]  # beats that do not put it off; with any of them, no note does
    tags: tuple[tuple[str, bool], ...]  # of these clients: tags as they are kept, and whether it is a key account
    met: bool  # only where something was signed, or somebody was there, or called


class Candidate(NamedTuple):
    """A line that may be due, and how it would be placed among all."""

    rank: int
    key_account: bool
    since: str
    name: str
    client_id: str
    clock: str

    @property
    def place(self) -> tuple[int, bool, str, str, str, str]:
        """Sorts as the lines of care do."""
        return -self.rank, not self.key_account, self.since, self.name, self.client_id, self.clock
