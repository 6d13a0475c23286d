"""An answer to an objection on one screen."""

from typing import TYPE_CHECKING

from salescoach.coach.objection import Answer
from salescoach.language import Lang, say
from salescoach.render.sheet import Sheet
from salescoach.render.why import because_line

if TYPE_CHECKING:
    from rich.text import Text


def answer_text(
    given: Answer, lang: Lang, width: int, *, deep: bool, why: bool, style_title: str, last: str
) -> "Text":
    """
    An answer to an objection: the first block on top, the rest below it in one screen.

    Args:
        style_title: What the style is called that the answer is worded for; "" for none.
        last: The line below it all: what else was said or may be meant.
    """
    sheet = Sheet(width)
    sheet.heading(f"{given.title} · {given.summary}")
    for line in given.say:
        sheet.spoken(line.text, "bold" if line.text.startswith("“") else "")
    sheet.blank()
    sheet.part(say("render.known", lang), [line.text for line in given.known], None if deep else 4)
    style = [say("render.styled", lang, style=style_title, text=line.text) for line in given.style]
    sheet.part(say("render.behaviour", lang), [line.text for line in given.behaviour], None if deep else 2)
    sheet.part(say("render.style", lang), style, None if deep else 2)
    sheet.part(say("render.tell", lang), _tell(given, lang, deep), None if deep else 2)
    sheet.part(say("render.then", lang), _steps(given, lang), None if deep else 4)
    sheet.part(say("render.avoid-label", lang), [line.text for line in given.avoid], None if deep else 2)
    sheet.part(say("render.prevent", lang), [line.text for line in given.prevent], None if deep else 2)
    if why:
        lines = (*given.known, *given.say, *given.style, *given.steps, *given.avoid, *given.prevent)
        sheet.part(say("render.why", lang), [because_line(line, lang) for line in lines], None)
    sheet.full(last, "dim")
    return sheet.text()


def _tell(given: Answer, lang: Lang, deep: bool) -> list[str]:
    kinds = [say(f"render.kind-{kind}", lang, text=text) for kind, text in given.kinds.items()] if deep else []
    return [given.ask.text, *kinds]


def _steps(given: Answer, lang: Lang) -> list[str]:
    return [
        say("render.technique", lang, text=line.text, title=title) if title else line.text
        for line, title in zip(given.steps, given.step_techniques, strict=True)
    ]
