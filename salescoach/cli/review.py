"""`salescoach review`: the rep's own numbers, from the rep's own records, for the rep."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.output import columns, delivered
from salescoach.cli.result import Result
from salescoach.coach import review as coach
from salescoach.errors import InvalidError
from salescoach.language import pick, say, show_day
from salescoach.playbook.models import Typology

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.render.review import ReviewView

app = typer.Typer(add_completion=False)
#: So many pieces are read one after the other, for the bar.
SLICES = 8
#: A command and what it is for.
Step = tuple[str, str]


@app.command(help="review.help")
def review(
    ctx: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="review.since", show_default=False)
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="review.html")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="review.output", show_default=False)
    ] = None,
    as_json: Json = False,
) -> Result:
    """Count what happened since a day, and in as many days before it."""
    session: Session = ctx.obj
    span = coach.period(session.today, _since(session, since))
    found = _counted(session, span)
    steps = _steps(session) if found.empty else []
    document = coach.document(found, [{"command": command, "text": text} for command, text in steps])
    if as_json:
        return Result(document=document, json=True)
    picture = _picture(session, found, steps, html=html, output=output)
    return delivered(session, document, picture, output)


def _since(session: "Session", given: str | None) -> date | None:
    """
    The first day.

    Raises:
        InvalidError: It is no date, or still to come.
    """
    if given is None:
        return None
    from salescoach.walk.dates import parse_date

    day = parse_date(given, session.today, past=True)
    if day > session.today:
        raise InvalidError("review-ahead", day=show_day(day, session.lang))
    return day


def _counted(session: "Session", span: coach.Period) -> coach.Review:
    """The review, behind a bar where it takes long: a large book has more in a year than is read in a second."""
    from salescoach.cli.progress import counted

    styles = session.library().get(Typology, "styles")
    with counted(say("review.counting", session.lang), SLICES + 2) as told:
        records = _records(session, span, told)
        told(1)
        return coach.review(records, span, styles)


def _records(session: "Session", span: coach.Period, told: Callable[[int], None]) -> coach.Records:
    """What the review counts, slice by slice. Style is read from all that was seen, whenever it was."""
    if not session.has_store():
        return coach.Records()
    store, visits, promises, objections = session.store(), [], [], []
    for first, last in _slices(span.before().first, span.last):
        visits += store.visits.between(first, last)
        promises += store.promises.due_between(first, last)
        objections += store.objections.in_visits_between(first, last)
        told(1)
    observations = store.observations.list()
    told(1)
    return coach.Records(
        visits=visits, promises=promises, objections=objections, observations=observations,
        persons=store.clients.persons(),
    )  # fmt: skip


def _slices(first: date, last: date) -> Iterator[tuple[date, date]]:
    """A span of days in at most `SLICES` spans one behind the other."""
    days = -(-((last - first).days + 1) // SLICES)
    for start in range(first.toordinal(), last.toordinal() + 1, days):
        yield date.fromordinal(start), date.fromordinal(min(start + days - 1, last.toordinal()))


def _steps(session: "Session") -> list[Step]:
    """What to do first where nothing can be counted."""
    lang, has_clients = session.lang, session.has_store() and not session.store().clients.is_empty()
    waiting = bool(has_clients and session.store().visits.to_debrief(session.today))
    client = say("today.sample-client", lang)
    steps = [(f"salescoach prep {client}", say("review.step-prep", lang))]
    steps.insert(0 if waiting else 1, ("salescoach debrief", say("review.step-debrief", lang)))
    if not has_clients:
        steps.insert(0, (f"salescoach client add {client}", say("review.step-client", lang)))
    return [*steps, *_earlier(session)]


def _earlier(session: "Session") -> list[Step]:
    """Where visits were debriefed before: the command that shows them."""
    held = session.store().visits.last_held_of_each() if session.has_store() else []
    days = [one.when for one in held if one.debrief and one.when <= session.today]
    command = f"salescoach review --since {max(days)}" if days else ""
    return [(command, say("review.step-earlier", session.lang))] if command else []


def _picture(session: "Session", found: coach.Review, steps: list[Step], *, html: bool, output: Path | None) -> Any:
    """The numbers as a page or for the terminal; where there are none, what to do first."""
    from salescoach.render.review import review_text, steps_text

    view = _view(session, found)
    if html:
        from salescoach.render.review_page import review_html

        return review_html(view, steps)
    cells = columns(output)
    if steps:
        first = view.day(found.now.period.first)
        return steps_text(say("review.empty", session.lang, first=first), steps, cells)
    return review_text(view, cells)


def _view(session: "Session", found: coach.Review) -> "ReviewView":
    from salescoach.render.review import ReviewView

    entries = session.library().get(Typology, "outcomes").entries
    return ReviewView(found, session.lang, {entry.id: pick(entry.title, session.lang) for entry in entries})
