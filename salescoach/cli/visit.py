"""`salescoach visit`: what was planned and what happened."""

import sys
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.lookup import find_client
from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.errors import InvalidError, NotFoundError, UsageError
from salescoach.language import pick, say, show_day, visible
from salescoach.playbook.models import Checklist, Typology
from salescoach.records.ids import Forecast, Purpose, Topic, VisitStatus
from salescoach.records.models import Client, Debrief, Plan, Step, Visit
from salescoach.records.names import short_id
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(help="records.help-visit", no_args_is_help=True, add_completion=False)

Id = Annotated[str, typer.Argument(metavar="ID", help="records.help-visit-id", show_default=False)]


@app.command("list", help="records.help-visit-list")
def list_(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="[CLIENT]", help="records.help-client-arg", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="records.help-limit")] = 50,
    as_json: Json = False,
) -> Result:
    """Visits, the latest first."""
    from salescoach.cli.gather import titles
    from salescoach.cli.sheets import client_names, visit_rows
    from salescoach.cli.show import width
    from salescoach.render.listing import listing

    session = ctx.obj
    visits = session.store().visits
    found = find_client(session, client) if client else None
    listed = visits.of(found.id, limit) if found else visits.recent(limit)
    names = client_names(session.store(), listed)
    document = {
        "schema": "salescoach/visits@1",
        "visits": [{"client": names[one.client_id], "visit": one} for one in listed],
    }
    if as_json or not listed:
        return Result(document=document, show=say("records.none-visits", session.lang), json=as_json)
    words = titles(session.library(), session.lang)
    rows = visit_rows(listed, {} if found else names, words, session.today, session.lang)
    return Result(document=document, show=listing(rows, width(sys.stdout)))


