"""The whole book out and in: what `export --as json` writes and `import --as json` reads."""

from collections.abc import Generator
from typing import TYPE_CHECKING

from salescoach.cli import show
from salescoach.exchange.tally import Failure, Tally
from salescoach.language import say

if TYPE_CHECKING:
    from salescoach.cli.context import Session


def pieces(session: "Session") -> Generator[bytes, None, None]:
    """The document of the whole book, as it is at one moment; read as it is written, whatever its size."""
    from salescoach import __version__
    from salescoach.exchange.archive import written
    from salescoach.records.book import PARTS
    from salescoach.records.me import Me

    if not session.has_store():
        yield from written(Me(), [(name, ()) for name in PARTS], session.today, __version__)
        return
    from salescoach.store.whole import parts

    store = session.store()
    with store.connection.reading():
        yield from written(store.me.get(), parts(store), session.today, __version__)


def count(session: "Session") -> int:
    """How many records the book has, who the rep is apart."""
    from salescoach.records.book import PARTS

    if not session.has_store():
        return 0
    return sum(getattr(session.store(), name).count() for name in PARTS)


def bring_in(session: "Session", raw: bytes, dry_run: bool, keep_going: bool) -> Tally:
    """
    Bring in a document that `export --as json` wrote.

    Raises:
        InvalidError: It is no such document, or one of a newer kind; nothing was brought in.
        StoreError: It could not be kept.
    """
    from salescoach.cli.progress import counted
    from salescoach.exchange.archive import Archive
    from salescoach.store.whole import bring_in as take

    archive = Archive(raw)
    with counted(say("importing.progress", session.lang), archive.count) as told:
        brought = take(session.store(), archive, dry_run=dry_run, keep_going=keep_going, seen=told)
    lines = archive.lines((name, at) for name, at, _ in brought.failures)
    failures = [
        Failure(line=line, why=show.message(error, session.lang))
        for line, (_, _, error) in zip(lines, brought.failures, strict=True)
    ]
    return Tally(
        created=brought.created,
        updated=brought.updated,
        skipped=brought.skipped,
        failed=brought.failed,
        failures=tuple(failures),
        saved=brought.saved,
    )
