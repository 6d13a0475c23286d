"""Checks of ids: each names one thing."""

from collections import defaultdict
from collections.abc import Iterator

from salescoach.lint.finding import Finding
from salescoach.lint.source import Known, Source
from salescoach.playbook.anatomy import PathTo
from salescoach.playbook.models import (
    Beat,
    CardSection,
    Choice,
    Cue,
    Entry,
    Line,
    Part,
    Question,
    Rule,
    Section,
    Spoken,
    Step,
)

#: What shares one space of ids in a file: advice is known by the file and its id alone.
_LINES = (Line, Spoken, Step, Rule)
#: Lines under these are named with the style or type as well (`price.driver.picture`), so each has its own space.
_GROUPS = ("style", "entries")


def ids_once(source: Source, known: Known) -> Iterator[Finding]:
    """A line's id is its own in the file, a question's in the checklist, a choice's in its question."""
    seen: dict[object, set[str]] = defaultdict(set)
    for part in source.objects(*_LINES, Cue, Entry, Section, Part, Beat, CardSection, Question, Choice):
        space = _space(part.value, part.path)
        if part.value.id in seen[space]:
            yield source.finding("PB012", (*part.path, "id"), id=part.value.id)
        seen[space].add(part.value.id)


def _space(named: object, path: PathTo) -> object:
    if isinstance(named, _LINES):
        return path[:2] if path[0] in _GROUPS else "lines"
    if isinstance(named, Choice) or (isinstance(named, Question) and "fields" in path):
        return path[:-1]
    return type(named)


def ids_of_one_kind(source: Source, known: Known) -> Iterator[Finding]:
    """Saved visits name playbooks by id alone."""
    if len(kinds := known.kinds.get(source.playbook.id, frozenset())) > 1:
        yield source.finding("PB018", ("id",), id=source.playbook.id, kinds=", ".join(sorted(kinds)))
