"""`salescoach import`: clients and contacts of another program, or a book of our own."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.cli.show import rows
from salescoach.errors import ExitCode, InvalidError, UsageError
from salescoach.language import Lang, say, visible
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.exchange.arrival import Arrival, Broken
    from salescoach.exchange.arriving import Arriving
    from salescoach.exchange.table import Table
    from salescoach.exchange.tally import Tally
    from salescoach.records.duplicates import Pair

app = typer.Typer(add_completion=False)
Format = Literal["csv", "vcard", "json"]
#: Names and failures that are listed; the others are counted.
SHOWN = 10


@app.command(help="importing.help")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="importing.file", show_default=False)],
    as_: Annotated[Format | None, typer.Option("--as", help="importing.as", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="importing.dry-run")] = False,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="importing.keep-going")] = False,
    mapped: Annotated[list[str] | None, typer.Option("--map", metavar="HEADER=FIELD", help="importing.map")] = None,
    as_json: Json = False,
) -> Result:
    """Take in what a file has, in one transaction, and offer to merge what came twice."""
    session: Session = ctx.obj
    how = _How(dry_run=dry_run, keep_going=keep_going, as_json=as_json)
    raw = _read(file)
    sort = as_ or _guessed(raw, file)
    if mapped and sort != "csv":
        raise UsageError("import-map-csv")
    if session.has_store() and not dry_run:
        session.store().backups.take("import")
    if sort == "json":
        from salescoach.cli.archive import bring_in

        return _told(session, bring_in(session, raw, dry_run, keep_going), how, {}, [])
    brought = _table(session, raw, _mapped(mapped or ())) if sort == "csv" else _cards(session, raw)
    return _people(session, brought, how)


@value
class _How:
    """What was said on the command line."""

    dry_run: bool
    keep_going: bool
    as_json: bool


class _Brought:
    """What a file brings, and what is said of it in the end: lines for eyes, keys for programs."""

    def __init__(self, arrivals: "list[Arrival | Broken]", lines: Sequence[str], facts: dict[str, Any]) -> None:
        self.arrivals, self.lines, self.facts = arrivals, lines, facts


def _read(file: str) -> bytes:
    """
    The bytes of the file, or of stdin.

    Raises:
        InvalidError: It cannot be read, or is too large.
    """
    from salescoach.exchange.archive import MOST_BYTES  # the most of any format; each has a limit of its own

    try:
        if file == "-":
            return bytes(sys.stdin.buffer.read(MOST_BYTES + 1))
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidError("import-unreadable", path=visible(file), why=why) from None


def _guessed(raw: bytes, file: str) -> Format:
    """The format by what the file begins with, else by its name."""
    begins = raw[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").upper()
    ending = Path(file).suffix.lower()
    if begins.startswith(b"BEGIN:VCARD") or ending in (".vcf", ".vcard"):
        return "vcard"
    return "json" if begins[:1] == b"{" or ending == ".json" else "csv"


def _mapped(given: Sequence[str]) -> dict[str, str]:
    """
    Header → field, as said by hand.

    Raises:
        UsageError: One is not written so.
    """
    found = {}
    for one in given:
        header, equals, field = one.rpartition("=")
        if not (header.strip() and equals and field.strip()):
            raise UsageError("import-map", given=one)
        found[header.strip()] = field.strip()
    return found


def _table(session: "Session", raw: bytes, mapped: dict[str, str]) -> _Brought:
    from salescoach.exchange.decoding import decode
    from salescoach.exchange.rows import Reading
    from salescoach.exchange.table import Table, columns

    table, lang = Table(decode(raw), mapped), session.lang
    meant = columns(table, mapped)
    if not meant.has("company", "name", "family", "given"):
        meant = columns(table, mapped | _asked(session, table))
    reading = Reading(table, meant, lang)
    unused, footer, lines = reading.unused(), reading.footer, []
    understood = [(meant.headers[place].strip(), field) for place, field in reading.understood()]
    if understood:
        lines.append(say("importing.understood", lang, columns=_understood(understood, lang)))
    if unused:
        lines += [say("importing.unused", lang, names=_names(unused, lang)), say("importing.unused-how", lang)]
    if footer:
        lines.append(say("importing.footer", lang, count=len(footer), names=_names(footer, lang)))
    told = [{"header": header, "field": field} for header, field in understood]
    return _Brought(list(reading.arrivals()), lines, {"understood": told, "unused": unused, "footer": footer})


def _understood(columns: Sequence[tuple[str, str]], lang: Lang) -> str:
    """Headers and what they mean, in the rep's words; a header that says the same stands alone."""
    from salescoach.exchange.headers import own

    headers: dict[str, list[str]] = {}
    for header, field in columns:
        headers.setdefault(own(field, lang == "zh"), []).append(visible(header))
    said = [
        meant if named == [meant] else say("importing.understood-one", lang, header=" + ".join(named), field=meant)
        for meant, named in headers.items()
    ]
    return say("importing.between", lang).join(said)


