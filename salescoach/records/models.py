"""What a rep knows: plain frozen values, the same in the store, on the screen and in JSON.

Ids are ULIDs as text. Dates are calendar dates of the rep's own day. Times are not kept: nothing here needs one.
"""

from dataclasses import field
from datetime import date
from typing import Any

from salescoach.language import Lang
from salescoach.records.ids import (
    Behaviour,
    BuyingRole,
    ClientKind,
    Forecast,
    ObjectionKind,
    Outcome,
    PlanResult,
    PromiseOwner,
    PromiseState,
    Purpose,
    RelationshipStage,
    Stance,
    Style,
    Topic,
    VisitStatus,
)
from salescoach.shape import value


@value
class Client:
    """A company, or a person who buys in their own name."""

    id: str
    name: str
    kind: ClientKind = "company"
    aliases: tuple[str, ...] = ()
    industry: str = ""
    country: str = ""  # ISO 3166 alpha-2, for holidays
    language: Lang | None = None  # spoken with them
    stage: RelationshipStage = "developing"
    key_account: bool = False
    tags: tuple[str, ...] = ()
    remarks: str = ""


@value
class Contact:
    """A person at a client."""

    id: str
    client_id: str
    name: str
    aliases: tuple[str, ...] = ()
    position: str = ""  # job title
    department: str = ""
    roles: tuple[BuyingRole, ...] = ()
    stance: Stance | None = None
    influence: int | None = None  # 1 (little) to 5 (decides)
    style: Style | None = None  # the rep's own judgement; kept beside what the observations say
    behaviour: Behaviour | None = None  # as last seen
    language: Lang | None = None
    mail: str = ""
    phone: str = ""
    remarks: str = ""


@value
class Step:
    """Who does what by when: a planned advance, or a commitment that was made. Any part may be missing."""

    who: str = ""
    what: str = ""
    by: date | None = None


@value
class Ticked:
    """What became of one checklist item."""

    state: str  # ItemState
    note: str = ""


@value
class Plan:
    """What prep decided before the call."""

    primary_advance: Step | None = None
    fallback_advance: Step | None = None
    questions: tuple[str, ...] = ()
    expected_objections: tuple[Topic, ...] = ()
    forecast: Forecast | None = None
    checklist: dict[str, Ticked] = field(default_factory=dict)
    notes: str = ""
    drop: tuple[str, ...] = ()  # ids of what came back often enough and shall not any more
    extra: dict[str, Any] = field(default_factory=dict)  # answers to questions that a team added


@value
class Effort:
    """What a walk at a terminal cost the rep; see `cli.meter` for what counts."""

    prompts: int  # questions answered, passed over or gone back from
    seconds: float


@value
class Debrief:
    """What happened, as the rep said it, and what follows from it."""

    summary: str = ""
    order: bool = False
    refused: bool = False
    client_commitments: tuple[Step, ...] = ()
    asked: tuple[str, ...] = ()  # of the questions that were planned or came back
    listening: dict[str, bool] = field(default_factory=dict)  # fault id → it happened
    taboos: dict[str, bool] = field(default_factory=dict)
    lesson: str = ""
    next_step: str = ""
    next_date: date | None = None
    outcome: Outcome = "continuation"
    primary: PlanResult = "none"
    fallback: PlanResult = "none"
    feedback: tuple[str, ...] = ()  # ids of the feedback shown, so that the next one can vary
    unknown: tuple[str, ...] = ()  # what the rep was not asked and did not say: asked, objections, next_date
    effort: Effort | None = None  # None: not walked at a terminal, or kept before this was measured
    extra: dict[str, Any] = field(default_factory=dict)


@value
class Visit:
    """A call on a client, planned or held, face to face or by phone."""

    id: str
    client_id: str
    when: date
    purpose: Purpose | None = None
    contact_ids: tuple[str, ...] = ()
    status: VisitStatus = "planned"
    plan: Plan | None = None
    debrief: Debrief | None = None
    playbooks: dict[str, int] = field(default_factory=dict)  # id → version of what it rests on


@value
class Promise:
    """Who owes what to whom by when."""

    id: str
    client_id: str
    owner: PromiseOwner
    who: str  # who will do it: a name on their side, or the rep
    what: str
    by: date | None = None
    state: PromiseState = "open"
    closed_on: date | None = None
    visit_id: str | None = None


@value
class ObjectionMet:
    """An objection heard, in the customer's words."""

    id: str
    client_id: str
    on: date
    said: str
    topic: Topic | None = None
    kind: ObjectionKind | None = None
    technique: str | None = None
    resolved: bool = False
    visit_id: str | None = None
    contact_id: str | None = None


@value
class Observation:
    """A style cue seen in a person, on a date: evidence, never a verdict."""

    id: str
    client_id: str
    on: date
    cue: str  # a cue id of the styles playbook, or free words
    contact_id: str | None = None
    visit_id: str | None = None


@value
class Note:
    """A free remark on a client."""

    id: str
    client_id: str
    on: date
    text: str


@value
class Unmatched:
    """What a customer said and no topic fitted, to become a phrasing or a topic of the rep's own."""

    id: str
    said: str
    on: date  # the last time
    times: int = 1


@value
class Draft:
    """A half-finished walk: what was answered so far, to be resumed."""

    id: str
    command: str  # "prep", "debrief", "objection price", "crisis", "me"
    subject: str  # what it is about: a client or visit id, a kind of crisis, or nothing
    answers: dict[str, Any]
    updated: date
