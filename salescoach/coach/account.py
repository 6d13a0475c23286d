"""The account as a whole: what its sheets, contracts and records say, and what to do next.

Sources: S001-TRAFFIC (criteria), S001-REL4 (stages), S001-DECLINE (warnings), S001-WEAPONS10 (loyalty), S001-8020 and
S001-WHOKEY (ranking), S000-PROCUREMENT (process). What the rep's own records warn of is ours.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

from salescoach.coach.assess import Standing, standing, verdict
from salescoach.coach.complaint import open_complaints
from salescoach.coach.contracts import NEAR, by_client, days_left, in_force
from salescoach.coach.history import History
from salescoach.coach.kept import overdue
from salescoach.playbook.models import Means, Scorecard, Sheet
from salescoach.records.account import Assessment, Contract
from salescoach.records.ids import Light, PurchasingStep, RelationshipStage
from salescoach.shape import value

#: The most pressing first.
LIGHTS: tuple[Light, ...] = ("alarm", "watch", "open", "safe")
#: Silence of so many days is a warning, whatever the usual rhythm.
SILENT = 90
#: And so many times the usual time between two visits.
RHYTHM = 2.0
#: A fall in satisfaction of so many points of a hundred is a warning.
FALL = 10
#: Those who bring this share together are the key accounts (S001-8020).
VITAL = 0.8
#: What the share of their purchases stands for (S001-REL4).
STAGE_OF: Mapping[str, RelationshipStage] = {
    "none": "developing", "secondary": "early", "main": "stable", "long-term": "strategic",
}  # fmt: skip


@value
class Criterion:
    """One thing that they buy by, and who meets it."""

    what: str
    ours: bool | None
    theirs: bool | None

    @property
    def light(self) -> Light:
        """
        S001-TRAFFIC: only we meet it is safe, both is watch, only they is alarm, neither is open.

        What is not known of the rival is taken as met: better warned than surprised.
        """
        if self.ours is None:
            return "open"
        if self.ours:
            return "safe" if self.theirs is False else "watch"
        return "open" if self.theirs is False else "alarm"


def criteria(sheet: Standing) -> tuple[Criterion, ...]:
    """Their purchasing criteria, the most pressing first; of equals in the order given."""
    given = sheet.answer("criteria") or []
    found = [Criterion(what=one.get("what", ""), ours=one.get("ours"), theirs=one.get("theirs")) for one in given]
    return tuple(sorted(found, key=lambda one: LIGHTS.index(one.light)))


@value
class Warned:
    """An early warning; `id` is a message of the catalogue, `facts` fill it."""

    id: str
    facts: dict[str, Any]


def warnings(history: History, today: date) -> tuple[Warned, ...]:
    """What the rep's own records warn of, the gravest first."""
    found = [
        *_open_affairs(history),
        *_promises(history, today),
        *_criteria_lost(history.sheets),
        *_renewal(history, today),
        *_satisfaction(history),
        *_silence(history, today),
        *_sliding(history),
    ]
    return tuple(found)


def _open_affairs(history: History) -> Iterable[Warned]:
    for one in history.crises:
        if one.closed is None:
            yield Warned(id="warn-crisis", facts={"kind": one.kind, "opened": one.opened})
    for complaint in open_complaints(history.assessments, history.promises):
        yield Warned(id="warn-complaint", facts={"on": complaint.since, "said": complaint.said})


def _promises(history: History, today: date) -> Iterable[Warned]:
    late = [one for one in history.promises if one.owner == "ours" and overdue(one, today)]
    if late:
        yield Warned(id="warn-promises", facts={"count": len(late)})


def _criteria_lost(sheets: Mapping[str, Standing]) -> Iterable[Warned]:
    sheet = sheets.get("purchasing-criteria")
    lost = [one.what for one in criteria(sheet) if one.light == "alarm"] if sheet else []
    if lost:
        yield Warned(id="warn-criteria", facts={"names": lost})


def _renewal(history: History, today: date) -> Iterable[Warned]:
    left = days_left(history.contracts, today)
    if left is not None and left <= NEAR:
        yield Warned(id="warn-ends" if left >= 0 else "warn-ended", facts={"days": abs(left)})


def _satisfaction(history: History) -> Iterable[Warned]:
    """The last figure of satisfaction is clearly lower than the one before."""
    figures = [one.answers["satisfaction"].answer for one in history.assessments if "satisfaction" in one.answers]
    numbers = [one for one in figures if isinstance(one, int | float)]
    if len(numbers) > 1 and numbers[-2] - numbers[-1] >= FALL:
        yield Warned(id="warn-satisfaction", facts={"before": numbers[-2], "now": numbers[-1]})


def last_contact(history: History) -> date | None:
    """The last visit that took place, or touch that was done."""
    days = [one.when for one in history.held[:1]]
    days += [one.on for one in history.touches if one.state == "done"][:1]
    return max(days, default=None)


