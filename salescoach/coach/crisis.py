"""A crisis plan: the answers of the 6F walk, in its order, with who does what by when (S000-6F)."""

from collections.abc import Mapping, Sequence
from typing import Any

from salescoach.language import Lang, pick, say, show_day
from salescoach.playbook.models import Checklist, Question
from salescoach.records.ids import CrisisKind
from salescoach.shape import value


@value
class Answered:
    """One question of the plan and what was answered, in words."""

    id: str
    ask: str
    lines: tuple[str, ...]
    source: str


@value
class Part:
    """One F of the six."""

    id: str
    title: str
    answered: tuple[Answered, ...]


@value
class Plan:
    """The plan so far; `open` counts the questions that nobody has answered."""

    kind: CrisisKind
    title: str
    parts: tuple[Part, ...]
    open: int


def plan(
    lists: Sequence[Checklist], kind: CrisisKind, asked: Sequence[str], answers: Mapping[str, Any], lang: Lang
) -> Plan:
    """
    The plan from the answers so far.

    Args:
        asked: Ids of the questions that this kind of crisis is asked.
    """
    parts = []
    for book in lists:
        for section in book.sections:
            said = tuple(
                _answered(book, question, answers[question.id], lang)
                for question in section.questions
                if answers.get(question.id) not in (None, "", [], {})
            )
            parts.append(Part(id=section.id, title=pick(section.title, lang), answered=said))
    unanswered = sum(answers.get(id_) in (None, "", [], {}) for id_ in asked)
    title = say("crisis.title", lang, kind=say(f"crisis.kind-{kind}", lang))
    return Plan(kind=kind, title=title, parts=tuple(parts), open=unanswered)


def _answered(book: Checklist, question: Question, said: Any, lang: Lang) -> Answered:
    return Answered(
        id=question.id,
        ask=pick(question.ask, lang),
        lines=tuple(_in_words(question, said, lang)),
        source=question.source or book.sources[0],
    )


def _in_words(question: Question, said: Any, lang: Lang) -> list[str]:
    """An answer as lines: choices by their label, who does what by when in one line."""
    if isinstance(said, list):
        return [line for one in said for line in _in_words(question, one, lang)]
    if isinstance(said, dict):
        return _ticked(question, said, lang) if question.type == "ticks" else _one_line(question, said, lang)
    if isinstance(said, bool):
        return [say("crisis.yes" if said else "crisis.no", lang)]
    if question.type == "date":
        from datetime import date

        return [show_day(date.fromisoformat(said), lang)]
    labels = [pick(choice.label, lang) for choice in question.choices if choice.id == said]
    return labels or str(said).splitlines()


def _ticked(question: Question, said: Mapping[str, bool], lang: Lang) -> list[str]:
    return [pick(choice.label, lang) for choice in question.choices if said.get(choice.id)]


def _one_line(question: Question, said: Mapping[str, Any], lang: Lang) -> list[str]:
    fields = [field for field in question.fields if field.id in said]
    return [" · ".join(line for field in fields for line in _in_words(field, said[field.id], lang))]


def document(made: Plan) -> dict[str, Any]:
    """As `crisis --json` prints it."""
    return {
        "schema": "salescoach/crisis@1",
        "kind": made.kind,
        "open": made.open,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "answers": [
                    {"id": one.id, "ask": one.ask, "text": "\n".join(one.lines), "source": one.source}
                    for one in part.answered
                ],
            }
            for part in made.parts
        ],
    }
