"""`salescoach style`: a person's style from free words on how they behave."""

import sys
from typing import Annotated, Any

import typer

from salescoach.cli.options import Json
from salescoach.cli.result import Result
from salescoach.cli.understanding import lexicons
from salescoach.coach.advice import Advice, advise, voice
from salescoach.coach.described import Description, describe, telltale
from salescoach.coach.style import telling
from salescoach.errors import ExitCode, NotFoundError
from salescoach.language import Lang, pick
from salescoach.playbook.models import Cue, Typology

app = typer.Typer(add_completion=False)
#: Tactics that are shown where the style is clear, and cues to look for where it is not.
TACTICS, LOOK_FOR = 2, 3


@app.command(help="style.help")
def style(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="style.words", show_default=False)] = None,
    why: Annotated[bool, typer.Option("--why", help="style.why")] = False,
    as_json: Json = False,
) -> Result:
    """Read the words, and say which style they speak for and what to watch next."""
    session = ctx.obj
    styles = session.library().get(Typology, "styles")
    said = " ".join(words or ()).strip()
    found = describe(styles, lexicons(session.library()), said)
    if not found.recognised and not as_json:
        raise NotFoundError("no-style", words=said[:60], examples=_examples(styles, session.lang))
    speaker = voice(session.lang, session.me())
    watch = advise(styles, telling(styles, found.shares, _met(found), LOOK_FOR), speaker)
    document = _document(styles, found, watch[0], session.lang)
    if why:
        given = (*advise(styles, (*found.cues, *found.denied), speaker), watch[0])
        document["why"] = [line.because() for line in given]
    if as_json:
        return Result(document=document, json=True, exit_code=ExitCode.OK if found.recognised else ExitCode.NOT_FOUND)
    return Result(document=document, show=_picture(session, styles, found, watch, why=why))


def _met(found: Description) -> set[str]:
    return {cue.id for cue in (*found.cues, *found.denied)}


def _examples(styles: Typology, lang: Lang) -> str:
    """Three cues as they may be typed, each of another style."""
    return ("; " if lang == "en" else "；").join(pick(cue.text, lang) for cue in telltale(styles)[:LOOK_FOR])


def _document(styles: Typology, found: Description, watch: Advice, lang: Lang) -> dict[str, Any]:
    shares = [round(share, 4) for _, share in found.shares]
    shares[0] = round(1 - sum(shares[1:]), 4)  # so that what is printed sums to 1 as well
    return {
        "schema": "salescoach/style@1",
        "styles": [{"style": name, "p": share} for (name, _), share in zip(found.shares, shares, strict=True)],
        "cues": [_cue(styles, cue, lang) for cue in found.cues],
        "next_cue": watch.document(),
        "denied": [_cue(styles, cue, lang) for cue in found.denied],
        "style": found.style,
    }


def _cue(styles: Typology, cue: Cue, lang: Lang) -> dict[str, str]:
    """A cue under the id that a debrief takes."""
    return {"id": cue.id, "text": pick(cue.text, lang), "source": cue.source or styles.sources[0]}


def _picture(session: Any, styles: Typology, found: Description, watch: tuple[Advice, ...], *, why: bool) -> Any:
    from salescoach.cli.show import width
    from salescoach.render.styles import style_text

    speaker = voice(session.lang, session.me())
    entry = next((entry for entry in styles.entries if entry.id == found.style), None)
    tactics = advise(styles, entry.lines.get("do", ()), speaker)[:TACTICS] if entry else ()
    seen, denied = (advise(styles, cues, speaker) for cues in (found.cues, found.denied))
    titles = {entry.id: pick(entry.title, session.lang) for entry in styles.entries}
    return style_text(
        found, titles, session.lang, width(sys.stdout), seen=seen, denied=denied, watch=watch, tactics=tactics, why=why
    )
