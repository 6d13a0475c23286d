"""`salescoach complaint`: the four steps of a complaint, the honest promise, and what is still open."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.gather import history_of
from salescoach.cli.lookup import find_person
from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct, tell
from salescoach.coach import complaint as coach
from salescoach.coach.advice import Advice, Voice, voice
from salescoach.coach.complaint import Complaint, Outcome
from salescoach.coach.history import reading
from salescoach.coach.prep import walked
from salescoach.coach.style import effective
from salescoach.errors import NotFoundError, UsageError
from salescoach.language import Lang, addressed, quoted, say, show_day, visible
from salescoach.playbook.models import Checklist, Typology
from salescoach.records.models import Client, Contact, Draft
from salescoach.records.names import short_id
from salescoach.render.lines import complaint_line, promise_line
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.models import Pace
    from salescoach.records.ids import Style
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
#: A draft's command is this and the id of the complaint, so that several at one client do not meet.
DRAFT = "complaint "
#: In a draft, beside the answers: who complains.
CONTACT = "_contact"


@value
class Wish:
    """What the command line asks for."""

    given: str
    settled: bool = False
    new: bool = False
    id: str | None = None
    deep: bool = False
    why: bool = False
    answers: str | None = None
    questions: bool = False
    as_json: bool = False


@app.command(help="complaint.help")
def complaint(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="[CLIENT]", help="complaint.client", show_default=False)
    ] = None,
    settled: Annotated[bool, typer.Option("--settled", help="complaint.settled")] = False,
    new: Annotated[bool, typer.Option("--new", help="complaint.new")] = False,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="complaint.id")] = None,
    deep: Annotated[bool, typer.Option("--deep", help="complaint.deep")] = False,
    why: Annotated[bool, typer.Option("--why", help="complaint.why")] = False,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """Walk the four steps, keep what was said and promised; without a client, list what is open."""
    session: Session = ctx.obj
    if client is None:
        if settled or new or id_ is not None or answers is not None or questions:
            raise UsageError("complaint-client-needed")
        return _list(session, as_json)
    wish = Wish(
        given=client,
        settled=settled,
        new=new,
        id=id_,
        deep=deep,
        why=why,
        answers=answers,
        questions=questions,
        as_json=as_json,
    )
    who, contact = find_person(session, client, may_add=not settled)
    return _settle(session, who, contact, wish) if settled else _talk(session, who, contact, wish)


# Which complaint


@value
class Begun:
    """The complaint that is talked about: a new one, or one that is open; and who complains."""

    case: str
    contact: Contact | None
    before: Complaint | None = None


def _open(session: "Session", who: Client, contact: Contact | None) -> tuple[Complaint, ...]:
    store = session.store()
    found = coach.open_complaints(store.assessments.of(who.id), store.promises.open_of(who.id))
    return tuple(one for one in found if contact is None or one.contact_id in (None, contact.id))


def _begun(session: "Session", who: Client, contact: Contact | None, wish: Wish) -> Begun:
    """
    The complaint meant: at a terminal the rep picks one that is open, or half walked, or another.

    Raises:
        NotFoundError: Nobody can be asked and it is not clear which one; or `--id` is of none.
    """
    left = _open(session, who, contact)
    asked = session.interactive and wish.answers is None and not wish.questions
    if wish.id is not None:
        return _gone_on(session, contact, _by_id(left, wish.id, who))
    if wish.new or not (left or asked):
        return _new(session, who, contact, asked=asked)
    if asked:
        return _picked(session, who, contact, left)
    return _gone_on(session, contact, _the_one(left, who))


def _by_id(left: Sequence[Complaint], given: str, who: Client) -> Complaint:
    found = [one for one in left if given.strip() and one.id.lower().endswith(given.strip().lower())]
    if len(found) != 1:
        near = [short_id(one.id) for one in left]
        raise NotFoundError("complaint-id-unknown", nearest=near, given=given, client=who.name)
    return found[0]


def _the_one(left: Sequence[Complaint], who: Client) -> Complaint:
    if not left:
        raise NotFoundError("complaint-none-open", client=who.name)
    if len(left) > 1:
        nearest = [short_id(one.id) for one in left]
        raise NotFoundError("complaint-several", nearest=nearest, client=who.name, count=len(left))
    return left[0]


def _gone_on(session: "Session", contact: Contact | None, before: Complaint) -> Begun:
    return Begun(case=before.id, contact=contact or _contact(session, before.contact_id), before=before)


def _contact(session: "Session", id_: str | None) -> Contact | None:
    """The person of that id; None where there is none any more."""
    try:
        return session.store().contacts.get(id_) if id_ else None
    except NotFoundError:
        return None


def _new(session: "Session", who: Client, contact: Contact | None, *, asked: bool) -> Begun:
    """A new complaint; who complains is asked where there is somebody to choose from: the words hang on it."""
    people = list(session.store().contacts.of(who.id)) if asked and contact is None else []
    if people:
        from salescoach.walk.terminal import choose

        names = [*(visible(one.name) for one in people), say("complaint.nobody", session.lang)]
        place = choose(say("complaint.who", session.lang), names, session.lang)
        contact = people[place] if place < len(people) else None
    return Begun(case=session.store().new_id(), contact=contact)


def _picked(session: "Session", who: Client, contact: Contact | None, left: Sequence[Complaint]) -> Begun:
    """One that is half walked, one that is open, or another; where there is but one half walked, that one."""
    drafts = _drafts(session, who, contact)
    cases = {draft.command.removeprefix(DRAFT) for draft in drafts}
    waiting = [one for one in left if one.id not in cases]
    if not drafts and not waiting:
        return _new(session, who, contact, asked=True)
    place = 0
    if waiting or len(drafts) > 1:
        from salescoach.walk.terminal import choose

        lang, today = session.lang, session.today
        rows = [_stopped(draft, lang) for draft in drafts]
        rows += [complaint_line(one, today, lang, _name(_contact(session, one.contact_id))) for one in waiting]
        names = [*map(visible, rows), say("complaint.another", lang)]
        place = choose(say("complaint.which", lang), names, lang)
    if place < len(drafts):
        return _resumed(session, drafts[place], left)
    if place < len(drafts) + len(waiting):
        return _gone_on(session, contact, waiting[place - len(drafts)])
    return _new(session, who, contact, asked=True)


def _drafts(session: "Session", who: Client, contact: Contact | None) -> list[Draft]:
    found = [one for one in session.store().drafts.about(who.id) if one.command.startswith(DRAFT)]
    return [one for one in found if contact is None or one.answers.get(CONTACT) in (None, contact.id)]


def _stopped(draft: Draft, lang: Lang) -> str:
    said = str(draft.answers.get("said") or say("complaint.unsaid", lang))
    return say("complaint.stopped", lang, day=show_day(draft.updated, lang, year=False), said=said)


def _resumed(session: "Session", draft: Draft, left: Sequence[Complaint]) -> Begun:
    case = draft.command.removeprefix(DRAFT)
    before = next((one for one in left if one.id == case), None)
    return Begun(case=case, contact=_contact(session, draft.answers.get(CONTACT)), before=before)


def _name(contact: Contact | None) -> str:
    return contact.name if contact else ""


# The talk


class Guide:
    """Says what to say at each question, to this person."""

    def __init__(self, session: "Session", who: Client, begun: Begun) -> None:
        self.session, self.begun = session, begun
        self.books = session.library()
        self.lists: tuple[Checklist, ...] = walked(self.books, "complaint")
        self.style: Style | None = _style(session, who, begun.contact)
        names = {"client": who.name, "contact": _name(begun.contact)}
        language = (begun.contact.language if begun.contact else None) or who.language
        self.speaker: Voice = voice(session.lang, session.me(), **names)
        other = language not in (None, session.lang)
        self.spoken = voice(language, session.me(), **names) if language and other else None

    def beside(self) -> Any:
        """As a walk takes it."""
        from salescoach.walk.beside import Beside

        return Beside(lines=self.lines, fits=coach.offered)

    def lines(self, question: str, answers: Mapping[str, Any]) -> Sequence[str]:
        """The words that stand before a question."""
        said = coach.beside(self.books, self.lists, question, answers, self.style, self.speaker, self.spoken)
        return [say("complaint.line", self.session.lang, text=line.text) for line in said]

    def for_all(self, group: str, answers: Mapping[str, Any]) -> tuple[Advice, ...]:
        """Words that are the same for everybody."""
        return coach.for_all(self.books, group, answers, self.speaker, self.spoken)

    def walk(self, kept: Mapping[str, Any], pace: "Pace") -> "Walk":
        """The walk from the answers it starts with; who complains goes with them into the draft."""
        from salescoach.walk.machine import Walk

        before, library = self.begun.before, self.books
        contact = {CONTACT: self.begun.contact.id} if self.begun.contact else {}
        known = coach.defaults(before, self.session.today) if before else {}
        people = [self.begun.contact] if self.begun.contact else []
        return Walk(
            self.lists,
            {**contact, **kept},
            today=self.session.today,
            choices=choices(library, people),
            pace=pace,
            known=known,
        )


def _style(session: "Session", who: Client, contact: Contact | None) -> "Style | None":
    history = history_of(session, who)
    seen = reading(history, session.library().get(Typology, "styles"), contact, session.today)
    return effective(seen, contact)


def _talk(session: "Session", who: Client, contact: Contact | None, wish: Wish) -> Result:
    """Walk it, keep what came of it, show it."""
    begun = _begun(session, who, contact, wish)
    guide = Guide(session, who, begun)
    line = _command(who, begun.contact)
    asking = Asking(
        command=DRAFT + begun.case, subject=who.id, line=line, answers=wish.answers, questions=wish.questions,
        hidden=False,
    )  # fmt: skip
    if begun.before is not None and wish.answers is None and not wish.questions and session.interactive:
        _recall(session, guide, begun.before)
    pace: Pace = "deep" if wish.deep else "normal"
    given = coach.defaults(begun.before, session.today) if begun.before and wish.answers is not None else {}
    walk = conduct(session, asking, lambda kept: guide.walk({**given, **kept}, pace), guide.beside())
    if isinstance(walk, Result):
        return walk
    ended = coach.outcome(walk.answers, _setting(session, who, begun, guide), session.store().new_id)
    return _kept(session, who, begun, guide, ended, walk.answers, wish)


def _recall(session: "Session", guide: Guide, before: Complaint) -> None:
    """What is open, and how to begin when nothing is solved yet: before the first question."""
    lang = session.lang
    tell(session, say("complaint.goes-on", lang, day=show_day(before.since, lang), said=before.said))
    if before.promise is not None:
        tell(session, promise_line(before.promise, session.today, lang))
        for advice in guide.for_all("still_open", before.answers):
            tell(session, say("complaint.line", lang, text=advice.text))


def _settle(session: "Session", who: Client, contact: Contact | None, wish: Wish) -> Result:
    """Close an open complaint with nothing asked but, of several, which one."""
    left = _open(session, who, contact)
    if wish.id is None and len(left) > 1 and session.interactive:
        from salescoach.walk.terminal import choose

        names = [visible(complaint_line(one, session.today, session.lang)) for one in left]
        left = (left[choose(say("complaint.which", session.lang), names, session.lang)],)
    before = _by_id(left, wish.id, who) if wish.id is not None else _the_one(left, who)
    begun = _gone_on(session, contact, before)
    guide = Guide(session, who, begun)
    ended = coach.closed(_setting(session, who, begun, guide), before, session.store().new_id)
    return _kept(session, who, begun, guide, ended, {**before.answers, "settled": True}, wish)


def _setting(session: "Session", who: Client, begun: Begun, guide: Guide) -> coach.Setting:
    store = session.store()
    heard = begun.before.objection_id if begun.before else None
    return coach.Setting(
        client_id=who.id,
        contact_id=begun.contact.id if begun.contact else None,
        version=max((book.version for book in guide.lists), default=1),
        today=session.today,
        rep=session.me().name,
        lang=session.lang,
        case=begun.case,
        before=begun.before,
        objection=next((one for one in store.objections.of(who.id) if one.id == heard), None),
    )


def _kept(
    session: "Session",
    who: Client,
    begun: Begun,
    guide: Guide,
    ended: Outcome,
    answers: Mapping[str, Any],
    wish: Wish,
) -> Result:
    """Everything that comes of a talk and the end of its draft, in one transaction; then the picture."""
    store = session.store()
    with store.transaction():
        store.assessments.add(ended.assessment)
        store.objections.save(ended.objection)
        for promise in ended.promises:
            store.promises.save(promise)
        store.drafts.drop(DRAFT + begun.case, who.id)
    view = View(session, who, begun, guide, ended, answers)
    document = view.document()
    if wish.why:
        document["why"] = [line.because() for line in view.advice]
    if wish.as_json:
        return Result(document=document, json=True)
    return Result(document=document, show=view.picture(why=wish.why))


# What is shown


class View:
    """What a talk came to, as a document and as a picture."""

    def __init__(
        self,
        session: "Session",
        who: Client,
        begun: Begun,
        guide: Guide,
        ended: Outcome,
        answers: Mapping[str, Any],
    ) -> None:
        self.session, self.who, self.begun, self.ended, self.answers = session, who, begun, ended, answers
        self.lang: Lang = session.lang
        self.contact = _name(begun.contact)
        left = not ended.settled
        self.now = guide.for_all("not_sure", answers) if left and not ended.certain else ()
        self.then = guide.for_all("still_open", answers) if left and ended.promise else ()
        self.crisis = guide.for_all("crisis", answers) if ended.escalate else ()
        self.advice = (*self.now, *self.then, *self.crisis)
        self.escalation = f"salescoach crisis {ended.escalate} --for {quoted(who.name)}"

    def document(self) -> dict[str, Any]:
        """As `--json` prints it."""
        since = self.begun.before.since if self.begun.before else self.session.today
        return coach.document(
            self.ended,
            self.answers,
            client=self.who.name,
            contact=self.contact,
            since=since,
            advice=self.advice,
            command=self.escalation,
        )

    def picture(self, *, why: bool) -> Any:
        """One screen: what it is, what was promised, what to say now and on the day, whether it is a crisis."""
        from salescoach.cli.show import width
        from salescoach.render.sheet import Sheet

        lang, answers, sheet = self.lang, self.answers, Sheet(width(sys.stdout))
        who = " · ".join(name for name in (self.who.name, self.contact) if name)
        sheet.heading(say("complaint.title-settled" if self.ended.settled else "complaint.title-open", lang, who=who))
        sheet.part(say("complaint.said", lang), [str(answers.get("said") or "")], 2)
        sheet.part(say("complaint.solution", lang), [self._solution()], 2)
        sheet.part(say("complaint.promised", lang), self._promised(), 3)
        if self.ended.escalate:
            self._escalated(sheet)
        self._to_say(sheet)
        if why:
            from salescoach.render.why import because_line

            sheet.part(say("complaint.why-label", lang), [because_line(line, lang) for line in self.advice], None)
        self._next(sheet)
        return sheet.text()

    def _solution(self) -> str:
        chosen = str(self.answers.get("chosen") or "")
        others = " / ".join(str(one) for one in self.answers.get("options") or () if one != chosen)
        if not chosen or not others:
            return chosen or others
        return say("complaint.solution-of", self.lang, chosen=chosen, others=others)

    def _promised(self) -> list[str]:
        promise, lang = self.ended.promise, self.lang
        if self.ended.settled:
            reported = any(one.state == "done" for one in self.ended.promises)
            left = promise_line(promise, self.session.today, lang) if promise else ""
            return [
                say("complaint.reported", lang) if reported else "",
                say("complaint.still-promised", lang, line=left) if left else "",
            ]
        if promise is None:
            return [say("complaint.no-promise", lang)]
        to = str(self.answers.get("report_to") or "")
        return [
            promise_line(promise, self.session.today, lang),
            say("complaint.no-date", lang, what=promise.what) if promise.by is None else "",
            say("complaint.report-to", lang, name=to) if to else "",
        ]

    def _to_say(self, sheet: Any) -> None:
        promise = self.ended.promise
        day_then = show_day(promise.by, self.lang, year=False) if promise and promise.by else ""
        then = say("complaint.then", self.lang, day=day_then) if day_then else say("complaint.then-undated", self.lang)
        for title, lines in ((say("complaint.now", self.lang), self.now), (then, self.then)):
            if lines:
                sheet.blank()
                sheet.full(title, "bold cyan")
            for line in coach.shortest(lines) if self.ended.escalate else lines:
                sheet.spoken(line.text, "bold")

    def _escalated(self, sheet: Any) -> None:
        kind = say(f"crisis.kind-{self.ended.escalate}", self.lang)
        sheet.blank()
        sheet.full(say("complaint.crisis", self.lang, kind=kind), "bold red")
        for line in self.crisis:
            sheet.spoken(line.text)
        sheet.spoken(self.escalation, "bold")

    def _next(self, sheet: Any) -> None:
        sheet.blank()
        line = _command(self.who, self.begun.contact)
        if self.ended.settled:
            care = f"salescoach prep {quoted(self.who.name)} --purpose care --when {quoted(_in_two_weeks(self.lang))}"
            sheet.full(say("complaint.follow-up", self.lang, command=care))
            return
        sheet.full(say("complaint.next-talk", self.lang, command=line))
        sheet.full(say("complaint.next-settled", self.lang, command=line))


def _in_two_weeks(lang: Lang) -> str:
    return say("complaint.two-weeks", lang)


def _command(who: Client, contact: Contact | None) -> str:
    return f"salescoach complaint {addressed(who.name, _name(contact))}"


def _list(session: "Session", as_json: bool) -> Result:
    """Every open complaint; those that are overdue come first."""
    store, today, lang = session.store(), session.today, session.lang
    found = coach.open_complaints(store.assessments.on_sheet(coach.SHEET), store.promises.open())
    clients = {id_: store.clients.get(id_).name for id_ in {one.client_id for one in found}}
    named = [(one, clients[one.client_id], _name(_contact(session, one.contact_id))) for one in found]
    listed = [coach.listed(one, client, contact, today) for one, client, contact in named]
    document = {"schema": "salescoach/complaints@1", "complaints": listed}
    if not found:
        return Result(document=document, show=say("complaint.none", lang), json=as_json)
    from salescoach.cli.show import width
    from salescoach.render.listing import listing

    rows = [
        [short_id(one.id), client, show_day(one.since, lang, year=False), complaint_line(one, today, lang, contact)]
        for one, client, contact in named
    ]
    picture = listing(rows, width(sys.stdout)) + "\n\n" + say("complaint.list-next", lang)
    return Result(document=document, show=picture, json=as_json)
