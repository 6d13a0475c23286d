"""Lines that more than one screen shows: a promise."""

from datetime import date

from salescoach.coach.history import overdue
from salescoach.language import Lang, say, show_day
from salescoach.records.models import Promise


def promise_line(promise: Promise, today: date, lang: Lang) -> str:
    """A promise: by when or how late, who, what. The date comes first: whatever is cropped, it is not."""
    key = "we-owe" if promise.owner == "ours" else "they-owe"
    line = say(f"render.{key}", lang, who=promise.who or say("render.they", lang), what=promise.what)
    return f"{_due(promise.by, overdue(promise, today), today, lang)}{line}" if promise.by else line


def _due(by: date, late: bool, today: date, lang: Lang) -> str:
    day = show_day(by, lang, year=by.year != today.year)
    key = "render.overdue" if late else "render.by"
    return say(key, lang, day=day, days=(today - by).days)
