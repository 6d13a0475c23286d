"""Checks against the list of the sources: every framework is carried by a playbook, with all its items."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from salescoach.errors import PlaybookError
from salescoach.lint.finding import Finding, finding, of_problem
from salescoach.lint.source import Known, Source
from salescoach.playbook.anatomy import PathTo
from salescoach.playbook.compile import as_problem
from salescoach.playbook.models import AnyPlaybook, Evidence
from salescoach.playbook.sources import coverage, read_sources

#: What goes beyond the sources.
OURS = "ours"


def known_frameworks(source: Source, known: Known) -> Iterator[Finding]:
    """A source is one of the list."""
    for path, id_ in _named(source):
        if id_ != OURS and known.frameworks and id_ not in known.frameworks:
            yield source.finding("PB024", path, id=id_)


def _named(source: Source) -> Iterator[tuple[PathTo, str]]:
    yield from ((("sources", place), id_) for place, id_ in enumerate(source.playbook.sources))
    yield from ((("carries", id_), id_) for id_ in source.playbook.carries)
    for part in source.objects():
        id_ = None if isinstance(part.value, Evidence) else getattr(part.value, "source", None)
        if id_ is not None:
            yield (*part.path, "source"), id_


def carried_elements(source: Source, known: Known) -> Iterator[Finding]:
    """What carries an item of a framework is one thing in the file; where the order matters, in that order."""
    if not source.playbook.carries:
        return
    places = [_chain(source, part.path) for part in source.objects() if hasattr(part.value, "id")]
    for id_, elements in source.playbook.carries.items():
        found = [_place(places, element) for element in elements]
        for number, place in enumerate(found):
            if place is None:
                yield source.finding("PB025", ("carries", id_, number), id=elements[number])
        ordered = id_ in known.frameworks and known.frameworks[id_].ordered
        for number, (one, other) in enumerate(pairwise(found), 1):
            if ordered and one is not None and other is not None and other < one:
                yield source.finding("PB026", ("carries", id_, number), id=elements[number], framework=id_)


def _chain(source: Source, path: PathTo) -> str:
    """The ids on the way to a thing in a file, and its own."""
    value, ids = source.playbook, []
    for step in path:
        value = getattr(value, str(step)) if hasattr(value, "__dataclass_fields__") else value[step]  # type: ignore[index]
        if hasattr(value, "id"):
            ids.append(value.id)
    return "/".join(["", source.playbook.id, *ids])


def _place(places: list[str], element: str) -> int | None:
    """Which thing of the file is meant; None for none, or for several."""
    found = [number for number, chain in enumerate(places) if chain.endswith(f"/{element}")]
    return found[0] if len(found) == 1 else None


def not_carried(folder: Path, books: Iterable[AnyPlaybook]) -> Iterator[Finding]:
    """
    The frameworks of the list that no playbook carries with as many items as they have.

    Args:
        folder: Where the list lies.
        books: The playbooks of that layer alone: what a team or a rep writes is not counted against the list.
    """
    try:
        positioned, sources = read_sources(folder)
    except PlaybookError as error:
        yield of_problem(as_problem(error))
        return
    for place, one in enumerate(coverage(sources, books)):
        if not one.whole:
            facts = {"id": one.framework.id, "carried": one.carried, "items": one.framework.items}
            where = positioned.where(("frameworks", place, "id"))
            yield finding("PB027", where, **facts, by=" ".join(one.covered_by) or "–")
