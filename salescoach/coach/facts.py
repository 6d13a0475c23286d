"""What a `when:` may ask before a visit, worked out from what is known of the client."""

from calendar import monthrange
from datetime import date

from salescoach.coach.account import step_of, verdict_on, worst_light
from salescoach.coach.complaint import open_complaints
from salescoach.coach.contracts import days_left
from salescoach.coach.history import History, is_senior, reading
from salescoach.coach.kept import overdue
from salescoach.coach.style import effective
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Typology
from salescoach.records.models import Contact, Visit


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
        topics_unresolved=frozenset(one.topic for one in history.standing if one.topic),
        screening=verdict_on(history.sheets, "screen"),
        risk=verdict_on(history.sheets, "risk"),
        criteria_light=worst_light(history.sheets),
        purchasing_step=step_of(history.sheets),
        complaint_open=bool(open_complaints(history.assessments)),
        crisis_open=any(one.closed is None for one in history.crises),
        days_to_renewal=days_left(history.contracts, today),
    )


def days_to_month_end(day: date) -> int:
    """0 on the last day of the month."""
    return monthrange(day.year, day.month)[1] - day.day


def _overdue(history: History, owner: str, today: date) -> int:
    return sum(overdue(one, today) for one in history.promises if one.owner == owner)
