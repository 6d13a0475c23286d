"""Files into playbooks: read, validated, each broken one set aside with what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from salescoach.errors import PlaybookError
from salescoach.listing import ELSEWHERE, FOLDERS
from salescoach.playbook.check import examine
from salescoach.playbook.models import AnyPlaybook, Kind
from salescoach.playbook.problem import Problem, twice
from salescoach.playbook.yaml_text import read_file

#: Whoever waits is told: given how many files there are, it yields what hears how many more are read.
Counting = Callable[[int], AbstractContextManager[Callable[[int], None]]]


def untold(_: int) -> AbstractContextManager[Callable[[int], None]]:
    """Nobody waits."""
    return nullcontext(lambda _: None)


def compile_files(
    files: Sequence[Path] | PlaybookError,
    unchanged: Mapping[str, AnyPlaybook],
    counting: Counting = untold,
    part: str = ELSEWHERE,
) -> tuple[tuple[tuple[str, AnyPlaybook], ...], list[Problem]]:
    """
    Every playbook of some files with its path, in their order, and a problem for each file that is broken.

    Args:
        files: In order; or why they could not be listed.
        unchanged: Path → playbook of the files that need not be read again.
        counting: Is told how far it is.
        part: Of the layer's folder; what lies below a folder of a kind is to be of that kind.
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
            elif stray := misplaced(path, found.kind, part):
                broken.append(stray)
            elif taken := good.get((found.kind, found.id)):
                broken.append(twice(path, found.kind, found.id, taken[0]))
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


def misplaced(path: str, kind: Kind, part: str) -> Problem | None:
    """What lies below a folder of another kind: nobody who asks for its own kind would look there."""
    if part in (ELSEWHERE, FOLDERS[kind]):
        return None
    return Problem(
        key="playbook-elsewhere", where=f"{path}:1:1", facts={"kind": kind, "folder": part, "right": FOLDERS[kind]}
    )


def as_problem(error: PlaybookError) -> Problem:
    """A reading error as a problem that can be kept."""
    facts = {name: fact if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()}
    return Problem(key=error.key, where=error.where or "", facts=facts)
