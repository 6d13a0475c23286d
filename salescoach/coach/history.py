"""What is known of one client when a command starts: gathered from the store, then handed to the pure coach."""

from datetime import date

from salescoach.coach.style import Reading, effective, read
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Typology
from salescoach.records.me import Me
from salescoach.records.models import Client, Contact, Note, ObjectionMet, Observation, Promise, Visit
from salescoach.shape import value

SENIOR = {"decision-maker", "key-person"}


@value
class History:
    """One client with everything that bears on the next call."""

    me: Me
    client: Client
    contacts: tuple[Contact, ...] = ()
    held: tuple[Visit, ...] = ()  # visits that took place, newest first
    planned: Visit | None = None  # the plan to be refreshed or debriefed
    promises: tuple[Promise, ...] = ()  # open ones, oldest date first
    unresolved: tuple[ObjectionMet, ...] = ()  # newest first
    observations: tuple[Observation, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def last(self) -> Visit | None:
        """The last visit that took place."""
        return self.held[0] if self.held else None

    def seen_in(self, contact: Contact | None) -> tuple[Observation, ...]:
        """Observations of one person; of the client itself where it is a person."""
        wanted = contact.id if contact is not None else None
        return tuple(one for one in self.observations if one.contact_id == wanted)


def is_senior(contact: Contact) -> bool:
    """Somebody whose calendar is ruled by meetings: decides, moves the deal, or has the most influence."""
    return bool(SENIOR & set(contact.roles)) or (contact.influence or 0) >= 4


def overdue(promise: Promise, today: date) -> bool:
    """Past its date and still open."""
    return promise.state == "open" and promise.by is not None and promise.by < today


def facts_before(history: History, styles: Typology, visit: Visit, met: tuple[Contact, ...], today: date) -> Facts:
    """What a `when:` may ask before a visit: about the day, the people met, the client and its past."""
    last = history.last
    return Facts(
        purpose=visit.purpose,
        weekday=("mon", "tue", "wed", "thu", "fri", "sat", "sun")[visit.when.weekday()],
        day_of_month=visit.when.day,
        days_to_month_end=days_to_month_end(visit.when),
        senior_met=any(map(is_senior, met)) if met else None,
        roles_met=frozenset(role for one in met for role in one.roles),
        stances_met=frozenset(one.stance for one in met if one.stance),
        styles_met=frozenset(style for one in met if (style := effective(reading(history, styles, one, today), one))),
        behaviours_met=frozenset(one.behaviour for one in met if one.behaviour),
        stage=history.client.stage,
        key_account=history.client.key_account,
        visits_held=len(history.held),
        days_since_last_visit=(visit.when - last.when).days if last else None,
        last_outcome=last.debrief.outcome if last and last.debrief else None,
        contacts_known=len(history.contacts),
        roles_known=frozenset(role for one in history.contacts for role in one.roles),
        promises_overdue_ours=_overdue(history, "ours", today),
        promises_overdue_theirs=_overdue(history, "theirs", today),
        topics_unresolved=frozenset(one.topic for one in history.unresolved if one.topic),
    )


def reading(history: History, styles: Typology, contact: Contact | None, today: date) -> Reading:
    """What the observations of one person say, as of today."""
    return read(styles, history.seen_in(contact), today)


def days_to_month_end(day: date) -> int:
    """0 on the last day of the month."""
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (first_of_next - day).days - 1


def _overdue(history: History, owner: str, today: date) -> int:
    return sum(overdue(one, today) for one in history.promises if one.owner == owner)
