"""An answer to an objection: pause and explore first, then respond; worded for this person; able to say why.

Sources: S001-OBJRULE6, S001-OBJTECH6, S002-OBJTECH3 (techniques), S001-OBJTYPE3 and S002-OBJCLASS3 (real, false,
hidden), LAER as the order of every answer.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from salescoach.coach.advice import Advice, Sayable, Voice, advise, documents, is_spoken
from salescoach.coach.matching import Match
from salescoach.language import Text, pick
from salescoach.playbook.models import Objection, Spoken, Typology
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
    known: tuple[Advice, ...]  # of this person, before anything is said
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
    techniques: Mapping[str, Text],
    behaviours: Typology,
    speaker: Voice,
    style: Style | None = None,
    behaviour: Behaviour | None = None,
    *,
    spoken: Voice | None = None,
    known: tuple[Advice, ...] = (),
) -> Answer:
    """
    The answer of one topic for one person; neutral wording where the style is not known.

    Args:
        speaker: In the rep's language: what to do, and what to say.
        spoken: In the language spoken with the customer, where it is another: then sentences to say are in that one.
        known: What the records say of this person.
    """
    in_words = _InTwoLanguages(book, speaker, spoken)
    overlay = next((entry for entry in behaviours.entries if entry.id == behaviour), None)
    steps = [(step, line) for step in book.steps for line in in_words((step,))]
    return Answer(
        topic=book.id,
        title=pick(book.title, speaker.lang),
        summary=pick(book.summary, speaker.lang),
        known=known,
        say=in_words(_first_block(book.say, speaker)),
        steps=tuple(line for _, line in steps),
        step_techniques=tuple(_title(techniques, step.technique, speaker) for step, _ in steps),
        style_id=style,
        style=tuple(
            replace(line, id=line.id.replace(".", f".{style}.", 1))
            for line in (in_words(book.style.get(style, ())) if style else ())
        ),
        behaviour=advise(behaviours, overlay.lines.get("say", ()), speaker) if overlay else (),
        avoid=advise(book, book.avoid, speaker),
        prevent=advise(book, book.prevent, speaker),
        ask=in_words((book.tell.ask,))[0],
        kinds={kind: pick(getattr(book.tell, kind), speaker.lang) for kind in ("real", "false", "hidden")},
    )


class _InTwoLanguages:
    """Advice of a playbook in the rep's language, its sentences to say in the one spoken with the customer."""

    def __init__(self, book: Objection, speaker: Voice, spoken: Voice | None) -> None:
        self.book, self.speaker, self.spoken = book, speaker, spoken

    def __call__(self, lines: Iterable[Sayable]) -> tuple[Advice, ...]:
        """The lines that can be filled, in order."""
        return tuple(self._worded(line) for one in lines for line in self._both(one))

    def _both(self, line: Sayable) -> Iterable[tuple[Advice, Advice | None]]:
        own = advise(self.book, (line,), self.speaker)
        theirs = advise(self.book, (line,), self.spoken) if self.spoken else ()
        return ((one, next(iter(theirs), None)) for one in own)

    def _worded(self, pair: tuple[Advice, Advice | None]) -> Advice:
        own, theirs = pair
        return theirs if theirs is not None and is_spoken(theirs.text) else own


def _first_block(lines: Sequence[Spoken], speaker: Voice) -> list[Spoken]:
    """The first block, where the customer named a rival or a figure with the lines that use it."""
    known = [line for line in lines if line.replaces and speaker.fill(line.text) is not None]
    better = {line.replaces: line for line in reversed(known)}
    return [better.get(line.id, line) for line in lines if not line.replaces]


def _title(techniques: Mapping[str, Text], id_: str | None, speaker: Voice) -> str:
    title = techniques.get(id_ or "")
    return re.split("[:：(（]", pick(title, speaker.lang))[0].strip() if title else ""


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
        "known": documents(given.known),
        "say": documents(given.say),
        "steps": documents(given.steps),
        "style": documents((*given.style, *given.behaviour)),
        "avoid": documents(given.avoid),
        "prevent": documents(given.prevent),
        "kind": {"ask": given.ask.document(), **given.kinds},
    }
