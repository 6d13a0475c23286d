"""An answer to an objection: pause and explore first, then respond; worded for this person; able to say why.

Sources: S001-OBJRULE6, S001-OBJTECH6, S002-OBJTECH3 (techniques), S001-OBJTYPE3 and S002-OBJCLASS3 (real, false,
hidden), LAER as the order of every answer.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from salescoach.coach.advice import Advice, Voice, advise, documents
from salescoach.coach.matching import Match
from salescoach.language import pick
from salescoach.playbook.models import Objection, Technique, Typology
from salescoach.records.ids import Behaviour, Style
from salescoach.shape import value


@value
class Answer:
    """What to say and do, the first block first."""

    topic: str
    title: str
    summary: str
    say: tuple[Advice, ...]
    steps: tuple[Advice, ...]
    step_techniques: tuple[str, ...]  # short title of each step's technique, "" where it has none
    style_id: Style | None
    style: tuple[Advice, ...]
    behaviour: tuple[Advice, ...]
    avoid: tuple[Advice, ...]
    prevent: tuple[Advice, ...]
    ask: Advice
    kinds: dict[str, str]  # what each answer to `ask` means: real, false, hidden


def answer(
    book: Objection,
    techniques: Mapping[str, Technique],
    behaviours: Typology,
    speaker: Voice,
    style: Style | None = None,
    behaviour: Behaviour | None = None,
) -> Answer:
    """The answer of one topic for one person; neutral wording where the style is not known."""
    ask = advise(book, (book.tell.ask,), speaker)
    overlay = next((entry for entry in behaviours.entries if entry.id == behaviour), None)
    steps = [(step, line) for step in book.steps for line in advise(book, (step,), speaker)]
    return Answer(
        topic=book.id,
        title=pick(book.title, speaker.lang),
        summary=pick(book.summary, speaker.lang),
        say=advise(book, book.say, speaker),
        steps=tuple(line for _, line in steps),
        step_techniques=tuple(_title(techniques, step.technique, speaker) for step, _ in steps),
        style_id=style,
        style=_styled(book, style, speaker),
        behaviour=advise(behaviours, overlay.lines.get("say", ()), speaker) if overlay else (),
        avoid=advise(book, book.avoid, speaker),
        prevent=advise(book, book.prevent, speaker),
        ask=ask[0],
        kinds={kind: pick(getattr(book.tell, kind), speaker.lang) for kind in ("real", "false", "hidden")},
    )


def _styled(book: Objection, style: Style | None, speaker: Voice) -> tuple[Advice, ...]:
    if style is None:
        return ()
    from dataclasses import replace

    lines = advise(book, book.style.get(style, ()), speaker)
    return tuple(replace(line, id=line.id.replace(".", f".{style}.", 1)) for line in lines)


def _title(techniques: Mapping[str, Technique], id_: str | None, speaker: Voice) -> str:
    known = techniques.get(id_ or "")
    return re.split("[:：(（]", pick(known.title, speaker.lang))[0].strip() if known else ""


def document(
    query: str, matches: Sequence[Match], titles: Mapping[str, str], confident: bool, given: Answer | None
) -> dict[str, Any]:
    """As `objection --json` prints it."""
    return {
        "schema": "salescoach/objection@1",
        "query": query,
        "matches": [
            {"topic": one.topic, "title": titles.get(one.topic, one.topic), "score": one.score} for one in matches
        ],
        "confident": confident,
        "answer": None if given is None else _answer_document(given),
    }


def _answer_document(given: Answer) -> dict[str, Any]:
    return {
        "topic": given.topic,
        "say": documents(given.say),
        "steps": documents(given.steps),
        "style": documents((*given.style, *given.behaviour)),
        "avoid": documents(given.avoid),
        "prevent": documents(given.prevent),
        "kind": {"ask": given.ask.document(), **given.kinds},
    }
