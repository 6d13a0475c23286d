"""`salescoach undo`: the last change that a command made is taken back."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.lookup import confirm
from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.cli.show import rows
from salescoach.errors import NotFoundError
from salescoach.language import Lang, say, show_day, visible
from salescoach.wrap import crop

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.store.journal import Change

app = typer.Typer(add_completion=False)
#: Cells for what is written in the one record that was changed.
WORDS = 40


@app.command(help="undo.help")
def undo(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="undo.yes")] = False,
    as_json: Json = False,
) -> Result:
    """Take back the last change; at a terminal after a question that says what it was."""
    session: Session = ctx.obj
    change = session.store().journal.last() if session.has_store() else None
    if change is None:
        raise NotFoundError("undo-nothing")
    what = _what(change, session.lang)
    if session.interactive and not yes and not confirm(session, say("undo.ask", session.lang, what=what), yes):
        return Result(document=_document(None), show=say("undo.kept", session.lang), json=as_json)
    staying = session.store().undo(change)
    return Result(document=_document(change), show=_shown(session, change, what, staying), json=as_json)


def _document(change: "Change | None") -> dict[str, Any]:
    if change is None:
        return {"schema": "salescoach/undo@1", "undone": None}
    records = [{"record": table, "was": event, "count": count} for (table, event), count in change.counts.items()]
    told = {"command": change.command, "clients": change.clients, "records": records, "draft": bool(change.drafts)}
    return {"schema": "salescoach/undo@1", "undone": told}


def _shown(session: "Session", change: "Change", what: str, staying: Sequence[str]) -> str:
    from salescoach.cli.unfinished import going_on

    lang = session.lang
    lines = [say("undo.done", lang, what=what)]
    if staying:
        lines.append(say("undo.staying", lang, clients=say("walk.between", lang).join(map(visible, staying))))
    if change.drafts:
        back = [one for one in session.store().drafts.started() if one.id in change.drafts]
        lines += [say("undo.draft", lang, command=going_on(one)) for one in back]
    if before := session.store().journal.last():
        lines.append(say("undo.next", lang, what=_what(before, lang)))
    return rows(lines, sys.stdout)


def _what(change: "Change", lang: Lang) -> str:
    """The command, when, whom it was about, and how many records of each sort came (+), changed (~) and went (−)."""
    from ulid import ULID

    at: datetime = ULID.from_str(change.id).datetime.astimezone()
    between = say("walk.between", lang)
    told = [
        say(f"undo.{event}", lang, record=say(f"search.{table}", lang), count=count)
        for (table, event), count in change.counts.items()
    ]
    when = f"{show_day(at.date(), lang, year=False)} {at:%H:%M}"
    words = f" “{crop(visible(change.words), WORDS)}”" if change.words else ""
    facts = {"command": change.command, "when": when, "changes": (between.join(told) or "–") + words}
    clients = between.join(map(visible, change.clients))
    return say("undo.what-with", lang, clients=clients, **facts) if clients else say("undo.what", lang, **facts)