def _asked(session: "Session", table: "Table") -> dict[str, str]:
    """
    Which columns have the names, asked at a terminal.

    Raises:
        InvalidError: Nobody is there to ask, or no column has.
    """
    headers = [cell.strip() for cell in table.begin]
    shown = [visible(one) for one in headers if one]
    found: dict[str, str] = {}
    if session.interactive:
        from salescoach.walk.terminal import choose

        for field in ("company", "name"):
            choices = [*shown, say("importing.ask-none", session.lang)]
            picked = choose(say(f"importing.ask-{field}", session.lang), choices, session.lang)
            found |= {[one for one in headers if one][picked]: field} if picked < len(shown) else {}
    if not found:
        wrong = "import-no-header" if table.headless else "import-no-name"
        raise InvalidError(wrong, headers=", ".join(shown)[:400])
    return found


def _cards(session: "Session", raw: bytes) -> _Brought:
    from salescoach.exchange.vcard import Cards

    cards, lang = Cards(raw, session.lang), session.lang
    arrivals = list(cards.arrivals())
    if not arrivals and not cards.groups:
        raise InvalidError("import-no-cards")
    other = sorted(cards.other)
    lines = [
        say(f"importing.{key}", lang, count=count)
        for key, count in (("photos", cards.photos), ("groups", cards.groups))
        if count
    ]
    lines += [say("importing.other", lang, names=_names(other, lang))] if other else []
    return _Brought(arrivals, lines, {"photos": cards.photos, "groups": cards.groups, "unused": other})


def _people(session: "Session", brought: _Brought, how: _How) -> Result:
    from salescoach.cli.progress import counted

    noted: Counter[str] = Counter()
    with counted(say("importing.progress", session.lang), 2 * len(brought.arrivals)) as step:
        if how.dry_run and not session.has_store():
            book = _book(session, empty=True)
            tally = _taken(book, brought.arrivals, noted, session.lang, step)
        else:
            with session.store().transaction():
                book = _book(session, empty=False)
                tally = _taken(book, brought.arrivals, noted, session.lang, step)
                if not how.dry_run and (how.keep_going or not tally.failures):
                    _keep(session, book, step)
                    tally = replace(tally, saved=True)
    lines, facts = _of_book(book, session.lang)
    facts["kept_as_notes"] = dict(noted)
    lines += [_noted(noted, session.lang)] if noted else []
    pairs = _pairs(book) if tally.saved else []
    again = _left(session, {*book.new, *book.changed})
    return _told(session, tally, how, facts | brought.facts, [*lines, *brought.lines], pairs, again)


def _book(session: "Session", *, empty: bool) -> "Arriving":
    """The book as it is, ready for what comes."""
    from salescoach.exchange.arriving import Arriving

    if empty:
        numbers = iter(range(1 << 60))
        return Arriving((), (), (), lambda: str(next(numbers)))
    store = session.store()
    born = [one for one in store.occasions.list() if one.kind == "birthday"]
    return Arriving(store.clients.list(), store.contacts.list(), born, store.new_id)


def _taken(
    book: "Arriving", arrivals: "Sequence[Arrival | Broken]", noted: Counter[str], lang: Lang, step: Any
) -> "Tally":
    """Take everything into the book, which nobody has saved yet; count in `noted` what was no value of its field."""
    from salescoach.cli.show import message
    from salescoach.exchange.arrival import Broken
    from salescoach.exchange.tally import Failure, Tally

    counts: Counter[str] = Counter()
    failures = []
    for one in arrivals:
        step(1)
        try:
            if isinstance(one, Broken):
                raise one.error
            counts[became := book.take(one)] += 1
            if became != "skipped":
                noted.update(one.noted)
        except InvalidError as error:
            failures.append(Failure(line=one.line, why=visible(message(error, lang))))
    created, updated, skipped = (counts[name] for name in ("created", "updated", "skipped"))
    failed = len(failures)
    return Tally(created=created, updated=updated, skipped=skipped, failed=failed, failures=tuple(failures))


