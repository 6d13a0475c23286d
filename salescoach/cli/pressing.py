"""The first lines of care in a book of any size: the store names those who may come first, and only they are read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from salescoach.cli.care import REMEMBERED, care_books, feasts_of, touching, worded_lines
from salescoach.coach.care import by_client, one_a_client, pending, told_apart
from salescoach.coach.pressing import calendar, routine
from salescoach.records.pressing import Candidate

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.care import Books, Care, Pending, Touching

#: Candidates asked for at first for each client that is shown; each time that too few stood the test, four times more.
PAGE, MORE = 4, 4
#: Clients read at once.
BATCH = 400

#: So many candidates of one sort in their order, and up to which one none is left out; None where these are all.
Source = Callable[[int], tuple[list[Candidate], Candidate | None]]
Query = Callable[[int], list[Candidate]]


def care_first(session: "Session", clients: int) -> "list[Care]":
    """
    The most pressing line of care of each of the first so many clients: those that `care` shows first.

    An id may be as short as that of a line further down, which is not looked at: `care done` then asks which is meant.
    """
    books = care_books(session)
    looked = _Looked(session, books)
    tries = (looked.until(reached) for reached in _reached(session, books, looked, clients))
    enough = next((shown for shown in tries if len(shown) >= clients), None)
    shown = (enough or looked.until(None))[:clients]
    lines = one_a_client(told_apart(line for group in shown for line in group))
    return worded_lines(session, books, [(looked.known[line.client.id], line) for line in lines])


class _Looked:
    """The clients that were looked at, and what is due of them."""

    def __init__(self, session: "Session", books: "Books") -> None:
        self.session, self.books = session, books
        self.known: dict[str, Touching] = {}
        self.lines: list[Pending] = []

    def at(self, ids: Sequence[str]) -> None:
        """Look at some clients, those that are new."""
        new = [one for one in dict.fromkeys(ids) if one not in self.known]
        for start in range(0, len(new), BATCH):
            clients = self.session.store().clients.these(new[start : start + BATCH])
            for one in touching(self.session, self.books, 0, clients):
                self.known[one.client.id] = one
                self.lines += pending(self.books, one, self.session.today)

    def until(self, last: Candidate | None) -> "tuple[tuple[Pending, ...], ...]":
        """What is due, client by client: those whose place no client can take any more that was not looked at."""
        return tuple(group for group in by_client(self.lines) if last is None or _place(group[0]).place <= last.place)


def _place(line: "Pending") -> Candidate:
    one = line.client
    return Candidate(line.rank, one.key_account, line.since.isoformat(), one.name, one.id, line.clock)


def _reached(session: "Session", books: "Books", looked: _Looked, clients: int) -> Iterator[Candidate]:
    """Look at more and more clients; each time the last candidate before which nobody is left out."""
    for source in _sources(session, books):
        most = PAGE * clients
        while True:
            found, last = source(most)
            looked.at([one.client_id for one in found])
            if last is None:
                break
            yield last
            most *= MORE


def _sources(session: "Session", books: "Books") -> Iterator[Source]:
    """Every sort of line, the most pressing first; what comes of a later one comes after all of an earlier."""
    store, today = session.store(), session.today
    remembered = today - timedelta(days=REMEMBERED)
    feasts = feasts_of(session, store.pressing.countries(), books, 0)
    days = {column: store.pressing.days(column) for column in ("signed", "ends")}
    for tier in calendar(books.timelines, feasts, days, today):
        yield partial(_first_of, [partial(store.pressing.of_marks, tier.starts, tier.marks, today, remembered)])
    rhythms = routine(books.timelines, store.clients.taggings())
    for _, alike in groupby(rhythms, key=lambda one: one.rank):
        yield partial(_first_of, [partial(store.pressing.of_rhythm, one, today, remembered) for one in alike])


def _first_of(queries: Sequence[Query], most: int) -> tuple[list[Candidate], Candidate | None]:
    """So many candidates of each query, and up to which one none is left out; None where these are all."""
    found = [query(most) for query in queries]
    ends = (some[-1] for some in found if len(some) == most)
    return [one for some in found for one in some], min(ends, key=lambda one: one.place, default=None)
