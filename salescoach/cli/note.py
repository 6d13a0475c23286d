"""`salescoach note`: a free remark on a client."""

from typing import Annotated

import typer

from salescoach.cli.lookup import find_client
from salescoach.cli.options import Json, Who
from salescoach.cli.result import Result
from salescoach.errors import InvalidError
from salescoach.language import say, visible
from salescoach.records.models import Note

app = typer.Typer(add_completion=False)


@app.command(help="records.help-note")
def note(
    ctx: typer.Context,
    client: Who,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="records.help-text", show_default=False)],
    as_json: Json = False,
) -> Result:
    """Keep a note, dated today."""
    session = ctx.obj
    words = " ".join(text).strip()
    if not words:
        raise InvalidError("text-empty")
    found = find_client(session, client, may_add=True)
    store = session.store()
    kept = store.notes.add(Note(id=store.new_id(), client_id=found.id, on=session.today, text=words))
    document = {"schema": "salescoach/note@1", "client": found.name, "note": kept}
    return Result(
        document=document, show=say("records.note-added", session.lang, client=visible(found.name)), json=as_json
    )
