"""The facts that a playbook's `when:` may ask about: one typed, documented table.

A condition maps facts to what they must be and may combine conditions with `all`, `any` and `none`:

    when: {purpose: [first-visit, discovery], days_since_last_visit: {min: 60}, none: [{client_styles: driver}]}

A fact that is not known (None) meets no condition but a `none`. A fact that holds several values (a set) meets a
wanted value when it holds it. `answers` holds what was said so far in the walk: `answers: {took_place: false}`.
"""

from typing import Annotated, Any, Literal

from salescoach.records.ids import (
    Behaviour,
    BuyingRole,
    CrisisKind,
    Forecast,
    Light,
    ObjectionKind,
    Outcome,
    PlanResult,
    PurchasingStep,
    Purpose,
    RelationshipStage,
    Stance,
    Style,
    Topic,
)
from salescoach.shape import value

Verdict = Literal["good", "open", "bad"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Means:
    """What a fact says, in one English line; printed in the authoring guide and the JSON Schema."""

    def __init__(self, text: str) -> None:
        self.text = text


@value
class Facts:
    """What is known at the moment a rule is asked. Every fact is optional: None or an empty set means not known."""

    # The visit ahead, or the one just over
    purpose: Annotated[Purpose | None, Means("what the visit is for")] = None
    weekday: Annotated[Weekday | None, Means("weekday of the visit")] = None
    day_of_month: Annotated[int | None, Means("1 to 31")] = None
    days_to_month_end: Annotated[int | None, Means("0 on the last day of the month")] = None
    senior_met: Annotated[bool | None, Means("a decision maker or key person takes part")] = None
    roles_met: Annotated[frozenset[BuyingRole], Means("buying and deciding roles of the people met")] = frozenset()
    stances_met: Annotated[frozenset[Stance], Means("stances of the people met")] = frozenset()
    styles_met: Annotated[frozenset[Style], Means("styles, where confident, of the people met")] = frozenset()
    behaviours_met: Annotated[frozenset[Behaviour], Means("behaviours last seen in the people met")] = frozenset()

    # The client
    stage: Annotated[RelationshipStage | None, Means("stage of the relationship")] = None
    key_account: Annotated[bool | None, Means("the client is marked as a key account")] = None
    visits_held: Annotated[int | None, Means("visits that took place before")] = None
    days_since_last_visit: Annotated[int | None, Means("since the last visit that took place")] = None
    last_outcome: Annotated[Outcome | None, Means("how the last debriefed visit ended")] = None
    contacts_known: Annotated[int | None, Means("people recorded at the client")] = None
    roles_known: Annotated[frozenset[BuyingRole], Means("roles that somebody recorded there holds")] = frozenset()
    promises_overdue_ours: Annotated[int | None, Means("promises of ours past their date")] = None
    promises_overdue_theirs: Annotated[int | None, Means("promises of theirs past their date")] = None
    topics_unresolved: Annotated[frozenset[Topic], Means("objections met and not resolved")] = frozenset()

    carried_often: Annotated[int | None, Means("in prep: what came back three times and may be dropped")] = None

    # The account's sheets
    screening: Annotated[Verdict | None, Means("what the five screening questions come to")] = None
    risk: Annotated[Verdict | None, Means("what the four risk questions come to: good is go, bad is no-go")] = None
    criteria_light: Annotated[Light | None, Means("the most pressing light of their purchasing criteria")] = None
    purchasing_step: Annotated[PurchasingStep | None, Means("where they are in their purchasing process")] = None
    complaint_open: Annotated[bool | None, Means("a complaint of theirs is not settled")] = None
    crisis_open: Annotated[bool | None, Means("a crisis that concerns them is open")] = None
    days_to_renewal: Annotated[int | None, Means("until the contract ends; negative when it is over")] = None

    # The debrief
    took_place: Annotated[bool | None, Means("the visit took place")] = None
    outcome: Annotated[Outcome | None, Means("order, advance, continuation or no-sale")] = None
    commitments: Annotated[int | None, Means("things that people on their side will do")] = None
    commitments_dated: Annotated[int | None, Means("those with a person, an action and a date")] = None
    promises_made: Annotated[int | None, Means("promises of ours in this visit")] = None
    primary_result: Annotated[PlanResult | None, Means("what became of the planned advance")] = None
    fallback_result: Annotated[PlanResult | None, Means("what became of the smaller advance")] = None
    primary_in_doubt: Annotated[bool | None, Means("a commitment resembles the planned advance, not clearly")] = None
    fallback_in_doubt: Annotated[bool | None, Means("the same for the smaller advance")] = None
    forecast: Annotated[Forecast | None, Means("what the rep expected before")] = None
    questions_planned: Annotated[int | None, Means("questions that were planned or came back")] = None
    questions_asked: Annotated[int | None, Means("those that were asked; not known where nobody said")] = None
    people_met: Annotated[int | None, Means("people met; where nobody was named, all who are known there")] = None
    cues_noted: Annotated[int | None, Means("what was noticed about people: cues, and how they behaved")] = None
    objections_met: Annotated[int | None, Means("objections heard")] = None
    objections_open: Annotated[int | None, Means("objections heard and not resolved")] = None
    topics_met: Annotated[frozenset[Topic], Means("topics of the objections heard")] = frozenset()
    topics_open: Annotated[frozenset[Topic], Means("topics of those that were not resolved")] = frozenset()
    topics_unexpected: Annotated[frozenset[Topic], Means("topics heard that prep had not expected")] = frozenset()
    objection_kinds: Annotated[frozenset[ObjectionKind], Means("real, false or hidden")] = frozenset()
    listening_faults: Annotated[frozenset[str], Means("ids of the listening faults admitted")] = frozenset()
    taboos_hit: Annotated[frozenset[str], Means("ids of the objection taboos admitted")] = frozenset()
    faults_admitted: Annotated[
        frozenset[str], Means("ids of what went wrong, as ticked in the list for this sort of visit")
    ] = frozenset()
    warm_words: Annotated[bool | None, Means("the summary has warm words, such as “interested”")] = None
    next_date_set: Annotated[bool | None, Means("a next contact has a date")] = None
    lesson_written: Annotated[bool | None, Means("the rep wrote a lesson")] = None

    # Elsewhere
    crisis_kind: Annotated[CrisisKind | None, Means("kind of crisis")] = None
    quick: Annotated[bool | None, Means("the rep asked for the short form of the walk")] = None
    answers: Annotated[dict[str, Any] | None, Means("answers given so far in this walk, by question id")] = None
