"""What is known of one client when a command starts: gathered from the store, then handed to the pure coach."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from salescoach.coach.assess import Standing
from salescoach.coach.style import Reading, read
from salescoach.playbook.models import Typology
from salescoach.records.account import Assessment, Contract, Crisis, Touch
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
    heard: tuple[ObjectionMet, ...] = ()  # all objections, resolved or not
    observations: tuple[Observation, ...] = ()
    notes: tuple[Note, ...] = ()
    contracts: tuple[Contract, ...] = ()  # newest first
    assessments: tuple[Assessment, ...] = ()  # answers on the account's sheets, oldest first
    touches: tuple[Touch, ...] = ()  # newest first
    crises: tuple[Crisis, ...] = ()
    lately: tuple[Visit, ...] = ()  # the rep's last debriefed visits, with whomever; only a debrief asks
    sheets: Mapping[str, Standing] = field(default_factory=dict)  # of the client, as of today, once something is told

    @property
    def last(self) -> Visit | None:
        """The last visit that took place."""
        return self.held[0] if self.held else None

    @property
    def dropped(self) -> frozenset[str]:
        """Ids of all that was dropped in a prep, the one that is planned too."""
        return frozenset(id_ for visit in self._prepared for id_ in (visit.plan.drop if visit.plan else ()))

    @property
    def standing(self) -> tuple[ObjectionMet, ...]:
        """The objections to be ready for: unresolved, and not dropped in a later prep; newest first."""
        return tuple(one for one in self.unresolved if not any(_drops(visit, one) for visit in self._prepared))

    @property
    def _prepared(self) -> tuple[Visit, ...]:
        return self.held if self.planned is None else (self.planned, *self.held)

    def seen_in(self, contact: Contact | None) -> tuple[Observation, ...]:
        """Observations of one person; of the client itself where it is a person."""
        wanted = contact.id if contact is not None else None
        return tuple(one for one in self.observations if one.contact_id == wanted)


def dropped_as(one: ObjectionMet) -> str:
    """The id under which an objection is dropped: with all others on its topic."""
    return f"objection-{one.topic}" if one.topic else one.said


def _drops(visit: Visit, one: ObjectionMet) -> bool:
    """The prep of this visit dropped the objection, and it was heard before."""
    before = one.on <= visit.when and one.visit_id != visit.id
    return before and visit.plan is not None and dropped_as(one) in visit.plan.drop


def is_senior(contact: Contact) -> bool:
    """Somebody whose calendar is ruled by meetings: decides, moves the deal, or has the most influence."""
    return bool(SENIOR & set(contact.roles)) or (contact.influence or 0) >= 4


def reading(history: History, styles: Typology, contact: Contact | None, today: date) -> Reading:
    """What the observations of one person say, as of today."""
    return read(styles, history.seen_in(contact), today)
