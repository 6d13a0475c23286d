"""The brief on one screen, and its parts as plain entries for every format."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from salescoach.coach.advice import Advice, is_spoken
from salescoach.coach.carry import OFTEN
from salescoach.coach.kept import overdue
from salescoach.coach.prep import Brief, Expected, Gap, Person, all_advice
from salescoach.language import Lang, say, show_day, visible
from salescoach.records.models import Contact, Step, Visit
from salescoach.render.lines import agreed_next, promise_line, with_command
from salescoach.render.sheet import COUNT, Sheet
from salescoach.render.styles import SHORT_BAR, bar, level, percent
from salescoach.render.why import because_line
from salescoach.wrap import in_rows

if TYPE_CHECKING:
    from rich.text import Text

#: Rows of each part of the brief on 80×24, in this order (ARCHITECTURE: the brief has a budget).
BUDGET = {
    "warnings": 2, "promises": 3, "people": 5, "advance": 4, "last": 1, "objections": 3, "questions": 3,
    "agenda": 1, "gaps": 1,
}  # fmt: skip
#: Rows in all, so that one is left for the prompt; where the advances need theirs, the questions give one.
ROWS = 23
GIVEN_UP = {"questions": 2}
#: Rows that one advance may take.
STEP_ROWS = 2
#: Observations of a person that a page shows.
SEEN = 4
#: Of several people so many entries each come first: who it is, what to do, how the rep adjusts.
EACH = 3
#: Cells that breaking a line between words may cost.
SLACK = 8


class BriefView:
    """The parts of a brief as plain entries, for every format."""

    def __init__(self, brief: Brief, lang: Lang, titles: Mapping[str, str]) -> None:
        self.brief = brief
        self.lang = lang
        self.titles = titles  # role, stance, stage, style and outcome ids to words

    def head(self) -> str:
        """Who and why."""
        return " · ".join(part for part in (self.brief.client, self.under()) if part)

    def under(self) -> str:
        """Why, when and at what stage."""
        brief = self.brief
        parts = (brief.purpose_title, show_day(brief.visit.when, self.lang), self.title(brief.stage))
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
            ("people", self.people(deep)),
            ("advance", self.advances()),
            ("last", [self.last(brief.last)] if brief.last else []),
            ("objections", self.expected(deep)),
            ("questions", [line.text for line in brief.questions]),
            ("agenda", [line.text for line in brief.agenda]),
            ("gaps", self.gaps()),
        ]
        if deep:
            parts.append(("checklist", [line.text for line in brief.checklist]))
            cards = [(one.title, f"salescoach guide {one.id}") for one in brief.cards]
            parts.append(("cards", [with_command(title, command, None, self.lang) for title, command in cards]))
        return parts

    def gaps(self, room: int | None = None) -> list[str]:
        """What is not known and the command that fills it, whole; where it has no room, the option that shows it."""
        left = None if room is None else room - COUNT
        return [with_command(gap.text, gap.command, left, self.lang) or self._elsewhere(gap) for gap in self.brief.gaps]

    def _elsewhere(self, gap: Gap) -> str:
        return say("render.gap", self.lang, text=gap.text, command="--deep")

    def promises(self) -> list[str]:
        """Overdue first, then by date; ours before theirs."""
        owed = [*self.brief.ours, *self.brief.theirs]
        owed.sort(key=lambda one: (not overdue(one, self.brief.today), one.by or date.max))
        return [promise_line(one, self.brief.today, self.lang) for one in owed]

    def people(self, deep: bool) -> list[str]:
        """Everybody met; on one screen what is left out of several of them follows, so that it is counted."""
        persons = self.brief.people
        if deep or len(persons) == 1:
            return [line for person in persons for line in self.person(person, deep)]
        told = [(person, self.person(person, deep)) for person in persons]
        rest = [(person.name, line) for person, lines in told for line in lines[EACH:]]
        return [line for _, lines in told for line in lines[:EACH]] + [
            say("render.expected-say", self.lang, name=name, say=line) for name, line in rest
        ]

    def person(self, person: Person, deep: bool) -> list[str]:
        """Name, roles, stance and style; what to do and not to do; what to look for where there is room for it."""
        head = " · ".join(part for part in (person.name, *self.known(person.contact), self.style(person)) if part)
        alone = len(self.brief.people) == 1
        many = None if deep else 2 if person.adjust or (alone and person.style) else 1
        do = [say("render.do", self.lang, text=line.text) for line in self._do(person, many)]
        avoid = [say("render.avoid", self.lang, text=line.text) for line in person.avoid[: None if deep else 1]]
        if deep:
            generally = () if person.style else person.watch
            watch = [say("render.watch", self.lang, text=line.text) for line in (*person.cues, *generally)]
            return [head, *self.weighed(person), *do, *avoid, *watch]
        look = self._look(person) if alone and not person.adjust else []
        return [head, *do, *avoid, *look] if person.style else [head, *do, *look, *avoid]

    def weighed(self, person: Person) -> list[str]:
        """The four bars, and what was seen with its dates; nothing where nothing was seen."""
        if not person.seen:
            return []
        shares = person.reading.shares
        bars = [f"{bar(share, SHORT_BAR)} {percent(share)} {self.title(style)}" for style, share in shares]
        days = [show_day(one.on, self.lang, year=one.on.year != self.brief.today.year) for one in person.seen[:SEEN]]
        return bars + [
            say("render.evidence", self.lang, day=day, text=one.text)
            for one, day in zip(person.seen, days, strict=False)
        ]

    def _look(self, person: Person) -> list[str]:
        """The next cue to watch for; where the style is open, three things to look for in one entry."""
        cues = [line.text for line in person.cues[: 1 if person.style else None]]
        return [say("render.watch", self.lang, text=" · ".join(cues))] if cues else []

    def _do(self, person: Person, many: int | None) -> tuple[Advice, ...]:
        """What to do; the rep's own adjustments take the place of the second."""
        if many is None:
            return (*person.do, *person.adjust)
        return (*person.do[:1], *person.adjust) if person.adjust else person.do[:many]

    def known(self, contact: Contact | None) -> list[str]:
        """What the rep noted of a contact: roles, stance, behaviour of late."""
        if contact is None:
            return []
        lately = say("render.lately", self.lang, behaviour=self.title(contact.behaviour)) if contact.behaviour else ""
        return [*map(self.title, contact.roles), self.title(contact.stance), lately]

    def style(self, person: Person) -> str:
        """The style with its confidence, the rep's own word for it, or that it is open; the four bars, best first."""
        bars = " " + "".join(level(share) for _, share in person.reading.shares) if person.reading.seen else ""
        if person.reading.style:
            share = round(person.reading.confidence * 100)
            return say("render.style-clear", self.lang, style=self.title(person.reading.style), share=share) + bars
        if person.style:
            return say("render.style-own", self.lang, style=self.title(person.style)) + bars
        return say("render.style-open", self.lang) + bars

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
        words = [show_day(visit.when, self.lang, year=visit.when.year != self.brief.today.year)]
        if debrief:
            after = agreed_next(debrief, self.brief.today, self.lang)
            words += [self.title(debrief.outcome), after, debrief.summary or debrief.lesson]
        return " · ".join(word for word in words if word)

    def expected(self, deep: bool) -> list[str]:
        """The objections to be ready for: with `deep` each with what to say, else their names and the first answer."""
        told = [(one, self._reasoned(one)) for one in self.brief.objections]
        if deep:
            return [line for one, name in told for line in self._answered(name, [line.text for line in one.say])]
        names = say("render.between", self.lang).join(name for _, name in told)
        spoken = [line.text for one, _ in told[:1] for line in one.say if is_spoken(line.text)]
        return [names, *spoken[:1]]

    def _reasoned(self, one: Expected) -> str:
        return say("render.expected", self.lang, title=one.title, reason=self.reason(one))

    def reason(self, one: Expected) -> str:
        """Why an objection is expected."""
        key = "often" if one.times >= OFTEN else "usual" if one.heard and not one.times else one.reason
        return say(f"render.reason-{key}", self.lang, times=one.times or one.heard)

    def _answered(self, name: str, lines: list[str]) -> list[str]:
        first, *rest = lines or [""]
        return [say("render.expected-say", self.lang, name=name, say=first), *rest]


