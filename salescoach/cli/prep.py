"""`salescoach prep`: the one screen before a visit, then the checklist."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.gather import entry_called, history_of, titles
from salescoach.cli.lookup import contact_called, find_person, newcomer
from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.output import check_format, columns, delivered
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct
from salescoach.coach import prep as coach
from salescoach.coach.advice import Voice, voice
from salescoach.coach.carry import label
from salescoach.coach.facts import facts_before
from salescoach.coach.history import History
from salescoach.errors import UsageError
from salescoach.language import pick, quoted, say, show_day
from salescoach.playbook.models import Objection, Typology
from salescoach.records.models import Client, Contact, Visit

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.care import Care
    from salescoach.playbook.facts import Facts
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
#: The id of a visit that nobody has decided to save.
UNSAVED = ""
#: Rows of the tallest question of a prep: what the brief must leave free to stay in sight.
TALLEST = 14


@app.command(help="prep.help")
def prep(
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(help="prep.client", show_default=False)],
    contact: Annotated[list[str] | None, typer.Option("--contact", metavar="NAME", help="prep.contact")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="ID", help="prep.purpose")] = None,
    when: Annotated[str | None, typer.Option("--when", metavar="DATE", help="prep.when")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="prep.brief")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="prep.deep")] = False,
    why: Annotated[bool, typer.Option("--why", help="prep.why")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="prep.format")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="prep.output")] = None,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """Show the brief; unless only that was asked for, walk the checklist and save the planned visit."""
    session: Session = ctx.obj
    check_format(format_)
    who, person = find_person(session, client, may_add=True)
    history = history_of(session, who)
    met = [person] if person else []
    met += [session.store().contacts.find(who, name) for name in contact or ()]
    visit, planned = _visit(session, history, met, purpose, when)
    history = replace(history, planned=planned)
    screen = Screen(session, history, deep=deep, why=why, format_=format_, output=output, as_json=as_json)
    if brief:
        return screen.show(visit)
    given = _given(met, purpose, when, visit)
    return _walked(session, history, visit, given, screen, answers=answers, questions=questions, deep=deep)


def _visit(
    session: "Session", history: History, met: Sequence[Contact], purpose: str | None, when: str | None
) -> tuple[Visit, Visit | None]:
    """The visit being prepared, the planned one behind it if there is one."""
    day = _day(when, session, history.client) if when is not None else None
    planned = _planned(session, history.client, day)
    base = planned or Visit(id=UNSAVED, client_id=history.client.id, when=day or session.today)
    guessed = coach.guess_purpose(replace(history, planned=planned), session.today)
    wanted = guessed if purpose is None else _purpose(session, purpose)
    ids = tuple(dict.fromkeys(one.id for one in met))
    visit = replace(base, purpose=wanted, contact_ids=ids or base.contact_ids, when=day or base.when)  # type: ignore[arg-type]
    return visit, planned


def _planned(session: "Session", client: Client, day: date | None) -> Visit | None:
    """The plan that this prep goes on with: of that day, else the next one."""
    plans = session.store().visits.planned_for(client.id, session.today)
    if day is not None:
        return next((plan for plan in plans if plan.when == day), None)
    return plans[0] if plans else None


def _day(text: str, session: "Session", client: Client) -> date:
    from salescoach.walk.dates import parse_date

    day = parse_date(text, session.today)
    if day < session.today:
        raise UsageError(
            "prep-over", day=show_day(day, session.lang), client=quoted(client.name), on=day.isoformat()
        )
    return day


def _purpose(session: "Session", name: str) -> str:
    """A purpose by id or any of its names."""
    entry = entry_called(session.library().get(Typology, "purposes"), name)
    if entry is None:
        raise UsageError("purpose-unknown", name=name)
    return entry.id


def _given(met: Sequence[Contact], purpose: str | None, when: str | None, visit: Visit) -> dict[str, Any]:
    """What the command line has said already, and need not be asked again."""
    given: dict[str, Any] = {}
    if purpose is not None:
        given["purpose"] = visit.purpose
    if when is not None:
        given["when"] = visit.when.isoformat()
    if met:
        given["contacts"] = [one.name for one in met]
    return given


class Screen:
    """The brief of a visit, in the form that was asked for."""

    def __init__(
        self,
        session: "Session",
        history: History,
        *,
        deep: bool,
        why: bool,
        format_: str,
        output: Path | None,
        as_json: bool,
    ) -> None:
        self.session = session
        self.history = history
        self.deep, self.why, self.format, self.output, self.as_json = deep, why, format_, output, as_json

    @property
    def speaker(self) -> Voice:
        """The rep's voice towards this client."""
        return voice(self.session.lang, self.history.me, client=self.history.client.name)

    def brief(self, visit: Visit) -> coach.Brief:
        """The brief of this visit."""
        library, today = self.session.library(), self.session.today
        return coach.brief(library, self.history, visit, today, self.speaker, deep=self.deep, care=self.care)

    @cached_property
    def care(self) -> "list[Care]":
        """What is due with this client; looked up once, since a walk shows its brief more than once."""
        from salescoach.cli.care import care_of

        return care_of(self.session, self.history.client)

    def show(self, visit: Visit) -> Result:
        """The brief as a result; written to a file where one was named."""
        made = self.brief(visit)
        document = coach.document(made)
        if self.why:
            document["why"] = [line.because() for line in coach.all_advice(made)]
        if self.as_json:
            return Result(document=document, json=True)
        return delivered(self.session, document, self.picture(made), self.output)

    def picture(self, made: coach.Brief) -> Any:
        """The brief as Rich text, Markdown or HTML."""
        from salescoach.render.brief import BriefView, brief_text

        view = BriefView(made, self.session.lang, titles(self.session.library(), self.session.lang))
        if self.format == "text":
            return brief_text(view, columns(self.output), deep=self.deep, why=self.why)
        from salescoach.render.brief_page import brief_html
        from salescoach.render.pages import brief_markdown

        return brief_html(view) if self.format == "html" else brief_markdown(view)


