"""`salescoach doctor`: what is wrong and what mends it, also where nothing else runs. It makes and changes nothing."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescoach.cli.backup import backups_of, measure, when
from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.errors import ExitCode, SalescoachError
from salescoach.language import quoted, say, show_day, visible
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.layers import Layer
    from salescoach.store.health import Health

app = typer.Typer(add_completion=False)

#: What the program stands on, by the names under which it is imported.
LIBRARIES = (
    "typer", "rich", "questionary", "prompt_toolkit", "pydantic", "pydantic_core", "yaml", "peewee", "msgspec",
    "platformdirs", "pypinyin", "rapidfuzz", "ulid", "holidays", "icalendar", "vobject",
)  # fmt: skip
INSTALL = "python -m pip install --force-reinstall salescoach"
UPGRADE = "python -m pip install --upgrade salescoach"
#: Room for this many more books, and never less than this, is wanted on the disk.
BOOKS, LEAST = 3, 100 * 1024 * 1024
#: The narrowest screen that reads well.
NARROWEST = 40
#: A book that was written this many days after its last backup has outrun it.
BEHIND_DAYS = 7
SECONDS_A_DAY = 86_400
#: Marks that every encoding has: a tick would become a cross where there is none.
OK, ATTENTION = "ok  ", "!   "


@value
class Finding:
    """One thing that was looked at."""

    id: str
    ok: bool
    text: str
    command: str | None = None  # what mends it, or goes on
    kind: ExitCode = ExitCode.OK  # how the run ends for it


@app.command(help="doctor.help")
def doctor(
    ctx: typer.Context,
    mend: Annotated[bool, typer.Option("--mend", help="doctor.mend")] = False,
    as_json: Json = False,
) -> Result:
    """Look at everything, a line each, the worst deciding how the run ends."""
    session: Session = ctx.obj
    mended = _mended(session) if mend else []
    findings = [*mended, *_findings(session)]
    open_ = [one for one in findings if not one.ok]
    end = say("doctor.attention", session.lang, count=len(open_)) if open_ else say("doctor.well", session.lang)
    document = {
        "schema": "salescoach/doctor@1",
        "ok": not open_,
        "findings": [{"id": one.id, "ok": one.ok, "text": one.text, "command": one.command} for one in findings],
    }
    worst = max((one.kind for one in open_), default=ExitCode.OK)
    return Result(document=document, show=_picture(findings, end), json=as_json, exit_code=worst)


def _findings(session: "Session") -> Iterator[Finding]:
    health = _health(session)
    yield from _program(session)
    yield from _folders(session, health)
    yield _book(session, health)
    yield from _aside(session)
    yield _backup(session, health)
    yield _drafts(session, health)
    yield from _playbooks(session)
    yield from _terminal(session)


def _picture(findings: Sequence[Finding], end: str) -> str:
    from salescoach.cli.show import width
    from salescoach.wrap import wrap

    columns, lines = max(20, width(sys.stdout)), []
    for one in findings:
        first, *rest = wrap(visible(one.text), columns - len(OK))
        lines += [f"{OK if one.ok else ATTENTION}{first}", *(f"{' ' * len(OK)}{row}" for row in rest)]
        if one.command:
            lines.append(f"{' ' * len(OK)}→ {visible(one.command)}")
    return "\n".join([*lines, end])


# Program


def _program(session: "Session") -> Iterator[Finding]:
    import platform
    from importlib.util import find_spec

    from salescoach import __version__
    from salescoach.store.health import SQLITE

    versions = {"version": __version__, "python": platform.python_version(), "sqlite": SQLITE}
    yield Finding(id="program", ok=True, text=say("doctor.program", session.lang, **versions))
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        text = say("doctor.libraries-missing", session.lang, names=", ".join(missing))
        yield Finding(id="libraries", ok=False, text=text, command=INSTALL, kind=ExitCode.STORAGE)
    else:
        yield Finding(id="libraries", ok=True, text=say("doctor.libraries", session.lang, count=len(LIBRARIES)))


# Folders and files


def _folders(session: "Session", health: "Health") -> Iterator[Finding]:
    folder, lang = session.settings.data, session.lang
    yield _folder(folder, session)
    if folder.is_dir():
        yield _private(session)
    yield _space(session, health.size)
    for path in session.settings.team_playbooks:
        if not path.is_dir():
            text = say("doctor.team-missing", lang, path=path)
            yield Finding(
                id="team-folder", ok=False, text=text, command=say("doctor.team-do", lang), kind=ExitCode.INVALID
            )


def _folder(folder: Path, session: "Session") -> Finding:
    from salescoach.store.health import read_only_disk

    lang = session.lang
    if folder.is_dir():
        locked = next((path for path in (folder, session.book) if path.exists() and not os.access(path, os.W_OK)), None)
        if locked is None:
            return Finding(id="folder", ok=True, text=say("doctor.folder", lang, path=folder))
        text = say("doctor.folder-read-only", lang, path=locked)
        mounted = read_only_disk(locked)
        command = say("doctor.folder-do", lang) if mounted else f"chmod u+rwX {quoted(str(locked))}"
    elif not folder.exists() and not folder.is_symlink():
        return Finding(id="folder", ok=True, text=say("doctor.folder-missing", lang, path=folder))
    else:
        text, command = say("doctor.folder-no-folder", lang, path=folder), f"mv {quoted(str(folder))} …"
    return Finding(id="folder", ok=False, text=text, command=command, kind=ExitCode.STORAGE)


def _private(session: "Session") -> Finding:
    from salescoach.store.health import too_open

    wide = too_open(session.settings.data)
    if not wide:
        return Finding(id="private", ok=True, text=say("doctor.private", session.lang))
    text = say("doctor.private-not", session.lang, count=len(wide))
    return Finding(id="private", ok=False, text=text, command="salescoach doctor --mend", kind=ExitCode.STORAGE)


def _mended(session: "Session") -> list[Finding]:
    from salescoach.store.health import close_to_others, too_open

    wide = too_open(session.settings.data)
    failed = close_to_others(wide)
    done = [path.name for path in wide if path not in failed]
    if not done:
        return []
    return [Finding(id="mended", ok=True, text=say("doctor.mended", session.lang, paths=", ".join(done)))]


def _space(session: "Session", size: int) -> Finding:
    import shutil

    place = session.settings.data
    while not place.exists() and place != place.parent:
        place = place.parent
    free, wanted = shutil.disk_usage(place).free, max(LEAST, BOOKS * size)
    if free >= wanted:
        return Finding(id="space", ok=True, text=say("doctor.space", session.lang, free=measure(free)))
    text = say("doctor.space-low", session.lang, free=measure(free), wanted=measure(wanted))
    command = say("doctor.space-do", session.lang)
    return Finding(id="space", ok=False, text=text, command=command, kind=ExitCode.STORAGE)


# The book


def _health(session: "Session") -> "Health":
    from salescoach.store.health import examine, known_steps

    return examine(session.book, known_steps())


def _book(session: "Session", health: "Health") -> Finding:
    from salescoach.store.health import read_only_disk

    lang, held = session.lang, health.contents
    bare = health.state == "missing" or (held is not None and not held.rows.get("client"))
    if bare and (lost := backups_of(session).with_clients()):
        text = say("doctor.book-gone", lang, when=when(lost))
        return Finding(id="book", ok=False, text=text, command="salescoach restore", kind=ExitCode.STORAGE)
    facts = {"path": session.book, "detail": health.detail, "step": held.step if held else ""}
    if held is not None and health.state in ("sound", "older"):
        counts = {name: held.rows.get(name.rstrip("s"), 0) for name in ("clients", "visits")}
        text = say(f"doctor.book-{health.state}", lang, **counts, size=measure(health.size))
        if not held.dangling:
            return Finding(id="book", ok=True, text=text)
        text = say("doctor.book-dangling", lang, count=held.dangling)
        return Finding(id="book", ok=False, text=text, command="salescoach restore", kind=ExitCode.STORAGE)
    text = say(f"doctor.book-{health.state}", lang, **facts)
    if health.state == "missing":
        return Finding(id="book", ok=True, text=text)
    is_file = session.book.is_file()
    away = session.book.with_name("salescoach-damaged-old.db" if is_file else f"{session.book.name}.old")
    move = f"mv {quoted(str(session.book))} {quoted(str(away))}"
    closed = (
        say("doctor.folder-do", lang) if read_only_disk(session.book) else f"chmod u+rw {quoted(str(session.book))}"
    )
    commands = {
        "newer": UPGRADE,
        "busy": "salescoach doctor",
        "foreign": "salescoach --home DIR",
        "link": say("doctor.link-do", lang),
        "unreadable": closed if is_file else move,
    }
    command = commands.get(health.state, "salescoach restore")
    if command == "salescoach restore" and not backups_of(session).list():  # the last resort: to begin anew
        text, command = say("doctor.book-no-backup", lang, what=text), move
    return Finding(id="book", ok=False, text=text, command=command, kind=ExitCode.STORAGE)


def _aside(session: "Session") -> Iterator[Finding]:
    kept = sorted(session.settings.data.glob("salescoach-damaged-*.db")) if session.settings.data.is_dir() else []
    if kept:
        text = say("doctor.aside", session.lang, names=", ".join(path.name for path in kept))
        yield Finding(id="damaged-files", ok=True, text=text)


def _backup(session: "Session", health: "Health") -> Finding:
    from salescoach.store.health import read_only_disk

    lang, backups = session.lang, backups_of(session)
    if backups.folder.exists() and not (backups.folder.is_dir() and os.access(backups.folder, os.W_OK)):
        text = say("doctor.backup-blocked", lang, path=backups.folder)
        command = f"chmod u+rwx {quoted(str(backups.folder))}"
        if not backups.folder.is_dir():
            command = f"mv {quoted(str(backups.folder))} {quoted(f'{backups.folder}.old')}"
        elif read_only_disk(backups.folder):
            command = say("doctor.folder-do", lang)
        return Finding(id="backup", ok=False, text=text, command=command, kind=ExitCode.STORAGE)
    found = backups.list()
    if not found:
        bare = health.contents is None or not any(health.contents.rows.values())
        text = say("doctor.backup-none", lang)
        return Finding(
            id="backup", ok=bare, text=text, command=None if bare else "salescoach backup", kind=ExitCode.STORAGE
        )
    ahead = backups.ahead()
    if ahead:
        text = say("doctor.backup-ahead", lang, names=", ".join(one.name for one in ahead))
        return Finding(
            id="backup", ok=False, text=text, command=say("doctor.backup-ahead-do", lang), kind=ExitCode.STORAGE
        )
    last = found[0]
    if _outrun(session.book, last.path):
        text = say("doctor.backup-behind", lang, when=when(last))
        return Finding(id="backup", ok=False, text=text, command="salescoach backup", kind=ExitCode.STORAGE)
    days = max(0, (session.today - last.taken.date()).days)
    age = say("doctor.age-days", lang, count=days) if days else say("doctor.age-today", lang)
    why = say(f"backup.why-{last.why}", lang)
    return Finding(
        id="backup", ok=True, text=say("doctor.backup", lang, when=when(last), why=why, age=age, count=len(found))
    )


def _outrun(book: Path, backup: Path) -> bool:
    try:
        return book.stat().st_mtime - backup.stat().st_mtime > BEHIND_DAYS * SECONDS_A_DAY
    except OSError:
        return False


def _drafts(session: "Session", health: "Health") -> Finding:
    if not health.drafts:
        return Finding(id="drafts", ok=True, text=say("doctor.drafts-none", session.lang))
    from salescoach.cli.unfinished import going_on

    oldest = health.drafts[0]
    day = show_day(oldest.updated, session.lang) if oldest.updated else "?"
    text = say("doctor.drafts", session.lang, count=len(health.drafts), day=day)
    return Finding(id="drafts", ok=True, text=text, command=going_on(oldest))


# Playbooks


def _playbooks(session: "Session") -> Iterator[Finding]:
    from salescoach.cli.show import message
    from salescoach.playbook.layers import layers
    from salescoach.playbook.library import open_library

    settings, lang = session.settings, session.lang
    cache = settings.cache if settings.cache.is_dir() else None  # what is not there is not made
    library = open_library(layers(settings.team_playbooks, settings.personal_playbooks), cache)
    broken: Sequence[SalescoachError] = []
    try:
        names = [name for name, _ in library.entries()]  # asks for every kind
        broken = [one for one in library.warnings if one.key != "playbook-folder-missing"]
    except SalescoachError as error:
        broken, names = [error], []
    if names:
        counts = [(name, names.count(name)) for name in ("built-in", "team", "personal")]
        told = [say(f"doctor.layer-{name}", lang, count=count) for name, count in counts if count]
        text = say("doctor.playbooks", lang, count=len(names), layers=("，" if lang == "zh" else ", ").join(told))
        yield Finding(id="playbooks", ok=True, text=text)
    if broken:
        text = say("doctor.playbooks-broken", lang, count=len(broken), first=message(broken[0], lang))
        yield Finding(
            id="broken-playbooks", ok=False, text=text, command="salescoach playbook lint", kind=ExitCode.INVALID
        )
    yield from _linked(session, library.layers)


def _linked(session: "Session", layers: "Sequence[Layer]") -> Iterator[Finding]:
    """Playbooks that are passed over as links: nothing else would ever say why they are not there."""
    from salescoach.listing import links_out

    found = [link for layer in layers for link in links_out(str(layer.folder))]
    if found:
        facts = {"count": len(found), "path": found[0], "target": os.path.realpath(found[0])}
        text = say("doctor.playbooks-linked", session.lang, **facts)
        command = say("doctor.playbooks-linked-do", session.lang)
        yield Finding(id="linked-playbooks", ok=False, text=text, command=command, kind=ExitCode.INVALID)


# Terminal and language


def _terminal(session: "Session") -> Iterator[Finding]:
    from salescoach.cli.show import colours, width

    lang, columns = session.lang, width(sys.stdout)
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    colour = say("doctor.colour" if colours(sys.stdout) else "doctor.colour-none", lang)
    if columns < NARROWEST:
        text, command = say("doctor.terminal-narrow", lang, width=columns), say("doctor.terminal-narrow-do", lang)
        yield Finding(id="terminal", ok=False, text=text, command=command, kind=ExitCode.INVALID)
    else:
        yield Finding(
            id="terminal", ok=True, text=say("doctor.terminal", lang, width=columns, colour=colour, encoding=encoding)
        )
    yield _chinese(session, encoding)
    yield Finding(id="language", ok=True, text=say("doctor.language", lang))


def _chinese(session: "Session", encoding: str) -> Finding:
    try:
        "承诺".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        text, wanted = say("doctor.chinese-not", session.lang, encoding=encoding), session.lang == "zh"
        command = say("doctor.chinese-do", session.lang)
        return Finding(id="chinese", ok=not wanted, text=text, command=command, kind=ExitCode.INVALID)
    return Finding(id="chinese", ok=True, text=say("doctor.chinese", session.lang))
