"""A case as it is read: told and asked with what a good answer holds, or held against the rep's own answer."""

from typing import TYPE_CHECKING, Any

from salescoach.coach.advice import Advice, Voice, advise, documents
from salescoach.coach.practice import filled
from salescoach.language import pick, say
from salescoach.playbook.models import Scenario
from salescoach.records.practice import Exercise
from salescoach.render.sheet import Sheet
from salescoach.shape import value

if TYPE_CHECKING:
    from rich.text import Text


@value
class Work:
    """A case with all that is said of it."""

    case: Scenario
    because: tuple[Advice, ...]
    speaker: Voice
    done: Exercise | None  # worked just now
    before: Exercise | None  # the time before


def document(work: Work) -> dict[str, Any]:
    """For programs; `hit` is null where the case was only looked at."""
    case, done, speaker = work.case, work.done, work.speaker
    return {
        "schema": "salescoach/practice@1",
        "case": case.id,
        "title": pick(case.title, speaker.lang),
        "situation": filled(case.situation, speaker),
        "ask": filled(case.ask, speaker),
        "because": documents(work.because),
        "holds": documents(advise(case, case.holds, speaker)),
        "mistakes": documents(advise(case, case.mistakes, speaker)),
        "model": documents(advise(case, case.model, speaker)),
        "hit": None if done is None else [f"{case.id}.{id_}" for id_ in done.hit],
        "answer": None if done is None else done.answer,
        "last": _last(work.before),
    }


def _last(before: Exercise | None) -> dict[str, Any] | None:
    return {"on": before.on, "hit": len(before.hit), "of": before.of} if before else None


def picture(work: Work, width: int) -> "Text":
    """One sheet: the case as a whole, or what the answer had and what it lacked."""
    sheet, lang = Sheet(width), work.speaker.lang
    sheet.heading(_title(work))
    if work.done is None:
        _told(sheet, work)
    else:
        _held(sheet, work, work.done)
    case, speaker = work.case, work.speaker
    sheet.part(say("practice.model", lang), _texts(advise(case, case.model, speaker)), None)
    sheet.part(say("practice.avoid", lang), _texts(advise(case, case.mistakes, speaker)), None)
    sheet.part(say("practice.sources", lang), [_origin(work)], None, "dim")
    return sheet.text()


def _title(work: Work) -> str:
    lang, title = work.speaker.lang, pick(work.case.title, work.speaker.lang)
    if work.done is None:
        return title
    return say("practice.title", lang, title=title, hit=len(work.done.hit), of=work.done.of)


def _told(sheet: Sheet, work: Work) -> None:
    case, speaker = work.case, work.speaker
    sheet.part(say("practice.why", speaker.lang), _texts(work.because), None, "dim")
    sheet.part(say("practice.told", speaker.lang), [filled(case.situation, speaker)], None)
    sheet.part(say("practice.asked", speaker.lang), [filled(case.ask, speaker)], None, "bold")
    sheet.part(say("practice.points", speaker.lang), _texts(advise(case, case.holds, speaker)), None)


def _held(sheet: Sheet, work: Work, done: Exercise) -> None:
    case, speaker = work.case, work.speaker
    hit = [line for line in case.holds if line.id in done.hit]
    missed = [line for line in case.holds if line.id not in done.hit]
    if work.before:
        facts = {"day": work.before.on.isoformat(), "hit": len(work.before.hit), "of": work.before.of}
        last = say("practice.last-time", speaker.lang, **facts)
        sheet.part(say("practice.before", speaker.lang), [last], None, "dim")
    sheet.part(say("practice.said", speaker.lang), [done.answer], None)
    sheet.part(say("practice.had", speaker.lang), _texts(advise(case, hit, speaker)), None, "green")
    sheet.part(say("practice.missed", speaker.lang), _texts(advise(case, missed, speaker)), None, "yellow")


def _texts(lines: tuple[Advice, ...]) -> list[str]:
    return [one.text for one in lines]


def _origin(work: Work) -> str:
    """Where the case is from, and how many points of its answer are ours because the source gives none."""
    lang, case = work.speaker.lang, work.case
    named = ", ".join(one for one in case.sources if one != "ours")
    ours = sum((line.source or case.sources[0]) == "ours" for line in case.holds)
    if not named or not ours:
        return named
    return say("practice.answer-ours", lang, sources=named, ours=ours, of=len(case.holds))