def _walked(
    session: "Session",
    history: History,
    visit: Visit,
    given: Mapping[str, Any],
    screen: Screen,
    *,
    answers: str | None,
    questions: bool,
    deep: bool,
) -> Result:
    """Walk the checklists, save the plan, and show the brief where it was not shown before."""
    build = Builder(session, history, visit, given, screen, deep=deep)
    subject = visit.id if history.planned else history.client.id
    line = f"salescoach prep {quoted(history.client.name)}"
    asking = Asking(command="prep", subject=subject, line=line, answers=answers, questions=questions)
    at_terminal = answers is None and not questions and session.interactive
    if at_terminal and not screen.as_json and screen.output is None and screen.format == "text":
        _read_first(session, drawn_of(screen, visit))
    walk = conduct(session, asking, build)
    if isinstance(walk, Result):
        return walk
    if answers is not None:
        _refuse_another(given, walk.answers)
    saved = _save(session, screen, visit, walk.answers, asking)
    if not at_terminal or screen.as_json or screen.output or _differs(visit, saved):
        fresh = Screen(
            session,
            replace(history, contacts=tuple(session.store().contacts.of(history.client.id)), planned=saved),
            deep=deep, why=screen.why, format_=screen.format, output=screen.output, as_json=screen.as_json,
        )  # fmt: skip
        return fresh.show(saved)
    from salescoach.cli.show import broken

    purpose = coach.title_of(session.library(), "purposes", saved.purpose, session.lang)
    said = say("prep.saved", session.lang, purpose=purpose, day=show_day(saved.when, session.lang))
    return Result(document={}, show=broken(said, sys.stdout))


