"""
Finding clients: leads become clients, contacts and first visits; and which of the ways have brought anything so far.

Sources: S001-PROSPECT10 (the ways), S002-SOURCES (where to look a client up), S001-VISITQ6 (the first sentences).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from salescoach.coach.prep import day
from salescoach.language import Lang, Text, pick, say
from salescoach.playbook.models import Checklist, Choice, Question
from salescoach.records.ids import WAY
from salescoach.records.models import Client, Contact, Plan, Visit
from salescoach.shape import value

#: Every client that was found so; by which way says a tag of its own.
TAG = "prospect"

NewId = Callable[[], str]


@value
class Way:
    """One way to find clients, and how many it has brought so far."""

    id: str
    title: str
    text: str
    leads: int


@value
class Lead:
    """A lead as it was given; `way` and `channel` are ids, or free words."""

    name: str
    way: str = ""
    why: str = ""
    contact: str = ""
    position: str = ""
    channel: str = ""
    opening: str = ""
    when: date | None = None


def ways(lists: Iterable[Checklist], clients: Iterable[Client], lang: Lang) -> tuple[Way, ...]:
    """The ways of the checklist in its order, with what each has brought."""
    brought = [tag.removeprefix(WAY) for client in clients for tag in client.tags if tag.startswith(WAY)]
    return tuple(
        Way(id=one.id, title=_title(pick(one.label, lang)), text=pick(one.label, lang), leads=brought.count(one.id))
        for one in _choices(lists, "ways")
    )


def _title(label: str) -> str:
    """What stands before the first colon, which is what the way is called."""
    return label.replace("：", ":").split(":")[0].strip()


def _choices(lists: Iterable[Checklist], path: str) -> tuple[Choice, ...]:
    """The choices of a question "id" or "group.field"."""
    wanted, _, inner = path.partition(".")
    for question in _questions(lists):
        if question.id == wanted:
            fields = [field for field in question.fields if field.id == inner]
            return fields[0].choices if fields else question.choices if not inner else ()
    return ()


def _questions(lists: Iterable[Checklist]) -> Iterable[Question]:
    return (question for book in lists for section in book.sections for question in section.questions)


def label_of(lists: Sequence[Checklist], path: str, held: str, lang: Lang) -> str:
    """A choice as it is read; free words as they are."""
    found: Text = next((one.label for one in _choices(lists, path) if one.id == held), held)
    return pick(found, lang)


def leads(answers: Mapping[str, Any]) -> tuple[Lead, ...]:
    """The leads that have a name, in their order."""
    given = []
    for one in answers.get("leads") or ():
        words = {key: str(held).strip() for key, held in one.items() if key != "when" and held}
        if words.get("name"):
            given.append(Lead(**words, when=day(one.get("when"))))
    return tuple(given)


def client_of(lead: Lead, lists: Sequence[Checklist], new_id: NewId, lang: Lang) -> Client:
    """A lead as a new client: how it was found stands in a tag, why in the remarks."""
    way = label_of(lists, "leads.way", lead.way, lang)
    found = say("prospect.found", lang, way=_title(way)) if way else ""
    return Client(
        id=new_id(),
        name=lead.name,
        tags=(TAG, *([WAY + lead.way] if lead.way else [])),
        remarks=" · ".join(part for part in (lead.why, found) if part),
    )


def contact_of(lead: Lead, client: Client, new_id: NewId) -> Contact:
    """The person to approach, as a new contact."""
    return Contact(id=new_id(), client_id=client.id, name=lead.contact, position=lead.position)


def visit_of(
    lead: Lead,
    client: Client,
    contact: Contact | None,
    lists: Sequence[Checklist],
    new_id: NewId,
    lang: Lang,
) -> Visit | None:
    """
    The first visit, with why they may need us and how to approach them in its notes; what to ask for is left to prep.
    None without a day.
    """
    if lead.when is None:
        return None
    why = say("prospect.why", lang, why=lead.why) if lead.why else ""
    channel = label_of(lists, "leads.channel", lead.channel, lang)
    opening = say("prospect.opening", lang, opening=lead.opening) if lead.opening else ""
    return Visit(
        id=new_id(),
        client_id=client.id,
        when=lead.when,
        purpose="first-visit",
        contact_ids=(contact.id,) if contact else (),
        plan=Plan(notes="\n".join(part for part in (why, channel, opening) if part)),
        playbooks={book.id: book.version for book in lists},
    )


def joined(planned: Visit, fresh: Visit) -> Visit:
    """A visit that was planned for that day before, with what is new of its notes and people."""
    plan = planned.plan or Plan()
    notes = "\n".join(dict.fromkeys(text for text in (plan.notes, fresh.plan.notes if fresh.plan else "") if text))
    people = tuple(dict.fromkeys((*planned.contact_ids, *fresh.contact_ids)))
    return replace(planned, contact_ids=people, plan=replace(plan, notes=notes))