def _keep(session: "Session", book: "Arriving", step: Any) -> None:
    """Write what is new and what has changed."""
    from salescoach.store.connection import in_batches

    store = session.store()
    rooms: tuple[tuple[Any, Sequence[Any]], ...] = (
        (store.clients.add_all, book.fresh(book.clients)),
        (store.clients.save_all, book.touched(book.clients)),
        (store.contacts.add_all, book.fresh(book.contacts)),
        (store.contacts.save_all, book.touched(book.contacts)),
        (store.occasions.add_all, book.occasions),
    )
    for write, records in rooms:
        for batch in in_batches(records, 1000):
            write(batch)
            step(len(batch))


def _of_book(book: "Arriving", lang: Lang) -> tuple[list[str], dict[str, Any]]:
    """What came in, and what stayed as it was."""
    counts = {
        "clients": len(book.fresh(book.clients)),
        "contacts": len(book.fresh(book.contacts)),
        "birthdays": len(book.occasions),
    }
    lines = [say("importing.added", lang, **counts)] if any(counts.values()) else []
    if book.left:
        names = _names(list(dict.fromkeys(one.name for one in book.left)), lang)
        lines.append(say("importing.left", lang, count=len(book.left), names=names))
    return lines, {**counts, "left": book.left}


def _noted(noted: Counter[str], lang: Lang) -> str:
    from salescoach.exchange.headers import own

    told = (say("importing.noted-one", lang, field=own(name, lang == "zh"), count=noted[name]) for name in noted)
    return say("importing.noted", lang, fields=say("walk.between", lang).join(told))


def _pairs(book: "Arriving") -> "list[Pair]":
    from salescoach.records.duplicates import duplicates

    touched = {*book.new, *book.changed}
    return duplicates(list(book.clients.values()), list(book.contacts.values()), touched) if touched else []


def _left(session: "Session", touched: set[str]) -> "Callable[[str], list[Pair]]":
    """The pairs as they are after a merge: who stayed is looked at with all that the file brought or changed."""
    from salescoach.records.duplicates import duplicates

    def again(kept: str) -> "list[Pair]":
        touched.add(kept)
        store = session.store()
        return duplicates(store.clients.list(), store.contacts.list(), touched)

    return again


def _told(
    session: "Session",
    tally: "Tally",
    how: _How,
    facts: dict[str, Any],
    lines: Sequence[str],
    pairs: "Sequence[Pair]" = (),
    again: "Callable[[str], list[Pair]] | None" = None,
) -> Result:
    """The counts, what is to be known of them, and what may be there twice."""
    from salescoach.cli.duplicates import document, offered

    lang, failures = session.lang, tally.failures
    counts = {name: getattr(tally, name) for name in ("read", "created", "updated", "skipped", "failed")}
    told = {"schema": "salescoach/import@1", **counts, "failures": failures, "saved": tally.saved, **facts}
    told |= {"duplicates": document(session, pairs)} if facts else {}
    wrong = bool(failures) and not how.keep_going
    shown = [say("importing.counts", lang, **counts), *lines]
    shown += [say("importing.failure", lang, line=one.line, why=one.why) for one in failures[:SHOWN]]
    shown += [say("importing.more", lang, count=len(failures) - SHOWN)] if len(failures) > SHOWN else []
    shown += [say("importing.would" if how.dry_run else "importing.not-saved", lang)] if wrong or how.dry_run else []
    if again is not None and not how.as_json:
        shown = offered(session, pairs, shown, again)
    code = ExitCode.INVALID if wrong else ExitCode.OK
    return Result(document=told, show=rows(shown, sys.stdout), json=how.as_json, exit_code=code)


def _names(names: Sequence[str], lang: Lang) -> str:
    some = say("walk.between", lang).join(visible(one) for one in names[:SHOWN])
    return some + "…" * (len(names) > SHOWN)
