"""What has a day, as iCalendar (RFC 5545): promises of both sides, planned visits, next contacts, ends of contracts,
birthdays and other days to remember.

An entry's UID is the id of its record (of a next contact the id of the visit that agreed on it, with an ending), so
that a second export updates what the first one made. No revisions are kept; every export counts as newer than the
last: DTSTAMP and SEQUENCE are the moment of the export. What came to nothing is sent along as cancelled for a month,
since a calendar keeps what is merely left out.
"""

from calendar import isleap
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from salescoach.language import Lang, say, visible
from salescoach.records.account import Contract, Occasion, has_year
from salescoach.records.models import Client, Contact, Promise, Step, Visit
from salescoach.shape import value

if TYPE_CHECKING:
    from icalendar import Event

#: So long what ended is still exported, as cancelled.
KEPT = timedelta(days=30)
#: The format knows no larger number.
LAST_SEQUENCE = 2**31 - 1
#: SEQUENCE counts seconds from here: it fits the 31 bits that calendars have for it until 2088.
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
#: Follows the id of the visit that agreed on a next contact.
NEXT = "-next"
#: States of a visit that did not come about.
OFF = ("cancelled", "not-held")


@value
class Entry:
    """One all-day entry of a calendar."""

    id: str
    day: date
    title: str
    about: str = ""
    cancelled: bool = False
    yearly: bool = False


