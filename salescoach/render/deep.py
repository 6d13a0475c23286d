"""What an objection walked step by step came to, on one screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescoach.coach.deep import Walked, step_line
from salescoach.language import Lang, say
from salescoach.render.sheet import Sheet
from salescoach.render.why import because_line

if TYPE_CHECKING:
    from rich.text import Text

    from salescoach.coach.advice import Voice

#: Rows of a part, so that all of it fits one screen.
FOUND, SAID, MEANS = 4, 6, 2


def walked_text(made: Walked, speaker: "Voice", width: int, *, kept: Sequence[str], why: bool) -> "Text":
    """What was said, its kind, the technique and its sentences, whether it is settled, the next step, what to say."""
    lang: Lang = speaker.lang
    sheet = Sheet(width)
    named = made.said == made.title
    sheet.heading(made.title if named else say("deep.heard", lang, title=made.title, said=made.said))
    sheet.part(say("deep.found", lang), made.found, FOUND)
    sheet.part(say("deep.class", lang), [_kind(made, lang)], MEANS)
    sheet.part(say("deep.technique", lang), [made.technique_title], 1)
    sheet.part(say("deep.say", lang), [line.text for line in made.say], SAID)
    sheet.part(say("deep.settled", lang), [_settled(made, lang)], 1)
    sheet.part(say("deep.next-step", lang), [step_line(made.next_step, speaker) if made.next_step else ""], 2)
    if why:
        sheet.part(say("deep.why", lang), [because_line(line, lang) for line in (*made.say, *made.say_next)], None)
    sheet.blank()
    sheet.heading(say("deep.say-next", lang), "bold cyan")
    for line in made.say_next:
        sheet.spoken(line.text, "bold")
    for text in kept:
        sheet.full(text)
    return sheet.text()


def _kind(made: Walked, lang: Lang) -> str:
    if made.kind is None:
        return say("deep.no-class", lang, ask=made.ask.text)
    return say(f"deep.kind-{made.kind}", lang, text=made.means)


def _settled(made: Walked, lang: Lang) -> str:
    name = {True: "yes", False: "no", None: "open"}[made.settled]
    return say(f"deep.settled-{name}", lang)
