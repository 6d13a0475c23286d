"""`salescoach today`, and bare `salescoach`: what the day asks of the rep."""

import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.coach.account import DANGER, endangered
from salescoach.coach.complaint import SHEET, open_complaints, promised
from salescoach.coach.contracts import NEAR, ending
from salescoach.coach.moves import PLAN, planned_actions
from salescoach.language import Lang, pick, quoted, say, show_day
from salescoach.playbook.models import Scenario, Scorecard
from salescoach.records.models import Debrief, Promise, Visit

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.moves import PlannedAction
    from salescoach.store.unfinished import Started

app = typer.Typer(add_completion=False)
#: Visits so many days ahead are prepared for, and promises so many days ahead are due.
AHEAD = 2
#: Care is shown for so many clients.
CARES = 5
#: Next contacts are read so many.
CONTACTS = 8
#: Promises are read so many at once.
PAGE = 20
#: Cells that breaking a line between words may cost.
SLACK = 8
#: A line and the command that goes on with it.
Row = tuple[str, str]


@app.command(help="today.help")
def today(ctx: typer.Context, as_json: Json = False) -> Result:
    """Visits to prepare, visits to debrief and promises that are due; the first three steps for an empty book."""
    session: Session = ctx.obj
    store = session.store()
    if store.clients.is_empty():
        return _welcome(session, as_json)
    day = Day(session)
    return Result(document=day.document(), json=True) if as_json else Result(document={}, show=day.picture())


def _practise(session: "Session") -> dict[str, str] | None:
    """The case that the debriefs speak for; None while they speak for none."""
    from salescoach.cli.practice import todays

    chosen = todays(session)
    if chosen is None or not chosen.shown:
        return None
    title = session.library().get(Scenario, chosen.case).title
    return {"case": chosen.case, "title": pick(title, session.lang), "command": f"salescoach practice {chosen.case}"}


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
    from salescoach.cli.backup import backups_of
    from salescoach.wrap import pad

    gone = backups_of(session).with_clients()
    lost = [say("today.gone", session.lang)] if gone else []
    lines = [*lost, say("today.welcome", session.lang), *(f"  {pad(command, 28)} {text}" for command, text in steps)]
    document = {
        "schema": "salescoach/today@1",
        "lost": {"backup": gone.name, "command": "salescoach restore"} if gone else None,
        "steps": [{"command": command, "text": text} for command, text in steps],
    }
    return Result(document=document, show="\n".join(lines), json=as_json)


class Day:
    """What the day asks, read as far as it is shown: a large book has more than fits a screen."""

    def __init__(self, session: "Session") -> None:
        store = session.store()
        self.session, self.last = session, session.today + timedelta(days=AHEAD)
        planned = store.visits.planned_between(session.today, self.last)
        self.ahead = [one for one in planned if not _prepared(one)]
        self.ready = [one for one in planned if _prepared(one) and one.when > session.today]
        self.waiting = store.visits.to_debrief(session.today)
        self.unfinished = store.drafts.started() if store.drafts.count() else ()
        self.names = Names(session)
        self.beyond = Beyond(session, self.names)
        self.practise = _practise(session)

    def document(self) -> dict[str, Any]:
        """For programs: everything."""
        due = self.session.store().promises.due(self.last)
        contacts, _ = self.session.store().visits.next_contacts(self.session.today)
        self.names.look_up([*(one.client_id for one in due), *(one.client_id for one in (*self._visits(), *contacts))])
        return {
            "schema": "salescoach/today@1",
            "prep": [self._visit(one) for one in self.ahead],
            "ready": [self._visit(one) for one in self.ready],
            "debrief": [self._visit(one) for one in self.waiting],
            "promises": [self._promise(one) for one in due],
            "next": [self._contact(one) for one in contacts],
            "unfinished": [self._started(one) for one in self.unfinished],
            **self.beyond.document(),
            "practise": self.practise,
        }

    def _visits(self) -> list[Visit]:
        return [*self.ahead, *self.ready, *self.waiting]

    def _visit(self, visit: Visit) -> dict[str, Any]:
        client = self.names[visit.client_id]
        return {"visit": visit.id, "client": client, "when": visit.when, "purpose": visit.purpose}

    def _started(self, walk: "Started") -> dict[str, Any]:
        from salescoach.cli.unfinished import going_on

        return {"about": walk.about or None, "updated": walk.updated, "command": going_on(walk)}

    def _contact(self, visit: Visit) -> dict[str, Any]:
        debrief = visit.debrief or Debrief()
        client = self.names[visit.client_id]
        return {"visit": visit.id, "client": client, "on": debrief.next_date, "step": debrief.next_step}

    def _promise(self, promise: Promise) -> dict[str, Any]:
        return {
            "id": promise.id,
            "client": self.names[promise.client_id],
            "owner": promise.owner,
            "who": promise.who,
            "what": promise.what,
            "by": promise.by,
            "overdue": promise.by is not None and promise.by < self.session.today,
        }

    def picture(self) -> Any:
        """One screen."""
        from salescoach.cli.show import width
        from salescoach.render.sheet import Sheet

        lang, beyond = self.session.lang, self.beyond
        self.names.look_up(one.client_id for one in self._visits())
        sheet = Sheet(width(sys.stdout))
        sheet.heading(show_day(self.session.today, lang))
        sheet.part(say("today.affairs", lang), _told(beyond.affairs(), lang), 5, "bold red")
        sheet.part(say("today.promises", lang), self._promises(), 6, total=self._owed())
        contacts, many = self.session.store().visits.next_contacts(self.session.today, CONTACTS)
        self.names.look_up(one.client_id for one in contacts)
        told = (self._next(one, 2 * sheet.measure - SLACK) for one in contacts)
        sheet.part(say("today.next", lang), told, 4, total=many)
        sheet.part(say("today.debrief", lang), [self._line(one, "debrief") for one in self.waiting], 4)
        sheet.part(say("today.unfinished", lang), [self._begun(one) for one in self.unfinished], 3)
        sheet.part(say("today.prep", lang), [self._line(one, "prep") for one in self.ahead], 4)
        sheet.part(say("today.ready", lang), [self._line(one, "prep", " --brief") for one in self.ready], 2)
        sheet.part(say("today.accounts", lang), _told(beyond.accounts(), lang), 3)
        sheet.part(say("today.care", lang), _told(beyond.cares(), lang), 4)
        if len(sheet.rows) == 1:
            sheet.full(say("today.quiet", lang))
        if self.practise:
            practise = [(self.practise["title"], self.practise["command"])]
            sheet.part(say("today.practise", lang), _told(practise, lang), 2)
        return sheet.text()

    def _begun(self, walk: "Started") -> str:
        from salescoach.cli.unfinished import going_on

        day = show_day(walk.updated, self.session.lang, year=False) if walk.updated else "?"
        return say("today.line", self.session.lang, day=day, command=going_on(walk))

    def _line(self, visit: Visit, command: str, option: str = "") -> str:
        client, day = self.names[visit.client_id], show_day(visit.when, self.session.lang, year=False)
        return say("today.line", self.session.lang, day=day, command=f"salescoach {command} {quoted(client)}{option}")

    def _next(self, visit: Visit, room: int) -> str:
        """The next contact that was agreed: its day or how late it is, the step, and what prepares it."""
        from salescoach.render.lines import next_line, with_command

        line = next_line(visit.debrief or Debrief(), self.session.today, self.session.lang)
        command = f"salescoach prep {quoted(self.names[visit.client_id])}"
        return with_command(line, command, room, self.session.lang) or command

    def _promises(self) -> Iterator[str]:
        """The promises that are due, page by page, without those that an open complaint tells of already."""
        from salescoach.render.lines import promise_line

        told, read = {one.promise_id for one in self.beyond.complaints}, 0
        while page := self.session.store().promises.due(self.last, limit=PAGE, after=read):
            read += len(page)
            self.names.look_up(one.client_id for one in page)
            for one in page:
                if one.id not in told:
                    line = promise_line(one, self.session.today, self.session.lang)
                    yield f"{self.names[one.client_id]} · {line}"

    def _owed(self) -> int:
        """How many `_promises` has."""
        told = {one.promise_id for one in self.beyond.complaints if one.due is not None and one.due <= self.last}
        return self.session.store().promises.count_due(self.last) - len(told)


