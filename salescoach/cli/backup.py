"""`salescoach backup`: a checked copy of the book, and the list of those there are."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.errors import NotFoundError, StoreError, UsageError
from salescoach.language import Lang, say, visible

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.store.backups import Backup, Backups

app = typer.Typer(add_completion=False)


@app.command(help="backup.help")
def backup(
    ctx: typer.Context,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="backup.output")] = None,
    as_list: Annotated[bool, typer.Option("--list", help="backup.list")] = False,
    as_json: Json = False,
) -> Result:
    """Make one and say where it is, or list them."""
    session: Session = ctx.obj
    if output in ("", "-") or (as_list and output is not None):
        raise UsageError("backup-list-output" if as_list else "backup-output")
    if as_list:
        return listed(session, as_json)
    if not session.has_store():
        raise NotFoundError("backup-nothing")
    made = _made(session, output)
    held = made.contents
    assert held is not None  # it was made just now
    document = {
        "schema": "salescoach/backup@1",
        **entry(made),
        "clients": held.rows.get("client", 0),
        "visits": held.rows.get("visit", 0),
        "checked": True,
        "dangling": held.dangling,
    }
    lines = [
        say(
            "backup.made", session.lang, clients=document["clients"], visits=document["visits"], size=measure(made.size)
        ),
        visible(str(made.path)),
    ]
    if held.dangling:
        lines.append(say("backup.dangling", session.lang, count=held.dangling))
    return Result(document=document, show="\n".join(lines), json=as_json)


def listed(session: "Session", as_json: bool) -> Result:
    """The backups, the newest first."""
    found = backups_of(session).list()
    document = {"schema": "salescoach/backups@1", "backups": [entry(one) for one in found]}
    if not found:
        return Result(document=document, show=say("backup.none", session.lang), json=as_json)
    lines = [line for one in found for line in (told(one, session.lang), one.name)]  # a name is there to be copied
    return Result(document=document, show="\n".join(lines), json=as_json)


def backups_of(session: "Session") -> "Backups":
    """The backups of this run's book, whatever state that is in."""
    from salescoach.store.backups import Backups

    return Backups(session.book, session.now)


def entry(one: "Backup") -> dict[str, Any]:
    """A backup as JSON."""
    return {"name": one.name, "path": str(one.path), "taken": one.taken, "why": one.why, "size": one.size}


def when(one: "Backup") -> str:
    """Day and time, for a list."""
    return f"{one.taken:%Y-%m-%d %H:%M}"


def told(one: "Backup", lang: Lang) -> str:
    """A backup in a line."""
    return f"{when(one)} · {say(f'backup.why-{one.why}', lang)} · {measure(one.size)}"


def measure(size: int) -> str:
    """Bytes as a person reads them: "160 KB", "1.2 MB"."""
    kib = size / 1024
    if kib < 1000:
        return f"{max(1, round(kib))} KB"
    return f"{kib / 1024:.1f} MB" if kib < 1000 * 1024 else f"{kib / 1024 / 1024:.1f} GB"


def _made(session: "Session", output: str | None) -> "Backup":
    backups = backups_of(session)
    if output is None:
        return backups.take("asked")
    target = Path(os.path.expanduser(output))  # noqa: PTH111 - never raises, as the next two
    if os.path.isdir(target):  # noqa: PTH112
        target = target / f"salescoach-{session.now():%Y-%m-%d-%H%M%S}-asked.db"
    elif not os.path.isdir(target.parent):  # noqa: PTH112
        raise StoreError("backup-no-folder", path=target.parent)
    return backups.copy_to(target)
