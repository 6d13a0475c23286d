"""`salescoach contact`: the people at a client."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from salescoach.cli.lookup import confirm, find_client, find_contact, refuse_guess
from salescoach.cli.options import Json, Who
from salescoach.cli.result import Result
from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.language import say, visible
from salescoach.records.ids import BuyingRole, Stance, Style
from salescoach.records.models import Client, Contact
from salescoach.records.names import short_id

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(help="records.help-contact", no_args_is_help=True, add_completion=False)

ROLES: tuple[BuyingRole, ...] = get_args(BuyingRole)
Person = Annotated[str, typer.Argument(metavar="CLIENT/CONTACT", help="records.help-person-arg", show_default=False)]


@app.command("add", help="records.help-contact-add")
def add(
    ctx: typer.Context,
    client: Who,
    name: Annotated[str, typer.Argument(metavar="NAME", help="records.help-contact-name", show_default=False)],
    position: Annotated[str, typer.Option(help="records.help-position", show_default=False)] = "",
    department: Annotated[str, typer.Option(help="records.help-department", show_default=False)] = "",
    role: Annotated[list[str] | None, typer.Option(metavar="|".join(ROLES), help="records.help-role")] = None,
    stance: Annotated[Stance | None, typer.Option(help="records.help-stance")] = None,
    style: Annotated[Style | None, typer.Option(help="records.help-style")] = None,
    influence: Annotated[int | None, typer.Option(min=1, max=5, help="records.help-influence")] = None,
    alias: Annotated[list[str] | None, typer.Option(help="records.help-alias")] = None,
    mail: Annotated[str, typer.Option(help="records.help-mail", show_default=False)] = "",
    phone: Annotated[str, typer.Option(help="records.help-phone", show_default=False)] = "",
    as_json: Json = False,
) -> Result:
    """Keep a new contact."""
    store = ctx.obj.store()
    found = find_client(ctx.obj, client, may_add=True)
    contact = Contact(
        id=store.new_id(),
        client_id=found.id,
        name=name,
        aliases=tuple(alias or ()),
        position=position,
        department=department,
        roles=_roles(role or ()),
        stance=stance,
        style=style,
        influence=influence,
        mail=mail,
        phone=phone,
    )
    return _told(ctx.obj, "contact-added", found, store.contacts.add(contact), as_json)


@app.command("show", help="records.help-contact-show")
def show(ctx: typer.Context, contact: Person, as_json: Json = False) -> Result:
    """Everything about a person."""
    from salescoach.cli.gather import titles
    from salescoach.cli.sheets import contact_sheet
    from salescoach.cli.show import width

    session = ctx.obj
    client, found = find_contact(session, contact)
    seen = session.store().observations.of_contact(found.id)
    if as_json:
        return Result(document=_document(client, found) | {"observations": seen}, json=True)
    words = titles(session.library(), session.lang)
    born = [one for one in session.store().occasions.of(client.id) if one.contact_id == found.id]
    sheet = contact_sheet(client, found, seen, born, session.lang, words, width(sys.stdout))
    return Result(document={}, show=sheet)


@app.command("edit", help="records.help-contact-edit")
def edit(ctx: typer.Context, contact: Person, as_json: Json = False) -> Result:
    """Edit a person as YAML."""
    from salescoach.cli.editing import edit as edit_value

    session = ctx.obj
    client, found = find_contact(session, contact)
    contacts = session.store().contacts
    name, hidden = f"contact-{short_id(found.id)}", ("id", "client_id")
    saved = edit_value(session, name, found, lambda one: contacts.change(found, checked(one)), hidden)
    return _told(session, "contact-saved" if saved else "unchanged", client, saved or found, as_json)


@app.command("merge", help="records.help-contact-merge")
def merge(
    ctx: typer.Context,
    contact: Person,
    into: Annotated[str, typer.Argument(metavar="INTO", help="records.help-into-contact", show_default=False)],
    as_json: Json = False,
) -> Result:
    """Make two people at a client one."""
    session = ctx.obj
    client, gone = find_contact(session, contact)
    kept = _other(session, client, into)
    if not session.interactive:
        refuse_guess(gone, contact.rpartition("/")[2], f"{client.name}/{gone.name}")
        refuse_guess(kept, into.rpartition("/")[2], kept.name)
    elif not confirm(session, say("records.ask-merge", session.lang, gone=gone.name, name=kept.name), False):
        return _told(session, "unchanged", client, kept, as_json)
    session.store().backups.take("merge")
    from salescoach.cli.duplicates import saying

    merged = session.store().contacts.merge(gone.id, kept.id, saying(session))
    return _told(session, "contact-merged", client, merged, as_json, gone=gone.name)


def _other(session: "Session", client: Client, text: str) -> Contact:
    """The other person at the client, by their name alone or as CLIENT/CONTACT."""
    try:
        return session.store().contacts.find(client, text)
    except NotFoundError:
        if "/" not in text:
            raise
        return find_contact(session, text)[1]


@app.command("remove", help="records.help-contact-remove")
def remove(
    ctx: typer.Context,
    contact: Person,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="records.help-yes")] = False,
    as_json: Json = False,
) -> Result:
    """Delete a person with what was observed in them."""
    session = ctx.obj
    client, found = find_contact(session, contact)
    if yes:
        refuse_guess(found, contact.rpartition("/")[2], f"{client.name}/{found.name}")
    question = say("records.ask-remove-contact", session.lang, name=found.name, client=client.name)
    if not confirm(session, question, yes):
        return _told(session, "unchanged", client, found, as_json)
    session.store().contacts.remove(found.id)
    return _told(session, "contact-removed", client, found, as_json)


def _roles(given: Sequence[str]) -> tuple[BuyingRole, ...]:
    for role in given:
        if role not in ROLES:
            raise UsageError("role-unknown", given=role, choices=", ".join(ROLES))
    return tuple(role for role in ROLES if role in given)


def checked(contact: Contact) -> Contact:
    """
    A contact as it may be kept.

    Raises:
        InvalidError: An influence outside 1 to 5.
    """
    if contact.influence is not None and not 1 <= contact.influence <= 5:
        raise InvalidError("influence-range", given=contact.influence)
    return contact


def _document(client: Client, contact: Contact) -> dict[str, object]:
    return {"schema": "salescoach/contact@1", "client": client.name, "contact": contact}


def _told(session: "Session", key: str, client: Client, contact: Contact, as_json: bool, **facts: str) -> Result:
    shown = {name: visible(fact) for name, fact in facts.items()}
    text = say(f"records.{key}", session.lang, name=visible(contact.name), client=visible(client.name), **shown)
    return Result(document=_document(client, contact), show=text, json=as_json)
