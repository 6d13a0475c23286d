"""What goes with two clients, or two people, that become one: who stands at both, and whose birthday is when."""

from dataclasses import replace

from salescoach.records.account import NO_YEAR, Occasion
from salescoach.records.duplicates import another
from salescoach.records.joining import Saying, name_apart
from salescoach.records.models import Client, Contact
from salescoach.records.names import MAX_LENGTH, fold, short_id
from salescoach.store.accounts import Occasions
from salescoach.store.connection import Connection
from salescoach.store.contacts import Contacts, known_as

#: Whose a day is: the client's id, and the person's there or nobody's.
Owner = tuple[str, str | None]


def join_people(connection: Connection, gone: Client, kept: Client, saying: Saying | None) -> None:
    """
    Before two clients become one: of the people at both, those of one name become one, unless mail or number say that
    they are two; then the one who comes is called by a name that tells them apart. Two persons who are one are so as
    their own contacts too.
    """
    contacts = Contacts(connection)
    persons = gone.kind == kept.kind == "person"
    for one in contacts.of(gone.id):
        here = contacts.of(kept.id)
        named = [other for other in here if fold(other.name) == fold(one.name)]
        alike = [*named, *(other for other in here if other not in named and _alike(one, other))]
        selves = [other for other in here if persons and _is(one, gone) and _is(other, kept)]
        same = next(iter([*selves, *(other for other in alike if not another(one, other))]), None)
        if same:
            contacts.join(one, same, saying)
        elif alike:
            taken = {fold(name) for other in here for name in known_as(other)}
            contacts.save(_apart(one, taken))


def one_birthday(connection: Connection, gone: Owner, kept: Owner) -> list[tuple[str, str]]:
    """
    Where both have a birthday, the kept one's stays; of one day, whichever has a year.

    Returns:
        The field and the day that went and is told nowhere else.
    """
    occasions = Occasions(connection)
    theirs, ours = (_birthdays(occasions, *owner) for owner in (gone, kept))
    lost = []
    for one in theirs if ours else ():
        occasions.remove(one.id)
        first = ours[0]
        if _day(one) == _day(first) and NO_YEAR in (one.day.year, first.day.year):
            ours[0] = occasions.save(replace(first, day=max(one.day, first.day)))
        elif one.day != first.day:
            lost.append(("birthday", f"--{one.day:%m-%d}" if one.day.year == NO_YEAR else one.day.isoformat()))
    return lost


def _birthdays(occasions: Occasions, client_id: str, contact_id: str | None) -> list[Occasion]:
    return [one for one in occasions.of(client_id) if one.kind == "birthday" and one.contact_id == contact_id]


def _day(one: Occasion) -> tuple[int, int]:
    return one.day.month, one.day.day


def _alike(one: Contact, other: Contact) -> bool:
    return not {fold(name) for name in known_as(one)}.isdisjoint(map(fold, known_as(other)))


def _is(contact: Contact, client: Client) -> bool:
    """The contact is the person who is the client."""
    return fold(contact.name) == fold(client.name)


def _apart(contact: Contact, taken: set[str]) -> Contact:
    """The contact with names that are nobody else's."""
    end = f" ({short_id(contact.id)})"
    names = (contact.name, name_apart(contact), f"{contact.name[: MAX_LENGTH - len(end)]}{end}")
    name = next((one for one in names if fold(one) not in taken and len(one) <= MAX_LENGTH), names[-1])
    aliases = tuple(alias for alias in contact.aliases if fold(alias) not in taken)
    return replace(contact, name=name, aliases=aliases)