class Names(dict[str, str]):
    """The names of clients by id, many looked up at once, and one that was not where it is asked for."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session

    def look_up(self, ids: Iterable[str | None]) -> None:
        """Have these at hand."""
        if missing := {one for one in ids if one and one not in self}:
            self.update(self.session.store().clients.called(missing))

    def __missing__(self, id_: str) -> str:
        self.look_up([id_])
        return self[id_] if id_ in self else self.session.store().clients.get(id_).name


class Beyond:
    """What presses beyond visits and promises: open crises and complaints, plans and terms that run out, care."""

    def __init__(self, session: "Session", names: Names) -> None:
        from salescoach.cli.pressing import care_first

        store, today = session.store(), session.today
        self.session, self.names = session, names
        self.crises = store.crises.open()
        talks = store.assessments.on_sheet(SHEET)
        self.complaints = open_complaints(talks, store.promises.open_of_these(promised(talks)))
        self.planned = planned_actions(store.assessments.on_sheet(PLAN), today)
        near = store.contracts.of_clients_with_one_ending(today, today + timedelta(days=NEAR))
        self.ending = ending(near, today)
        self.care = care_first(session, CARES)
        self.danger = [found for sheet in DANGER for found in self._endangered(sheet)]
        self.contacts = store.contacts.these([one.contact_id for one in self.planned])
        names.look_up([*(one.client_id for one in self.crises), *(one.client_id for one in self.complaints)])
        names.look_up([*(one.client_id for one, _ in self.ending), *(id_ for id_, _ in self.danger)])
        names.look_up(one.client_id for one in self.contacts.values())

    def _endangered(self, sheet: str) -> list[tuple[str, Scorecard]]:
        """The clients for whom a sheet says alarm; no playbook is opened where nobody answered it."""
        told = self.session.store().assessments.on_sheet(sheet)
        card = self.session.library().find(Scorecard, sheet) if told else None
        return [(id_, card) for id_ in endangered(card, told, self.session.today)] if card else []

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
        return self.names[id_] if id_ else None

    def _of_contact(self, id_: str) -> str:
        contact = self.contacts[id_]
        return f"{self.names[contact.client_id]}/{contact.name}"

    def _named(self, id_: str | None, line: str) -> str:
        return " · ".join(part for part in (self._client(id_), line) if part)

    def _command(self, command: str, client_id: str) -> str:
        return f"salescoach {command} {quoted(self.names[client_id])}"

    def _action(self, one: "PlannedAction") -> Row:
        from salescoach.render.lines import dated

        contact = self.contacts[one.contact_id]
        begins = dated(one.by, self.session.today, self.session.lang)
        command = self._command("account map", contact.client_id) + " --plan"
        return f"{begins}{self._of_contact(one.contact_id)} · {one.action}", command


def _told(rows: list[Row], lang: Lang) -> list[str]:
    """Each line with its command, on as many rows as both take."""
    return [say("render.gap", lang, text=text, command=command) for text, command in rows]
