"""Records that may be about the same: the same mail, the same number, or a name that is nearly the same.

Names are compared with their neighbours in the order of their letters, forwards and backwards, so that a book of any
size is looked through in moments: two names that begin or end alike meet.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import date
from itertools import combinations
from typing import Literal, TypeVar

from salescoach.records.models import Client, Contact
from salescoach.records.names import entered_on, fold, loosen
from salescoach.shape import value

Why = Literal["mail", "phone", "name"]
R = TypeVar("R", Client, Contact)
#: Neighbours that a name is compared with.
REACH = 4
#: From here on two names are nearly the same, of 100; and so many letters they have at least.
NEARLY, LETTERS, CHARACTERS = 88.0, 6, 4
#: So many people with one number or mail share a switchboard, and are not one.
SHARED = 4
EXTENSION = re.compile(r"(?:ext\.?|x|转|分机|#)\s*\d+.*$", re.IGNORECASE)
#: The last digits of a number tell it, whatever stands before them for country and trunk.
TELLING, SHORT = 10, 6


@value
class Pair:
    """
    Two that may be one.

    Args:
        gone: Whom merging would take away.
        kept: Who would stay.
        why: What they have in common.
    """

    gone: Client | Contact
    kept: Client | Contact
    why: Why

    @property
    def apart(self) -> bool:
        """They are at two clients, so they cannot be merged."""
        return isinstance(self.gone, Contact) and self.gone.client_id != getattr(self.kept, "client_id", "")


def digits(phone: str) -> str:
    """A number as it is compared; "" where it has too few digits to tell anybody."""
    plain = "".join(char for char in EXTENSION.sub("", phone) if char.isdigit() and char.isascii()).lstrip("0")
    return plain[-TELLING:] if len(plain) >= SHORT else ""


def another(one: Contact, other: Contact) -> bool:
    """Mail or number differ and neither is the same: of one name, these are two people."""
    told = [same for same in _reach(one, other) if same is not None]
    return bool(told) and not any(told)


def _reach(one: Contact, other: Contact) -> tuple[bool | None, bool | None]:
    """Whether mail and number are the same; None where one of the two has none."""
    pairs = [(_mail(one), _mail(other)), (digits(one.phone), digits(other.phone))]
    mail, phone = (mine == theirs if mine and theirs else None for mine, theirs in pairs)
    return mail, phone


def _mail(one: Contact) -> str:
    return one.mail.strip().casefold()


def duplicates(
    clients: Sequence[Client], contacts: Sequence[Contact], among: Collection[str] | None = None
) -> list[Pair]:
    """
    The pairs that may be one: clients among all, people at the same client, and persons who are clients; and people at
    two clients with the same mail or number, who are not to be merged while the clients are two (`Pair.apart`).

    Args:
        among: Ids of which one must be in a pair; None for all pairs.

    Returns:
        Clients first, by name; people at two clients last.
    """
    owned: dict[str, list[Contact]] = {}
    for one in contacts:
        owned.setdefault(one.client_id, []).append(one)
    looked = among if among is None else frozenset(among)
    people = (owned[client.id] for client in clients if len(owned.get(client.id, ())) > 1)
    if looked is not None:
        people = (group for group in people if any(one.id in looked for one in group))
    firms = list(_clients(clients, owned))
    found = [*firms, *(pair for group in people for pair in _people(group)), *_across(clients, contacts, firms)]
    return [pair for pair in found if looked is None or pair.gone.id in looked or pair.kept.id in looked]


def _clients(clients: Sequence[Client], owned: dict[str, list[Contact]]) -> Iterator[Pair]:
    persons = [one for one in clients if one.kind == "person"]
    companies = [one for one in clients if one.kind != "person"]
    selves = {person.id: own[0] for person in persons if (own := owned.get(person.id))}
    by_id = {one.id: one for one in persons}
    alike = ((by_id[one.client_id], by_id[other.client_id], why) for one, other, why in _reached(selves.values()))
    near = (
        pair
        for pair in _near(persons, True)
        if not (pair[0].id in selves and pair[1].id in selves and _unlike(selves[pair[0].id], selves[pair[1].id]))
    )
    yield from _pairs([*alike, *_near(companies, False), *near])


def _people(contacts: Sequence[Contact]) -> Iterator[Pair]:
    near = (pair for pair in _near(contacts, True) if not _unlike(pair[0], pair[1]))
    yield from _pairs([*_reached(contacts), *near])


def _across(clients: Sequence[Client], contacts: Sequence[Contact], firms: Sequence[Pair]) -> Iterator[Pair]:
    """People at two clients, unless the clients are a pair themselves: merged, they are looked at again."""
    paired = {frozenset((pair.gone.id, pair.kept.id)) for pair in firms}
    here = {client.id for client in clients}
    yield from _pairs(
        found
        for found in _reached([one for one in contacts if one.client_id in here])
        if found[0].client_id != found[1].client_id
        and frozenset((found[0].client_id, found[1].client_id)) not in paired
    )


def _unlike(one: Contact, other: Contact) -> bool:
    """Both mail and number are known and differ: a name that is nearly the same says nothing then."""
    return _reach(one, other) == (False, False)


def _pairs(found: Iterable[tuple[Client | Contact, Client | Contact, Why]]) -> list[Pair]:
    """Each pair once, for its strongest reason; see `_standing` for which of the two stays."""
    pairs: dict[tuple[str, str], Pair] = {}
    for one, other, why in found:
        kept, gone = sorted((one, other), key=_standing)
        if kept.id != gone.id:
            pairs.setdefault((kept.id, gone.id), Pair(gone=gone, kept=kept, why=why))
    return sorted(pairs.values(), key=lambda pair: (pair.kept.name, pair.gone.name, pair.kept.id, pair.gone.id))


def _standing(one: Client | Contact) -> tuple[int, date, int, str, str]:
    """
    The record that says more stays; of two as full the one of the earlier day; of one day, the one with the fuller
    name: ids of a moment are chance.
    """
    said = sum(getattr(one, field.name) != field.default for field in fields(one) if field.default is not MISSING)
    return -said, entered_on(one.id) or date.min, -len(one.name), one.name, one.id


def _reached(contacts: Iterable[Contact]) -> Iterator[tuple[Contact, Contact, Why]]:
    """Pairs with the same mail or number."""
    by_mail: dict[str, list[Contact]] = {}
    by_phone: dict[str, list[Contact]] = {}
    for one in contacts:
        by_mail.setdefault(_mail(one), []).append(one)
        by_phone.setdefault(digits(one.phone), []).append(one)
    ways: tuple[tuple[dict[str, list[Contact]], Why], ...] = ((by_mail, "mail"), (by_phone, "phone"))
    for groups, why in ways:
        for same, group in groups.items():
            if same and len(group) < SHARED:
                yield from ((one, other, why) for one, other in combinations(group, 2))


def _near(records: Sequence[R], person: bool) -> Iterator[tuple[R, R, Why]]:
    """Pairs whose names are nearly the same, or of people the same words in another order."""
    if len(records) < 2:
        return
    spelled = [(loosen(one.name), one) for one in records]
    orders: list[Callable[[tuple[str, R]], tuple[str, str]]] = [
        lambda each: (each[0], each[1].id),
        lambda each: (each[0][::-1], each[1].id),
    ]
    for order in orders:
        row = sorted(spelled, key=order)
        for at, (name, one) in enumerate(row):
            yield from ((one, two, "name") for other, two in row[at + 1 : at + 1 + REACH] if _alike(name, other))
    if person:
        words: dict[str, R] = {}
        for one in records:
            other = words.setdefault(" ".join(sorted(fold(one.name).replace(",", " ").split())), one)
            if other is not one:
                yield other, one, "name"


def _alike(one: str, other: str) -> bool:
    """Nearly the same: equal but for the legal form, or one slip in a long name; another number is no slip."""
    if one == other:
        return True
    if min(len(one), len(other)) < (LETTERS if one.isascii() else CHARACTERS):
        return False
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= NEARLY
