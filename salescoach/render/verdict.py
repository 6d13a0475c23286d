"""The verdict on a call, with the message to the client."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.debrief import Verdict
from salescoach.language import Lang, say, show_day
from salescoach.render.lines import heard_line, plan_line, promise_line
from salescoach.render.sheet import Sheet
from salescoach.render.why import because_line

if TYPE_CHECKING:
    from rich.text import Text


def verdict_text(
    verdict: Verdict,
    client: str,
    lang: Lang,
    today: date,
    width: int,
    *,
    outcomes: Mapping[str, str],
    topics: Mapping[str, str],
    why: bool,
) -> "Text":
    """
    The verdict on a call, with the message to the client at the end, free of labels so that it can be copied.

    Args:
        outcomes: Titles of the outcomes.
        topics: Titles of the objections' topics.
    """
    sheet = Sheet(width)
    debrief, visit = verdict.debrief, verdict.visit
    if visit.status == "not-held":
        moved = verdict.moved_to
        news = say("render.moved", lang, day=show_day(moved, lang)) if moved else say("render.no-new-date", lang)
        sheet.heading(" · ".join((say("render.not-held", lang), client, news)))
        return sheet.text()
    sheet.heading(
        " · ".join((outcomes.get(debrief.outcome, debrief.outcome).upper(), client, show_day(visit.when, lang))),
        _COLOUR[debrief.outcome],
    )
    sheet.part(say("render.verdict-because", lang), [line.text for line in verdict.because], None)
    sheet.part(say("render.plan", lang), [_plan_line(verdict, lang)], None)
    sheet.part(say("render.promises", lang), [promise_line(one, today, lang) for one in verdict.promises], None)
    sheet.part(say("render.heard", lang), _heard(verdict, topics, lang), None)
    sheet.part(say("render.foreseen", lang), [_foreseen(verdict, topics, lang)], None)
    sheet.part(say("render.feedback", lang), [line.text for line in verdict.feedback], None)
    if why:
        sheet.part(
            say("render.why", lang), [because_line(line, lang) for line in (*verdict.because, *verdict.feedback)], None
        )
    sheet.part(say("render.lesson", lang), [debrief.lesson], None)
    sheet.part(say("render.next", lang), [_next_line(verdict, lang)], None)
    sheet.blank()
    sheet.heading(say("render.message", lang), "dim")
    for line in verdict.confirmation.splitlines():
        sheet.full(line)
    return sheet.text()


_COLOUR = {"order": "bold green", "advance": "bold green", "continuation": "bold yellow", "no-sale": "bold red"}


def _plan_line(verdict: Verdict, lang: Lang) -> str:
    return plan_line(verdict.debrief, lang) or say("render.plan-none", lang)


def _heard(verdict: Verdict, topics: Mapping[str, str], lang: Lang) -> list[str]:
    return [heard_line(one, topics, lang) for one in verdict.objections]


def _foreseen(verdict: Verdict, topics: Mapping[str, str], lang: Lang) -> str:
    """What prep expected and what came; nothing where it expected nothing."""
    if not (verdict.visit.plan and verdict.visit.plan.expected_objections):
        return ""
    between = say("walk.between", lang)
    parts = [(key, between.join(topics.get(one, one) for one in told)) for key, told in verdict.foresight.items()]
    return " · ".join(say(f"render.foreseen-{key}", lang, topics=names) for key, names in parts if names)


def _next_line(verdict: Verdict, lang: Lang) -> str:
    debrief = verdict.debrief
    when = show_day(debrief.next_date, lang) if debrief.next_date else ""
    return " · ".join(part for part in (debrief.next_step, when) if part)
