"""What comes back: questions planned and not asked, objections that stand, gaps that visits have not filled.

Nothing is lost: a question comes back until it was asked or dropped, an objection until it is resolved or dropped, a
gap until it is filled or dropped. What came back three times is offered for dropping; planned or heard again, it is
new.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from salescoach.coach.history import History, dropped_as
from salescoach.language import Lang, say, show_day
from salescoach.records.models import Debrief, Plan, Visit
from salescoach.records.sentences import same
from salescoach.shape import value

#: Carried so often, it is offered for dropping.
OFTEN = 3
#: Of what came back equally long ago, what is most useful first.
KINDS = ("objection", "question", "gap")


@value
class Carried:
    """
    Something that comes back.

    Args:
        id: As it is dropped: a question's own words, "objection-<topic>" or the customer's words, "gap-…".
        text: The question, what the customer said (of a topic: last), what is not known.
        times: This is the n-th brief that brings it back; 0 of a question of which nobody said whether it was asked.
    """

    id: str
    kind: Literal["question", "objection", "gap"]
    text: str
    since: date
    times: int
    topic: str | None = None  # of an objection

    @property
    def often(self) -> bool:
        """Offered for dropping."""
        return self.times >= OFTEN

    def document(self) -> dict[str, Any]:
        """As JSON documents have it."""
        return {
            "id": self.id, "kind": self.kind, "text": self.text, "since": self.since, "times": self.times,
            "drop": self.often,
        }  # fmt: skip


def unasked(history: History) -> tuple[Carried, ...]:
    """The questions planned in visits that took place, neither asked nor dropped since; oldest first."""
    waiting: dict[str, Carried] = {}
    for visit in reversed(history.held):
        plan, debrief = visit.plan or Plan(), visit.debrief or Debrief()
        _take_out(waiting, plan.drop)
        for text in plan.questions:
            new = Carried(id=text, kind="question", text=text, since=visit.when, times=0)
            waiting.setdefault(same(text), new)
        _take_out(waiting, debrief.asked)
        if "asked" not in debrief.unknown:
            waiting = {key: _left_out(one, visit.when) for key, one in waiting.items()}
    if history.planned is not None and history.planned.plan is not None:
        _take_out(waiting, history.planned.plan.drop)
    return tuple(waiting.values())


def _left_out(one: Carried, on: date) -> Carried:
    """The question once more not asked; it waits since the first time that this is known."""
    return replace(one, since=one.since if one.times else on, times=one.times + 1)


def _take_out(waiting: dict[str, Carried], words: Iterable[str]) -> None:
    for text in words:
        waiting.pop(same(text), None)


def standing(history: History) -> tuple[Carried, ...]:
    """The objections that are neither resolved nor dropped, one for a topic; oldest first."""
    found: dict[str, Carried] = {}
    for one in reversed(history.standing):
        key = dropped_as(one)
        first = found.get(key)
        since = first.since if first else one.on
        times = max(1, sum(visit.when >= since for visit in history.held))
        found[key] = Carried(id=key, kind="objection", text=one.said, since=since, times=times, topic=one.topic)
    return tuple(found.values())


def by_age(carried: Iterable[Carried]) -> tuple[Carried, ...]:
    """Oldest first, and of the same day the most useful first."""
    return tuple(sorted(carried, key=lambda one: (one.since, KINDS.index(one.kind))))


def to_ask(history: History, visit: Visit) -> tuple[str, ...]:
    """What the rep had in mind to ask in a visit: what came back, then what was planned; each once."""
    plan = visit.plan or Plan()
    words = {same(one.text): one.text for one in unasked(replace(history, planned=visit))}
    for text in plan.questions:
        words.setdefault(same(text), text)
    return tuple(words.values())


def reminder(one: Carried, lang: Lang) -> str:
    """A carried question, or an objection of no topic, as a line of the brief; the third time it may be dropped."""
    turn = "often" if one.often else "again" if one.times > 1 else "once" if one.times else "planned"
    day = show_day(one.since, lang, year=False)
    if one.kind == "objection":
        return say(f"coach.carried-said-{turn}", lang, text=one.text, day=day, times=one.times)
    return say(f"coach.carried-{turn}", lang, text=one.text, day=day, times=one.times)


def label(one: Carried, titles: Mapping[str, str], lang: Lang) -> str:
    """What is offered for dropping, in words; `titles` are those of the topics."""
    if one.kind == "question":
        return one.text
    text = titles.get(one.topic or "", f"“{one.text}”") if one.kind == "objection" else one.text
    return say(f"coach.drop-{one.kind}", lang, text=text)
