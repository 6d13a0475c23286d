"""`salescoach restore`: a backup takes the book's place, after saying what that costs and keeping what is there."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescoach.cli.backup import backups_of, listed, told
from salescoach.cli.lookup import confirm
from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.cli.show import rows
from salescoach.errors import NotFoundError, StoreError
from salescoach.language import Lang, say, show_day, visible

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.store.backups import Backup
    from salescoach.store.restoring import Present, Staged
    from salescoach.store.snapshot import Contents, Difference

app = typer.Typer(add_completion=False)


@app.command(help="backup.help-restore")
def restore(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="backup.file", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="backup.yes")] = False,
    as_json: Json = False,
) -> Result:
    """Look at the file, say what changes, ask once, keep what is there, put it in place."""
    session: Session = ctx.obj
    if file is None:
        known = backups_of(session).list()
        if not known:
            _refuse_damaged(session)
        if not session.interactive or not known:
            return listed(session, as_json)
        chosen = _chosen(session)
    else:
        chosen = _found(session, file)
    from salescoach.store import restoring

    with ExitStack() as stack:
        now = restoring.present(session.book)
        made = stack.enter_context(restoring.staged(chosen, session.settings.data))
        changes = restoring.differences(session.book, made) if now.state == "sound" else ()
        picture = _picture(chosen.name, made, now, changes, session.lang)
        same = now.contents is not None and not changes and now.contents.steps == made.contents.steps
        if same:
            return _result(chosen, made, changes, [say("backup.same", session.lang)], as_json, done=False)
        asked = say("backup.ask", session.lang)
        if not confirm(session, asked, yes, picture=picture, without="restore-needs-yes"):
            return _result(chosen, made, changes, [say("backup.not-done", session.lang)], as_json, done=False)
        return _put_in_place(
            session, chosen, made, now, changes, [] if session.interactive and not yes else picture, as_json
        )


def _put_in_place(
    session: "Session", chosen: Path, made: "Staged", now: "Present", changes: "Sequence[Difference]",
    picture: Sequence[str], as_json: bool,
) -> Result:  # fmt: skip
    from salescoach.store import restoring

    taken: list[Backup] = []

    def keep() -> None:
        if now.state == "sound" or restoring.present(session.book).state == "sound":  # begun since we looked
            taken.append(backups_of(session).take("restore", spare=[chosen]))

    aside = restoring.put_in_place(made, session.book, session.now(), damaged=now.state == "damaged", keep=keep)
    kept = taken[0] if taken else None
    lines = [*picture, say("backup.restored", session.lang)]
    if kept:
        lines.append(say("backup.kept", session.lang, name=kept.name))
    if aside:
        lines.append(say("backup.kept-damaged", session.lang, name=aside.name))
    place = kept.path if kept else aside
    return _result(chosen, made, changes, lines, as_json, done=True, kept=place)


def _result(
    chosen: Path, made: "Staged", changes: "Sequence[Difference]", lines: Sequence[str], as_json: bool,
    *, done: bool, kept: Path | None = None,
) -> Result:  # fmt: skip
    document = {
        "schema": "salescoach/restore@1",
        "restored": done,
        "file": str(chosen),
        "clients": made.contents.rows.get("client", 0),
        "visits": made.contents.rows.get("visit", 0),
        "last_visit": made.contents.last_visit,
        "migrated_from": made.old_step,
        "differences": changes,
        "kept": str(kept) if kept else None,
    }
    return Result(document=document, show=rows(lines, sys.stdout), json=as_json)


def _refuse_damaged(session: "Session") -> None:
    """Raises StoreError for a damaged book: no list of no backups helps."""
    from salescoach.store.health import examine, known_steps

    if examine(session.book, known_steps()).state in ("damaged", "not-database"):
        raise StoreError("restore-none", path=session.book)


def _chosen(session: "Session") -> Path:
    from salescoach.walk.terminal import choose

    found = backups_of(session).list()
    names = [told(one, session.lang) for one in found]
    return found[choose(say("backup.choose", session.lang), names, session.lang)].path


def _found(session: "Session", given: str) -> Path:
    """A path as typed, else a backup by its name."""
    path = Path(given).expanduser()
    if path.is_file():
        return path.absolute()
    try:
        return backups_of(session).find(given).path
    except NotFoundError:
        if path.is_dir():
            raise NotFoundError("backup-unknown", given=given) from None
        raise


def _picture(name: str, made: "Staged", now: "Present", changes: "Sequence[Difference]", lang: Lang) -> list[str]:
    """What is in the file, what there is now, and what becomes of it."""
    lines = [_held("backup.of-file", made.contents, lang, file=visible(name))]
    if now.contents is not None:
        lines.append(_held("backup.of-now", now.contents, lang))
    elif now.state == "damaged":
        lines.append(say("backup.now-damaged", lang))
    lines += [f"  {_change(one, lang)}" for one in changes]
    if made.old_step:
        lines.append(say("backup.old-shape", lang))
    return lines


def _held(key: str, held: "Contents", lang: Lang, **facts: str) -> str:
    counts = {"clients": held.rows.get("client", 0), "visits": held.rows.get("visit", 0)}
    if held.last_visit is None:
        return say(f"{key}-none", lang, **counts, **facts)
    return say(key, lang, **counts, **facts, day=show_day(held.last_visit, lang))


def _change(one: "Difference", lang: Lang) -> str:
    counts = {"lost": one.lost, "gained": one.gained, "changed": one.changed}
    parts = [say(f"backup.{key}", lang, count=count) for key, count in counts.items() if count]
    joined = ("，" if lang == "zh" else ", ").join(parts)
    return say("backup.becomes", lang, record=say(f"backup.record-{one.record}", lang), parts=joined)
