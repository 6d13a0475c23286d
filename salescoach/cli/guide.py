"""`salescoach guide`: reference cards, by words."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.coach import guide as coach
from salescoach.coach.advice import advise, voice
from salescoach.errors import ExitCode, NotFoundError
from salescoach.language import pick, say
from salescoach.playbook.models import Card, Shelf

if TYPE_CHECKING:
    from salescoach.cli.context import Session

app = typer.Typer(add_completion=False)
#: So many other cards are named below the one that is shown, and stand in the document.
OTHERS, MATCHES = 3, 8
#: Below this a word was only met in a line: that is not what the card is about.
WORTH = coach.HEADINGS


@app.command(help="guide.help")
def guide(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="guide.words", show_default=False)] = None,
    why: Annotated[bool, typer.Option("--why", help="guide.why")] = False,
    as_json: Json = False,
) -> Result:
    """The card that the words point to, the next best named; without words, all of them."""
    session: Session = ctx.obj
    query = " ".join(words or ()).strip()
    cards = session.library().all(Card)
    if not query:
        return _all(session, cards, as_json)
    found = coach.find(cards, query)
    if not found:
        return _nothing(ctx, query, as_json)
    return _card(session, query, found, why=why, as_json=as_json)


def _card(session: "Session", query: str, found: Sequence[coach.Found], *, why: bool, as_json: bool) -> Result:
    from salescoach.cli.show import width
    from salescoach.render.guide import text

    speaker, card = voice(session.lang, session.me()), found[0].card
    document: dict[str, Any] = {
        "schema": "salescoach/guide@1",
        "query": query,
        "matches": [
            {"card": one.card.id, "title": pick(one.card.title, session.lang), "score": one.score}
            for one in found[:MATCHES]
        ],
        "card": coach.document(card, speaker),
    }
    below = _others(session, [one for one in found[1 : OTHERS + 1] if one.score >= WORTH])
    if why:
        lines = [line for section in card.sections for line in advise(card, section.lines, speaker)]
        document["why"] = [line.because() for line in lines]
        below = (*_sources(session, card), *below)
    return Result(document=document, show=text(card, speaker, width(sys.stdout), below), json=as_json)


def _others(session: "Session", found: Sequence[coach.Found]) -> tuple[str, ...]:
    names = " · ".join(one.card.id for one in found)
    return (say("guide.others", session.lang, names=names),) if names else ()


def _sources(session: "Session", card: Card) -> tuple[str, ...]:
    """Where the card comes from and how far it can be trusted."""
    from salescoach.render.why import grade

    graded = [grade(card.evidence, session.lang)] if card.evidence else []
    told = [f"{card.id} v{card.version}", *card.sources, *graded]
    return (" · ".join(told),)


def _nothing(ctx: typer.Context, query: str, as_json: bool) -> Result:
    if not as_json:
        raise NotFoundError("guide-nothing", words=query)
    document: dict[str, Any] = {"schema": "salescoach/guide@1", "query": query, "matches": [], "card": None}
    return Result(document=document, json=True, exit_code=ExitCode.NOT_FOUND)


def _all(session: "Session", cards: Sequence[Card], as_json: bool) -> Result:
    """Every card with its title, by what it is about."""
    from salescoach.cli.show import width
    from salescoach.wrap import crop, pad

    lang, rows = session.lang, []
    document: dict[str, Any] = {"schema": "salescoach/guide-list@1", "cards": []}
    for shelf in get_args(Shelf):
        on_it = [card for card in cards if card.shelf == shelf]
        rows += [say(f"guide.shelf-{shelf}", lang)] if on_it else []
        rows += [crop(f"  {pad(card.id, 24)} {pick(card.title, lang)}", width(sys.stdout)) for card in on_it]
        document["cards"] += [{"id": card.id, "shelf": shelf, "title": pick(card.title, lang)} for card in on_it]
    return Result(document=document, show="\n".join(rows) or say("guide.empty", lang), json=as_json)
