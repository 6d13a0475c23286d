"""What was answered, in words: choices by their label, dates as a person writes them, a group in one line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from salescoach.language import Lang, pick, say, show_day
from salescoach.playbook.models import Question


def in_words(question: Question, said: Any, lang: Lang, names: Mapping[str, str] | None = None) -> list[str]:
    """
    An answer as lines; a list gives one a piece.

    Args:
        said: In the shape that `Question` documents.
        names: Ids that stand for something, such as contacts, to what they are called.
    """
    called = names or {}
    if isinstance(said, list):
        return [line for one in said for line in in_words(question, one, lang, called)]
    if isinstance(said, dict):
        return _ticked(question, said, lang) if question.type == "ticks" else _one_line(question, said, lang, called)
    if isinstance(said, bool):
        return [say("coach.yes" if said else "coach.no", lang)]
    if question.type == "date" and isinstance(said, str):
        return [show_day(date.fromisoformat(said), lang)]
    labels = [pick(choice.label, lang) for choice in question.choices if choice.id == said]
    return labels or called.get(str(said), str(said)).splitlines()


def _ticked(question: Question, said: Mapping[str, bool], lang: Lang) -> list[str]:
    return [pick(choice.label, lang) for choice in question.choices if said.get(choice.id)]


def _one_line(question: Question, said: Mapping[str, Any], lang: Lang, names: Mapping[str, str]) -> list[str]:
    fields = [field for field in question.fields if said.get(field.id) not in (None, "")]
    return [" · ".join(line for field in fields for line in in_words(field, said[field.id], lang, names))]
