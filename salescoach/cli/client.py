"""`salescoach client`: companies, and persons who buy in their own name."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from salescoach.cli.lookup import confirm, find_client, refuse_guess
from salescoach.cli.options import Json, Who
from salescoach.cli.result import Result
from salescoach.errors import InvalidError
from salescoach.language import Lang, say, visible
from salescoach.records.ids import ClientKind, RelationshipStage
from salescoach.records.models import Client
from salescoach.records.names import short_id

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(help="records.help-client", no_args_is_help=True, add_completion=False)



@app.command("add", help="records.help-client-add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="records.help-name", show_default=False)],
    kind: Annotated[ClientKind, typer.Option(help="records.help-kind")] = "company",
    alias: Annotated[list[str] | None, typer.Option(help="records.help-alias")] = None,
    industry: Annotated[str, typer.Option(help="records.help-industry", show_default=False)] = "",
    country: Annotated[str, typer.Option(help="records.help-country", show_default=False)] = "",
    language: Annotated[Lang | None, typer.Option(help="records.help-language")] = None,
    stage: Annotated[RelationshipStage, typer.Option(help="records.help-stage")] = "developing",
    key_account: Annotated[bool, typer.Option("--key-account", help="records.help-key-account")] = False,
    tag: Annotated[list[str] | None, typer.Option(help="records.help-tag")] = None,
    as_json: Json = False,
) -> Result:
    """Keep a new client."""
    store = ctx.obj.store()
    client = Client(
        id=store.new_id(),
        name=name,
        kind=kind,
        aliases=tuple(alias or ()),
        industry=industry,
        country=country,
        language=language,
        stage=stage,
        key_account=key_account,
        tags=tuple(tag or ()),
    )
    return _told(ctx.obj, "client-added", store.clients.add(checked(client)), as_json)


@app.command("show", help="records.help-client-show")
def show(ctx: typer.Context, client: Who, as_json: Json = False) -> Result:
    """One screen about a client."""
    from salescoach.cli.sheets import client_document, client_sheet, known_of
    from salescoach.cli.show import width

    session = ctx.obj
    known = known_of(session, find_client(session, client))
    if as_json:
        return Result(document=client_document(known, session.today), json=True)
    return Result(document={}, show=client_sheet(known, session.today, session.lang, width(sys.stdout)))


@app.command("list", help="records.help-client-list")
def list_(
    ctx: typer.Context,
    duplicates: Annotated[bool, typer.Option("--duplicates", help="records.help-duplicates")] = False,
    as_json: Json = False,
) -> Result:
    """All clients by name, or those that may be the same."""
    if duplicates:
        from salescoach.cli.duplicates import listed

        return listed(ctx.obj, as_json)
    from salescoach.cli.show import width
    from salescoach.render.listing import listing

    lang = ctx.obj.lang
    clients = ctx.obj.store().clients.list()
    document = {"schema": "salescoach/clients@1", "clients": clients}
    if not clients:
        return Result(document=document, show=say("records.none-clients", lang), json=as_json)
    rows = [] if as_json else [_row(client, lang) for client in clients]
    return Result(document=document, show=listing(rows, width(sys.stdout)), json=as_json)


@app.command("edit", help="records.help-client-edit")
def edit(ctx: typer.Context, client: Who, as_json: Json = False) -> Result:
    """Edit a client as YAML."""
    from salescoach.cli.editing import edit as edit_value

    session = ctx.obj
    found = find_client(session, client)
    clients = session.store().clients
    name = f"client-{short_id(found.id)}"
    saved = edit_value(session, name, found, lambda one: clients.change(found, checked(one)), ("id",))
    return _told(session, "client-saved" if saved else "unchanged", saved or found, as_json)


@app.command("rename", help="records.help-client-rename")
def rename(
    ctx: typer.Context,
    client: Who,
    name: Annotated[str, typer.Argument(metavar="NAME", help="records.help-new-name", show_default=False)],
    as_json: Json = False,
) -> Result:
    """Give a client another name."""
    found = find_client(ctx.obj, client)
    renamed = ctx.obj.store().clients.rename(found.id, name)
    return _told(ctx.obj, "client-renamed", renamed, as_json, old=found.name)


@app.command("merge", help="records.help-client-merge")
def merge(
    ctx: typer.Context,
    client: Who,
    into: Annotated[str, typer.Argument(metavar="INTO", help="records.help-into", show_default=False)],
    as_json: Json = False,
) -> Result:
    """Make two clients one."""
    from salescoach.cli.duplicates import merge_clients

    gone, kept = find_client(ctx.obj, client), find_client(ctx.obj, into)
    if not ctx.obj.interactive:
        refuse_guess(gone, client, gone.name)
        refuse_guess(kept, into, kept.name)
    elif not confirm(ctx.obj, say("records.ask-merge", ctx.obj.lang, gone=gone.name, name=kept.name), False):
        return _told(ctx.obj, "unchanged", kept, as_json)
    ctx.obj.store().backups.take("merge")
    merged, more = merge_clients(ctx.obj, gone, kept)
    told = _told(ctx.obj, "client-merged", merged, as_json, gone=gone.name)
    return replace(told, show="\n".join([told.show, *more]))


@app.command("remove", help="records.help-client-remove")
def remove(
    ctx: typer.Context,
    client: Who,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="records.help-yes")] = False,
    as_json: Json = False,
) -> Result:
    """Delete a client with everything recorded about it."""
    session = ctx.obj
    store = session.store()
    found = find_client(session, client)
    if yes:
        refuse_guess(found, client, found.name)
    rooms = {"contacts": store.contacts, "visits": store.visits, "promises": store.promises, "notes": store.notes}
    counts = {name: len(room.of(found.id)) for name, room in rooms.items()}
    question = say("records.ask-remove-client", session.lang, name=found.name, **counts)
    if not confirm(session, question, yes):
        return _told(session, "unchanged", found, as_json)
    store.clients.remove(found.id)
    return _told(session, "client-removed", found, as_json)


def checked(client: Client) -> Client:
    """
    A client as it may be kept: the country in capitals.

    Raises:
        InvalidError: The country is not two letters.
    """
    country = client.country.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InvalidError("country-code", given=client.country)
    return replace(client, country=country)


def _told(session: "Session", key: str, client: Client, as_json: bool, **facts: str) -> Result:
    shown = {name: visible(fact) for name, fact in facts.items()}
    text = say(f"records.{key}", session.lang, name=visible(client.name), **shown)
    return Result(document={"schema": "salescoach/client@1", "client": client}, show=text, json=as_json)


def _row(client: Client, lang: Lang) -> list[str]:
    kind = say("records.kind-person", lang) if client.kind == "person" else ""
    key = say("records.key-account", lang) if client.key_account else ""
    words = [kind, key, client.industry, client.country, *client.tags, ", ".join(client.aliases)]
    stage = say(f"render.stage-{client.stage}", lang)
    return [client.name, stage, " · ".join(word for word in words if word)]