def _refuse_another(given: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """
    Day and purpose are said in one place, or alike: neither the option nor the file is passed over without a word.

    Raises:
        UsageError: They differ.
    """
    for key in ("when", "purpose"):
        if key in given and answers.get(key, given[key]) != given[key]:
            raise UsageError("option-against-file", option=f"--{key}", given=given[key], said=answers[key])


def drawn_of(screen: Screen, visit: Visit) -> str:
    """The brief as it is printed."""
    from salescoach.cli.show import drawn

    return drawn(screen.picture(screen.brief(visit)))


def _read_first(session: "Session", brief: str) -> None:
    """
    Show the brief, and where the questions would push its head off the screen, wait until it is read.

    Raises:
        Interrupted: The rep has read enough; nothing is saved.
    """
    from salescoach.cli.show import write
    from salescoach.walk.terminal import hold

    write(brief, sys.stdout)
    if sys.stdout.isatty() and brief.count("\n") + TALLEST > get_terminal_size().lines:
        hold(say("prep.hold", session.lang))
    else:
        write("\n", sys.stdout)


def _differs(before: Visit, after: Visit) -> bool:
    """The answers changed what the brief rests on."""
    return (before.purpose, before.when, before.contact_ids) != (after.purpose, after.when, after.contact_ids)


class Builder:
    """Makes the walk of a prep from the answers it starts with."""

    def __init__(
        self,
        session: "Session",
        history: History,
        visit: Visit,
        given: Mapping[str, Any],
        screen: Screen,
        *,
        deep: bool,
    ) -> None:
        self.session, self.history, self.visit, self.given, self.screen, self.deep = (
            session,
            history,
            visit,
            given,
            screen,
            deep,
        )
        self._known: dict[tuple[Any, ...], dict[str, Any]] = {}  # for each visit that the answers have meant

    def __call__(self, answers: Mapping[str, Any]) -> "Walk":
        """The common questions, then the list of each purpose: which one is walked, the first answer says."""
        from salescoach.walk.machine import Walk

        library = self.session.library()
        return Walk(
            coach.walked(library, "prep"),
            {**self.given, **answers},
            today=self.session.today,
            facts=self.facts,
            choices=choices(library, self.history.contacts, carried=self.offered),
            pace="deep" if self.deep else "normal",
            known=self.known,
        )

    def facts(self, answers: Mapping[str, Any]) -> "Facts":
        """What a condition may ask, given the answers so far."""
        visit = self.visit_of(answers)
        styles = self.session.library().get(Typology, "styles")
        met = coach.who_is_met(self.history, visit)
        known = facts_before(self.history, styles, visit, met, self.session.today)
        return replace(known, carried_often=len(self.offered))

    def visit_of(self, answers: Mapping[str, Any]) -> Visit:
        """The visit that is prepared, given the answers so far."""
        return replace(
            self.visit,
            purpose=answers.get("purpose") or self.visit.purpose,
            when=coach.day(answers.get("when")) or self.visit.when,
        )

    @cached_property
    def offered(self) -> dict[str, str]:
        """What came back so often that it may be dropped, in words by id; with what this plan dropped before."""
        plan = self.visit.plan
        fresh = replace(self.history, planned=replace(self.visit, plan=replace(plan, drop=())) if plan else None)
        library, lang = self.session.library(), self.session.lang
        topics = {id_: pick(title, lang) for id_, title in library.titles(Objection).items()}
        back = coach.carried_to(library, fresh, self.visit, self.session.today, lang)
        return {one.id: label(one, topics, lang) for one in back if one.often}

    def known(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """
        What Enter accepts: the guess for the visit, the drafted advances, the objections expected, the last plan; of
        the purpose, the day and the people that were named so far.
        """
        names = tuple(answers.get("contacts") or ())
        visit = self.visit_of(answers)
        place = (visit.purpose, visit.when, names)
        if place not in self._known:
            found = [contact_called(self.session, self.history.client, name) for name in names]
            met = tuple(dict.fromkeys(one.id for one in found if one is not None))
            self._known[place] = self._known_of(replace(visit, contact_ids=met or visit.contact_ids))
        return self._known[place]

    def _known_of(self, visit: Visit) -> dict[str, Any]:
        made = self.screen.brief(visit)
        plan = self.visit.plan
        kept: dict[str, Any] = {
            "purpose": visit.purpose,
            "when": visit.when.isoformat(),
            "contacts": [person.name for person in made.people if person.contact],
            "primary_advance": _step_answer(made.primary),
            "fallback_advance": _step_answer(made.fallback),
            "expected_objections": [one.topic for one in made.objections],
            "questions": [one.text for one in made.carried if one.kind == "question"],
        }
        if plan is not None:
            kept |= {"questions": list(plan.questions), "drop": list(plan.drop)}
            kept |= {"forecast": plan.forecast, "notes": plan.notes}
            kept["checklist"] = {item: one.state for item, one in plan.checklist.items()}
        return {key: said for key, said in kept.items() if said}


def _step_answer(step: Any) -> dict[str, Any] | None:
    if step is None:
        return None
    by = step.by.isoformat() if step.by else None
    return {key: part for key, part in (("who", step.who), ("what", step.what), ("by", by)) if part}


def _save(session: "Session", screen: Screen, visit: Visit, answers: Mapping[str, Any], asking: Asking) -> Visit:
    """The planned visit, its newcomers and the end of the draft: one transaction."""
    from salescoach.coach.used import used_in_prep

    store, history = session.store(), screen.history
    with store.transaction():
        people = [
            contact_called(session, history.client, name) or newcomer(session, history.client, name)
            for name in answers.get("contacts") or ()
        ]
        ids = tuple(dict.fromkeys(one.id for one in people))
        named = visit if history.planned else replace(visit, id=store.new_id())
        planned = coach.plan(named, answers, ids)
        saved = replace(planned, playbooks=used_in_prep(session.library(), screen.brief(planned)))
        if history.planned is None:
            store.visits.add(saved)
        else:
            store.visits.change(history.planned, saved)
        store.drafts.drop(asking.command, asking.subject)
    return saved