def brief_text(view: BriefView, width: int, *, deep: bool = False, why: bool = False) -> "Text":
    """The brief on one screen; with `deep` everything, on as many rows as it takes."""
    sheet = _filled(view, width, deep, BUDGET)
    if not deep and not sheet.narrow and len(sheet.rows) > ROWS:
        sheet = _filled(view, width, deep, BUDGET | GIVEN_UP)
    if why:
        lines = [because_line(line, view.lang) for line in all_advice(view.brief)]
        sheet.part(say("render.why", view.lang), lines, None)
    return sheet.text()


def _filled(view: BriefView, width: int, deep: bool, budget: Mapping[str, int]) -> Sheet:
    """The parts of a brief, each within its rows."""
    sheet = Sheet(width)
    sheet.heading(view.head())
    for name, entries in view.parts(deep):
        style = "yellow" if name == "warnings" else ""
        one_row = name in ("last", "agenda", "gaps")
        if name == "gaps" and not deep:
            entries = view.gaps(sheet.measure if not sheet.narrow else 2 * sheet.measure - SLACK)
        if name == "advance" and not deep and not sheet.narrow:
            entries = [in_rows(visible(entry), sheet.measure, STEP_ROWS) for entry in entries]
        label = say(f"render.{name}", view.lang)
        rows = None if deep else budget[name]
        sheet.part(label, entries, rows, style, one_row=one_row, together=name == "people")
    return sheet
