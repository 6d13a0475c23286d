"""What the sources say, as a list: every framework of the digest with its items, and which playbook carries it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Annotated

from salescoach.errors import PlaybookError
from salescoach.listing import SOURCES
from salescoach.playbook.check import checked
from salescoach.playbook.models import AnyPlaybook, Between, SourceId, Text
from salescoach.playbook.yaml_text import Positioned, read_file
from salescoach.shape import value


@value
class Framework:
    """A list, model or case of the sources. `ordered`: the order of its items matters."""

    id: SourceId
    title: Text
    items: Annotated[int, Between(1, 500)]
    ordered: bool = False


@value
class Sources:
    """Every framework, in the order of the digest, and why some are no content for a rep."""

    frameworks: tuple[Framework, ...]
    not_content: dict[SourceId, Text] = field(default_factory=dict)


@value
class Coverage:
    """
    How far the playbooks carry a framework.

    Args:
        carried: How many of its items; of several files that carry it in parts, all together.
        covered_by: Those files, as kind/id.
        why: Why it is no content, where it is none.
    """

    framework: Framework
    carried: int
    covered_by: tuple[str, ...]
    why: Text | None = None

    @property
    def whole(self) -> bool:
        """Nothing of it is missing, or nothing of it is wanted."""
        return self.why is not None or self.carried == self.framework.items


def read_sources(folder: Path) -> tuple[Positioned, Sources]:
    """
    The list that lies in a folder of playbooks.

    Raises:
        PlaybookError: It is not there or does not hold.
    """
    positioned = read_file(folder / SOURCES)
    if not isinstance(positioned.data, dict):
        raise PlaybookError("playbook-no-mapping", where=positioned.where(()))
    sources, found = checked(positioned, Sources)
    if sources is None:
        raise found[0].error()
    return positioned, sources


def coverage(sources: Sources, books: Iterable[AnyPlaybook]) -> tuple[Coverage, ...]:
    """Each framework with what carries it: one file with all its items, or several that have them between them."""
    carriers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for book in books:
        for id_, elements in book.carries.items():
            carriers[id_].append((f"{book.kind}/{book.id}", len(elements)))
    return tuple(_covered(one, carriers.get(one.id, ()), sources.not_content.get(one.id)) for one in sources.frameworks)


def _covered(framework: Framework, carriers: Iterable[tuple[str, int]], why: Text | None) -> Coverage:
    by = sorted(carriers)
    whole = any(count == framework.items for _, count in by)
    carried = framework.items if whole else sum(count for _, count in by)
    return Coverage(framework=framework, carried=carried, covered_by=tuple(name for name, _ in by), why=why)
