"""Lines that more than one screen shows: a promise, an open complaint, a crisis, what is missing and its command."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.kept import overdue
from salescoach.language import Lang, say, show_day
from salescoach.records.account import Crisis
from salescoach.records.models import Debrief, ObjectionMet, Promise
from salescoach.wrap import cells, crop

if TYPE_CHECKING:
    from salescoach.coach.complaint import Complaint

#: Of a text beside a command so much is kept at least: what is cropped to less says nothing.
LEAST = 2 / 3


def promise_line(promise: Promise, today: date, lang: Lang) -> str:
    """A promise: by when or how late, who, what. The date comes first: whatever is cropped, it is not."""
    key = "we-owe" if promise.owner == "ours" else "they-owe"
    line = say(f"render.{key}", lang, who=promise.who or say("render.they", lang), what=promise.what)
    return f"{_due(promise.by, overdue(promise, today), today, lang)}{line}" if promise.by else line


def next_line(debrief: Debrief, today: date, lang: Lang) -> str:
    """The next contact that was agreed, where it is due: its day, or how late it is, and the step."""
    day = debrief.next_date or today
    shown = show_day(day, lang, year=day.year != today.year)
    begins = say("render.contact-late", lang, day=shown, days=(today - day).days) if day < today else shown
    return " · ".join(part for part in (begins, debrief.next_step) if part)


def agreed_next(debrief: Debrief, today: date, lang: Lang) -> str:
    """The next contact, as the last visit agreed it: by which day what; "" where nothing was agreed."""
    day = debrief.next_date
    shown = show_day(day, lang, year=day.year != today.year) if day else ""
    told = " · ".join(part for part in (shown, debrief.next_step) if part)
    return say("render.last-next", lang, told=told) if told else ""


def plan_line(debrief: Debrief, lang: Lang) -> str:
    """What became of the advance and the fallback that were planned; "" where none was."""
    pairs = (("primary", debrief.primary), ("fallback", debrief.fallback))
    return " · ".join(
        say(f"render.plan-{name}", lang, result=say(f"render.result-{result}", lang))
        for name, result in pairs
        if result != "none"
    )


def heard_line(met: ObjectionMet, topics: Mapping[str, str], lang: Lang) -> str:
    """An objection in the customer's words, what it is about where that is clear, and whether it is settled."""
    state = say("render.resolved" if met.resolved else "render.unresolved", lang)
    return " · ".join(part for part in (f"“{met.said}”", topics.get(met.topic or "", ""), state) if part)


def complaint_line(complaint: "Complaint", today: date, lang: Lang, contact: str = "") -> str:
    """An open complaint: by when they hear from us, or how late we are, or since when it is open; then what and who."""
    by = complaint.due
    if by is not None:
        begins = dated(by, today, lang)
    else:
        since = complaint.since
        begins = say("render.since", lang, day=show_day(since, lang, year=since.year != today.year))
    return begins + say("render.complaint", lang, said=complaint.said) + (f" · {contact}" if contact else "")


def dated(by: date, today: date, lang: Lang) -> str:
    """By when, or how late: what such a line begins with, so that it is never cut off."""
    return _due(by, by < today, today, lang)


def _due(by: date, late: bool, today: date, lang: Lang) -> str:
    day = show_day(by, lang, year=by.year != today.year)
    key = "render.overdue" if late else "render.by"
    return say(key, lang, day=day, days=(today - by).days)


def crisis_line(crisis: Crisis, lang: Lang, today: date) -> str:
    """A crisis: kind, since when and, while it is open, the dated step that comes next or is late."""
    opened = show_day(crisis.opened, lang, year=crisis.opened.year != today.year)
    after = _next_step(crisis, lang, today) if crisis.closed is None else ""
    return say("crisis.line", lang, kind=say(f"crisis.short-{crisis.kind}", lang), day=opened, next=after)


def _next_step(crisis: Crisis, lang: Lang, today: date) -> str:
    from salescoach.coach.crisis import steps

    dated = [(step.by, step.number, step) for step in steps(crisis.answers) if step.by and not step.done]
    if not dated:
        return say("crisis.line-no-step", lang)
    by, _, step = min(dated)
    key = "crisis.line-late" if step.overdue(today) else "crisis.line-next"
    who = step.who or say("crisis.nobody", lang)
    day = show_day(by, lang, year=by.year != today.year)
    return say(key, lang, day=day, days=(today - by).days, who=who, what=step.what)


def with_command(text: str, command: str, room: int | None, lang: Lang) -> str:
    """
    What is missing or to be done, and the command that does it, which is never cut: it would be of no use.

    Returns:
        Where there is no room for both the text cropped, or the command alone; "" where not even that has room.
    """
    line = say("render.gap", lang, text=text, command=command)
    if room is None or cells(line) <= room:
        return line
    left = room - cells(say("render.gap", lang, text="", command=command))
    if left >= LEAST * cells(text):
        return say("render.gap", lang, text=crop(text, left), command=command)
    return command if cells(command) <= room else ""
