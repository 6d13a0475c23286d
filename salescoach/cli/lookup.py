"""Whom a record command is about: a name becomes a client or a person, asking back where a terminal allows."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from salescoach.errors import NotFoundError, UsageError
from salescoach.language import say, visible
from salescoach.records.joining import means
from salescoach.records.models import Client, Contact

if TYPE_CHECKING:
    from salescoach.cli.context import Session

T = TypeVar("T")


def find_client(session: "Session", text: str, *, may_add: bool = False) -> Client:
    """
    The client that is meant. At a terminal the rep may pick one of the nearest, or add the name as it is.

    Raises:
        NotFoundError: None, or no clear one, and nobody picked.
    """
    store = session.store()

    def add() -> Client:
        return store.clients.add(Client(id=store.new_id(), name=text))

    return _asking_back(session, text, store.clients.find, add if may_add else None)


def find_contact(session: "Session", text: str) -> tuple[Client, Contact]:
    """
    The person meant by `CLIENT/CONTACT`.

    Raises:
        NotFoundError: As `find_client`.
        UsageError: Only a client is named.
    """
    client, contact = _asking_back(session, text, session.store().find_person, None)
    if contact is None:
        raise UsageError("contact-needed", given=text)
    return client, contact


def find_person(session: "Session", text: str, *, may_add: bool = False) -> tuple[Client, Contact | None]:
    """
    The client meant by `CLIENT` or `CLIENT/CONTACT`, and the contact where one is named.

    Raises:
        NotFoundError: As `find_client`.
    """
    store = session.store()

    def add() -> tuple[Client, Contact | None]:
        return store.clients.add(Client(id=store.new_id(), name=text)), None

    return _asking_back(session, text, store.find_person, add if may_add else None)


def contact_called(session: "Session", client: Client, name: str) -> Contact | None:
    """The person of that very name at this client; None where there is none: a guess would be somebody else."""
    try:
        return session.store().contacts.find(client, name, guess=False)
    except NotFoundError:
        return None


def newcomer(session: "Session", client: Client, name: str) -> Contact:
    """A contact of that name, added on the spot."""
    store = session.store()
    return store.contacts.add(Contact(id=store.new_id(), client_id=client.id, name=name))


def _asking_back(session: "Session", text: str, find: Callable[[str], T], add: Callable[[], T] | None) -> T:
    try:
        return find(text)
    except NotFoundError as error:
        shown = visible(text)
        names = [*map(visible, error.nearest), *([say("cli.add-client", session.lang, name=shown)] if add else [])]
        if not session.interactive or not names:
            raise
        from salescoach.walk.terminal import choose

        picked = choose(say("cli.who-is-meant", session.lang, name=shown), names, session.lang)
        if picked < len(error.nearest):
            return find(error.nearest[picked])
        assert add is not None  # there is one name more than the nearest only where it may be added
        return add()


def refuse_guess(record: Client | Contact, text: str, nearest: str) -> None:
    """
    What cannot be undone wants a name in full, an alias or an id: a beginning or something like it will not do.

    Raises:
        NotFoundError: The text is not a name of the record; `nearest` is.
    """
    if not means(record, text):
        raise NotFoundError("name-in-full", nearest=[nearest], given=text)


def confirm(
    session: "Session", question: str, yes: bool, *, picture: Sequence[str] = (), without: str = "remove-needs-yes"
) -> bool:
    """
    Ask once before something is deleted or replaced.

    Args:
        picture: Lines that show first what that would mean.
        without: The error where nobody can be asked.

    Raises:
        UsageError: Nobody is there to ask, and `--yes` was not given.
    """
    if yes:
        return True
    if not session.interactive:
        raise UsageError(without)
    from salescoach.cli.walking import tell
    from salescoach.walk import terminal

    for line in picture:
        tell(session, line)
    return terminal.confirm(question, session.lang)
