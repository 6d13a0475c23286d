"""Values to screens: the brief, an answer, a verdict. Each gives Rich text for a width; nothing is printed here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.advice import Advice
from salescoach.coach.debrief import Verdict
from salescoach.coach.history import overdue
from salescoach.coach.objection import Answer
from salescoach.coach.prep import Brief, Expected, Gap, Person, Reference, all_advice
from salescoach.language import Lang, say, show_day
from salescoach.records.models import Contact, Promise, Step, Visit
from salescoach.render.sheet import COUNT, Sheet
from salescoach.render.wrap import cells, crop

if TYPE_CHECKING:
    from rich.text import Text

#: Rows of each part of the brief on 80×24, in this order (ARCHITECTURE: the brief has a budget).
BUDGET = {
    "warnings": 2, "promises": 3, "people": 5, "advance": 2, "last": 1, "objections": 3, "questions": 3,
    "agenda": 1, "gaps": 1,
}  # fmt: skip


class BriefView:
    """The parts of a brief as plain entries, for every format."""

    def __init__(self, brief: Brief, lang: Lang, titles: Mapping[str, str]) -> None:
        self.brief = brief
        self.lang = lang
        self.titles = titles  # role, stance, stage, style and outcome ids to words

    def head(self) -> str:
        """Who and why."""
        brief = self.brief
        parts = (brief.client, brief.purpose_title, show_day(brief.visit.when, self.lang), self.title(brief.stage))
        return " · ".join(part for part in parts if part)

    def title(self, id_: str | None) -> str:
        """The word for an id, the id itself where there is none."""
        return self.titles.get(id_ or "", id_ or "")

    def parts(self, deep: bool = False) -> list[tuple[str, list[str]]]:
        """Name of each part and its entries, in the order of the screen; empty parts are empty lists."""
        brief = self.brief
        parts = [
            ("warnings", [line.text for line in brief.warnings]),
            ("promises", self.promises()),
            ("people", [line for person in brief.people for line in self.person(person, deep)]),
            ("advance", self.advances()),
            ("last", [self.last(brief.last)] if brief.last else []),
            ("objections", [line for one in brief.objections for line in self.expected(one, deep)]),
            ("questions", [line.text for line in brief.questions]),
            ("agenda", [line.text for line in brief.agenda]),
            ("gaps", self.gaps()),
        ]
        if deep:
            parts.append(("checklist", [line.text for line in brief.checklist]))
            parts.append(("cards", [line for card in brief.cards for line in self.card(card)]))
        return parts

    def gaps(self, room: int | None = None) -> list[str]:
        """What is not known and the command that fills it, which stays whole where both do not fit in the room."""
        return [self._gap(gap, None if room is None else room - COUNT) for gap in self.brief.gaps]

    def _gap(self, gap: Gap, room: int | None) -> str:
        line = say("render.gap", self.lang, text=gap.text, command=gap.command)
        if room is None or cells(line) <= room:
            return line
        left = room - cells(say("render.gap", self.lang, text="", command=gap.command))
        return say("render.gap", self.lang, text=crop(gap.text, left), command=gap.command) if left > 8 else gap.command

    def promises(self) -> list[str]:
        """Overdue first, then by date; ours before theirs."""
        owed = [*self.brief.ours, *self.brief.theirs]
        owed.sort(key=lambda one: (not overdue(one, self.brief.today), one.by or date.max))
        return [promise_line(one, self.brief.today, self.lang) for one in owed]

    def person(self, person: Person, deep: bool) -> list[str]:
        """Name, roles, stance and style; then what to do and not to do."""
        head = " · ".join(part for part in (person.name, *self.known(person.contact), self.style(person)) if part)
        many = None if deep else 1 if len(self.brief.people) > 1 else 2
        do = [say("render.do", self.lang, text=line.text) for line in person.do[:many]]
        avoid = [say("render.avoid", self.lang, text=line.text) for line in person.avoid[: None if deep else 1]]
        unclear = person.watch if deep and not person.style else ()
        watch = [say("render.watch", self.lang, text=line.text) for line in unclear]
        return [head, *do, *avoid, *watch]

    def known(self, contact: Contact | None) -> list[str]:
        """What the rep noted of a contact: roles, stance, behaviour of late."""
        if contact is None:
            return []
        lately = say("render.lately", self.lang, behaviour=self.title(contact.behaviour)) if contact.behaviour else ""
        return [*map(self.title, contact.roles), self.title(contact.stance), lately]

    def card(self, card: Reference) -> list[str]:
        """A reference card: its title, then its lines."""
        return [say("render.card", self.lang, title=card.title), *(line.text for line in card.lines)]

    def style(self, person: Person) -> str:
        """The style with its confidence, the rep's own word for it, or that it is open."""
        if person.reading.style:
            share = round(person.reading.confidence * 100)
            return say("render.style-clear", self.lang, style=self.title(person.reading.style), share=share)
        if person.style:
            return say("render.style-own", self.lang, style=self.title(person.style))
        return say("render.style-open", self.lang)

    def advances(self) -> list[str]:
        """The primary advance and the fallback."""
        pairs = (("primary", self.brief.primary), ("fallback", self.brief.fallback))
        return [self.step(name, step) for name, step in pairs if step is not None]

    def step(self, name: str, step: Step) -> str:
        """Who does what by when; the date before the action, so that it is never cut off."""
        by = say("render.step-by", self.lang, day=show_day(step.by, self.lang, year=False)) if step.by else ""
        return say(f"render.{name}", self.lang, by=by, who=step.who or say("render.they", self.lang), what=step.what)

    def last(self, visit: Visit) -> str:
        """The last visit in one line."""
        debrief = visit.debrief
        words = [show_day(visit.when, self.lang)]
        if debrief:
            words += [self.title(debrief.outcome), debrief.summary or debrief.lesson]
        return " · ".join(word for word in words if word)

    def expected(self, one: Expected, deep: bool) -> list[str]:
        """An objection to be ready for, with the first thing to ask."""
        reason = say(f"render.reason-{one.reason}", self.lang)
        lines = one.say if deep else [line for line in one.say if line.text.startswith(("“", '"'))][:1] or one.say[:1]
        first, *rest = [line.text for line in lines] or [""]
        return [say("render.expected", self.lang, title=one.title, reason=reason, say=first), *rest]


