"""Where playbooks lie: the built-in set, team folders over it, the rep's own on top; later wins, by kind and id."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from salescoach.errors import PlaybookError
from salescoach.shape import value

LayerName = Literal["built-in", "team", "personal"]
SUFFIXES = (".yaml", ".yml")
#: The list of what the sources say; it lies beside the playbooks and is none.
SOURCES = "sources.yaml"
#: More than this is a folder of something else: a home folder named by mistake must not be read through.
MOST_FILES = 20_000
MOST_ENTRIES = 50_000
#: Folders within folders; playbooks lie one or two deep.
DEEPEST = 20


@value
class Layer:
    """A folder of playbooks, and whose it is."""

    name: LayerName
    folder: Path


def package_folder() -> Path:
    """Where the program itself lies."""
    return Path(__file__).resolve().parent.parent


def in_checkout() -> bool:
    """Whether the program runs from its sources, where the built-in set is being written."""
    return not (package_folder() / "builtin").is_dir()


def built_in() -> Layer:
    """The playbooks that come with the program: inside a wheel, or beside the package in a checkout."""
    package = package_folder()
    return Layer(name="built-in", folder=package.parent / "playbooks" if in_checkout() else package / "builtin")


def layers(team: Sequence[Path] = (), personal: Path | None = None) -> tuple[Layer, ...]:
    """The layers from the lowest to the one that wins."""
    teams = tuple(Layer(name="team", folder=folder) for folder in team)
    return (built_in(), *teams, *((Layer(name="personal", folder=personal),) if personal else ()))


def playbook_files(layer: Layer) -> tuple[Path, ...]:
    """
    The playbook files anywhere under a layer's folder, in a fixed order.

    Hidden files and folders, folders that are links, and files that are links out of the folder are passed over.
    A folder that is not there holds nothing.

    Raises:
        PlaybookError: There is far too much in the folder for one of playbooks.
    """
    return tuple(map(Path, playbook_paths(layer)))


def playbook_paths(layer: Layer) -> list[str]:
    """As `playbook_files`, and many times faster where there are thousands, which every run lists."""
    root = os.path.realpath(layer.folder)
    found = []
    for count, path in enumerate(_entries(root)):
        if path and _is_playbook(path, root):
            found.append(path)
        if len(found) > MOST_FILES or count > MOST_ENTRIES:
            raise PlaybookError("playbook-folder-huge", where=f"{layer.folder}:1:1", files=MOST_FILES)
    return sorted(found, key=lambda path: path.replace(os.sep, "/"))


def _entries(root: str) -> Iterator[str | None]:
    """Every file, and None for every folder, so that folders without files come to an end too."""
    for folder, inner, files in os.walk(root):  # does not follow links to folders
        deep = folder[len(root) :].count(os.sep)
        inner[:] = sorted(name for name in inner if not name.startswith(".") and deep < DEEPEST)
        yield None
        for name in files:
            yield f"{folder}{os.sep}{name}"


def _is_playbook(path: str, root: str) -> bool:
    """Told from the name alone where that is enough: a folder may hold thousands, and every run asks."""
    name = path[path.rindex(os.sep) + 1 :]
    if name.startswith(".") or not name.lower().endswith(SUFFIXES) or name == SOURCES:
        return False
    return not os.path.islink(path) or Path(os.path.realpath(path)).is_relative_to(root)  # noqa: PTH114
