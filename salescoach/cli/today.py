"""`salescoach today`, and bare `salescoach`: what the day asks of the rep."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.coach.account import DANGER, endangered
from salescoach.coach.complaint import open_complaints
from salescoach.coach.contracts import ending
from salescoach.coach.moves import PLAN, planned_actions
from salescoach.language import Lang, pick, quoted, say, show_day
from salescoach.playbook.models import Scorecard
from salescoach.records.models import Promise, Visit

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.moves import PlannedAction

app = typer.Typer(add_completion=False)
#: Visits so many days ahead are prepared for, and promises so many days ahead are due.
AHEAD = 2
#: Care is shown for so many clients.
CARES = 5
#: A line and the command that goes on with it.
Row = tuple[str, str]


@app.command(help="today.help")
def today(ctx: typer.Context, as_json: Json = False) -> Result:
    """Visits to prepare, visits to debrief and promises that are due; the first three steps for an empty book."""
    session: Session = ctx.obj
    store = session.store()
    if not store.clients.count():
        return _welcome(session, as_json)
    last = session.today + timedelta(days=AHEAD)
    planned = store.visits.planned_between(session.today, last)
    ahead = [one for one in planned if one.when > session.today or not _prepared(one)]
    waiting = store.visits.to_debrief(session.today)
    due = store.promises.due(last)
    beyond = Beyond(session)
    document = {
        "schema": "salescoach/today@1",
        "prep": [_visit_document(session, one) for one in ahead],
        "debrief": [_visit_document(session, one) for one in waiting],
        "promises": [_promise_document(session, one) for one in due],
        **beyond.document(),
        "practise": _practise(session),
    }
    return Result(document=document, show=_picture(session, ahead, waiting, due, beyond), json=as_json)


def _practise(session: "Session") -> dict[str, str] | None:
    """The case that the debriefs speak for; None while they speak for none."""
    from salescoach.cli.practice import todays

    chosen = todays(session)
    if chosen is None or not chosen.shown:
        return None
    command = f"salescoach practice {chosen.case.id}"
    return {"case": chosen.case.id, "title": pick(chosen.case.title, session.lang), "command": command}


def _prepared(visit: Visit) -> bool:
    """Prep was walked for it; a visit that prospecting planned was not."""
    return "prep" in visit.playbooks


def _welcome(session: "Session", as_json: bool) -> Result:
    client = say("today.sample-client", session.lang)
    steps = (
        ("salescoach me", say("today.step-me", session.lang)),
        (f"salescoach client add {client}", say("today.step-client", session.lang)),
        (f"salescoach prep {client}", say("today.step-prep", session.lang)),
    )
    from salescoach.render.wrap import pad

    lines = [say("today.welcome", session.lang), *(f"  {pad(command, 28)} {text}" for command, text in steps)]
    document = {
        "schema": "salescoach/today@1",
        "steps": [{"command": command, "text": text} for command, text in steps],
    }
    return Result(document=document, show="\n".join(lines), json=as_json)


def _client(session: "Session", id_: str) -> str:
    return session.store().clients.get(id_).name


def _visit_document(session: "Session", visit: Visit) -> dict[str, Any]:
    return {
        "visit": visit.id,
        "client": _client(session, visit.client_id),
        "when": visit.when,
        "purpose": visit.purpose,
    }


def _promise_document(session: "Session", promise: Promise) -> dict[str, Any]:
    overdue = promise.by is not None and promise.by < session.today
    client = _client(session, promise.client_id)
    return {
        "id": promise.id,
        "client": client,
        "owner": promise.owner,
        "who": promise.who,
        "what": promise.what,
        "by": promise.by,
        "overdue": overdue,
    }


class Beyond:
    """What presses beyond visits and promises: open crises and complaints, plans and terms that run out, care."""

    def __init__(self, session: "Session") -> None:
        from salescoach.cli.care import care_due
        from salescoach.coach.care import one_a_client

        store = session.store()
        self.session = session
        self.crises = store.crises.open()
        self.complaints = open_complaints(store.assessments.on_sheet("complaint"), store.promises.open())
        self.planned = planned_actions(store.assessments.on_sheet(PLAN), session.today)
        self.ending = ending(store.contracts.list(), session.today)
        self.care = one_a_client(care_due(session, clients=CARES))
        self.danger = [found for sheet in DANGER for found in self._endangered(sheet)]

    def _endangered(self, sheet: str) -> list[tuple[str, Scorecard]]:
        """The clients for whom a sheet says alarm; no playbook is opened where nobody answered it."""
        told = self.session.store().assessments.on_sheet(sheet)
        cards = [card for card in self.session.library().all(Scorecard) if card.id == sheet] if told else []
        return [(id_, card) for card in cards for id_ in endangered(card, told, self.session.today)]

    def affairs(self) -> list[Row]:
        """Crises first, then complaints."""
        from salescoach.render.lines import complaint_line, crisis_line

        today, lang = self.session.today, self.session.lang
        crises = [
            (self._named(one.client_id, crisis_line(one, lang, today)), f"salescoach crisis {one.kind}")
            for one in self.crises
        ]
        complaints = [
            (self._named(one.client_id, complaint_line(one, today, lang)), self._command("complaint", one.client_id))
            for one in self.complaints
        ]
        return crises + complaints

    def accounts(self) -> list[Row]:
        """Terms that end soon, what the relationship plans have due, and sheets that say alarm."""
        terms = [
            (say("today.ends", self.session.lang, client=self._client(one.client_id), days=days),
             self._command("account renewal", one.client_id))
            for one, days in self.ending
        ]  # fmt: skip
        danger = []
        for id_, card in self.danger:
            facts = {"client": self._client(id_), "title": pick(card.title, self.session.lang)}
            told = say("today.danger", self.session.lang, **facts)
            danger.append((told, self._command(f"account {card.use}", id_)))
        return terms + [self._action(one) for one in self.planned] + danger

    def cares(self) -> list[Row]:
        """One line a client, with the id that settles it."""
        return [(f"{one.client.name} · {one.title}", f"salescoach care done {one.id}") for one in self.care]

    def told(self, promises: list[Promise]) -> list[Promise]:
        """Without the promises that an open complaint tells of already."""
        told = {one.promise_id for one in self.complaints}
        return [one for one in promises if one.id not in told]

    def document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "crises": [{"id": one.id, "kind": one.kind, "client": self._client(one.client_id)} for one in self.crises],
            "complaints": [
                {"client": self._client(one.client_id), "on": one.since, "said": one.said, "by": one.due}
                for one in self.complaints
            ],
            "endangered": [{"client": self._client(id_), "sheet": card.id} for id_, card in self.danger],
            "renewals": [{"client": self._client(one.client_id), "days": days} for one, days in self.ending],
            "plan": [
                {"client": self._of_contact(one.contact_id), "action": one.action, "by": one.by} for one in self.planned
            ],
            "care": [{"id": one.id, "client": one.client.name, "title": one.title} for one in self.care],
        }

    def _client(self, id_: str | None) -> str | None:
        return _client(self.session, id_) if id_ else None

    def _of_contact(self, id_: str) -> str:
        contact = self.session.store().contacts.get(id_)
        return f"{_client(self.session, contact.client_id)}/{contact.name}"

    def _named(self, id_: str | None, line: str) -> str:
        return " · ".join(part for part in (self._client(id_), line) if part)

    def _command(self, command: str, client_id: str) -> str:
        return f"salescoach {command} {quoted(_client(self.session, client_id))}"

    def _action(self, one: "PlannedAction") -> Row:
        from salescoach.render.lines import dated

        contact = self.session.store().contacts.get(one.contact_id)
        begins = dated(one.by, self.session.today, self.session.lang)
        command = self._command("account map", contact.client_id) + " --plan"
        return f"{begins}{self._of_contact(one.contact_id)} · {one.action}", command


def _picture(session: "Session", ahead: list[Visit], waiting: list[Visit], due: list[Promise], beyond: Beyond) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.lines import promise_line
    from salescoach.render.sheet import Sheet

    lang = session.lang
    sheet = Sheet(width(sys.stdout))
    sheet.heading(show_day(session.today, lang))
    owed = beyond.told(due)
    promises = [f"{_client(session, one.client_id)} · {promise_line(one, session.today, lang)}" for one in owed]
    sheet.part(say("today.affairs", lang), _told(beyond.affairs(), lang), 5, "bold red")
    sheet.part(say("today.promises", lang), promises, 6)
    sheet.part(say("today.debrief", lang), [_line(session, one, "debrief") for one in waiting], 4)
    sheet.part(say("today.prep", lang), [_line(session, one, "prep") for one in ahead], 4)
    sheet.part(say("today.accounts", lang), _told(beyond.accounts(), lang), 3)
    sheet.part(say("today.care", lang), _told(beyond.cares(), lang), 4)
    if len(sheet.rows) == 1:
        sheet.full(say("today.quiet", lang))
    if practise := _practise(session):
        sheet.part(say("today.practise", lang), _told([(practise["title"], practise["command"])], lang), 2)
    return sheet.text()


def _told(rows: list[Row], lang: Lang) -> list[str]:
    """Each line with its command, on as many rows as both take."""
    return [say("render.gap", lang, text=text, command=command) for text, command in rows]


def _line(session: "Session", visit: Visit, command: str) -> str:
    client = _client(session, visit.client_id)
    day = show_day(visit.when, session.lang, year=False)
    return say("today.line", session.lang, day=day, command=f"salescoach {command} {quoted(client)}")
