"""`salescoach crisis`: the 6F as a walk for any of the five kinds. Needs no client; the plan is kept."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct
from salescoach.coach import crisis as coach
from salescoach.errors import UsageError
from salescoach.language import say
from salescoach.playbook.facts import Facts
from salescoach.playbook.models import Checklist
from salescoach.records.ids import CrisisKind
from salescoach.records.models import Draft

if TYPE_CHECKING:
    from salescoach.cli.context import Session
    from salescoach.walk.machine import Walk

app = typer.Typer(add_completion=False)
KINDS: tuple[CrisisKind, ...] = get_args(CrisisKind)


@app.command(help="crisis.help")
def crisis(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="crisis.kind", show_default=False)] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="crisis.fresh")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="crisis.output")] = None,
    answers: Annotated[str | None, typer.Option("--answers", metavar="FILE", help="crisis.answers")] = None,
    questions: Annotated[bool, typer.Option("--questions", help="crisis.questions")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="crisis.json")] = False,
) -> Result:
    """Walk the six F for one kind of crisis and show the plan, which stays until a fresh one is begun."""
    session: Session = ctx.obj
    chosen = _kind(session, kind)
    lists = [book for book in session.library().all(Checklist) if book.use == "crisis"]
    line = f"salescoach crisis {chosen}"
    asking = Asking(command="crisis", subject=chosen, line=line, answers=answers, questions=questions)
    if fresh:
        session.store().drafts.drop(asking.command, asking.subject)
    walk = conduct(session, asking, lambda kept: _walk(session, lists, chosen, kept))
    if isinstance(walk, Result):
        return walk
    _keep(session, asking, walk)
    made = coach.plan(lists, chosen, walk.asked, walk.answers, session.lang)
    document = coach.document(made)
    if as_json:
        return Result(document=document, json=True)
    if output is not None:
        from salescoach.cli.prep import write_file

        write_file(output, _picture(session, made, line, 80))
        return Result(document=document, show=say("prep.written", session.lang, path=output))
    from salescoach.cli.show import width

    return Result(document=document, show=_picture(session, made, line, width(sys.stdout)))


def _kind(session: "Session", kind: str | None) -> CrisisKind:
    """The kind by its id; asked where there is somebody to ask."""
    if kind in KINDS:
        return kind
    if kind is not None:
        raise UsageError("crisis-kind", name=kind)
    if not session.interactive:
        raise UsageError("crisis-kind-missing")
    from salescoach.walk.terminal import choose

    names = [say(f"crisis.kind-{one}", session.lang) for one in KINDS]
    return KINDS[choose(say("crisis.which", session.lang), names, session.lang)]


def _walk(session: "Session", lists: list[Checklist], kind: CrisisKind, kept: Mapping[str, Any]) -> "Walk":
    from salescoach.walk.machine import Walk

    return Walk(
        lists,
        kept,
        today=session.today,
        facts=lambda answers: Facts(crisis_kind=kind),
        choices=choices(session.library()),
    )


def _keep(session: "Session", asking: Asking, walk: "Walk") -> None:
    """A crisis is not over when the questions are: the plan is kept where it can be gone on with."""
    drafts = session.store().drafts
    known = drafts.find(asking.command, asking.subject)
    name = known.id if known is not None else session.store().new_id()
    drafts.keep(
        Draft(id=name, command=asking.command, subject=asking.subject, answers=walk.state, updated=session.today)
    )


def _picture(session: "Session", made: coach.Plan, line: str, width: int) -> Any:
    from salescoach.render.sheet import Sheet

    sheet = Sheet(width)
    sheet.heading(made.title)
    for part in made.parts:
        if not part.answered:
            continue
        sheet.blank()
        sheet.heading(part.title, "bold cyan")
        for one in part.answered:
            sheet.full(one.ask)
            sheet.part("", one.lines, None)
    sheet.blank()
    sheet.full(say("crisis.open" if made.open else "crisis.change", session.lang, count=made.open, command=line))
    sheet.full(say("crisis.kept", session.lang, command=line))
    return sheet.text()
