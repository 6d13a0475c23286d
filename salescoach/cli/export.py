"""`salescoach export`: the records for other programs."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescoach.cli.lookup import confirm
from salescoach.cli.output import bytes_to_stdout, save, write_file
from salescoach.cli.result import Result
from salescoach.errors import UsageError
from salescoach.language import say, visible

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.exchange.ics import Entry

app = typer.Typer(add_completion=False)
#: What the records can be written as.
Format = Literal["json", "csv", "vcard", "ics", "md"]


@app.command(help="export.help")
def export(
    ctx: typer.Context,
    as_: Annotated[Format | None, typer.Option("--as", help="export.as", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="export.output")] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="CLIENT/CONTACT", help="export.person", show_default=False)
    ] = None,
) -> Result:
    """Write the file to stdout, or to a file and say so."""
    session: Session = ctx.obj
    if person is not None and as_ not in (None, "json"):
        raise UsageError("export-person-as")
    if not _may_write(session, output):
        return Result(document={}, show=say("export.kept", session.lang, path=visible(str(output))))
    if person is not None:
        from salescoach.cli.person import held

        return held(session, person, as_json=as_ == "json", output=output)
    if as_ == "md":
        from salescoach.cli.folder import write_folder

        return write_folder(session, output)
    if as_ in (None, "json"):
        return _whole(session, output)
    if as_ in ("csv", "vcard"):
        from salescoach.cli.people import export_people

        return export_people(session, as_, output)
    from salescoach.exchange.ics import calendar

    entries = _entries(session) if session.has_store() else []
    written = calendar(entries, _now(session))
    if output is None:
        bytes_to_stdout([written])
        return Result(document={})
    write_file(output, written)
    key = "export.written" if entries else "export.nothing"
    return Result(document={}, show=say(key, session.lang, count=len(entries), path=output))


def _may_write(session: "Session", output: Path | None) -> bool:
    """A file that is there is written over: at a terminal when the rep agrees, else as scripts expect."""
    if output is None or not session.interactive or not output.is_file():
        return True
    return confirm(session, say("export.ask-over", session.lang, path=output.name), yes=False)


def _whole(session: "Session", output: Path | None) -> Result:
    from salescoach.cli import archive

    with closing(archive.pieces(session)) as pieces:  # what they read is let go, however writing them ends
        if output is None:
            bytes_to_stdout(pieces)
            return Result(document={})
        save(output, pieces)
    return Result(document={}, show=say("export.whole", session.lang, count=archive.count(session), path=output))


def _entries(session: "Session") -> "list[Entry]":
    """Everything with a day, by day."""
    from salescoach.cli.gather import titles
    from salescoach.exchange import ics

    store, today, lang = session.store(), session.today, session.lang
    clients, visits = {one.id: one for one in store.clients.list()}, store.visits.list()
    contacts = {one.id: one for one in store.contacts.list()}
    purposes = titles(session.library(), lang)
    entries = [
        *ics.promised(store.promises.list(), clients, today, lang),
        *ics.planned(visits, clients, contacts, purposes, today, lang),
        *ics.contacts_agreed(visits, clients, today, lang),
        *ics.ending(store.contracts.list(), clients, today, lang),
        *ics.occasions(store.occasions.list(), clients, contacts, today, lang),
    ]
    return sorted(entries, key=lambda one: (one.day, one.id))


def _now(session: "Session") -> datetime:
    """Now; where the day is fixed (SALESCOACH_TODAY) that day's start, so that the same is written again."""
    now = datetime.now(UTC)
    if session.today == now.astimezone().date():
        return now.replace(microsecond=0)
    return datetime(session.today.year, session.today.month, session.today.day, tzinfo=UTC)
