"""What one row or card of a file says, in our own terms, before it meets what is known."""

from datetime import date

from salescoach.errors import InvalidError
from salescoach.records.models import Client, Contact
from salescoach.shape import value


@value
class Arrival:
    """
    A client, or somebody at a client, as a file has them.

    Args:
        line: Where it begins in the file, from 1.
        client: What is said of the client; without an id, and without a name where only a person is named.
        contact: What is said of the person, without ids; None where only a client is named.
        birthday: The person's; of the year `NO_YEAR` where the file has none.
        uid: The id that one of our own exports gave it.
        noted: Fields of which the file says something that is no value of them, which went into remarks.
    """

    line: int
    client: Client
    contact: Contact | None = None
    birthday: date | None = None
    uid: str = ""
    noted: tuple[str, ...] = ()


@value
class Broken:
    """A row or card that cannot be read: where it begins, and why."""

    line: int
    error: InvalidError