@app.command("show", help="records.help-visit-show")
def show(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """A visit: plan and debrief."""
    from salescoach.cli.gather import titles
    from salescoach.cli.sheets import Came, visit_sheet
    from salescoach.cli.show import width
    from salescoach.cli.understanding import topics_of

    session = ctx.obj
    visit, client = _visit(session, identifier)
    store = session.store()
    came = Came(
        promises=tuple(store.promises.of_visit(visit.id)),
        objections=tuple(store.objections.of_visits([visit.id])),
        observations=tuple(store.observations.of_visit(visit.id)),
    )
    if as_json:
        return Result(document=_document(client, visit) | came.document(), json=True)
    people = {one.id: one.name for one in store.contacts.of(client.id)}
    topics = {id_: pick(title, session.lang) for id_, title in topics_of(session.library()).titles.items()}
    words = titles(session.library(), session.lang) | topics | _noticed(session)
    return Result(document={}, show=visit_sheet(client, visit, came, people, session.lang, words, width(sys.stdout)))


def _noticed(session: "Session") -> dict[str, str]:
    """In words what a debrief keeps by its id: cues, and what the rep ticked as `question.choice`."""
    library, lang = session.library(), session.lang
    ticked = {
        f"{question.id}.{choice.id}": pick(choice.label, lang)
        for book in library.labelled(Checklist, "debrief")
        for section in book.sections
        for question in section.questions
        if question.type == "ticks"
        for choice in question.choices
    }
    return {cue.id: pick(cue.text, lang) for cue in library.get(Typology, "styles").cues} | ticked


@app.command("cancel", help="records.help-visit-cancel")
def cancel(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """A planned visit is off: it asks for nothing any more."""
    session = ctx.obj
    store = session.store()
    visit, client = _visit(session, identifier)
    if visit.status != "planned":
        raise UsageError("visit-not-planned", status=say(f"records.status-{visit.status}", session.lang))
    with store.transaction():
        for draft in store.drafts.about(visit.id):
            store.drafts.drop(draft.command, draft.subject)
        visit = store.visits.save(replace(visit, status="cancelled"))
    return _told(session, "visit-cancelled", client, visit, as_json)


@app.command("edit", help="records.help-visit-edit")
def edit(ctx: typer.Context, identifier: Id, as_json: Json = False) -> Result:
    """Edit a visit as YAML."""
    from salescoach.cli.editing import edit as edit_value

    session = ctx.obj
    visit, client = _visit(session, identifier)
    people = {one.id: one.name for one in session.store().contacts.of(client.id)}

    def keep(page: Page) -> Visit:
        saved: Visit = session.store().visits.change(visit, _edited(session, client, visit, page))
        return saved

    saved = edit_value(session, f"visit-{short_id(visit.id)}", page_of(visit, people), keep)
    return _told(session, "visit-saved" if saved else "unchanged", client, saved or visit, as_json)


@value
class PlanPage:
    """A plan as it is edited."""

    primary_advance: Step | None = None
    fallback_advance: Step | None = None
    questions: tuple[str, ...] = ()
    expected_objections: tuple[Topic, ...] = ()
    forecast: Forecast | None = None
    notes: str = ""


@value
class DebriefPage:
    """A debrief as it is edited: what was said, not what follows from it."""

    summary: str = ""
    order: bool = False
    refused: bool = False
    client_commitments: tuple[Step, ...] = ()
    lesson: str = ""
    next_step: str = ""
    next_date: date | None = None


@value
class Page:
    """A visit as it is edited, people by name."""

    when: date
    purpose: Purpose | None = None
    contacts: tuple[str, ...] = ()
    status: VisitStatus = "planned"
    plan: PlanPage | None = None
    debrief: DebriefPage | None = None


def page_of(visit: Visit, people: dict[str, str]) -> Page:
    """What is shown of a visit in the editor."""
    plan, debrief = visit.plan, visit.debrief
    return Page(
        when=visit.when,
        purpose=visit.purpose,
        contacts=tuple(people[one] for one in visit.contact_ids if one in people),
        status=visit.status,
        plan=PlanPage(**_shared(plan, PlanPage)) if plan else None,
        debrief=DebriefPage(**_shared(debrief, DebriefPage)) if debrief else None,
    )


def _edited(session: "Session", client: Client, visit: Visit, page: Page) -> Visit:
    """The visit with what was edited; the outcome is worked out again where what it rests on was changed."""
    contacts = session.store().contacts
    try:
        people = tuple(dict.fromkeys(contacts.find(client, name, guess=False).id for name in page.contacts))
    except NotFoundError as error:
        raise InvalidError("visit-contact", name=str(error.facts["given"]), client=client.name) from error
    plan = replace(visit.plan or Plan(), **_shared(page.plan, PlanPage)) if page.plan else None
    debrief = replace(visit.debrief or Debrief(), **_shared(page.debrief, DebriefPage)) if page.debrief else None
    if debrief and (debrief != visit.debrief or plan != visit.plan):
        debrief = _judged_again(visit, plan, debrief)
    return replace(
        visit,
        when=page.when,
        purpose=page.purpose,
        contact_ids=people,
        status=page.status,
        plan=plan,
        debrief=debrief,
    )


def _shared(source: Any, page: type[PlanPage] | type[DebriefPage]) -> dict[str, Any]:
    """What a record and its page have in common."""
    return {field.name: getattr(source, field.name) for field in fields(page)}


def _judged_again(visit: Visit, plan: Plan | None, debrief: Debrief) -> Debrief:
    from salescoach.coach.debrief import outcome_of, plan_results

    before = visit.debrief
    rests_on = ("order", "refused", "client_commitments")
    same = before is not None and all(getattr(before, name) == getattr(debrief, name) for name in rests_on)
    old, new = visit.plan or Plan(), plan or Plan()
    if same and (old.primary_advance, old.fallback_advance) == (new.primary_advance, new.fallback_advance):
        return debrief
    made = debrief.client_commitments
    outcome = outcome_of(debrief.order, debrief.refused, made)
    primary, fallback = plan_results(new, made, outcome)
    return replace(debrief, outcome=outcome, primary=primary, fallback=fallback)


def _visit(session: "Session", identifier: str) -> tuple[Visit, Client]:
    store = session.store()
    visit = store.visits.get(identifier)
    return visit, store.clients.get(visit.client_id)


def _document(client: Client, visit: Visit) -> dict[str, object]:
    return {"schema": "salescoach/visit@1", "client": client.name, "visit": visit}


def _told(session: "Session", key: str, client: Client, visit: Visit, as_json: bool) -> Result:
    facts = {"client": visible(client.name), "day": show_day(visit.when, session.lang)}
    return Result(document=_document(client, visit), show=say(f"records.{key}", session.lang, **facts), json=as_json)