def _silence(history: History, today: date) -> Iterable[Warned]:
    """Nobody was in touch for much longer than is usual with this client."""
    last = last_contact(history)
    if last is None:
        return
    days = (today - last).days
    visits = sorted(one.when for one in history.held)
    gaps = sorted((later - earlier).days for earlier, later in pairwise(visits))
    usual = gaps[len(gaps) // 2] if len(gaps) > 1 else None
    if days > SILENT or (usual and days > RHYTHM * usual and days > 14):
        yield Warned(id="warn-silence", facts={"days": days})


def _sliding(history: History) -> Iterable[Warned]:
    """The last two calls moved nothing, after some that did."""
    outcomes = [one.debrief.outcome for one in history.held if one.debrief]
    recent, before = outcomes[:2], outcomes[2:]
    if len(recent) == 2 and not set(recent) & {"order", "advance"} and set(before) & {"order", "advance"}:
        yield Warned(id="warn-sliding", facts={})


# The sheets of one account


def sheets_of(cards: Iterable[Scorecard], assessments: Sequence[Assessment], today: date) -> dict[str, Standing]:
    """Every sheet about the client itself, by its playbook's id."""
    return {card.id: standing(card, assessments, today) for card in cards if card.about == "client"}


def verdict_on(sheets: Mapping[str, Standing], use: Sheet) -> Means | None:
    """What the sheets of one command come to together: the worst of them; None where nothing is judged."""
    found = {verdict(sheet) for sheet in sheets.values() if sheet.card.use == use}
    order: tuple[Means, ...] = ("bad", "open", "good")
    return next((means for means in order if means in found), None)


def stage_shown(sheets: Mapping[str, Standing]) -> RelationshipStage | None:
    """The stage that the answers about their purchases speak for; None where nothing was answered."""
    sheet = sheets.get("stage-check")
    return STAGE_OF.get(str(sheet.answer("main_supplier"))) if sheet else None


def worst_light(sheets: Mapping[str, Standing]) -> Light | None:
    """The most pressing of their criteria's lights; None where no criterion is known."""
    sheet = sheets.get("purchasing-criteria")
    found = criteria(sheet) if sheet else ()
    return found[0].light if found else None


def step_of(sheets: Mapping[str, Standing]) -> PurchasingStep | None:
    """Where they are in their purchasing process, as long as that answer counts."""
    sheet = sheets.get("purchasing-process")
    one = sheet.of("step") if sheet else None
    counts = one is not None and one.state in ("firm", "fading")
    return next((step for step in get_args(PurchasingStep) if counts and one and step == one.answer), None)


#: The sheets that say by themselves that an account is in danger, the gravest first.
DANGER = ("purchasing-criteria", "risk", "ten-weapons")


def endangered(card: Scorecard, assessments: Iterable[Assessment], today: date) -> tuple[str, ...]:
    """The ids of the clients for whom one sheet says alarm: a criterion lost to a rival, or a bad verdict."""
    own: dict[str, list[Assessment]] = {}
    for one in assessments:
        own.setdefault(one.client_id, []).append(one)
    return tuple(id_ for id_, told in own.items() if _alarms(standing(card, told, today)))


def _alarms(sheet: Standing) -> bool:
    return worst_light({sheet.card.id: sheet}) == "alarm" or verdict(sheet) == "bad"


# 80/20


@value
class Ranked:
    """A client's place by revenue a year, within one currency."""

    client_id: str
    currency: str
    revenue: float
    share: float  # of all in that currency, 0 to 1
    together: float  # with all that bring more
    place: int  # from 1
    vital: bool  # among those who bring four fifths together


def ranking(contracts: Iterable[Contract], today: date) -> tuple[Ranked, ...]:
    """
    Clients with a running contract by what they bring a year, each currency by itself, the greatest first.

    The vital ones are the fewest that together reach four fifths (S001-8020). A contract without a currency is counted
    in the one that most contracts have.
    """
    contracts = tuple(contracts)
    usual = Counter(one.currency.upper() for one in contracts if one.currency).most_common(1)
    sums: dict[str, dict[str, float]] = {}
    for own in by_client(contracts).values():
        for one in in_force(own, today):
            if one.revenue and one.revenue > 0 and (one.ends is None or one.ends > today):
                currency = one.currency.upper() or (usual[0][0] if usual else "")
                revenues = sums.setdefault(currency, {})
                revenues[one.client_id] = revenues.get(one.client_id, 0.0) + one.revenue
    return tuple(ranked for currency in sorted(sums) for ranked in _ranked(currency, sums[currency]))


def _ranked(currency: str, revenues: Mapping[str, float]) -> Iterable[Ranked]:
    total, together = sum(revenues.values()), 0.0
    ordered = sorted(revenues.items(), key=lambda pair: (-pair[1], pair[0]))
    for place, (client_id, revenue) in enumerate(ordered, 1):
        vital = together < VITAL * total
        together += revenue
        yield Ranked(
            client_id=client_id, currency=currency, revenue=revenue, share=revenue / total,
            together=min(1.0, together / total), place=place, vital=vital,
        )  # fmt: skip


def soon(day: date | None, today: date, days: int) -> bool:
    """Due by then, or overdue."""
    return day is not None and day <= today + timedelta(days=days)
