"""A playbook file as the checks see it: its value, its parts and their places; and what the other playbooks are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from salescoach.coach.matching.words import fold
from salescoach.errors import PlaybookError
from salescoach.lint.finding import Finding, finding
from salescoach.playbook.anatomy import Part, PathTo, Role, parts
from salescoach.playbook.check import examine
from salescoach.playbook.compile import as_problem
from salescoach.playbook.models import AnyPlaybook, Checklist, Objection, Rules, Technique, Typology
from salescoach.playbook.problem import Problem
from salescoach.playbook.sources import Framework
from salescoach.playbook.yaml_text import Positioned, read_file
from salescoach.shape import value


@dataclass(frozen=True)
class Source:
    """A file that holds a playbook. `built_in`: it belongs to the set that comes with the program."""

    positioned: Positioned
    playbook: AnyPlaybook
    built_in: bool = False

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        return tuple(parts(self.playbook))

    def parts(self, role: Role) -> Iterator[Part]:
        """The parts of one role."""
        return (part for part in self._parts if part.role == role)

    def objects(self, *classes: type) -> Iterator[Part]:
        """The value objects of some classes (of every class, where none is named), with their paths."""
        return (part for part in self.parts("object") if not classes or isinstance(part.value, classes))

    def finding(self, code: str, path: PathTo, **facts: Any) -> Finding:
        """A remark about a place in this file."""
        return finding(code, self.positioned.where(path), **facts)


#: Sentences → the topic that each is taken for; None where it takes too long to learn.
Understood = Callable[[Sequence[str]], Sequence[str | None] | None]
#: The typology whose entries' aliases are words that press a customer.
PRESSURE = "pressure-words"


@value
class Known:
    """What a file may refer to: the ids of every playbook of every layer."""

    techniques: frozenset[str]
    topics: frozenset[str]
    entries: dict[str, frozenset[str]]  # typology → ids of its entries
    cues: bool  # some typology has cues
    general: dict[str, frozenset[str]]  # use → questions of its checklists for every purpose
    kinds: dict[str, frozenset[str]]  # id → kinds that have a playbook of it
    shown: frozenset[str]  # what a debrief can show, besides topics and outcomes: its ticks, and feedback rules
    frameworks: dict[str, Framework]  # of the list of the sources, by id; none where there is no list
    pressure: tuple[str, ...] = ()  # words that press a customer, folded
    today: date | None = None
    taken_for: dict[str, str | None] | None = None  # customers' sentences → topic; None where nobody was asked


def read_source(file: Path, *, built_in: bool = False) -> Source | list[Problem]:
    """A file for the checks, or everything that is wrong with its shape."""
    try:
        positioned = read_file(file)
    except PlaybookError as error:
        return [as_problem(error)]
    playbook, found = examine(positioned)
    return found if playbook is None else Source(positioned, playbook, built_in)


def known_of(books: Iterable[AnyPlaybook], frameworks: Iterable[Framework] = ()) -> Known:
    """What these playbooks, and the list of the sources, offer to refer to."""
    books = tuple(books)
    typologies = [book for book in books if isinstance(book, Typology)]
    general: dict[str, frozenset[str]] = {}
    for book in books:
        if isinstance(book, Checklist) and not book.purposes:
            general[book.use] = general.get(book.use, frozenset()) | question_ids(book)
    return Known(
        techniques=frozenset(book.id for book in books if isinstance(book, Technique)),
        topics=frozenset(book.id for book in books if isinstance(book, Objection)),
        entries={book.id: frozenset(entry.id for entry in book.entries) for book in typologies},
        cues=any(book.cues for book in typologies),
        general=general,
        kinds=_kinds(books),
        shown=frozenset(_shown(books)),
        frameworks={one.id: one for one in frameworks},
        pressure=tuple(dict.fromkeys(_pressing(typologies))),
    )


def _pressing(typologies: Iterable[Typology]) -> Iterator[str]:
    entries = (entry for book in typologies if book.id == PRESSURE for entry in book.entries)
    yield from (fold(word) for entry in entries for word in entry.aliases)


def _shown(books: Iterable[AnyPlaybook]) -> Iterator[str]:
    for book in books:
        if isinstance(book, Rules) and book.gives == "feedback":
            yield from (rule.id for rule in book.rules)
        elif isinstance(book, Checklist) and book.use == "debrief":
            asked = (question for section in book.sections for question in section.questions)
            yield from (choice.id for question in asked if question.type == "ticks" for choice in question.choices)


def question_ids(checklist: Checklist) -> frozenset[str]:
    """The keys under which a checklist's answers are kept."""
    questions = [question for section in checklist.sections for question in section.questions]
    sets = (key for question in questions for choice in question.choices for key in choice.sets)
    return frozenset({*(question.id for question in questions), *sets})


def _kinds(books: Iterable[AnyPlaybook]) -> dict[str, frozenset[str]]:
    kinds: dict[str, frozenset[str]] = {}
    for book in books:
        kinds[book.id] = kinds.get(book.id, frozenset()) | {book.kind}
    return kinds
