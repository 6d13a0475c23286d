"""`salescoach me`: the walk that says who the rep is."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from salescoach.cli.options import Answers, Json, Questions
from salescoach.cli.result import Result
from salescoach.cli.walking import Asking, choices, conduct
from salescoach.coach.profile import on_axes
from salescoach.language import Lang, pick, say
from salescoach.playbook.models import Checklist, Typology
from salescoach.records.me import Me

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(add_completion=False)
#: The draft of the one rep there is.
SUBJECT = "me"


@app.command(help="me.help")
def me(
    ctx: typer.Context,
    answers: Answers = None,
    questions: Questions = False,
    as_json: Json = False,
) -> Result:
    """Ask who the rep is, with what is known as defaults, and save it."""
    from salescoach.walk.machine import Walk

    session: Session = ctx.obj
    known = session.store().me.get()
    library = session.library()
    lists = library.labelled(Checklist, "me")
    asking = Asking(command="me", subject=SUBJECT, line="salescoach me", answers=answers, questions=questions)
    walk = conduct(
        session,
        asking,
        lambda kept: Walk(lists, kept, today=session.today, choices=choices(library), known=_known(known)),
    )
    if isinstance(walk, Result):
        return walk
    saved = merged(known, walk.answers)
    with session.store().transaction():
        session.store().me.save(saved)
        session.store().drafts.drop(asking.command, asking.subject)
    document = {"schema": "salescoach/me@1", **asdict(saved)}
    return Result(document=document, show=_picture(session, saved), json=as_json)


def _known(me: Me) -> dict[str, Any]:
    return {key: list(said) if isinstance(said, tuple) else said for key, said in asdict(me).items() if said}


def merged(known: Me, answers: dict[str, Any]) -> Me:
    """What was known with what was said now; what was not answered stays."""
    said = {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items() if value}
    if style := on_axes(answers.get("pace"), answers.get("focus")):
        said.setdefault("style", style)
    fields = asdict(known)
    return Me(**{**fields, **{key: value for key, value in said.items() if key in fields}})


def _picture(session: "Session", me: Me) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.sheet import Sheet

    lang: Lang = session.lang
    styles = session.library().get(Typology, "styles").entries
    title = next((pick(entry.title, lang) for entry in styles if entry.id == me.style), "")
    sheet = Sheet(width(sys.stdout))
    rows = (
        ("name", [me.name]),
        ("company", [me.company]),
        ("products", me.products),
        ("proof_points", me.proof_points),
        ("style", [title]),
    )
    for key, entries in rows:
        sheet.part(say(f"me.{key}", lang), entries, None)
    return sheet.text()
