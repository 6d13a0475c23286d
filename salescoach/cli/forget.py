"""`salescoach forget`: a person is erased everywhere, for good, and a receipt without their name is left."""

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.editing import FOLDER as EDITS
from salescoach.cli.lookup import confirm, find_person, refuse_guess
from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.cli.show import rows
from salescoach.errors import UsageError
from salescoach.language import quoted, say, show_day, visible
from salescoach.records.models import Client, Contact
from salescoach.records.names import Unknown, clean_name, short_id
from salescoach.shape import value
from salescoach.store import FILE_NAME

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.store.erasing import Person

app = typer.Typer(add_completion=False)
RECEIPTS = "receipts"
#: Words, clients and files that are named; the others are counted.
SHOWN = 5
#: A line of YAML that gives something its id.
ID = re.compile(r"[\s-]*id:")
#: What a database begins with.
MAGIC = b"SQLite format 3\0"
#: Larger files in the data folder are nobody's notes.
LARGEST = 16 * 1024 * 1024


@value
class Outcome:
    """What was done, in figures; and what is left to the rep, in words."""

    records: int
    texts: int
    files: int
    rewritten: int
    deleted: int
    hints: tuple[str, ...]  # words that may still mean the person
    called: tuple[str, ...]  # clients whose own name has theirs
    left: tuple[str, ...]  # files that could not be rewritten


@app.command(help="forget.help")
def forget(
    ctx: typer.Context,
    whom: Annotated[str, typer.Argument(metavar="CLIENT/CONTACT", help="forget.whom", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="forget.yes")] = False,
    as_json: Json = False,
) -> Result:
    """Ask once, then erase: copies first, the book last, so that what is broken off can be done again."""
    session: Session = ctx.obj
    person = _gone(session, whom) or _there(session, whom)
    if not confirm(session, _question(session, person.names[0]), yes):
        return Result(document=_document(None, None), show=say("forget.kept", session.lang), json=as_json)
    outcome = _erased(session, person)
    receipt = _receipt(session, outcome)
    return Result(document=_document(outcome, receipt), show=_shown(session, outcome, receipt), json=as_json)


def _there(session: "Session", whom: str) -> "Person":
    """
    Who is meant.

    Raises:
        NotFoundError: Nobody, or no clear one.
        UsageError: A company.
    """
    from salescoach.store.erasing import Person

    client, contact = find_person(session, whom)
    if contact is None and client.kind != "person":
        raise UsageError(
            "forget-company", client=client.name, whom=quoted(f"{client.name}/…"), name=quoted(client.name)
        )
    one: Client | Contact = contact or client
    if not session.interactive:
        refuse_guess(one, whom.rpartition("/")[2] if contact else whom, one.name)
    marks = tuple(filter(None, (contact.mail.strip(), contact.phone.strip()))) if contact else ()
    return Person(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        names=(one.name, *one.aliases),
        marks=marks,
        is_client=contact is None,
    )


def _gone(session: "Session", whom: str) -> "Person | None":
    """Somebody who was removed before: nobody at the client is called so, and texts or backups still have the name."""
    from salescoach.store.erasing import Person, known_in_copy, names_somebody

    place, slash, name = whom.rpartition("/")
    store = session.store()
    client = store.clients.find_exactly(place) if slash and name.strip() else None
    if client is None or store.clients.find_exactly(whom):
        return None
    if not isinstance(store.contacts.resolve(client.id, name), Unknown):
        return None
    person = Person(client_id=client.id, contact_id=None, names=(clean_name(name),))
    there = names_somebody(store, name) or any(known_in_copy(one.path, person)[0] for one in store.backups.list())
    return person if there else None


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
    kept, others = [one.path for one in store.backups.list()], _other_databases(session)
    instead = say("forget.instead", lang)
    with counted(say("forget.working", lang), 2 * len(kept) + len(others) + 2) as told:
        for copy in kept:
            person = person.joined(erasing.known_in_copy(copy, person))
            told(1)
        files, named = _clean_files(session, person, instead)
        deleted = _delete_unreadable(session)
        unread = []
        for copy in (*kept, *others):
            unread += [] if erasing.erase_in_copy(copy, person, instead) else [copy]
            told(1)
        for copy in set(unread) & set(kept):
            copy.unlink(missing_ok=True)
        erased = erasing.erase(store, person, instead)
        erasing.scrub(store.connection)
    _empty(session.settings.cache)
    gone = [copy for copy in unread if copy in kept]
    return Outcome(
        records=erased.records,
        texts=erased.texts,
        files=files,
        rewritten=len(kept) + len(others) - len(unread),
        deleted=deleted + len(gone),
        hints=erased.hints,
        called=erased.called,
        left=tuple(map(str, [*named, *(copy for copy in unread if copy in others)])),
    )


def _other_databases(session: "Session") -> list[Path]:
    """Copies that lie in the data folder under names of the rep's own."""
    from salescoach.store.restoring import DAMAGED

    known = {one.path for one in session.store().backups.list()}
    ours = [
        path
        for path in _files(session.settings.data)
        if path not in known and not path.name.startswith((FILE_NAME + "-", DAMAGED))
    ]
    return [path for path in ours if path != session.book and not path.name.endswith(".part") and _is_database(path)]


def _files(folder: Path) -> list[Path]:
    """Everything that lies there, whatever it is; links lead elsewhere."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _clean_files(session: "Session", person: "Person", instead: str) -> tuple[int, list[Path]]:
    """
    What lies as text in the data folder: the rep's own playbooks, records that were being edited.

    Returns:
        How many files were changed, and those that go on having the name: in a playbook's id, or in their own.
    """
    from salescoach.exchange.files import write_private
    from salescoach.records.mentions import mentions

    changed, left = _delete_edits(session, person), []
    for path in _text_files(session.settings.data):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        clean = "".join(_clean(line, person, instead) for line in text.splitlines(keepends=True))
        if clean != text:
            write_private(path, [clean.encode()])
            changed += 1
        if mentions(clean, person.said) or mentions(path.stem, person.names):
            left.append(path)
    return changed, left


def _clean(line: str, person: "Person", instead: str) -> str:
    """A line without the name; an id stays, since others call it by that."""
    from salescoach.records.mentions import without

    return line if ID.match(line) else str(without(line, person.said, instead))


def _delete_edits(session: "Session", person: "Person") -> int:
    """A record of the person's own that was being edited goes whole."""
    own = short_id(person.contact_id or person.client_id)
    found = list((session.settings.data / EDITS).glob(f"*-{own}.yaml")) if person.contact_id or person.is_client else []
    for path in found:
        path.unlink()
    return len(found)


def _text_files(folder: Path) -> list[Path]:
    return [path for path in _files(folder) if path.stat().st_size <= LARGEST and not _is_database(path)]


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
    between = say("walk.between", lang)
    told = {"hints": outcome.hints, "called": outcome.called, "left": outcome.left}
    lines += [
        say(f"forget.{key}", lang, count=len(some), some=between.join(map(visible, some[:SHOWN])))
        for key, some in told.items()
        if some
    ]
    lines += [say("forget.elsewhere", lang), say("forget.receipt", lang, path=visible(str(receipt)))]
    return rows(lines, sys.stdout)
