"""Any record in words: each field that says something, with its name, in the rep's language. For eyes, and complete."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from salescoach.catalogue.record import MESSAGES
from salescoach.language import Lang, say, show_date
from salescoach.records.account import Occasion, has_year
from salescoach.shape import value

#: Ids of the record and of what it belongs to: whoever shows it says so otherwise.
IDS = frozenset({"id", "client_id", "contact_id", "visit_id"})
#: What the program remembers for itself.
OURS = frozenset({"drop", "feedback", "unknown", "effort", "playbooks", "version"})


@value
class Words:
    """How ids are said: of types and stages by their titles, of people by their names."""

    lang: Lang
    titles: Mapping[str, str]
    people: Mapping[str, str]


def told(record: Any, words: Words, *, leave: frozenset[str] = IDS) -> Iterator[tuple[str, str]]:
    """What a record holds: the name of a field, and what it says. Fields that say nothing are left out."""
    for field in fields(record):
        held = getattr(record, field.name)
        if field.name in leave or held in (None, "", (), False) or held == {}:
            continue
        if field.name in ("plan", "debrief"):
            yield from told(held, words, leave=leave)
        elif field.name == "day" and isinstance(record, Occasion) and not has_year(record):
            yield label(field.name, words.lang), show_date(record.day, words.lang, year=False)
        else:
            yield label(field.name, words.lang), said(held, words)


def label(name: str, lang: Lang) -> str:
    """What a field is called."""
    return say(f"record.field-{name.replace('_', '-')}", lang)


def said(held: Any, words: Words) -> str:
    """What a field holds, on one line."""
    if isinstance(held, bool):
        return say("record.yes" if held else "record.no", words.lang)
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, str):
        return words.people.get(held) or _word(held, words)
    if isinstance(held, Mapping):
        pairs = ((key, said(part, words)) for key, part in held.items())
        return "; ".join(f"{key}: {part}" if part else str(key) for key, part in pairs)
    if isinstance(held, list | tuple):
        return "; ".join(filter(None, (said(part, words) for part in held)))
    if is_dataclass(held):
        parts = (getattr(held, field.name) for field in fields(held))
        return " – ".join(text for part in parts if part is not None and (text := said(part, words)))
    return "" if held is None else str(held)


def _word(text: str, words: Words) -> str:
    """A state or a kind has a word of its own, a type its title; anything else is as it was written."""
    known = f"word-{text}" in MESSAGES
    return say(f"record.word-{text}", words.lang) if known else words.titles.get(text, text)
