"""`salescoach prospect`: ways, sources and leads, as a walk that ends with clients added and first visits planned."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.lookup import contact_called
from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct
from salescoach.coach import prospect as coach
from salescoach.coach.prep import walked
from salescoach.coach.prospect import Lead, Way
from salescoach.errors import ExitCode
from salescoach.language import Lang, quoted, say, show_day, visible
from salescoach.playbook.models import Checklist
from salescoach.records.models import Client, Contact, Draft, Visit
from salescoach.records.names import Named, Resolved, Unknown, near, resolve, spell
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.playbook.models import Pace
    from salescoach.walk.beside import Beside
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
#: What its one draft is about: nothing but itself.
SUBJECT = ""
#: Names that are offered where it is not clear who is meant.
NEAREST = 3
LINE = "salescoach prospect"


@value
class Unclear:
    """A lead whose name is near those of others: it may be one of them, or a new client."""

    lead: Lead
    nearest: tuple[str, ...]


@value
class Kept:
    """What became of one lead."""

    client: Client
    new: bool
    visit: Visit | None


@app.command(help="prospect.help")
def prospect(
    ctx: typer.Context,
    answers: Answers = None,
    questions: Questions = False,
    deep: Annotated[bool, typer.Option("--deep", help="prospect.deep")] = False,
    as_json: Json = False,
) -> Result:
    """
    Walk ways, sources and leads; keep each lead as a client, and plan the first visits.

    A lead with the name or an alias of a client is that client. Whether one whose name is only near is that client or
    a new one is asked at a terminal; from a file it is not kept, but named, and the run ends with exit 3: the others
    are kept.
    """
    session: Session = ctx.obj
    lists = walked(session.library(), "prospect")
    asking = Asking(command="prospect", subject=SUBJECT, line=LINE, answers=answers, questions=questions, hidden=False)
    walk = conduct(session, asking, lambda kept: _walk(session, lists, kept, deep), _beside(session, lists))
    if isinstance(walk, Result):
        return walk
    leads, unclear = _meant(session, coach.leads(walk.answers), ask=session.interactive and answers is None)
    kept = _save(session, lists, leads, asking)
    stays = not leads and asking.answers is None and _keep_ways(session, walk, asking)
    ways = coach.ways(lists, session.store().clients.list(), session.lang)
    document = _document(kept, unclear, ways, walk.answers)
    code = ExitCode.NOT_FOUND if unclear else ExitCode.OK
    if as_json:
        return Result(document=document, json=True, exit_code=code)
    return Result(document=document, show=_picture(session, kept, unclear, ways, stays=stays), exit_code=code)


def _meant(session: "Session", leads: Sequence[Lead], *, ask: bool) -> tuple[list[Lead], list[Unclear]]:
    """The leads under the names they are kept by, and those of which it is not clear who is meant."""
    clear: list[Lead] = []
    unclear: list[Unclear] = []
    for lead in leads:
        known, nearest = _known_by(session, lead.name, [one.name for one in clear])
        if known is None and nearest and not ask:
            unclear.append(Unclear(lead=lead, nearest=nearest))
        else:
            clear.append(replace(lead, name=known or (_picked(session, lead.name, nearest) if nearest else lead.name)))
    return clear, unclear


def _known_by(session: "Session", name: str, before: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The name of the client, or of the lead before this one, that is meant for sure; else those that may be meant."""
    clients = session.store().clients
    if exact := clients.find_exactly(name):
        return exact.name, ()
    leads = [Named(id=one, spellings=(spell(one),)) for one in dict.fromkeys(before)]
    found = [one for one in (clients.resolve(name), resolve(name, leads)) if not isinstance(one, Unknown)]
    sure = [one.match.name for one in found if isinstance(one, Resolved) and one.match.how in ("exact", "alias")]
    nearest = dict.fromkeys(match.name for one in found for match in near(one))
    return (sure[0], ()) if sure else (None, tuple(nearest)[:NEAREST])


def _picked(session: "Session", name: str, nearest: Sequence[str]) -> str:
    """The client that is meant, as the rep says it, or a new one of this name."""
    from salescoach.walk.terminal import choose

    shown = visible(name)
    names = [*map(visible, nearest), say("cli.add-client", session.lang, name=shown)]
    place = choose(say("cli.who-is-meant", session.lang, name=shown), names, session.lang)
    return nearest[place] if place < len(nearest) else name


def _walk(session: "Session", lists: Sequence[Checklist], kept: Mapping[str, Any], deep: bool) -> "Walk":
    from salescoach.walk.machine import Walk

    pace: Pace = "deep" if deep else "normal"
    return Walk(lists, kept, today=session.today, choices=choices(session.library()), pace=pace)


def _beside(session: "Session", lists: Sequence[Checklist]) -> "Beside":
    """Before the ways are asked for: which have brought leads, and which were never tried."""
    from salescoach.walk.beside import Beside

    def lines(question: str, answers: Mapping[str, Any]) -> Sequence[str]:
        if question != "ways":
            return ()
        clients = session.store().clients.list() if session.has_store() else []
        return _tried(coach.ways(lists, clients, session.lang), session.lang)

    return Beside(lines=lines, fits=lambda question, answers: ())


def _tried(ways: Sequence[Way], lang: Lang) -> list[str]:
    """What each way has brought, then those that have brought nothing; no line before the first lead."""
    best = sorted((way for way in ways if way.leads), key=lambda way: -way.leads)
    if not best:
        return []
    between = say("prospect.between", lang)
    brought = between.join(say("prospect.brought-by", lang, way=way.title, count=way.leads) for way in best)
    untried = between.join(way.title for way in ways if not way.leads)
    return [
        say("prospect.brought", lang, ways=brought),
        *([say("prospect.untried", lang, ways=untried)] if untried else []),
    ]


