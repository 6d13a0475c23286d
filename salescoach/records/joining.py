"""Two records that are one: what the one that goes knows more fills the other, and what has no room goes in remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, field, fields, replace
from typing import Any, TypeVar

from salescoach.language import Lang, say
from salescoach.records.duplicates import digits
from salescoach.records.models import Client, Contact
from salescoach.records.names import fold, short_id
from salescoach.shape import value

N = TypeVar("N", Client, Contact)
#: What the two are, and what both have room for; the kind of the one that stays is what it is.
OWN = frozenset({"id", "client_id", "name", "kind"})
LISTS = ("tags", "roles")
#: Fields whose ids have words of their own.
SAID = {"stage": "record.word-", "stance": "centre.stance-", "style": "playbook.field-"}
WORDS = ("aliases", "remarks", *LISTS)


@value
class Saying:
    """How a remark is worded."""

    lang: Lang = "en"
    titles: Mapping[str, str] = field(default_factory=dict)  # what ids of playbooks, such as a behaviour's, are called


def joined(gone: N, kept: N, saying: Saying, more: Sequence[tuple[str, str]] = ()) -> N:
    """
    `kept`, with what it lacks taken from `gone`, the words of both, and what differs kept as a remark.

    Args:
        saying: For the remark, in the rep's language.
        more: Fields and what they say that stand in other records and are lost with `gone`.
    """
    lang = saying.lang
    told: dict[str, Any] = {name: getattr(gone, name) for name, none in _defaults(gone) if getattr(gone, name) != none}
    lacking: dict[str, Any] = {
        name: told[name] for name, none in _defaults(kept) if name in told and getattr(kept, name) == none
    }
    left: list[tuple[str, str]] = [
        (name, _word(name, held, saying))
        for name, held in told.items()
        if name not in (*lacking, *WORDS) and not _same(name, held, getattr(kept, name))
    ]
    also = [say("importing.remark", lang, label=_label(name, lang), text=text) for name, text in (*left, *more)]
    line = say("records.merge-also", lang, facts=say("records.merge-between", lang).join(also)) if also else ""
    both = _united(gone, kept)
    both["aliases"] = (*kept.aliases, gone.name, *gone.aliases)
    both["remarks"] = "\n".join(dict.fromkeys(text for text in (kept.remarks, gone.remarks, line) if text))
    return replace(kept, **(lacking | both))


def _united(gone: Client | Contact, kept: Client | Contact) -> dict[str, Any]:
    """Lists of which both sides hold."""
    known = {one.name for one in fields(kept)}
    each = {listed: (*getattr(kept, listed), *getattr(gone, listed)) for listed in LISTS if listed in known}
    return {listed: tuple(dict.fromkeys(held)) for listed, held in each.items()}


def name_apart(contact: Contact) -> str:
    """A name that tells a person from a namesake, by mail, number or id; `means` knows it again."""
    return f"{contact.name} ({contact.mail or contact.phone or short_id(contact.id)})"


def means(record: Client | Contact, text: str) -> bool:
    """The text is a name of the record in full, one that tells it from a namesake, or its id or the end of that."""
    folded = fold(text)
    names = {fold(name) for name in (record.name, *record.aliases)}
    identifier = fold(record.id)
    parts = (short_id(record.id), *((record.mail, record.phone) if isinstance(record, Contact) else ()))
    names |= {fold(f"{record.name} ({part})") for part in parts if part}
    return folded in names or (len(folded) >= len(short_id(identifier)) and identifier.endswith(folded))


def apart_names(people: Sequence[Contact]) -> list[str]:
    """Their names; behind one that several have, mail or number, or the end of the id where those tell nothing."""
    names = [fold(one.name) for one in people]
    return [one.name if names.count(fold(one.name)) == 1 else f"{one.name} ({_telling(one, people)})" for one in people]


def _telling(one: Contact, people: Sequence[Contact]) -> str:
    others = [other for other in people if other.id != one.id]
    for name in ("mail", "phone"):
        part = getattr(one, name)
        if part and "/" not in part and all(fold(getattr(other, name)) != fold(part) for other in others):
            return str(part)
    return short_id(one.id)


def _defaults(record: Client | Contact) -> list[tuple[str, Any]]:
    return [(one.name, one.default) for one in fields(record) if one.default is not MISSING and one.name not in OWN]


def _same(name: str, one: Any, other: Any) -> bool:
    if name == "phone" and digits(one):
        return digits(one) == digits(other)
    return bool(fold(one) == fold(other) if isinstance(one, str) else one == other)


def _label(name: str, lang: Lang) -> str:
    if name == "birthday":
        return say("importing.label-birthday", lang)
    return say(f"record.field-{name.replace('_', '-')}", lang)


def _word(name: str, held: Any, saying: Saying) -> str:
    if name in SAID:
        return say(f"{SAID[name]}{held}", saying.lang)
    if name == "language":
        return say(f"record.language-{held}", saying.lang)
    return saying.titles.get(held, held) if name == "behaviour" else str(held)
