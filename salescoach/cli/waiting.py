"""Which visit a debrief is about: the one named, the one that was begun, or the latest that waits."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from salescoach.cli.lookup import find_person
from salescoach.errors import NotFoundError, UsageError
from salescoach.language import say, show_day
from salescoach.records.models import Client, Draft, Visit
from salescoach.shape import value

if TYPE_CHECKING:
    from salescoach.cli.context import Session

COMMAND = "debrief"
#: Key of a draft that holds the day of a visit that was not planned. No question can be called so.
DAY = "_when"


@value
class Waiting:
    """A visit that can be debriefed."""

    client: Client
    visit: Visit
    planned: bool
    begun: date | None = None  # the day of its last answer, where it is half-done


def find_visit(session: "Session", client: str | None, when: str | None, *, resuming: bool) -> Waiting:
    """
    Whose visit is debriefed, which one, and whether it was planned.

    Args:
        resuming: A walk at a terminal, which without a client goes on with what was begun.

    Raises:
        NotFoundError: No client is named and no planned visit waits.
        UsageError: The day named has not come yet.
        Interrupted: Asked which, the rep has stopped.
    """
    if client is None:
        return _unnamed(session, resuming=resuming)
    who, person = find_person(session, client, may_add=True)
    on = _day(when, session) if when is not None else session.today
    begun = {one.subject: one for one in _drafts(session)} if when is None else {}
    planned = [one for one in session.store().visits.of(who.id) if one.status == "planned"]
    fitting = [one for one in planned if one.id in begun]
    fitting += [one for one in planned if one.when == on or (when is None and one.when < on)]
    if fitting:
        return Waiting(client=who, visit=fitting[0], planned=True)
    day = _day_of(begun[who.id]) if who.id in begun else on
    return _unplanned(session, who, day, (person.id,) if person else ())


def _unplanned(session: "Session", who: Client, on: date, met: tuple[str, ...] = ()) -> Waiting:
    visit = Visit(id=session.store().new_id(), client_id=who.id, when=on, contact_ids=met)
    return Waiting(client=who, visit=visit, planned=False)


def _unnamed(session: "Session", *, resuming: bool) -> Waiting:
    """What was begun, or the latest that waits; of several, at a terminal, the one that the rep takes."""
    store = session.store()
    latest = store.visits.latest_to_debrief(session.today)
    begun = _begun(session) if resuming else []
    if latest is not None and latest.id not in (one.visit.id for one in begun):
        begun.append(Waiting(client=store.clients.get(latest.client_id), visit=latest, planned=True))
    if not begun:
        raise _nothing(session)
    return begun[_chosen(session, begun) if len(begun) > 1 else 0]


def _nothing(session: "Session") -> NotFoundError:
    """No planned visit waits; where others were begun, the lines that go on with them, the last begun first."""
    from salescoach.cli.unfinished import few, going_on

    started = [one for one in session.store().drafts.started() if one.command == COMMAND]
    if not started:
        return NotFoundError("nothing-to-debrief")
    commands = [going_on(one) for one in reversed(started)]
    if len(commands) == 1:
        return NotFoundError("debrief-begun", command=commands[0])
    named, more = few(commands, session.lang)
    return NotFoundError("debrief-begun-several", count=len(commands), commands=named, more=more)


def _chosen(session: "Session", waiting: list[Waiting]) -> int:
    from salescoach.walk.terminal import choose

    return choose(say("debrief.which", session.lang), [_label(session, one) for one in waiting], session.lang)


def _label(session: "Session", one: Waiting) -> str:
    key, day = ("planned", one.visit.when) if one.begun is None else ("begun", one.begun)
    return say(f"debrief.{key}", session.lang, client=one.client.name, day=show_day(day, session.lang, year=False))


def _begun(session: "Session") -> list[Waiting]:
    """What is half-done, the last begun first."""
    found = (_of_draft(session, one) for one in reversed(_drafts(session)))
    return [one for one in found if one is not None]


def _of_draft(session: "Session", draft: Draft) -> Waiting | None:
    store = session.store()
    for visit in store.visits.exactly([draft.subject]):
        client = store.clients.get(visit.client_id)
        return Waiting(client=client, visit=visit, planned=True, begun=draft.updated)
    for client in store.clients.exactly([draft.subject]):
        return replace(_unplanned(session, client, _day_of(draft)), begun=draft.updated)
    return None


def _day_of(draft: Draft) -> date:
    """Of a visit that was not planned; a draft of before it was kept says when it was last gone on with."""
    try:
        return date.fromisoformat(str(draft.answers.get(DAY)))
    except ValueError:
        return draft.updated


def _drafts(session: "Session") -> list[Draft]:
    """Half-finished debriefs, the oldest first."""
    drafts = session.store().drafts
    found = [one for one in drafts.list() if one.command == COMMAND] if drafts.count() else []
    return sorted(found, key=lambda one: (one.updated, one.id))


def _day(text: str, session: "Session") -> date:
    """The day of a visit that is over: a day without a year, and a weekday, is the last such."""
    from salescoach.walk.dates import parse_date

    day = parse_date(text, session.today, past=True)
    if day > session.today:
        raise UsageError("debrief-ahead", day=show_day(day, session.lang))
    return day