def calendar(entries: Iterable[Entry], now: datetime) -> bytes:
    """
    The file: UTF-8, CRLF, lines of at most 75 octets.

    Args:
        now: The moment of the export, with its time zone.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//salescoach//salescoach//EN")
    made.add("version", "2.0")
    for entry in entries:
        made.add_component(_event(entry, now.astimezone(UTC)))
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.id}@salescoach")
    event.add("dtstamp", now)
    event.add("sequence", min(max(0, int((now - BEGINNING).total_seconds())), LAST_SEQUENCE))
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        event.add("dtend", entry.day + timedelta(days=1))
    if entry.yearly:  # of February the last day: the 29th comes once in four years
        leap = (entry.day.month, entry.day.day) == (2, 29)
        event.add("rrule", {"freq": "yearly"} | ({"bymonth": 2, "bymonthday": -1} if leap else {}))
    event.add("summary", _plain(entry.title))
    if entry.about:
        event.add("description", "\n".join(_plain(line) for line in entry.about.split("\n")))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # the hour is not known: the day stays free
    return event


def _plain(text: str) -> str:
    """On one line, without anything that could end it; what UTF-8 cannot hold stands as an escape."""
    return " ".join(visible(text).split())


def promised(promises: Iterable[Promise], clients: Mapping[str, Client], today: date, lang: Lang) -> list[Entry]:
    """Promises with a date: those that are open, and as cancelled those that were closed within a month."""
    return [
        Entry(id=one.id, day=one.by, title=_promise(one, clients, lang), cancelled=one.state != "open")
        for one in promises
        if one.by is not None and (one.state == "open" or _lately(one.closed_on, today))
    ]


def _promise(one: Promise, clients: Mapping[str, Client], lang: Lang) -> str:
    who = one.who or say("render.they", lang)
    key = "ours" if one.owner == "ours" else "theirs"
    return say(f"export.{key}", lang, client=_name(clients, one.client_id), who=who, what=one.what)


def planned(
    visits: Iterable[Visit],
    clients: Mapping[str, Client],
    contacts: Mapping[str, Contact],
    purposes: Mapping[str, str],
    today: date,
    lang: Lang,
) -> list[Entry]:
    """
    Planned visits from a month ago on; those that did not come about as cancelled.

    Args:
        purposes: Their titles in the rep's language.
    """
    return [
        Entry(
            id=one.id,
            day=one.when,
            title=_visit(one, clients, purposes, lang),
            about=_about(one, contacts, lang),
            cancelled=one.status in OFF,
        )
        for one in visits
        if one.status in ("planned", *OFF) and one.when >= _since(today)
    ]


def _visit(one: Visit, clients: Mapping[str, Client], purposes: Mapping[str, str], lang: Lang) -> str:
    client, purpose = _name(clients, one.client_id), purposes.get(one.purpose or "", "")
    return say("export.visit" if purpose else "export.visit-bare", lang, client=client, purpose=purpose)


def _about(one: Visit, contacts: Mapping[str, Contact], lang: Lang) -> str:
    """Whom, and what to ask for."""
    names = say("walk.between", lang).join(contacts[id_].name for id_ in one.contact_ids if id_ in contacts)
    lines = [say("export.people", lang, names=names)] if names else []
    step: Step | None = one.plan.primary_advance if one.plan else None
    if step is not None and step.what:
        lines.append(say("export.step", lang, who=step.who or say("render.they", lang), what=step.what))
    return "\n".join(lines)


def contacts_agreed(visits: Iterable[Visit], clients: Mapping[str, Client], today: date, lang: Lang) -> list[Entry]:
    """
    The next contacts that debriefs agreed on, from a month ago on; cancelled where another visit was held before that
    day came, or is planned for it or before.
    """
    of_client: dict[str, list[Visit]] = {}
    for one in visits:
        of_client.setdefault(one.client_id, []).append(one)
    since = _since(today)
    return [
        Entry(
            id=f"{one.id}{NEXT}",
            day=one.debrief.next_date,
            title=_contact(one, one.debrief.next_step, clients, lang),
            cancelled=any(_instead(other, one, one.debrief.next_date) for other in of_client[one.client_id]),
        )
        for one in chain.from_iterable(of_client.values())
        if one.status == "done" and one.debrief and one.debrief.next_date and one.debrief.next_date >= since
    ]


def _instead(other: Visit, agreed_in: Visit, day: date) -> bool:
    """Another visit is, or was, what had been agreed."""
    later = (other.when, other.id) > (agreed_in.when, agreed_in.id)
    return later and other.when <= day and other.status in ("planned", "done")


def _contact(one: Visit, step: str, clients: Mapping[str, Client], lang: Lang) -> str:
    key = "export.next" if step else "export.next-bare"
    return say(key, lang, client=_name(clients, one.client_id), step=step)


def ending(contracts: Iterable[Contract], clients: Mapping[str, Client], today: date, lang: Lang) -> list[Entry]:
    """The days from which contracts no longer run, from a month ago on."""
    return [
        Entry(
            id=one.id,
            day=one.ends,
            title=say("export.contract", lang, client=_name(clients, one.client_id)),
            about=one.subject,
        )
        for one in contracts
        if one.ends is not None and one.ends >= _since(today)
    ]


def occasions(
    kept: Iterable[Occasion],
    clients: Mapping[str, Client],
    contacts: Mapping[str, Contact],
    today: date,
    lang: Lang,
) -> list[Entry]:
    """
    Days to remember: those of every year, the others from a month ago on. News is no day of theirs, and what befell
    somebody does not belong into a calendar that others may see.
    """
    return [
        Entry(id=one.id, day=_first(one, today), title=_occasion(one, clients, contacts, lang), yearly=one.yearly)
        for one in kept
        if one.kind not in ("news", "misfortune") and (one.yearly or one.day >= _since(today))
    ]


def _occasion(one: Occasion, clients: Mapping[str, Client], contacts: Mapping[str, Contact], lang: Lang) -> str:
    what = one.what or say(f"care.kind-{one.kind}", lang)
    if one.contact_id is not None and one.contact_id in contacts:
        who = contacts[one.contact_id].name
        return say("export.occasion-person", lang, client=_name(clients, one.client_id), who=who, what=what)
    return say("export.occasion", lang, client=_name(clients, one.client_id), what=what)


def _first(one: Occasion, today: date) -> date:
    """Its day; where its year is not known, in the last one that has that day."""
    if has_year(one):
        return one.day
    leap = (one.day.month, one.day.day) == (2, 29)
    years = (today.year - back for back in range(9))
    return one.day.replace(year=next(year for year in years if isleap(year) or not leap))


def _lately(day: date | None, today: date) -> bool:
    return day is not None and day >= _since(today)


def _since(today: date) -> date:
    return today - KEPT if today - date.min > KEPT else date.min


def _name(clients: Mapping[str, Client], id_: str) -> str:
    return clients[id_].name if id_ in clients else ""
