"""`salescoach account map`: the buying centre, what goes with a person, the relationship plan, the guided series."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salescoach.cli.account.sheets import is_about_people, told_by_name, with_ids
from salescoach.cli.gather import titles
from salescoach.cli.lookup import contact_called, find_person
from salescoach.cli.output import check_format, columns, delivered
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct, tell
from salescoach.coach import centre as coach
from salescoach.coach.advice import voice
from salescoach.coach.assess import Standing, as_checklist, standing, taken
from salescoach.coach.said import in_words
from salescoach.errors import Interrupted, InvalidError, UsageError
from salescoach.language import Lang, addressed, both, pick, quoted, say, show_day
from salescoach.playbook.models import Checklist, Scorecard, Typology
from salescoach.records.account import Assessment, Said
from salescoach.records.models import Client, Contact
from salescoach.render.centre import CentreView, Command, centre_html, centre_markdown, centre_text
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.library import Library
    from salescoach.walk.beside import Beside
    from salescoach.walk.machine import Walk
    from salescoach.walk.tree import Path as Place

#: What drafts of this command are filed under, and those of a row of the plan.
COMMAND, PLANNING = "account map", "account map --plan"
PERSON, ACCOUNT, PLAN = "person", "account-map", "relationship-plan"
#: The line that must not lead back to its beginning.
REPORTS_TO = "reports_to"
#: Gaps that are named after a walk.
STILL = 3


@value
class Wish:
    """What is to be shown, and how."""

    without: str | None = None
    plan: bool = False
    json: bool = False
    format: str = "text"
    output: Path | None = None

    @property
    def is_picture(self) -> bool:
        """The map itself is wanted, not a walk: as a document or a page, or in a file."""
        return self.json or self.output is not None or self.format != "text"


def show_map(
    session: "Session",
    client_text: str,
    *,
    without: str | None,
    plan: bool,
    ask: bool,
    deep: bool,
    answers: str | None,
    questions: bool,
    as_json: bool,
    format_: str,
    output: Path | None,
) -> Result:
    """
    The map of a client; of a person, or where it is asked for, the guided series.

    Raises:
        NotFoundError: No such client or person.
        UsageError: There is nobody to be asked, and there are no answers; a format that there is not; both the plan
            and who is missing.
    """
    check_format(format_)
    if plan and without is not None:
        raise UsageError("map-plan-without")
    client, contact = find_person(session, client_text)
    wish = Wish(without=without, plan=plan, json=as_json, format=format_, output=output)
    in_file = answers is not None or questions
    walks = ask or deep or in_file
    if contact is not None and without is None:
        walks = walks or not plan or (session.interactive and not wish.is_picture)
    if not walks:
        return _shown(session, client, wish)
    if contact is None and not in_file and session.interactive:
        contact = _which(session, client)
    asked = _Asked(session, client, contact, answers=answers, questions=questions, deep=deep, plan=plan)
    return asked.walked(wish)


# The map


def cards_of(library: "Library") -> coach.Cards:
    """What the map rests on."""
    return coach.Cards(
        person=library.get(Scorecard, PERSON),
        account=library.get(Scorecard, ACCOUNT),
        plan=library.get(Scorecard, PLAN),
        departments=library.get(Typology, "departments").entries,
    )


def centre_of(session: "Session", client: Client) -> coach.Centre:
    """The buying centre of a client as the records know it."""
    store = session.store()
    return coach.centre(
        client,
        store.contacts.of(client.id),
        store.visits.held(client.id),
        store.touches.of(client.id),
        store.assessments.of(client.id),
        cards_of(session.library()),
        session.today,
        promises=store.promises.open_of(client.id),
    )


def gaps_told(session: "Session", drawn: coach.Centre, gaps: Sequence[coach.Gap]) -> tuple[coach.Told, ...]:
    """Gaps in words, each with what to do about it."""
    speaker = voice(session.lang, session.me(), client=drawn.client.name)
    words = session.library().get(Typology, "map-gaps")
    return coach.told(gaps, words, coach.department_names(drawn, session.lang), speaker)


def _shown(session: "Session", client: Client, wish: Wish) -> Result:
    drawn = centre_of(session, client)
    loss = None
    if wish.without is not None:
        gone = session.store().contacts.find(client, wish.without)
        loss = coach.without(drawn, gone.id)
    gaps = gaps_told(session, drawn, drawn.gaps)
    opening = gaps_told(session, drawn, loss.gaps) if loss is not None else ()
    document = coach.document(drawn, gaps, loss, opening)
    if wish.json:
        return Result(document=document, json=True)
    view = CentreView(
        drawn,
        session.lang,
        coach.department_names(drawn, session.lang),
        gaps if loss is None else opening,
        _commands(session, drawn, wish),
        loss=loss,
        plan=wish.plan,
    )
    return _in_format(session, view, document, wish)


def _in_format(session: "Session", view: CentreView, document: Mapping[str, Any], wish: Wish) -> Result:
    """As text, Markdown or HTML, on the screen or in a file."""
    picture: Any
    if wish.format == "text":
        picture = centre_text(view, columns(wish.output))
    else:
        picture = centre_html(view) if wish.format == "html" else centre_markdown(view)
    return delivered(session, document, picture, wish.output)


def _commands(session: "Session", drawn: coach.Centre, wish: Wish) -> list[Command]:
    """What to type next: two lines at most."""
    lang, name = session.lang, drawn.client.name
    if not drawn.people:
        return [_command(lang, "next-contact", f"salescoach contact add {quoted(name)} NAME")]
    if wish.plan:
        idle = next((one for one in drawn.people if not one.plan.stands(session.today)), None)
        return [_about(lang, "next-step", drawn.client, idle.contact, " --plan")] if idle is not None else []
    if wish.without is not None:
        return [_command(lang, "see-map", f"salescoach account map {quoted(name)}")]
    found = []
    if (person := coach.next_to_ask(drawn)) is not None:
        found.append(_about(lang, "next-person", drawn.client, person.contact))
    if drawn.technical_content is None:
        found.append(_command(lang, "next-account", f"salescoach account map {quoted(name)} --ask"))
    return found or [_command(lang, "next-plan", f"salescoach account map {quoted(name)} --plan")]


def _command(lang: Lang, key: str, line: str) -> Command:
    return Command(what=say(f"centre.{key}", lang), line=line)


def _about(lang: Lang, key: str, client: Client, contact: Contact, option: str = "") -> Command:
    what = say(f"centre.{key}", lang, name=contact.name)
    return Command(what=what, line=f"salescoach account map {addressed(client.name, contact.name)}{option}")


# The guided series


def _which(session: "Session", client: Client) -> Contact | None:
    """Which person is meant; None for the account as a whole."""
    from salescoach.walk.terminal import choose

    drawn = centre_of(session, client)
    names = [say("centre.whole", session.lang), *(one.name for one in drawn.people)]
    wanted = coach.next_to_ask(drawn) if drawn.technical_content else None
    pointed = drawn.people.index(wanted) + 1 if wanted else 0
    place = choose(say("centre.which", session.lang), names, session.lang, pointed=pointed)
    return drawn.people[place - 1].contact if place else None


class _Asked:
    """
    One walk: about a person, or about the account as a whole.

    Args:
        deep: Everything is asked of a person, not what makes role and stance alone; from a file everything is taken.
        plan: Only their row of the relationship plan is asked.
    """

    def __init__(
        self,
        session: "Session",
        client: Client,
        contact: Contact | None,
        *,
        answers: str | None,
        questions: bool,
        deep: bool,
        plan: bool,
    ) -> None:
        self.session, self.client, self.contact = session, client, contact
        self.lang: Lang = session.lang
        self.drawn = centre_of(session, client)
        self.others = [one.contact for one in self.drawn.people if contact is None or one.id != contact.id]
        self.in_file = answers is not None or questions
        self.whole = self.in_file or deep
        self.planning = plan and contact is not None and not self.whole
        options = [(" --ask", contact is None), (" --plan", self.planning), (" --deep", deep)]
        self.asking = Asking(
            command=PLANNING if self.planning else COMMAND,
            subject=contact.id if contact is not None else client.id,
            line=f"salescoach account map {addressed(client.name, contact.name if contact else '')}"
            + "".join(option for option, given in options if given),
            answers=answers,
            questions=questions,
            hidden=False,
        )
        subject = contact.id if contact is not None else None
        said = self.drawn.book.assessments
        self.sheets = [standing(card, said, session.today, contact_id=subject) for card in self.cards()]
        drafts = session.store().drafts
        self.draft = None if self.in_file else drafts.find(self.asking.command, self.asking.subject)

    def cards(self) -> tuple[Scorecard, ...]:
        """What is asked: a short series, or all of it."""
        cards = self.drawn.book.cards
        if self.contact is None:
            return (cards.account,)
        if self.planning:
            return (cards.plan,)
        return (cards.person, cards.plan) if self.whole else (cards.person,)

    def walked(self, wish: Wish) -> Result:
        """Ask, keep what was said, and say what was kept; of a series that is left, the answers."""
        try:
            walk = conduct(self.session, self.asking, self.build, self.beside())
            if isinstance(walk, Result):
                return walk
            proposed = coach.proposal(self.sheets[0].card, walk.answers)
            after = self.judged(proposed)
            keep = after is not None and self.agreed(proposed, after)
        except Interrupted:
            self.keep_so_far()
            raise
        self.save(walk, after if keep else None)
        if wish.is_picture:
            return _shown(self.session, self.client, wish)
        return Result(document={}, show=self.told(walk, after, keep))

    def beside(self) -> "Beside":
        """Whom it is about stands before the first question."""
        from salescoach.walk.beside import Beside

        waiting = [] if self.contact is None else [self.named_whole(self.contact)]
        return Beside(lines=lambda question, answers: [waiting.pop()] if waiting else [], fits=lambda *_: ())

    def named_whole(self, contact: Contact) -> str:
        """Name and job, or where they work."""
        what = contact.position or contact.department
        return say("centre.about", self.lang, name=contact.name, what=what) if what else contact.name

    def build(self, kept: Mapping[str, Any]) -> "Walk":
        """The series in its order, what was answered before as defaults."""
        from salescoach.walk.machine import Walk

        session = self.session
        lists = [self.checklist(sheet) for sheet in self.sheets]
        known = {key: said for sheet in self.sheets for key, said in told_by_name(sheet, self.others).items()}
        people = choices(session.library(), self.others)
        return Walk(lists, kept, today=session.today, choices=people, known=known, check=self.check)

    def check(self, place: "Place", said: Any) -> None:
        """
        Nobody is their own superior, by whatever line; nor do they sway themselves.

        Raises:
            InvalidError: "answer-themself" or "answer-ring".
        """
        if self.contact is None or place[0] not in self.of_people:
            return
        for name in [said] if isinstance(said, str) else said:
            known = contact_called(self.session, self.client, name)
            if known is not None and known.id == self.contact.id:
                raise InvalidError("answer-themself", name=known.name)
            if known is not None and place[0] == REPORTS_TO:
                self.refuse_ring(self.contact, known)

    def refuse_ring(self, contact: Contact, boss: Contact) -> None:
        """Who stands above somebody does not report to them."""
        line = [one.id for one in coach.line_above(self.drawn.people, boss.id)]
        if contact.id in line:
            above = [self.drawn.person(id_).name for id_ in line[: line.index(contact.id) + 1]]
            raise InvalidError("answer-ring", line=" → ".join([contact.name, boss.name, *above]))

    @property
    def of_people(self) -> list[str]:
        """The items that are answered with people."""
        return [id_ for sheet in self.sheets for id_ in _of_people(sheet)]

    def checklist(self, sheet: Standing) -> Checklist:
        """Everything that is asked of a sheet."""
        wanted = [one for one in sheet.held if self.whole or one.item.pace != "deep"]
        return as_checklist(sheet, wanted, both("account.because"), in_file=self.in_file)

    def judged(self, proposed: coach.Proposal) -> Contact | None:
        """The contact as the answers have it; None where they change nothing."""
        if self.contact is None:
            return None
        after = replace(
            self.contact,
            roles=proposed.roles_after(self.contact.roles),
            stance=proposed.stance or self.contact.stance,
            influence=proposed.influence or self.contact.influence,
        )
        same = set(after.roles) == set(self.contact.roles) and replace(after, roles=self.contact.roles) == self.contact
        return None if same else after

    def agreed(self, proposed: coach.Proposal, after: Contact) -> bool:
        """
        At a terminal the rep has the last word.

        Raises:
            Interrupted: They left without one; the draft is kept.
        """
        if self.in_file:
            return True
        from salescoach.walk.terminal import confirm

        words = titles(self.session.library(), self.lang)
        tell(self.session, say("centre.proposed", self.lang))
        for reason in proposed.because:
            tell(self.session, f"  {self.reason(reason, words)}")
        tell(self.session, say("centre.would-be", self.lang, name=after.name, line=self.line(after)))
        try:
            return confirm(say("centre.keep", self.lang), self.lang, default=True)
        except Interrupted as stop:
            raise Interrupted("walk-paused", command=self.asking.line) from stop

    def reason(self, reason: coach.Reason, words: Mapping[str, str]) -> str:
        """An answer and what it speaks for."""
        speaks = [words.get(id_, id_) for id_ in reason.mark.proposes]
        speaks += [say("centre.influence", self.lang, points=reason.mark.points)] if reason.mark.points else []
        return say(
            "centre.reason",
            self.lang,
            ask=pick(reason.item.ask, self.lang),
            answer="".join(in_words(reason.item, reason.mark.id, self.lang)),
            proposes=say("walk.between", self.lang).join(speaks),
        )

    def line(self, contact: Contact) -> str:
        """Roles, stance and influence in words."""
        words = titles(self.session.library(), self.lang)
        parts = [*(words.get(role, role) for role in contact.roles), words.get(contact.stance or "", "")]
        parts += [say("centre.influence", self.lang, points=contact.influence)] if contact.influence else []
        return " · ".join(part for part in parts if part)

    def save(self, walk: "Walk", after: Contact | None) -> None:
        """Answers, newcomers, the contact and the end of the draft, in one transaction."""
        store = self.session.store()
        with store.transaction():
            self.keep(walk.answers)
            if after is not None:
                store.contacts.save(after)
            store.drafts.drop(self.asking.command, self.asking.subject)

    def keep_so_far(self) -> None:
        """What was answered counts from today though the series was left; role and stance wait for its end."""
        store = self.session.store()
        draft = store.drafts.find(self.asking.command, self.asking.subject)
        if draft is not None:
            with store.transaction():
                self.keep(self.build(draft.answers).answers)

    def keep(self, answers: Mapping[str, Any]) -> None:
        """The answers as records; who is not known becomes a contact."""
        store = self.session.store()
        for sheet in self.sheets:
            made = self.record(sheet, answers)
            if made is not None:
                made = self.news(with_ids(self.session, self.client, sheet.card, made))
            if made is not None and made.answers:
                store.assessments.add(made)

    def news(self, made: Assessment) -> Assessment:
        """Without what was recorded when the series was left before: that keeps its day."""
        if self.draft is None:
            return made
        told: dict[str, Said] = {}
        for one in sorted(self.drawn.book.assessments, key=lambda one: (one.on, one.id)):
            if (one.sheet, one.contact_id) == (made.sheet, made.contact_id) and one.id > self.draft.id:
                told |= one.answers
        return replace(made, answers={id_: said for id_, said in made.answers.items() if told.get(id_) != said})

    def record(self, sheet: Standing, answers: Mapping[str, Any]) -> Assessment | None:
        """What was answered, lists that are empty now among it: nobody is at odds with them any more."""
        store, today = self.session.store(), self.session.today
        made = taken(sheet, answers, today, store.new_id, self.client.id)
        emptied = {id_: Said(answer=[]) for id_ in _of_people(sheet) if answers.get(id_) == [] and sheet.answer(id_)}
        if not emptied:
            return made
        if made is not None:
            return replace(made, answers={**made.answers, **emptied})
        return Assessment(
            id=store.new_id(), client_id=self.client.id, contact_id=sheet.contact_id, sheet=sheet.card.id,
            version=sheet.card.version, on=today, answers=emptied,
        )  # fmt: skip

    def told(self, walk: "Walk", after: Contact | None, kept: bool) -> str:
        """What was kept, what is still missing, and where the map is."""
        from salescoach.cli.show import shown, width
        from salescoach.wrap import wrap

        lang = self.lang
        if not walk.answers:
            return say("centre.nothing-said", lang)
        lines = [self.kept_line(after, kept)]
        drawn = centre_of(self.session, self.client)
        missing = gaps_told(self.session, drawn, drawn.gaps)
        lines += [say("centre.still-open", lang)] if missing else []
        lines += [f"· {gap.text}" for gap in missing[:STILL]]
        line = f"salescoach account map {quoted(self.client.name)}"
        lines.append(say("centre.command", lang, what=say("centre.see-map", lang), command=line))
        return "\n".join(row for one in lines for row in wrap(shown(one), width(sys.stdout)))

    def kept_line(self, after: Contact | None, kept: bool) -> str:
        """What became of the answers."""
        if self.contact is None:
            return say("centre.saved", self.lang, line=self.client.name)
        if after is not None and not kept:
            return say("centre.left", self.lang, name=self.contact.name)
        person = after or self.contact
        about = self.step() if self.planning else self.line(person)
        line = " · ".join(part for part in (person.name, about) if part)
        return say("centre.saved", self.lang, line=line)

    def step(self) -> str:
        """What is planned with them, and by when."""
        assert self.contact is not None  # there is no planning without one
        plan = centre_of(self.session, self.client).person(self.contact.id).plan
        by = show_day(plan.by, self.lang) if plan.by is not None else ""
        return " · ".join(part for part in (plan.action, by) if part)


def _of_people(sheet: Standing) -> list[str]:
    """The items of a sheet that are answered with people."""
    return [one.item.id for one in sheet.held if is_about_people(one.item)]
