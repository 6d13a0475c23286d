"""Who is meant: a name on the command line becomes a client and a contact; at a terminal the rep may pick or add."""

from typing import TYPE_CHECKING

from salescoach.errors import NotFoundError
from salescoach.language import say, visible
from salescoach.records.models import Client, Contact

if TYPE_CHECKING:
    from salescoach.cli.context import Session


def find_person(session: "Session", text: str) -> tuple[Client, Contact | None]:
    """
    The client, and the contact where one is named.

    Raises:
        NotFoundError: Unknown or ambiguous, and there is nobody to ask.
    """
    try:
        return session.store().find_person(text)
    except NotFoundError as error:
        if not session.interactive:
            raise
        return _pick_or_add(session, text, error)


def _pick_or_add(session: "Session", text: str, error: NotFoundError) -> tuple[Client, Contact | None]:
    """The rep's choice among the nearest three, or a new client of that name."""
    from salescoach.walk.terminal import choose

    add = say("cli.add-client", session.lang, name=visible(text))
    asked = say("cli.who-is-meant", session.lang, name=visible(text))
    picked = choose(asked, [*map(visible, error.nearest), add], session.lang)
    if picked < len(error.nearest):
        return session.store().find_person(error.nearest[picked])
    store = session.store()
    return store.clients.add(Client(id=store.new_id(), name=text)), None


def find_contact(session: "Session", client: Client, name: str) -> Contact | None:
    """The person a name means at this client; None where it clearly means nobody known."""
    try:
        return session.store().contacts.find(client, name, guess=False)
    except NotFoundError:
        return None


def newcomer(session: "Session", client: Client, name: str) -> Contact:
    """A contact of that name, added on the spot."""
    store = session.store()
    return store.contacts.add(Contact(id=store.new_id(), client_id=client.id, name=name))
