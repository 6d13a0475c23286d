"""What a command puts beside the questions of a walk: lines before one, which of its choices fit, words to choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from salescoach.shape import value
from salescoach.walk.machine import Prompt
from salescoach.walk.tree import CHECKLIST, Path
from salescoach.walk.values import Option

#: Asked with a question's id and the answers so far.
Told = Callable[[str, Mapping[str, Any]], Sequence[str]]


@value
class Beside:
    """
    Lines that stand before a question, and ids of the choices that fit now, the best first; none: all of them.

    Of a text, which has no choices, what fits are words that can be chosen instead of typed.
    """

    lines: Told
    fits: Told
    unanswered: str = ""  # what leaving a question open is called here


def question_of(path: Path) -> str:
    """The id of the question that a path belongs to; of a group or a list, the whole of it."""
    return str(path[1] if path[0] == CHECKLIST else path[0])


def narrowed(prompt: Prompt, fits: Sequence[str]) -> Prompt:
    """The prompt with the choices that fit, in that order; the best one stands there until another is chosen."""
    if prompt.kind == "text":
        return replace(prompt, options=tuple(Option(id=words, label=words) for words in fits))
    by_id = {option.id: option for option in prompt.options}
    options = tuple(by_id[id_] for id_ in fits if id_ in by_id)
    if not options:
        return prompt
    known = prompt.default in [option.id for option in options]
    return replace(prompt, options=options, default=prompt.default if known else options[0].id)
