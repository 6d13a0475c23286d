"""`salescoach care`: touches that are due, what to do and to say, and the days that matter to clients."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from salescoach.cli.lookup import find_client, find_person
from salescoach.cli.options import Json, Who
from salescoach.cli.result import Result
from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.language import Lang, say, show_date, show_day, visible
from salescoach.records.account import Occasion, Touch, has_year
from salescoach.records.ids import TouchState
from salescoach.records.models import Client, Contact, Note
from salescoach.records.names import fold, short_id

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.coach.care import Books, Care, Pending, Touching

    Lines = list[tuple[Touching, Pending]]

T = TypeVar("T")

app = typer.Typer(help="care.help", invoke_without_command=True, add_completion=False)

#: What a rep keeps by hand; news has a command of its own.
Kept = Literal["birthday", "anniversary", "joy", "misfortune", "event"]
YEARLY = ("birthday", "anniversary")
#: Kinds that nobody wants to see written down by hearsay.
DISCREET = ("joy", "misfortune")
#: A day that comes only once and is over for so long brings no line any more.
OVER = 60
#: Days ahead in which `done` and `show` find a line that is not due yet.
AHEAD = 366
#: Rows of a question at a terminal beside its choices: itself, the way out, the keys, and the next prompt.
QUESTION = 5
#: Names that are listed in one line.
NAMES = 8
#: Touches of so many days are looked at: no window is as long.
REMEMBERED = 800
#: Clients on one list; the others are counted.
CLIENTS = 8

Id = Annotated[str, typer.Argument(metavar="ID", help="care.help-id", show_default=False)]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="care.help-ids", show_default=False)]
Days = Annotated[int, typer.Option("--days", min=0, max=AHEAD, help="care.help-days")]
Everything = Annotated[bool, typer.Option("--all", help="care.help-all")]
Remark = Annotated[str, typer.Option("--note", metavar="TEXT", help="care.help-note", show_default=False)]


@app.callback()
def care(ctx: typer.Context, days: Days = 0, everything: Everything = False, as_json: Json = False) -> Result | None:
    """What is due, where no subcommand is given."""
    if ctx.invoked_subcommand is not None:
        return None
    return _listed(ctx.obj, days, everything, as_json)


@app.command("list", help="care.help-list")
def list_(ctx: typer.Context, days: Days = 0, everything: Everything = False, as_json: Json = False) -> Result:
    """What is due."""
    return _listed(ctx.obj, days, everything, as_json)


def _listed(session: "Session", days: int, everything: bool, as_json: bool) -> Result:
    limit = None if everything or as_json else CLIENTS
    cares, left = _first(session, days, limit)
    document = {"schema": "salescoach/care@1", "cares": [_document(one) for one in cares]}
    if as_json:
        return Result(document=document, json=True)
    if not (cares and session.interactive and sys.stdout.isatty()):
        return Result(document=document, show=_picture(session, cares, left, everything))
    _tick(session, cares, left, everything)
    return Result(document=document)


def _picture(session: "Session", cares: "Sequence[Care]", left: int, everything: bool) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.care import care_sheet

    hint = not (session.has_store() and session.store().occasions.count())
    columns = width(sys.stdout)
    return care_sheet(cares, session.today, session.lang, columns, everything=everything, left=left, hint=hint)


def _tick(session: "Session", cares: "Sequence[Care]", left: int, everything: bool) -> None:
    """The list, then one key for each line that is done; Enter leaves. What has no key is settled by its id."""
    from salescoach.cli.show import drawn, write
    from salescoach.walk.terminal import choose
    from salescoach.walk.widgets import DIGITS

    lang, room = session.lang, get_terminal_size().lines
    picture = drawn(_picture(session, cares, left, everything))
    while not everything and picture.count("\n") + len(cares) + QUESTION > room and len(clients := _clients(cares)) > 1:
        cares, left = [one for one in cares if one.client.id != clients[-1]], left + 1
        picture = drawn(_picture(session, cares, left, everything))
    write(picture, sys.stdout)
    open_ = list(cares[: DIGITS - 1])
    while open_:
        rows = [*(_told(one, lang) for one in open_), say("care.none", lang)]
        place = choose(say("care.which", lang), rows, lang, pointed=len(open_))
        if place == len(open_):
            return
        one = open_.pop(place)
        _settle(session, [one], "done", "")
        write(say("care.done", lang, line=_told(one, lang)) + "\n", sys.stderr)
        still = {other.clock for other in care_of(session, one.client, AHEAD)}  # routine is quiet after any touch
        open_ = [other for other in open_ if other.client.id != one.client.id or other.clock in still]


def _clients(cares: "Iterable[Care]") -> list[str]:
    """Ids of the clients, in the order of the list."""
    return list(dict.fromkeys(one.client.id for one in cares))


@app.command("show", help="care.help-show")
def show(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """One line in full."""
    session: Session = ctx.obj
    (one,) = _found(session, [identifier])
    document = {"schema": "salescoach/care@1", "cares": [_document(one)]}
    if as_json:
        return Result(document=document, json=True)
    return Result(document=document, show=_picture(session, [one], 0, everything=True))


@app.command("done", help="care.help-done")
def done(ctx: typer.Context, identifiers: Ids, note: Remark = "", as_json: Json = False) -> Result:
    """The touch was made."""
    return _ended(ctx.obj, identifiers, "done", note, as_json)


@app.command("drop", help="care.help-drop")
def drop(ctx: typer.Context, identifiers: Ids, as_json: Json = False) -> Result:
    """Not this time."""
    return _ended(ctx.obj, identifiers, "dropped", "", as_json)


def _ended(session: "Session", identifiers: list[str], state: TouchState, note: str, as_json: bool) -> Result:
    cares = _found(session, identifiers)
    touches = _settle(session, cares, state, note.strip())
    said = [
        say(f"care.{'done' if state == 'done' else 'dropped'}", session.lang, line=_told(one, session.lang))
        for one in cares
    ]
    document = {
        "schema": "salescoach/touches@1",
        "touches": [{"client": one.client.name, "touch": touch} for one, touch in zip(cares, touches, strict=True)],
    }
    return Result(document=document, show="\n".join(said), json=as_json)


def _settle(session: "Session", cares: "Sequence[Care]", state: TouchState, note: str) -> list[Touch]:
    store = session.store()
    touches = [
        Touch(
            id=store.new_id(), client_id=one.client.id, clock=one.clock, on=session.today, state=state,
            contact_id=one.contact.id if one.contact else None,
        )
        for one in cares
    ]  # fmt: skip
    clients = dict.fromkeys(one.client.id for one in cares) if note else {}
    with store.transaction():
        store.touches.add_all(touches)
        for client_id in clients:
            store.notes.add(Note(id=store.new_id(), client_id=client_id, on=session.today, text=note))
    return touches


def _found(session: "Session", identifiers: Iterable[str]) -> "list[Care]":
    """
    The lines meant by ids, each once: those due, else those that come due within a year.

    Raises:
        NotFoundError: None has such an id, or more than one has.
        UsageError: It is settled already.
    """
    from salescoach.coach.care import is_named

    books, now = _pending(session, 0)
    ahead: Lines | None = None
    found: Lines = []
    for given in dict.fromkeys(one.strip().lower() for one in identifiers):
        meant = [one for one in now if is_named(one[1].client.id, one[1].clock, given)]
        if not meant:
            ahead = _pending(session, AHEAD)[1] if ahead is None else ahead
            meant = [one for one in ahead if is_named(one[1].client.id, one[1].clock, given)]
        if len(meant) != 1:
            raise _not_one(session, given, [line.id for _, line in meant])
        found += [one for one in meant if one not in found]
    return worded_lines(session, books, found)


def _not_one(session: "Session", given: str, nearest: list[str]) -> UsageError | NotFoundError:
    from salescoach.coach.care import is_named

    if nearest:
        return NotFoundError("id-ambiguous", nearest=nearest, given=given)
    if any(is_named(one.client_id, one.clock, given.strip().lower()) for one in session.store().touches.list()):
        return UsageError("care-settled", given=given)
    return NotFoundError("care-id-unknown", given=given)


# Days that matter


@app.command("add", help="care.help-add")
def add(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(metavar="CLIENT[/CONTACT]", help="care.help-person", show_default=False)],
    what: Annotated[str, typer.Argument(metavar="WHAT", help="care.help-what", show_default=False)],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="care.help-on", show_default=False)],
    yearly: Annotated[bool, typer.Option("--yearly", help="care.help-yearly")] = False,
    kind: Annotated[Kept | None, typer.Option(help="care.help-kind", show_default=False)] = None,
    as_json: Json = False,
) -> Result:
    """Keep a day."""
    from salescoach.coach.care import kind_called

    session: Session = ctx.obj
    if not what.strip():
        raise InvalidError("text-empty")
    sort = kind or kind_called(what)
    every_year = yearly or sort in YEARLY
    day = _day(on, session.today, every_year)
    client, contact = find_person(session, person, may_add=True)
    store = session.store()
    kept = store.occasions.add(
        Occasion(
            id=store.new_id(), client_id=client.id, kind=sort, what=what.strip(), day=day, yearly=every_year,
            contact_id=contact.id if contact else None,
        )
    )  # fmt: skip
    document = {"schema": "salescoach/occasion@1", "client": client.name, "occasion": kept}
    said = [_kept(kept, _name(client, contact, session.lang), session)]
    if kind in DISCREET:
        said.append(say("care.discreet", session.lang))
    return Result(document=document, show="\n".join(said), json=as_json)


def _day(text: str, today: date, yearly: bool) -> date:
    """
    The day as it is kept: 29 February of a year that has been, so that it comes back next year.

    Raises:
        InvalidError: No date, or one that is over for good.
    """
    from salescoach.walk.dates import parse_date

    day = parse_date(text, today)
    if yearly and (day.month, day.day) == (2, 29) and day > today:
        return next(leap for back in (4, 8) if (leap := _years_back(day, back)))
    if not yearly and day < today - timedelta(days=OVER):
        raise InvalidError("occasion-over", day=day.isoformat())
    return day


def _years_back(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 2100 has no such day
        return None


def _kept(one: Occasion, name: str, session: "Session") -> str:
    lang = session.lang
    yearly = say("care.yearly", lang) if one.yearly else ""
    facts = {"client": visible(name), "what": visible(one.what), "day": show_day(one.day, lang)}
    return say("care.added", lang, **facts, yearly=yearly, id=short_id(one.id))


def _name(client: Client, contact: Contact | None, lang: Lang) -> str:
    return say("care.of-person", lang, client=client.name, contact=contact.name) if contact else client.name


@app.command("news", help="care.help-news")
def news(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="care.help-news-text", show_default=False)],
    tag: Annotated[str, typer.Option(metavar="TAG", help="care.help-tag", show_default=False)] = "",
    as_json: Json = False,
) -> Result:
    """News of ours: a line of care today for every client it is for."""
    session: Session = ctx.obj
    what = text.strip()
    if not what:
        raise InvalidError("text-empty")
    store = session.store()
    clients = [one for one in store.clients.list() if (fold(tag) in map(fold, one.tags) if tag else one.key_account)]
    if not clients:
        raise NotFoundError("care-nobody-tagged" if tag else "care-nobody-key", tag=tag)
    told = {one.client_id for one in store.occasions.list() if (one.what, one.day) == (what, session.today)}
    fresh = [
        Occasion(id=store.new_id(), client_id=one.id, kind="news", what=what, day=session.today)
        for one in clients
        if one.id not in told
    ]
    store.occasions.add_all(fresh)
    names = say("walk.between", session.lang).join(visible(one.name) for one in clients[:NAMES])
    names += "…" * (len(clients) > NAMES)
    document = {"schema": "salescoach/occasions@1", "occasions": fresh}
    shown = say("care.news", session.lang, count=len(clients), names=names)
    return Result(document=document, show=shown, json=as_json)


@app.command("occasions", help="care.help-occasions")
def occasions(ctx: typer.Context, client: Who, as_json: Json = False) -> Result:
    """The days kept of a client, with their ids."""
    session: Session = ctx.obj
    found = find_client(session, client)
    store, lang = session.store(), session.lang
    kept = store.occasions.of(found.id)
    document = {"schema": "salescoach/occasions@1", "client": found.name, "occasions": kept}
    if as_json or not kept:
        return Result(document=document, show=say("care.no-occasions", lang, client=visible(found.name)), json=as_json)
    from salescoach.cli.show import width
    from salescoach.render.listing import listing

    names = {one.id: one.name for one in store.contacts.of(found.id)}
    rows = [
        [
            short_id(one.id),
            (show_day(one.day, lang) if has_year(one) else show_date(one.day, lang, year=False))
            + (say("care.yearly", lang) if one.yearly else ""),
            say(f"care.kind-{one.kind}", lang),
            names.get(one.contact_id or "", ""),
            one.what,
        ]
        for one in kept
    ]
    return Result(document=document, show=listing(rows, width(sys.stdout)))


@app.command("forget", help="care.help-forget")
def forget(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """Delete a day."""
    session: Session = ctx.obj
    store = session.store()
    gone = store.occasions.get(identifier)
    store.occasions.remove(gone.id)
    client = store.clients.get(gone.client_id)
    document = {"schema": "salescoach/occasion@1", "client": client.name, "occasion": gone}
    day = show_day(gone.day, session.lang)
    return Result(
        document=document, show=say("care.forgotten", session.lang, what=visible(gone.what), day=day), json=as_json
    )


# What is due, for this and other commands


def care_of(session: "Session", client: Client, days: int = 0) -> "list[Care]":
    """The lines of care of one client, due today or within so many days, the most pressing first."""
    books, lines = _pending(session, days, [client])
    return worded_lines(session, books, lines)


def _first(session: "Session", days: int, clients: int | None) -> "tuple[list[Care], int]":
    """The lines of the first so many clients, client by client, and how many clients are left out."""
    from salescoach.coach.care import by_client

    books, lines = _pending(session, days)
    known = {line.client.id: one for one, line in lines}
    groups = by_client(line for _, line in lines)
    shown = groups[:clients]
    worded = worded_lines(session, books, [(known[line.client.id], line) for group in shown for line in group])
    return worded, len(groups) - len(shown)


def _pending(session: "Session", days: int, only: Sequence[Client] | None = None) -> "tuple[Books, Lines]":
    """What is due of all clients, or of some, the most pressing first; without words, and without the people."""
    from salescoach.coach.care import in_order, pending, told_apart

    books = care_books(session)
    known = {one.client.id: one for one in touching(session, books, days, only)}
    found = in_order(line for one in known.values() for line in pending(books, one, session.today, days=days))
    return books, [(known[line.client.id], line) for line in told_apart(found)]


def worded_lines(session: "Session", books: "Books", lines: "Lines") -> "list[Care]":
    """The same lines with their words; people, observations and promises are read for these clients alone."""
    from salescoach.coach.advice import voice
    from salescoach.coach.care import worded

    store, speaker = session.store(), voice(session.lang, session.me())
    ids = list(dict.fromkeys(line.client.id for _, line in lines))
    contacts, observations = _owned(store.contacts.of_these(ids)), _owned(store.observations.of_these(ids))
    promises = _owned(one for one in store.promises.of_these(ids) if one.state == "open")

    def in_full(one: "Touching") -> "Touching":
        id_ = one.client.id
        return replace(
            one, contacts=contacts.get(id_, ()), observations=observations.get(id_, ()), promises=promises.get(id_, ())
        )

    full = {one.client.id: in_full(one) for one, _ in lines}
    return [worded(books, line, full[line.client.id], session.today, speaker) for _, line in lines]


def _owned(records: Iterable[T]) -> dict[str, tuple[T, ...]]:
    """Records by the client that they belong to."""
    held: dict[str, list[T]] = {}
    for one in records:
        held.setdefault(getattr(one, "client_id"), []).append(one)  # noqa: B009 - the type variable knows none
    return {id_: tuple(some) for id_, some in held.items()}


def care_books(session: "Session") -> "Books":
    """The playbooks that care rests on."""
    from salescoach.coach.care import Books
    from salescoach.playbook.models import Clocks, Timeline, Typology

    library = session.library()
    styles, motives = (library.find(Typology, name) for name in ("styles", "signing-motives"))
    return Books(
        timelines=library.outlined(Timeline, Clocks),
        styles=styles,
        motives=motives,
        whole=lambda id_: library.get(Timeline, id_),
    )


def touching(session: "Session", books: "Books", days: int, only: Sequence[Client] | None) -> "list[Touching]":
    """Each client with what decides whether a touch is due: one query a table, whether for all or for some hundreds."""
    from salescoach.coach.care import Touching
    from salescoach.coach.complaint import SHEET, open_complaints

    store, today, long_ago = session.store(), session.today, session.today - timedelta(days=REMEMBERED)
    clients = store.clients.list() if only is None else only
    feasts = feasts_of(session, {one.country for one in clients if one.country}, books, days)
    ids = [one.id for one in clients]
    every, visits, notes, sheets = only is None, store.visits, store.notes, store.assessments
    contracts = _owned(store.contracts.list() if every else store.contracts.of_these(ids))
    kept = _owned(store.occasions.list() if every else store.occasions.of_these(ids))
    settled = store.touches.since(long_ago) if every else store.touches.of_these(ids)
    touches = _owned(one for one in settled if one.on >= long_ago)
    held = _owned(visits.last_held_of_each() if every else visits.last_held_of_these(ids))
    planned = _owned(visits.planned_between(today, date.max) if every else visits.planned_of_these(ids, today))
    talks = sheets.on_sheet(SHEET) if every else sheets.on_sheet_of(SHEET, ids)
    complaining = {one.client_id for one in open_complaints(talks)}
    noted = _owned(notes.last_of_each() if every else notes.last_of_these(ids))
    return [
        Touching(
            client=one, contracts=contracts.get(one.id, ()), occasions=kept.get(one.id, ()),
            touches=touches.get(one.id, ()), held=held.get(one.id, ()), planned=planned.get(one.id, ()),
            complaint=one.id in complaining, notes=noted.get(one.id, ()),
            holidays=feasts.get(one.country, ()),
        )
        for one in clients
    ]  # fmt: skip


Feasts = tuple[tuple[date, str], ...]


def feasts_of(session: "Session", countries: Iterable[str], books: "Books", days: int) -> dict[str, Feasts]:
    """The holidays around today of each country; kept for a month, since looking them up takes a moment."""
    from salescoach.coach.care import reach

    around = reach(books.timelines)
    first, last = session.today - timedelta(days=around), session.today + timedelta(days=days + around)
    stamp = f"{session.today:%Y-%m}"

    def of(country: str, year: int) -> Feasts:
        def look_up() -> Feasts:
            from salescoach.holidays import holidays_of

            return holidays_of(country, year, session.lang)

        name = f"holidays-{country.lower()}-{year}-{session.lang}"
        found: Feasts = session.library().kept(name, stamp, look_up, Feasts)
        return found

    years = range(first.year, last.year + 1)
    return {
        country: tuple(one for year in years for one in of(country, year) if first <= one[0] <= last)
        for country in sorted(countries)
    }


def _told(one: "Care", lang: Lang) -> str:
    name = _name(one.client, one.contact, lang)
    return visible(say("care.line", lang, client=name, title=one.title))


def _document(one: "Care") -> dict[str, Any]:
    from salescoach.coach.advice import documents

    return {
        "id": one.id,
        "client": one.client.name,
        "contact": one.contact.name if one.contact else None,
        "title": one.title,
        "about": one.about,
        "clock": one.clock,
        "since": one.since,
        "until": one.until,
        "talked_of": {"on": one.talked.on, "text": one.talked.text} if one.talked else None,
        "do": documents(one.do),
        "say": documents(one.say),
    }
