"""`salescoach today`, and bare `salescoach`: what the day asks of the rep."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.result import Result
from salescoach.language import quoted, say, show_day
from salescoach.records.models import Promise, Visit

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(add_completion=False)
#: Visits so many days ahead are prepared for, and promises so many days ahead are due.
AHEAD = 2


@app.command(help="today.help")
def today(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="today.json")] = False) -> Result:
    """Visits to prepare, visits to debrief and promises that are due; the first three steps for an empty book."""
    session: Session = ctx.obj
    store = session.store()
    if not store.clients.count():
        return _welcome(session, as_json)
    last = session.today + timedelta(days=AHEAD)
    ahead = [
        one for one in store.visits.planned_between(session.today, last) if one.plan is None or one.when > session.today
    ]
    waiting = store.visits.to_debrief(session.today)
    due = store.promises.due(last)
    document = {
        "schema": "salescoach/today@1",
        "prep": [_visit_document(session, one) for one in ahead],
        "debrief": [_visit_document(session, one) for one in waiting],
        "promises": [_promise_document(session, one) for one in due],
    }
    return Result(document=document, show=_picture(session, ahead, waiting, due), json=as_json)


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


def _picture(session: "Session", ahead: list[Visit], waiting: list[Visit], due: list[Promise]) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.lines import promise_line
    from salescoach.render.sheet import Sheet

    lang = session.lang
    sheet = Sheet(width(sys.stdout))
    sheet.heading(show_day(session.today, lang))
    promises = [f"{_client(session, one.client_id)} · {promise_line(one, session.today, lang)}" for one in due]
    sheet.part(say("today.promises", lang), promises, 7)
    sheet.part(say("today.debrief", lang), [_line(session, one, "debrief") for one in waiting], 6)
    sheet.part(say("today.prep", lang), [_line(session, one, "prep") for one in ahead], 6)
    if len(sheet.rows) == 1:
        sheet.full(say("today.quiet", lang))
    return sheet.text()


def _line(session: "Session", visit: Visit, command: str) -> str:
    client = _client(session, visit.client_id)
    day = show_day(visit.when, session.lang, year=False)
    return say("today.line", session.lang, day=day, command=f"salescoach {command} {quoted(client)}")
