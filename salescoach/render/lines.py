"""Lines that more than one screen shows: a promise, and why advice is given."""

from datetime import date

from salescoach.coach.advice import Advice
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


def because_line(line: Advice, lang: Lang) -> str:
    """Why a line is given: rule, playbook, version, source, strength of evidence."""
    evidence = ""
    if line.evidence is not None:
        words = (say(f"render.strength-{line.evidence.strength}", lang), line.evidence.source, line.evidence.year)
        evidence = " · " + " ".join(str(word) for word in words if word)
    return say(
        "render.because",
        lang,
        id=line.id,
        playbook=line.playbook,
        version=line.version,
        source=line.source,
        evidence=evidence,
    )
