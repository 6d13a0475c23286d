"""`salescoach forget`: a person is erased everywhere, for good, and a receipt without their name is left."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.lookup import confirm, find_person, refuse_guess
from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.errors import UsageError
from salescoach.language import say, show_day, visible
from salescoach.records.models import Client, Contact
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.store.erasing import Person

app = typer.Typer(add_completion=False)
RECEIPTS = "receipts"
#: Larger files in the data folder are nobody's notes.
LARGEST = 16 * 1024 * 1024


@value
class Outcome:
    """What was done, in figures."""

    records: int
    texts: int
    files: int
    rewritten: int
    deleted: int
    near: int


@app.command(help="forget.help")
def forget(
    ctx: typer.Context,
    whom: Annotated[str, typer.Argument(metavar="CLIENT/CONTACT", help="forget.whom", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="forget.yes")] = False,
    as_json: Json = False,
) -> Result:
    """Ask once, then erase: copies first, the book last, so that what is broken off can be done again."""
    session: Session = ctx.obj
    client, contact = find_person(session, whom)
    person = _person(client, contact)
    if not session.interactive:
        refuse_guess(contact or client, whom.rpartition("/")[2] if contact else whom, (contact or client).name)
    if not confirm(session, _question(session, (contact or client).name), yes):
        return Result(document=_document(None, None), show=say("forget.kept", session.lang), json=as_json)
    outcome = _erased(session, person)
    receipt = _receipt(session, outcome)
    return Result(document=_document(outcome, receipt), show=_shown(session, outcome, receipt), json=as_json)


def _person(client: Client, contact: Contact | None) -> "Person":
    """
    Who is meant.

    Raises:
        UsageError: A company.
    """
    from salescoach.store.erasing import Person

    if contact is None and client.kind != "person":
        raise UsageError("forget-company", client=client.name)
    named = contact or client
    return Person(client_id=client.id, contact_id=contact.id if contact else None, names=(named.name, *named.aliases))


def _question(session: "Session", name: str) -> str:
    from salescoach.store.restoring import damaged_files

    count = len(session.store().backups.list())
    asked = [say("forget.ask", session.lang, name=name, backups=count)]
    if damaged := damaged_files(session.settings.data):
        asked.insert(0, say("forget.ask-damaged", session.lang, count=len(damaged)))
    return " ".join(asked)


def _erased(session: "Session", person: "Person") -> Outcome:
    from salescoach.cli.progress import counted
    from salescoach.store import erasing

    store, lang = session.store(), session.lang
    erasing.empty_log(store.connection)  # others in the way are noticed before anything is done
    copies = [one.path for one in store.backups.list()]
    instead = say("forget.instead", lang)
    with counted(say("forget.working", lang), 2 * len(copies) + 2) as told:
        for copy in copies:
            person = person.joined(erasing.names_in_copy(copy, person))
            told(1)
        files = _clean_files(session, person, instead)
        deleted = _delete_unreadable(session)
        rewritten = 0
        for copy in copies:
            if erasing.erase_in_copy(copy, person, instead):
                rewritten += 1
            else:
                copy.unlink(missing_ok=True)
                deleted += 1
            told(1)
        erased = erasing.erase(store, person, instead)
        erasing.scrub(store.connection)
    _empty(session.settings.cache)
    return Outcome(
        records=erased.records, texts=erased.texts, files=files, rewritten=rewritten, deleted=deleted, near=erased.near
    )


def _clean_files(session: "Session", person: "Person", instead: str) -> int:
    """What lies as text in the data folder: the rep's own playbooks, records that were being edited."""
    from salescoach.exchange.files import write_private
    from salescoach.records.mentions import mentions, without

    changed = 0
    for path in _text_files(session.settings.data):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if mentions(text, person.names):
            write_private(path, [without(text, person.names, instead).encode()])
            changed += 1
    return changed


def _text_files(folder: Path) -> list[Path]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in files if ".db" not in path.suffixes and path.stat().st_size <= LARGEST]


def _delete_unreadable(session: "Session") -> int:
    """Half-made copies, and damaged books that were kept aside: nobody can take a name out of those."""
    from salescoach.store.backups import beside
    from salescoach.store.restoring import damaged_files

    found = [*session.store().backups.leftovers(), *damaged_files(session.settings.data)]
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
            continue
        for one in (path, *beside(path)):
            one.unlink(missing_ok=True)
    return len(found)


def _empty(cache: Path) -> None:
    """What was worked out from the rep's own playbooks, and what was printed, may hold a name; it is made again."""
    for path in cache.iterdir() if cache.is_dir() else ():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _facts(outcome: Outcome) -> dict[str, int]:
    names = ("records", "texts", "files", "rewritten", "deleted")
    return {name: getattr(outcome, name) for name in names}


def _receipt(session: "Session", outcome: Outcome) -> Path:
    """A dated note that it was done, with nothing about whom."""
    from salescoach.exchange.files import write_private
    from salescoach.store.sqlite import make_private_folder

    folder = session.settings.data / RECEIPTS
    make_private_folder(folder)
    stem = f"erased-{session.today.isoformat()}"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}.txt" for number in range(1, 10_000))
    path = next(folder / name for name in names if not (folder / name).exists())
    text = say("forget.receipt-text", session.lang, day=show_day(session.today, session.lang), **_facts(outcome))
    write_private(path, [f"{text}\n".encode()])
    return path


def _document(outcome: Outcome | None, receipt: Path | None) -> dict[str, Any]:
    return {"schema": "salescoach/forget@1", "erased": outcome, "receipt": str(receipt) if receipt else None}


def _shown(session: "Session", outcome: Outcome, receipt: Path) -> str:
    lang = session.lang
    lines = [say("forget.done", lang, **_facts(outcome))]
    lines += [say("forget.deleted", lang, count=outcome.deleted)] if outcome.deleted else []
    lines += [say("forget.near", lang, count=outcome.near)] if outcome.near else []
    lines += [say("forget.elsewhere", lang), say("forget.receipt", lang, path=visible(str(receipt)))]
    return "\n".join(lines)
