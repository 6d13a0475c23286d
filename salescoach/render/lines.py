"""Lines that more than one screen shows: a promise."""

from datetime import date

from salescoach.coach.history import overdue
from salescoach.language import Lang, say, show_day
from salescoach.records.models import Promise


def promise_line(promise: Promise, today: date, lang: Lang) -> str:
    """A promise: who owes what by when, and how late it is."""
    key = "we-owe" if promise.owner == "ours" else "they-owe"
    line = say(f"render.{key}", lang, who=promise.who or say("render.they", lang), what=promise.what)
    if promise.by:
        line += say("render.by", lang, day=show_day(promise.by, lang))
    if overdue(promise, today) and promise.by:
        line += say("render.overdue", lang, days=(today - promise.by).days)
    return line
