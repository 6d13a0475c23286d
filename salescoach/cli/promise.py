"""`salescoach promise`: who owes what by when, theirs and ours."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from salescoach.cli.lookup import find_client
from salescoach.cli.options import Json, Who
from salescoach.cli.result import Result
from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.language import Lang, say, visible
from salescoach.records.models import Client, Promise
from salescoach.records.names import short_id

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(help="records.help-promise", no_args_is_help=True, add_completion=False)

Id = Annotated[str, typer.Argument(metavar="ID", help="records.help-promise-id", show_default=False)]


@app.command("list", help="records.help-promise-list")
def list_(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="[CLIENT]", help="records.help-client-arg", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="records.help-all")] = False,
    as_json: Json = False,
) -> Result:
    """Promises, the most urgent first."""
    from salescoach.cli.sheets import client_names, promise_rows
    from salescoach.cli.show import width
    from salescoach.render.listing import listing

    session = ctx.obj
    found = find_client(session, client) if client else None
    promises = _wanted(session, found, everything)
    names = client_names(session.store(), promises)
    listed = [{"client": names[one.client_id], "promise": one} for one in promises]
    document = {"schema": "salescoach/promises@1", "promises": listed}
    if not promises:
        return Result(document=document, show=say("records.none-promises", session.lang), json=as_json)
    rows = promise_rows(promises, {} if found else names, session.today, session.lang)
    return Result(document=document, show=listing(rows, width(sys.stdout)), json=as_json)


def _wanted(session: "Session", client: Client | None, everything: bool) -> list[Promise]:
    promises = session.store().promises
    if client is None:
        found: list[Promise] = promises.list() if everything else promises.open()
        return found
    return list(promises.of(client.id) if everything else promises.open_of(client.id))


@app.command("add", help="records.help-promise-add")
def add(
    ctx: typer.Context,
    client: Who,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="records.help-what", show_default=False)],
    by: Annotated[str | None, typer.Option(metavar="DATE", help="records.help-by")] = None,
    theirs: Annotated[bool, typer.Option("--theirs", help="records.help-theirs")] = False,
    who: Annotated[str, typer.Option(metavar="NAME", help="records.help-who", show_default=False)] = "",
    as_json: Json = False,
) -> Result:
    """Record a promise."""
    session = ctx.obj
    if not what.strip():
        raise InvalidError("text-empty")
    day = None
    if by is not None:
        from salescoach.walk.dates import parse_date

        day = parse_date(by, session.today)
    found = find_client(session, client, may_add=True)
    store = session.store()
    promise = Promise(
        id=store.new_id(),
        client_id=found.id,
        owner="theirs" if theirs else "ours",
        who=_who(session, found, theirs, who.strip()),
        what=what.strip(),
        by=day,
    )
    return _told(session, "promise-added", found, store.promises.add(promise), as_json)


def _who(session: "Session", client: Client, theirs: bool, name: str) -> str:
    """The name as it is recorded: a contact's own where one is meant, the rep's where nobody is named."""
    store = session.store()
    if not name:
        return "" if theirs else store.me.get().name
    if not theirs:
        return name
    try:
        return store.contacts.find(client, name, guess=False).name
    except NotFoundError:
        return name


@app.command("done", help="records.help-promise-done")
def done(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """A promise was kept."""
    return _end(ctx.obj, identifier, "promise-done", as_json)


@app.command("drop", help="records.help-promise-drop")
def drop(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """A promise no longer matters."""
    return _end(ctx.obj, identifier, "promise-drop", as_json)


def _end(session: "Session", identifier: str, key: str, as_json: bool) -> Result:
    promises = session.store().promises
    if promises.get(identifier).state != "open":
        raise UsageError("promise-closed")
    end = promises.close if key == "promise-done" else promises.drop
    promise = end(identifier, session.today)
    return _told(session, key, session.store().clients.get(promise.client_id), promise, as_json)


def _told(session: "Session", key: str, client: Client, promise: Promise, as_json: bool) -> Result:
    lang: Lang = session.lang
    from salescoach.render.lines import promise_line

    facts = {
        "line": visible(promise_line(promise, session.today, lang)),
        "what": visible(promise.what),
        "id": short_id(promise.id),
    }
    document = {"schema": "salescoach/promise@1", "client": client.name, "promise": promise}
    return Result(document=document, show=say(f"records.{key}", lang, **facts), json=as_json)
