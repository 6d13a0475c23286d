"""Checks of what a file refers to: techniques, topics, purposes, lists to choose from, answers."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from salescoach.lint.finding import Finding
from salescoach.lint.source import Known, Source, question_ids
from salescoach.playbook.anatomy import PathTo
from salescoach.playbook.conditions import COMBINE
from salescoach.playbook.models import Checklist, Item, Mark, Objection, Phrasings, Question, Scenario, Scorecard, Step
from salescoach.records.ids import BuyingRole, Outcome, Stance

#: Facts whose values are topics.
_TOPICS = ("topics_unresolved", "topics_met", "topics_unexpected")
#: Question types that are answered by choosing.
_CHOOSING = ("one-of", "many-of", "ticks")


def known_techniques(source: Source, known: Known) -> Iterator[Finding]:
    """A step's technique is a playbook."""
    for part in source.objects(Step):
        technique = part.value.technique
        if technique and technique not in known.techniques:
            yield source.finding("PB007", (*part.path, "technique"), id=technique)


def something_to_choose(source: Source, known: Known) -> Iterator[Finding]:
    """A question that is answered by choosing has choices, its own or from playbooks; a group has fields."""
    for part in source.objects(Question):
        question: Question = part.value
        offered = question.choices or question.open or _offers(question, known)
        if (question.type in _CHOOSING and not offered) or (question.type == "group" and not question.fields):
            yield source.finding("PB008", part.path, id=question.id)


def _offers(question: Question, known: Known) -> bool:
    offers = {"contacts": True, "topics": bool(known.topics), "techniques": bool(known.techniques), "cues": known.cues}
    offers |= {"planned-questions": True, "carried": True}
    name = question.choices_from
    return name is not None and offers.get(name, bool(known.entries.get(name)))


def something_to_replace(source: Source, known: Known) -> Iterator[Finding]:
    """A line that replaces another names one that stands by itself, and what only the customer's words can fill."""
    lines = getattr(source.playbook, "say", ()) if isinstance(source.playbook, Objection) else ()
    alone = {line.id for line in lines if not line.replaces}
    for place, line in enumerate(lines):
        wordings = [line.text] if isinstance(line.text, str) else line.text.values()
        named = all("{competitor}" in wording or "{figure}" in wording for wording in wordings)
        if line.replaces and not (named and line.replaces in alone):
            yield source.finding("PB019", ("say", place, "replaces"), id=line.id)


def known_purposes(source: Source, known: Known) -> Iterator[Finding]:
    """A purpose has an entry that gives it a name."""
    named = known.entries.get("purposes", frozenset())
    for place, purpose in enumerate(getattr(source.playbook, "purposes", ())):
        if named and purpose not in named:
            yield source.finding("PB009", ("purposes", place), id=purpose)


def known_topics(source: Source, known: Known) -> Iterator[Finding]:
    """A condition on topics names objections that exist."""
    for path, name, wanted in _asked(source):
        if name in _TOPICS:
            for topic in wanted:
                if topic not in known.topics:
                    yield source.finding("PB010", (*path, name), id=topic)


def known_phrasings(source: Source, known: Known) -> Iterator[Finding]:
    """Other ways to say a topic are of one that exists: nobody would be told that they are passed over."""
    for topic in source.playbook.topics if isinstance(source.playbook, Phrasings) else ():
        if topic not in known.topics:
            yield source.finding("PB020", ("topics", topic), id=topic)


def known_answers(source: Source, known: Known) -> Iterator[Finding]:
    """
    A condition on answers names questions of the same walk: of this checklist, or of the general one it joins; inside
    a group its fields too.
    """
    book = source.playbook
    if isinstance(book, Scorecard):
        here = frozenset(item.id for part in book.parts for item in part.items)
    elif isinstance(book, Checklist):
        here = question_ids(book) | known.general.get(book.use, frozenset())
    else:
        here = frozenset().union(*known.general.values())
    for path, name, wanted in _asked(source):
        for question in wanted if name == "answers" else ():
            if question not in here | _fields_beside(source, path):
                yield source.finding("PB011", (*path, name, question), id=question)


def _fields_beside(source: Source, path: PathTo) -> frozenset[str]:
    """The fields of the group that a condition stands in."""
    groups = (part for part in source.objects(Question) if path[: len(part.path) + 1] == (*part.path, "fields"))
    return frozenset(field.id for group in groups for field in group.value.fields)


def known_items(source: Source, known: Known) -> Iterator[Finding]:
    """What an item of a scorecard hangs on is another item of the file."""
    if not isinstance(source.playbook, Scorecard):
        return
    here = {item.id for part in source.playbook.parts for item in part.items}
    for part in source.objects(Item):
        for place, id_ in enumerate(part.value.hangs_on):
            if id_ not in here - {part.value.id}:
                yield source.finding("PB021", (*part.path, "hangs_on", place), id=id_)


def known_proposals(source: Source, known: Known) -> Iterator[Finding]:
    """What an answer speaks for is a buying role or a stance."""
    proposed = {*get_args(BuyingRole), *get_args(Stance)}
    for part in source.objects(Mark):
        for place, id_ in enumerate(part.value.proposes):
            if id_ not in proposed:
                choices = ", ".join(sorted(proposed))
                yield source.finding("PB022", (*part.path, "proposes", place), id=id_, choices=choices)


def known_training(source: Source, known: Known) -> Iterator[Finding]:
    """What a case trains can be shown by a debrief: by nothing else is it ever chosen."""
    possible = known.shown | known.topics | {*get_args(Outcome)}
    for place, id_ in enumerate(source.playbook.trains if isinstance(source.playbook, Scenario) else ()):
        if id_ not in possible:
            yield source.finding("PB023", ("trains", place), id=id_)


def _asked(source: Source) -> Iterator[tuple[PathTo, str, Any]]:
    """Every fact that a file's conditions ask about: the condition's path, the fact and what is wanted."""
    for part in source.parts("when"):
        yield from _facts(part.path, part.value)


def _facts(path: PathTo, when: Mapping[str, Any]) -> Iterator[tuple[PathTo, str, Any]]:
    for name, wanted in when.items():
        if name not in COMBINE:
            yield path, name, wanted
            continue
        for place, inner in enumerate(wanted):
            yield from _facts((*path, name, place), inner)
