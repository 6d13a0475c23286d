"""What is passed between who knows the clocks of care and who knows whom they concern: plain tuples, many of them."""

from typing import NamedTuple


class Mark(NamedTuple):
    """A day from which beats count that are due at the same time, now, and how their first line would be placed."""

    rank: int
    since: str  # ISO day
    clock: str  # the first of them, as far as it is the same for all clients
    start: str  # what it counts from: a day, a day of every year ("12-24"), or a country
    fits: str  # the signing motives ("|image||": none counts as one) or the kind of occasion
    others: tuple[str, ...]  # beats whose clocks differ in nothing else: "care-2.holiday"


class Rhythm(NamedTuple):
    """Beats that count alike from the last touch, and whom they are for."""

    rank: int
    beats: tuple[str, ...]  # in order: "care.a-call"
    days: int  # between two touches; where it is months, the least that they can be
    planned: int  # a visit planned in so many days stands for them
    shorter: tuple[str, ...]  # beats that do not put them off; with any of them, no note does
    tags: tuple[tuple[str, bool], ...]  # of these clients: tags as they are kept, and whether it is a key account
    met: bool  # only where something was signed, or somebody was there, or called


class Candidate(NamedTuple):
    """A line that may be due, and how it would be placed among all; of several of one client the first."""

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
