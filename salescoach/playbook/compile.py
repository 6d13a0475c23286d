"""Files into playbooks: read, validated, each broken one set aside with what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from salescoach.errors import PlaybookError
from salescoach.playbook.check import examine
from salescoach.playbook.models import AnyPlaybook
from salescoach.playbook.problem import Problem
from salescoach.playbook.yaml_text import read_file

#: Whoever waits is told: given how many files there are, it yields what hears how many more are read.
Counting = Callable[[int], AbstractContextManager[Callable[[int], None]]]


def untold(_: int) -> AbstractContextManager[Callable[[int], None]]:
    """Nobody waits."""
    return nullcontext(lambda _: None)


def compile_files(
    files: Sequence[Path] | PlaybookError, unchanged: Mapping[str, AnyPlaybook], counting: Counting = untold
) -> tuple[tuple[tuple[str, AnyPlaybook], ...], list[Problem]]:
    """
    Every playbook of a layer's files with its path, in their order, and a problem for each file that is broken.

    Args:
        files: In order; or why they could not be listed.
        unchanged: Path → playbook of the files that need not be read again.
        counting: Is told how far it is.
    """
    if isinstance(files, PlaybookError):
        return (), [as_problem(files)]
    good: dict[tuple[str, str], tuple[str, AnyPlaybook]] = {}
    broken: list[Problem] = []
    with counting(len(files)) as told:
        for file in files:
            path = str(file)
            found = unchanged.get(path) or load(file)
            if isinstance(found, Problem):
                broken.append(found)
            elif taken := good.get((found.kind, found.id)):
                broken.append(twice(path, found, taken[0]))
            else:
                good[found.kind, found.id] = path, found
            told(1)
    return tuple(good.values()), broken


def load(file: Path) -> AnyPlaybook | Problem:
    """The playbook of a file, or the first thing wrong with it."""
    try:
        playbook, found = examine(read_file(file))
    except PlaybookError as error:
        return as_problem(error)
    return playbook or found[0]


def twice(path: str, playbook: AnyPlaybook, other: str) -> Problem:
    """A kind and id that another file of the same layer has."""
    return Problem(
        key="playbook-twice", where=f"{path}:1:1", facts={"kind": playbook.kind, "id": playbook.id, "other": other}
    )


def as_problem(error: PlaybookError) -> Problem:
    """A reading error as a problem that can be kept."""
    facts = {name: fact if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()}
    return Problem(key=error.key, where=error.where or "", facts=facts)