def _save(session: "Session", lists: Sequence[Checklist], leads: Sequence[Lead], asking: Asking) -> list[Kept]:
    """Clients, contacts and visits of all leads, and the end of the draft: one transaction."""
    if not leads and not session.has_store():
        return []
    store = session.store()
    with store.transaction():
        kept = [_kept(session, lists, lead) for lead in leads]
        store.drafts.drop(asking.command, asking.subject)
    return kept


def _kept(session: "Session", lists: Sequence[Checklist], lead: Lead) -> Kept:
    """A lead as a client of its own, or as a visit at the client of exactly that name."""
    store, lang = session.store(), session.lang
    known = store.clients.find_exactly(lead.name)
    client = known or store.clients.add(coach.client_of(lead, lists, store.new_id, lang))
    contact = _contact(session, client, lead)
    visit = coach.visit_of(lead, client, contact, lists, store.new_id, lang)
    if visit is not None:
        visit = _planned(session, visit)
    return Kept(client=client, new=known is None, visit=visit)


def _planned(session: "Session", visit: Visit) -> Visit:
    """The visit as it is kept: one that is planned there for that day already is not planned twice."""
    visits = session.store().visits
    same = [one for one in visits.planned_for(visit.client_id, visit.when) if one.when == visit.when]
    return visits.save(coach.joined(same[0], visit)) if same else visits.add(visit)


def _contact(session: "Session", client: Client, lead: Lead) -> Contact | None:
    """The person to approach; one who is known already learns the position where none is recorded."""
    if not lead.contact:
        return None
    contacts = session.store().contacts
    known = contact_called(session, client, lead.contact)
    if known is None:
        return contacts.add(coach.contact_of(lead, client, session.store().new_id))
    if lead.position and not known.position:
        return contacts.save(replace(known, position=lead.position))
    return known


def _keep_ways(session: "Session", walk: "Walk", asking: Asking) -> bool:
    """Ways without a lead are a plan: they wait in the draft until there is a name."""
    chosen = {key: held for key, held in walk.answers.items() if key != "leads"}
    if chosen:
        store = session.store()
        store.drafts.keep(
            Draft(
                id=store.new_id(), command=asking.command, subject=asking.subject, answers=chosen, updated=session.today
            )
        )
    return bool(chosen)


def _document(
    kept: Sequence[Kept], unclear: Sequence[Unclear], ways: Sequence[Way], answers: Mapping[str, Any]
) -> dict[str, Any]:
    planned = [(one.client.name, one.visit) for one in kept if one.visit]
    return {
        "schema": "salescoach/prospect@1",
        "added": [one.client.name for one in kept if one.new],
        "planned": [{"client": name, "when": visit.when, "visit": visit.id} for name, visit in planned],
        "ways": [{"id": way.id, "title": way.title, "text": way.text, "leads": way.leads} for way in ways],
        "known": [one.client.name for one in kept if not one.new],
        "unplanned": [one.client.name for one in kept if one.visit is None],
        "unclear": [{"name": one.lead.name, "nearest": list(one.nearest)} for one in unclear],
        "chosen": answers.get("ways") or [],
        "sources": answers.get("sources") or [],
    }


def _picture(
    session: "Session", kept: Sequence[Kept], unclear: Sequence[Unclear], ways: Sequence[Way], *, stays: bool
) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.sheet import Sheet

    lang, sheet = session.lang, Sheet(width(sys.stdout))
    planned = [one for one in kept if one.visit]
    if kept or unclear:
        counts = {"added": sum(one.new for one in kept), "planned": len(planned)}
        sheet.heading(say("prospect.title", lang, **counts))
    else:
        sheet.full(say("prospect.none", lang))
    sheet.part(say("prospect.added", lang), [one.client.name for one in kept if one.new], None)
    sheet.part(say("prospect.known", lang), [one.client.name for one in kept if not one.new], None)
    sheet.part(say("prospect.visits", lang), [_visit(one, lang) for one in planned], None)
    undated = [_next(one.client, lang) for one in kept if one.visit is None]
    sheet.part(say("prospect.no-day", lang), undated, None)
    sheet.part(say("prospect.unclear", lang), _doubts(unclear, lang), None)
    sheet.part(say("prospect.ways", lang), _tried(ways, lang)[:1], None)
    if planned:
        sheet.blank()
        first = min(planned, key=lambda one: (one.visit.when, one.client.name) if one.visit else ())
        sheet.full(_next(first.client, lang))
    elif stays:
        sheet.full(say("prospect.kept", lang))
    return sheet.text()


def _doubts(unclear: Sequence[Unclear], lang: Lang) -> list[str]:
    """Which leads were not kept, who may be meant, and how to say who is."""
    between = say("prospect.or", lang)
    lines = [
        say("prospect.unclear-lead", lang, name=one.lead.name, nearest=between.join(one.nearest)) for one in unclear
    ]
    commands = [f"salescoach client add {quoted(one.lead.name)}" for one in unclear]
    return [*lines, say("prospect.unclear-next", lang), *commands] if unclear else []


def _visit(one: Kept, lang: Lang) -> str:
    assert one.visit is not None
    return say("prospect.plan", lang, day=show_day(one.visit.when, lang), client=one.client.name)


def _next(client: Client, lang: Lang) -> str:
    return say("prospect.next", lang, name=quoted(client.name))
