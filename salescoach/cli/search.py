"""`salescoach search`: everything the rep wrote, found by its words."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.errors import ExitCode, NotFoundError
from salescoach.language import say, show_day
from salescoach.records.names import short_id

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.render.found import Hit
    from salescoach.store.search import Found

app = typer.Typer(add_completion=False)
#: Records shown: about one screen. As a document there are more.
SHOWN, LISTED = 10, 100
#: More words than these name no client.
MOST_WORDS = 8
#: What other commands take by its id.
BY_ID = ("visit", "promise")


@app.command(help="search.help")
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(help="search.words", show_default=False)],
    as_json: Json = False,
) -> Result:
    """Clients and people whose record has the words, then what was written, the latest first."""
    session: Session = ctx.obj
    text, most = " ".join(words), LISTED if as_json else SHOWN
    found = _found(session, text, most + 1) if session.has_store() else []
    document = _document(session, text, found[:most], more=len(found) > most)
    if not found:
        if not as_json:
            raise NotFoundError("search-nothing", words=text)
        return Result(document=document, json=True, exit_code=ExitCode.NOT_FOUND)
    return Result(document=document, show=_shown(session, found, most), json=as_json)


def _found(session: "Session", text: str, most: int) -> "list[Found]":
    from salescoach.cli.progress import counted

    search = session.store().search
    if not search.is_made():
        with counted(say("search.making", session.lang), search.size()) as told:
            search.make(told)
    direct = search.find(text, most)
    return _once([*direct, *_with_a_client(session, text, most)])[:most]


def _with_a_client(session: "Session", text: str, most: int) -> "list[Found]":
    """What belongs to a client that some of the words name, before or behind the others: "northmere price"."""
    words, found = text.split()[:MOST_WORDS], []
    for at in range(1, len(words) + 1):
        for name, rest in ((words[:at], words[at:]), (words[at:], words[:at])):
            clients = session.store().clients.beginning(" ".join(name)) if name else []
            if clients and rest:
                found += session.store().search.find(" ".join(rest), most, clients)
            elif clients:
                found += session.store().search.of_clients(clients)
    return found


def _once(found: "list[Found]") -> "list[Found]":
    """Each record once; people first, then the latest, as the index has them."""
    kept = {(one.record, one.id): one for one in reversed(found)}
    return sorted(kept.values(), key=lambda one: one.day or date.max, reverse=True)


def _names(session: "Session", found: "list[Found]") -> dict[str, str]:
    return session.store().clients.called(one.client_id for one in found if one.client_id)


def _document(session: "Session", text: str, found: "list[Found]", *, more: bool) -> dict[str, Any]:
    names = _names(session, found) if found else {}
    listed = [
        {
            "record": one.record,
            "id": one.id,
            "client": names.get(one.client_id or ""),
            "day": one.day,
            "text": one.plain(),
        }
        for one in found
    ]
    return {"schema": "salescoach/search@1", "query": text, "found": listed, "more": more}


def _shown(session: "Session", found: "list[Found]", most: int) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.found import text

    names = _names(session, found)
    shown = text([_hit(session, one, names) for one in found[:most]], width(sys.stdout))
    return shown.append("\n" + say("search.more", session.lang)) if len(found) > most else shown


def _hit(session: "Session", one: "Found", names: dict[str, str]) -> "Hit":
    from salescoach.render.found import Hit

    day = show_day(one.day, session.lang) if one.day else ""
    known_by = short_id(one.id) if one.record in BY_ID else ""
    told = [names.get(one.client_id or "", ""), say(f"search.{one.record}", session.lang), day, known_by]
    return Hit(head=" · ".join(filter(None, told)), parts=one.parts())
