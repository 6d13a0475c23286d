"""The whole book: read out part by part, and brought in from a document in one transaction."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from salescoach.errors import InvalidError
from salescoach.records.book import PARTS, Book
from salescoach.records.me import Me
from salescoach.records.models import Client
from salescoach.shape import value
from salescoach.store.store import Store

PAGE = 1000

#: Where in its part a record stands, and the record or why it cannot be used.
Read = tuple[int, Any]
#: Part, place in it, why it could not be kept.
Failed = tuple[str, int, InvalidError]


class Incoming(Protocol):
    """A book that comes in."""

    @property
    def me(self) -> Me | None:
        """The rep, if the book says."""

    def size(self, name: str) -> int:
        """How many records a part has."""

    def batches(self, name: str) -> Iterator[list[Read]]:
        """The records of a part; may be asked for again."""


@value
class Brought:
    """What became of the records that came in; of those that could not be kept, the first ones with the reason."""

    created: int
    updated: int
    skipped: int
    failed: int
    failures: tuple[Failed, ...]
    saved: bool


def parts(store: Store) -> Iterator[tuple[str, Iterator[Any]]]:
    """Every part of the book with its records by id, read as they are asked for. Use it inside `reading`."""
    return ((name, _all(store, name)) for name in PARTS)


def book(store: Store) -> Book:
    """The whole book at one moment, in memory."""
    with store.connection.reading():
        held = {name: tuple(records) for name, records in parts(store)}
        return Book(me=store.me.get(), **held)


def of_client(store: Store, client: Client) -> Book:
    """One client, and what belongs to it, each sort by id; walks begun for its visits too."""
    held: dict[str, Any] = {
        name: tuple(getattr(store, name).of_these([client.id]))
        for name, holds in PARTS.items()
        if "client_id" in holds.__dataclass_fields__
    }
    subjects = [client.id, *(one.id for one in held["visits"])]
    drafts = tuple(draft for subject in subjects for draft in store.drafts.about(subject))
    return Book(clients=(client,), drafts=drafts, **held)


def about_nobody(store: Store) -> Book:
    """What is about no client: the rep, practice, sentences without a topic, crises and walks of the rep's own."""
    subjects = {one.subject for one in store.drafts.list()}
    about = {*store.clients.called(subjects), *(one.id for one in store.visits.exactly(sorted(subjects)))}
    return Book(
        me=store.me.get(),
        crises=tuple(one for one in store.crises.list() if one.client_id is None),
        exercises=tuple(store.exercises.list()),
        unmatched=tuple(store.unmatched.list()),
        drafts=tuple(one for one in store.drafts.list() if one.subject not in about),
    )


def _all(store: Store, name: str) -> Iterator[Any]:
    shelf, last = getattr(store, name), ""
    while page := shelf.after(last, PAGE):
        yield from page
        last = page[-1].id


def bring_in(
    store: Store,
    incoming: Incoming,
    *,
    dry_run: bool = False,
    keep_going: bool = False,
    seen: Callable[[int], object] = lambda _: None,
) -> Brought:
    """
    Bring a book in, in one transaction: what is not there is made, what is there and different is changed.

    Records are the same by id. A client of the same name under another id is the same client (a colleague's book, or
    one that came as CSV), and so is a person of the same name there: what belongs to them comes to the one here.

    Args:
        dry_run: Only see what would become of it.
        keep_going: Keep the rest where a record cannot be kept; otherwise nothing is.
        seen: Told how many more records have been dealt with, as it goes on.
    """
    from salescoach.store.taking import Taking

    taking = Taking(store, seen)
    saved = False
    try:
        with store.transaction():
            taking.take(incoming)
            if dry_run or (taking.failed and not keep_going):
                raise _TakenBack
        saved = True
    except _TakenBack:
        pass
    return Brought(
        created=taking.created,
        updated=taking.updated,
        skipped=taking.skipped,
        failed=taking.failed,
        failures=tuple(taking.failures),
        saved=saved,
    )


class _TakenBack(Exception):  # noqa: N818 - it is no error
    """Nothing of it shall stay."""