def promise_line(promise: Promise, today: date, lang: Lang) -> str:
    """A promise: who owes what by when, and how late it is."""
    key = "we-owe" if promise.owner == "ours" else "they-owe"
    line = say(f"render.{key}", lang, who=promise.who or say("render.they", lang), what=promise.what)
    if promise.by:
        line += say("render.by", lang, day=show_day(promise.by, lang))
    if overdue(promise, today) and promise.by:
        line += say("render.overdue", lang, days=(today - promise.by).days)
    return line


def brief_text(view: BriefView, width: int, *, deep: bool = False, why: bool = False) -> "Text":
    """The brief on one screen; with `deep` everything, on as many rows as it takes."""
    sheet = Sheet(width)
    sheet.heading(view.head())
    for name, entries in view.parts(deep):
        style = "yellow" if name == "warnings" else ""
        one_row = name in ("advance", "last", "agenda", "gaps", "objections")
        budget = None if deep else BUDGET[name]
        if name == "gaps" and not deep and not sheet.narrow:
            entries = view.gaps(sheet.measure)
        label = say(f"render.{name}", view.lang)
        sheet.part(label, entries, budget, style, one_row=one_row, together=name == "people")
    if why:
        lines = [because_line(line, view.lang) for line in all_advice(view.brief)]
        sheet.part(say("render.why", view.lang), lines, None)
    return sheet.text()


def answer_text(
    given: Answer, lang: Lang, width: int, *, deep: bool, why: bool, style_title: str, also: Iterable[str]
) -> "Text":
    """An answer to an objection: the first block on top, the rest below it in one screen."""
    sheet = Sheet(width)
    sheet.heading(f"{given.title} · {given.summary}")
    for line in given.say:
        sheet.spoken(line.text, "bold" if line.text.startswith("“") else "")
    sheet.blank()
    style = [say("render.styled", lang, style=style_title, text=line.text) for line in given.style]
    sheet.part(say("render.behaviour", lang), [line.text for line in given.behaviour], None if deep else 2)
    sheet.part(say("render.style", lang), style, None if deep else 2)
    sheet.part(say("render.tell", lang), _tell(given, lang, deep), None if deep else 2)
    sheet.part(say("render.then", lang), _steps(given, lang), None if deep else 4)
    sheet.part(say("render.avoid-label", lang), [line.text for line in given.avoid], None if deep else 2)
    sheet.part(say("render.prevent", lang), [line.text for line in given.prevent], None if deep else 2)
    if why:
        lines = (*given.say, *given.style, *given.steps, *given.avoid, *given.prevent)
        sheet.part(say("render.why", lang), [because_line(line, lang) for line in lines], None)
    names = " · ".join(also)
    sheet.heading(say("render.also", lang, names=names) if names else say("render.try", lang), "dim")
    return sheet.text()


def _tell(given: Answer, lang: Lang, deep: bool) -> list[str]:
    kinds = [say(f"render.kind-{kind}", lang, text=text) for kind, text in given.kinds.items()] if deep else []
    return [given.ask.text, *kinds]


def _steps(given: Answer, lang: Lang) -> list[str]:
    return [
        say("render.technique", lang, text=line.text, title=title) if title else line.text
        for line, title in zip(given.steps, given.step_techniques, strict=True)
    ]


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


def verdict_text(
    verdict: Verdict, client: str, lang: Lang, today: date, width: int, *, topics: Mapping[str, str], why: bool
) -> "Text":
    """
    The verdict on a call, with the message to the client at the end, free of labels so that it can be copied.

    Args:
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
        " · ".join((say(f"render.outcome-{debrief.outcome}", lang), client, show_day(visit.when, lang))),
        _COLOUR[debrief.outcome],
    )
    sheet.part(say("render.verdict-because", lang), [line.text for line in verdict.because], None)
    sheet.part(say("render.plan", lang), [_plan_line(verdict, lang)], None)
    sheet.part(say("render.promises", lang), [promise_line(one, today, lang) for one in verdict.promises], None)
    sheet.part(say("render.heard", lang), _heard(verdict, topics, lang), None)
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
    debrief = verdict.debrief
    pairs = (("primary", debrief.primary), ("fallback", debrief.fallback))
    return " · ".join(
        say(f"render.plan-{name}", lang, result=say(f"render.result-{result}", lang))
        for name, result in pairs
        if result != "none"
    )


def _heard(verdict: Verdict, topics: Mapping[str, str], lang: Lang) -> list[str]:
    """Each objection in the customer's words, what it is about where that is clear, and whether it is settled."""
    states = {True: say("render.resolved", lang), False: say("render.unresolved", lang)}
    met = [(f"“{one.said}”", topics.get(one.topic or "", ""), states[one.resolved]) for one in verdict.objections]
    return [" · ".join(part for part in parts if part) for parts in met]


def _next_line(verdict: Verdict, lang: Lang) -> str:
    debrief = verdict.debrief
    when = show_day(debrief.next_date, lang) if debrief.next_date else ""
    return " · ".join(part for part in (debrief.next_step, when) if part)
